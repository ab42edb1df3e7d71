"""The room, and what it registers at start."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, needs, consent and the Involvement ledger."""

    name = "alongside.people"

    def ready(self) -> None:
        """Say how long this room keeps things, and that a person is read with their sign-in."""
        from alongside.accounts.backends import also_read
        from alongside.people import retention  # noqa: F401

        also_read("person__area")

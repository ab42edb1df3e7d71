"""The room, and what it registers at start."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Telling a person something in the way they need."""

    name = "alongside.messaging"

    def ready(self) -> None:
        """Tell people downstairs what we hold, how long, and how people are told things."""
        from alongside.messaging import holdings  # noqa: F401

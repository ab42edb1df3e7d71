"""The room, and what it registers at start."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Events, bookings and what people need at them."""

    name = "alongside.events"

    def ready(self) -> None:
        """Tell people downstairs what we hold."""
        from alongside.events import holdings  # noqa: F401

"""Hangs the ways home in the page frame."""

from django.apps import AppConfig


class Home(AppConfig):
    """The home room."""

    name = "alongside.home"

    def ready(self) -> None:
        """Give the frame its links."""
        from alongside.design.frame import frame_parts
        from alongside.home import frame

        frame_parts.append(frame.links)

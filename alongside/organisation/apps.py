"""Hangs the trust's name in the page frame."""

from django.apps import AppConfig


class Organisation(AppConfig):
    """The organisation room."""

    name = "alongside.organisation"

    def ready(self) -> None:
        """Give the frame of every page the trust's name and how to reach it."""
        from alongside.design import environment
        from alongside.organisation import names

        parts = getattr(environment, "frame_parts", [])
        parts.append(names.frame_part)

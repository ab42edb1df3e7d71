"""Hangs the trust's name in the page frame."""

from django.apps import AppConfig


class Organisation(AppConfig):
    """The organisation room."""

    name = "alongside.organisation"

    def ready(self) -> None:
        """Give the frame of every page the trust's name and how to reach it."""
        from alongside.design.frame import frame_parts
        from alongside.organisation import names

        frame_parts.append(names.frame_part)

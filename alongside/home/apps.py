"""Hangs the ways home in the page frame."""

from django.apps import AppConfig

SAID = {  # in the audit log
    "job_set_aside": "Took failed background work off the list",
    "job_tried_again": "Tried failed background work again",
}


class Home(AppConfig):
    """The home room."""

    name = "alongside.home"

    def ready(self) -> None:
        """Give the frame its links."""
        from alongside.accounts import audit
        from alongside.design.frame import frame_parts
        from alongside.home import frame

        frame_parts.append(frame.links)
        audit.say("home", SAID)

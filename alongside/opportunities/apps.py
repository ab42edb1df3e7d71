"""The room, and what it hangs up at start."""

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest


def frame_part(request: HttpRequest) -> dict[str, Any]:
    """Give every page the way to what is open."""
    from django.urls import reverse

    from alongside.design.frame import Link

    return {"navigation": [Link("Take part", reverse("opportunities:open"), order=20)]}


class OpportunitiesConfig(AppConfig):
    """Adverts of ways to take part."""

    name = "alongside.opportunities"

    def ready(self) -> None:
        """Put "Take part" in the menu, and say what we hold about people."""
        from alongside.design.frame import frame_parts
        from alongside.opportunities import holdings  # noqa: F401

        frame_parts.append(frame_part)

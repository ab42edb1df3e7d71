"""The room, and what it hangs up at start."""

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest


def frame_part(request: HttpRequest) -> dict[str, Any]:
    """Give every page the way to what is open."""
    from django.urls import reverse

    from alongside.design.frame import Link

    return {"navigation": [Link("Take part", reverse("opportunities:open"), order=20)]}


SAID = {  # in the audit log
    "advert_begun": "Began an advert",
    "advert_cancelled": "Cancelled an advert",
    "advert_changed": "Changed an advert",
    "advert_published": "Published an advert",
    "applicant_opened": "Looked at somebody who asked for a place",
    "applicants_seen": "Looked at the list of people who asked",
    "closing_changed": "Changed when an advert closes",
    "draft_discarded": "Threw away a draft",
    "people_searched": "Searched for somebody to book for",
    "person_invited": "Invited somebody",
    "person_opened": "Opened the booking form for somebody",
    "places_changed": "Changed the number of places of an advert",
    "support_added": "Added support to an advert",
    "support_ended": "Took support off an advert",
}


class OpportunitiesConfig(AppConfig):
    """Adverts of ways to take part."""

    name = "alongside.opportunities"

    def ready(self) -> None:
        """Put "Take part" in the menu, and say what we hold about people."""
        from alongside.accounts import audit
        from alongside.design.frame import frame_parts
        from alongside.opportunities import holdings  # noqa: F401

        frame_parts.append(frame_part)
        audit.say("opportunities", SAID)

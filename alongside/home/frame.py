"""The links home that stand on every page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from alongside.accounts import access
from alongside.accounts.access import Permission
from alongside.design.frame import Link

# What staff go to every day; the rest is reached from these and from the cards.
STAFF_MENU = [
    ("Staff home", "home:staff", Permission.STAFF_HOME),
    ("Adverts", "opportunities:staff", Permission.OPPORTUNITY_WRITE),
    ("People", "people:list", Permission.PERSON_SEE),
    ("Messages", "messaging:outbox", Permission.MESSAGE_SEE),
    ("Post", "messaging:post", Permission.POST_PRINT),
    ("Taking part", "people:involvement", Permission.INVOLVEMENT_COUNT),
    ("Audit log", "accounts:audit", Permission.AUDIT_SEE),
    ("Organisation", "organisation:home", Permission.ORGANISATION_WRITE),
    ("Staff and roles", "accounts:access", Permission.ACCESS_WRITE),
]


def links(request: HttpRequest) -> dict[str, Any]:
    """Return the reader's own homes, and the pages every site must have."""
    found: dict[str, Any] = {
        "footer": [
            Link("Contact us", reverse("home:contact"), order=10),
            Link("How we look after your details", reverse("home:privacy"), order=20),
            Link("Using this site", reverse("home:accessibility"), order=30),
        ]
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return found
    if access.is_staff(user):
        held = access.permissions_of(user)
        found["navigation"] = [
            Link(words, reverse(name), order=order)
            for order, (words, name, permission) in enumerate(STAFF_MENU, start=10)
            if permission in held
        ]
        found["account"] = [Link(user.name, order=10)] if user.name else []
    else:
        found["navigation"] = [Link("My Alongside", reverse("home:member"), order=10)]
    return found

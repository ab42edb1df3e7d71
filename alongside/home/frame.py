"""The links home that stand on every page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from alongside.accounts import access
from alongside.design.frame import Link


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
        found["navigation"] = [Link("Staff home", reverse("home:staff"), order=10)]
        found["account"] = [Link(user.name, order=10)] if user.name else []
    else:
        found["navigation"] = [Link("My Alongside", reverse("home:member"), order=10)]
    return found

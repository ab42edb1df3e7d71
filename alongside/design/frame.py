"""What stands around every page: the names, the links and the notices of the frame.

This floor knows no domain word, so rooms upstairs say what belongs in the frame. In
``AppConfig.ready`` a room appends a function to ``frame_parts``::

    from alongside.design.frame import Link, frame_parts

    def parts(request):
        return {"trust": "Anytown NHS Trust", "navigation": [Link("Take part", "/opportunities/")]}

    frame_parts.append(parts)

A part may give any of these. Lists are joined, and sorted by ``order``; of the others the last said wins.

- ``trust``: the name of the trust, a string
- ``navigation``, ``footer``: lists of ``Link``
- ``account``: list of ``Link`` (or ``Link`` with no address: words), before "Sign in" or "Sign out"
- ``banner``: a ``Banner`` above the page, for demonstrations and notices to everybody
- ``home``: where the service name leads ("/" unless said)
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

SERVICE = "Alongside"


@dataclass(frozen=True)
class Link:
    """A link of the frame. ``post`` makes it a button that posts; ``current`` is worked out."""

    text: str
    href: str = ""
    order: int = 50
    post: bool = False
    current: bool = False


@dataclass(frozen=True)
class Banner:
    """A line above every page: a short ``tag``, words, and where to read or do more."""

    tag: str
    text: str
    href: str = ""
    link: str = ""


Part = Callable[[HttpRequest], dict[str, Any]]
frame_parts: list[Part] = []

LISTS = ("navigation", "account", "footer")


def bare() -> dict[str, Any]:
    """Return a frame that needs nothing: no database, no session, no address of another room."""
    return {
        "service": SERVICE,
        "trust": "",
        "home": "/",
        "navigation": [],
        "account": [],
        "footer": [],
        "banner": None,
        "notices": [],
        "site_url": settings.SITE_URL,
    }


def frame(request: HttpRequest) -> dict[str, Any]:
    """Gather the frame of this page: our own parts, then those the rooms upstairs add."""
    gathered = bare()
    for part in frame_parts:
        for name, value in part(request).items():
            if name in LISTS:
                gathered[name] = [*gathered[name], *value]
            else:
                gathered[name] = value
    gathered["account"] = [*gathered["account"], *_door(request)]
    gathered["navigation"] = _mark_current(gathered["navigation"], request.path)
    for name in LISTS:
        gathered[name].sort(key=lambda link: link.order)
    gathered["notices"] = get_messages(request) if hasattr(request, "_messages") else []
    return gathered


def _door(request: HttpRequest) -> list[Link]:
    """The way in, or the way out."""
    user = getattr(request, "user", None)
    try:
        if user is not None and user.is_authenticated:
            return [Link("Sign out", reverse("account_logout"), order=100, post=True)]
        return [Link("Sign in", reverse(settings.LOGIN_URL), order=100)]
    except NoReverseMatch:
        return []


def _mark_current(links: list[Link], path: str) -> list[Link]:
    """Mark the one link whose address is the longest beginning of where the reader is."""
    here = [
        link
        for link in links
        if path == link.href or (len(link.href) > 1 and path.startswith(link.href))
    ]
    if not here:
        return list(links)
    best = max(here, key=lambda link: len(link.href))
    return [replace(link, current=True) if link is best else link for link in links]

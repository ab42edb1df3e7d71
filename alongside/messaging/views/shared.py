"""What the pages of this room share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from alongside.accounts import audit
from alongside.accounts.access import Permission, permissions_of
from alongside.accounts.models import User
from alongside.design.paging import Page
from alongside.people.models import Person

COLOURS = {
    "queued": "blue",
    "sending": "blue",
    "sent": "green",
    "kept": "grey",
    "to_do": "yellow",
    "failed": "red",
    "fate_unknown": "orange",
    "cannot_make": "red",
    "withheld": "grey",
}


def reader(request: HttpRequest) -> User:
    """Return who reads the page; the door let in nobody without a sign-in."""
    assert isinstance(request.user, User)
    return request.user


def note_list(
    request: HttpRequest, which: str, found: Page, *, about: Person | None = None
) -> None:
    """Write down that somebody looked at a list of messages, with names on it."""
    audit.look(
        "messaging.list_seen", about=about, by=reader(request), which=which, page=found.number
    )


def ways(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the pages of this room this member of staff may open."""
    held = permissions_of(reader(request))
    pages = [
        ("messaging:outbox", "All messages", Permission.MESSAGE_SEE),
        ("messaging:problems", "Messages that need you", Permission.MESSAGE_SEE),
        ("messaging:phone", "Phone calls to make", Permission.MESSAGE_SEE),
        ("messaging:post", "Letters to post", Permission.POST_PRINT),
    ]
    return [
        {"text": text, "href": reverse(name), "current": request.path == reverse(name)}
        for name, text, needed in pages
        if needed in held
    ]


def pdf_answer(made: bytes, filename: str) -> HttpResponse:
    """Return a PDF to save and print; nothing on the way keeps a copy."""
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, filename)
    answer["Cache-Control"] = "private, no-store"
    return answer

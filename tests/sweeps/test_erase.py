"""A person who is erased is gone from everywhere; what counts stands."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from conftest import MEMBER, cast_names
from tests.dump import dump
from tests.pages import once
from tests.visits import paths, visit, words_in
from tests.world import MARKS, MEMBER_MOBILE

ABOUT_THE_MEMBER = [
    MARKS["what the member needs"].word,
    MARKS["a need the member does not share"].word,
    MARKS["the name of the member's companion"].word,
    MARKS["the member's name and how to reach them"].word,
    MEMBER_MOBILE,
    MEMBER_MOBILE.replace(" ", ""),
    "zz1 1zz",
]


@pytest.fixture
def erased(world):
    """Cancel what lies ahead, as the page asks, and erase the member."""
    from alongside.events import actions as events
    from alongside.people import actions as people

    for booking in world.person.bookings.standing():
        if booking.attendance == "":
            events.cancel_booking(booking=booking, by=world.by)
    before = _counts(world)
    assert all(word in dump(connection).casefold() for word in ABOUT_THE_MEMBER[:5])
    people.erase_person(person=world.person, reason="asked", by=world.cast.users["governance"])
    return world, before


def _counts(world) -> dict:
    """Everything the public and the board may count."""
    from alongside.events.models import Booking, Event
    from alongside.opportunities.models import Opportunity
    from alongside.people.models import Involvement

    standing = Involvement.objects.standing()
    page = world.cast["executive"].get("/staff/involvement/")
    return {
        "involvement": Counter(standing.values_list("level", "capacity", "minutes", "on")),
        "bookings": Counter(Booking.objects.values_list("event", "state", "attendance")),
        "taken": dict(Event.objects.values_list("pk", "taken")),
        "adverts": Opportunity.objects.published().count(),
        "board page": page.content.split(b"<main", 1)[1] if page.status_code == 200 else b"",
    }


def test_no_table_and_no_file_holds_a_word_of_them(erased):
    kept = dump(connection)
    # Sessions are signed and packed: read each as the product would.
    kept += "\n".join(str(session.get_decoded()) for session in Session.objects.all())
    folders = [Path(settings.DATA_DIR), Path(settings.MEDIA_ROOT)]
    for file in [file for folder in folders if str(folder) != "." for file in folder.rglob("*")]:
        if file.is_file() and "sqlite3" not in file.name and file.stat().st_size < 10_000_000:
            kept += file.read_bytes().decode("utf-8", "ignore")
    left = [
        line[:200]
        for line in kept.splitlines()
        if any(word in line.casefold() for word in ABOUT_THE_MEMBER)
    ]
    assert not left, "\n" + "\n".join(left)


def test_counts_stand(erased):
    world, before = erased
    assert _counts(world) == before


def test_no_page_shows_them(erased):
    world, _before = erased
    found = []
    for who in cast_names():
        for address, path in paths(world, every_state=False):
            seen = visit(world, who, address, path)
            words = words_in(seen).casefold()
            if seen.answer.status_code >= 500:
                found.append(f"{seen}: {seen.answer.status_code}")
            found += [f"{seen}: {word}" for word in ABOUT_THE_MEMBER if word in words]
    assert not found, once(found)


def test_their_browser_is_signed_out(erased):
    world, _before = erased
    assert world.cast[MEMBER].get("/me/").status_code == 302


def test_everything_held_about_them_was_shown_to_them_first(world):
    """What an erasure takes away, the person could read before."""
    import json

    from django.core.serializers.json import DjangoJSONEncoder

    from alongside.people import actions

    everything = actions.everything_about(world.person)
    words = json.dumps(everything, cls=DjangoJSONEncoder, ensure_ascii=False).casefold()
    missing = [word for word in ABOUT_THE_MEMBER[:4] if word not in words]
    assert not missing
    assert MEMBER_MOBILE.replace(" ", "") in words.replace(" ", "")

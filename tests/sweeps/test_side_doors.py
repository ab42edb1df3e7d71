"""Private words stay private on every door: page, search, calendar, export, message, PDF, log."""

from __future__ import annotations

import logging

import pytest
from django.db import connection

from conftest import MEMBER, NOBODY, STRANGER, cast_names
from tests.dump import dump
from tests.house import addresses
from tests.pages import once
from tests.visits import paths, visit, words_in
from tests.world import MARKS


def _leaks(who: str, words: str) -> list[str]:
    words = words.casefold()
    return [mark.what for mark in MARKS.values() if who not in mark.readers and mark.word in words]


def test_every_mark_is_planted_and_read_by_somebody(world):
    """A sweep for a word that is nowhere would always pass."""
    kept = dump(connection).casefold()
    found: dict[str, set[str]] = {mark.word: set() for mark in MARKS.values()}
    for who in cast_names():
        for address, path in paths(world):
            words = words_in(visit(world, who, address, path)).casefold()
            for word, readers in found.items():
                if word in words:
                    readers.add(who)
    for mark in MARKS.values():
        assert mark.word in kept, f"{mark.what} is not in the database"
    unread = [mark.what for mark in MARKS.values() if not found[mark.word] & mark.readers]
    assert not unread, f"nobody who may can read: {', '.join(unread)}"


@pytest.mark.parametrize("who", cast_names())
def test_nobody_meets_what_is_private(world, who, caplog):
    caplog.set_level(logging.DEBUG)
    faults = []
    for address, path in paths(world):
        seen = visit(world, who, address, path)
        faults += [f"{seen} shows {what}" for what in _leaks(who, words_in(seen))]
        # Every page that searches, too: half the word is typed, the whole is looked for.
        if seen.is_page and seen.soup.select_one("form[method=get]"):
            for mark in MARKS.values():
                data = {
                    str(box["name"]): mark.word[:-1]
                    for box in seen.soup.select(
                        "form[method=get] input[name]:not([type=checkbox]):not([type=radio])"
                    )
                    if box.get("type") != "hidden"
                }
                found = visit(world, who, address, path, data=data)
                faults += [f"{found} finds {what}" for what in _leaks(who, words_in(found))]
    logged = [mark.what for mark in MARKS.values() if mark.word in caplog.text.casefold()]
    assert not faults, once(faults)
    assert not logged, f"in the log: {', '.join(logged)}"


def test_a_need_that_is_not_shared_is_on_no_page_about_an_event(world):
    mark = MARKS["a need the member does not share"]
    for address, path in paths(world):
        if address.route.startswith(("staff/events/", "staff/opportunities/")):
            words = words_in(visit(world, "coordinator", address, path))
            assert mark.word not in words.casefold(), path


def test_logs_of_the_database_hold_codes_only(world):
    """The audit log and the job table name keys, never people or their words."""
    from alongside.accounts.models import AuditEntry
    from alongside.core.models import Job

    for table in (AuditEntry, Job):
        assert table.objects.exists()
        words = dump(connection, only={table._meta.db_table}).casefold()
        for mark in MARKS.values():
            assert mark.word not in words, f"{table.__name__} holds {mark.what}"


@pytest.mark.parametrize("who", [NOBODY, MEMBER, STRANGER, "coordinator", "executive"])
def test_an_error_page_says_nothing(world, who, monkeypatch):
    """What went wrong is for the log of the trust, never for the page."""
    from alongside.opportunities.models import OpportunityQuerySet

    def break_down(self, *args, **kwargs):
        secret = "qvdraft qvneed qvjoin"  # noqa: F841  (in the frame of the fault)
        raise RuntimeError("qvdraft qvneed qvjoin")

    for name in ("published", "open", "past"):
        monkeypatch.setattr(OpportunityQuerySet, name, break_down)
    open_now = next(one for one in addresses() if one.name == "opportunities:open")
    seen = visit(world, who, open_now, "/opportunities/")
    assert seen.answer.status_code == 500
    assert "qv" not in seen.text
    assert "Traceback" not in seen.text
    assert seen.soup.h1 is not None

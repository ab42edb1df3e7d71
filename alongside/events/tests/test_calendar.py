"""Calendar entries read back by the standard."""

import datetime as dt

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.events import actions, calendar
from alongside.events.models import Booking, Event
from alongside.events.tests.factories import make_booking, make_event
from alongside.people.models import Person
from alongside.people.tests.factories import make_person

START = dt.datetime(2030, 6, 3, 13, 0, tzinfo=dt.UTC)


def entry_of(words):
    whole = icalendar.Calendar.from_ical(words)
    (entry,) = whole.walk("VEVENT")
    return whole, entry


def an_event(**fields):
    usual = {
        "title": "Charter workshop",
        "mode": "online",
        "platform": "Lifesize",
        "starts_at": START,
        "ends_at": START + dt.timedelta(minutes=90),
        "joining": "https://video.example/join-4711",
        "getting_there": "Bus 3",
    }
    return Event(**{**usual, **fields})


def test_the_public_entry_has_nothing_private():
    event = an_event()
    words = calendar.for_everybody(event, address="https://example.org/opportunities/x/")
    whole, entry = entry_of(words)
    assert "join-4711" not in words
    assert whole["METHOD"] == "PUBLISH"
    assert entry["UID"] == f"{event.key}@alongside"
    assert entry.decoded("DTSTART") == START
    assert "ATTENDEE" not in entry


def test_the_entry_of_a_place_asks_and_names_who():
    booking = Booking(event=an_event(sequence=4), person=Person(email="ada@example.org"))
    booking.state = Booking.State.BOOKED
    whole, entry = entry_of(calendar.for_booking(booking))
    assert whole["METHOD"] == "REQUEST"
    assert entry["SEQUENCE"] == 4
    assert entry["ATTENDEE"] == "mailto:ada@example.org"
    assert "ORGANIZER" in entry
    assert "join-4711" in entry["DESCRIPTION"]


@pytest.mark.parametrize("event_is_off", [True, False])
def test_the_entry_of_a_place_that_is_no_more_cancels(event_is_off):
    event = an_event(sequence=2, cancelled_at=START if event_is_off else None)
    booking = Booking(event=event, person=Person(), state=Booking.State.CANCELLED)
    words = calendar.for_booking(booking)
    whole, entry = entry_of(words)
    assert whole["METHOD"] == "CANCEL"
    assert entry["STATUS"] == "CANCELLED"
    assert "join-4711" not in words


def test_times_are_right_on_both_sides_of_the_clock_change():
    for month, hour in ((1, 14), (7, 13)):  # 2pm in London
        starts = dt.datetime(2030, month, 14, hour, tzinfo=dt.UTC)
        event = an_event(starts_at=starts, ends_at=starts + dt.timedelta(hours=1))
        assert f"DTSTART:20300{month}14T{hour}0000Z" in calendar.for_everybody(event)


@pytest.mark.parametrize(
    "title",
    [
        "Tea\r\nATTENDEE:mailto:evil@example.org",
        "a;b,c\\d:e",
        "nul\x00 bell\x07 \x1b[31m \u2028 \u0085",
        "x" * 10_000,
        "ورشة عمل 😀 " * 40,
        "BEGIN:VEVENT\nEND:VCALENDAR",
        "",
    ],
)
def test_hostile_titles_stay_titles(title):
    _whole, entry = entry_of(calendar.for_everybody(an_event(title=title)))
    assert "ATTENDEE" not in entry
    assert len(entry["SUMMARY"]) <= 200
    assert not any(ord(letter) < 32 for letter in entry["SUMMARY"])


@given(st.text(max_size=300), st.text(max_size=600))
def test_any_words_make_one_entry_that_reads_back(title, joining):
    booking = Booking(event=an_event(title=title, joining=joining), person=Person())
    booking.state = Booking.State.BOOKED
    words = calendar.for_booking(booking)
    _whole, entry = entry_of(words)
    assert entry.decoded("DTSTART") == START
    assert all(len(line.encode()) <= 75 for line in words.split("\r\n"))


@pytest.mark.django_db
def test_moving_raises_the_sequence_and_cancelling_raises_it_again():
    event = make_event(starts_at=START)
    booking = make_booking(event, make_person(email="ada@example.org"))
    by = booking.entered_by
    event = actions.move_event(event=event, starts_at=START + dt.timedelta(minutes=30), by=by)
    assert event.sequence == 1
    event = actions.change_capacity(event=event, capacity=40, by=by)
    assert event.sequence == 1
    event = actions.cancel_event(event=event, because="Illness", by=by)
    assert event.sequence == 2

"""Calendar entries by the standard (RFC 5545, RFC 5546), made by a library, never by hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

import icalendar
from django.conf import settings
from django.urls import reverse

from alongside.events.models import Booking, Event

_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_LONGEST = {"summary": 200, "location": 500, "description": 4000}
PRODUCT = "-//Alongside//Events//EN"


def _clean(text: str, longest: int = 200, *, one_line: bool = True) -> str:
    """Return text that is safe in a calendar: no control characters, not endless."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _NOT_TEXT.sub("", " ".join(text.split()) if one_line else text)
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def uid(event: Event) -> str:
    """Return the name the entry keeps through every change."""
    return f"{event.key}@alongside"


def _where(event: Event) -> str:
    online = f"Online, {event.platform}" if event.platform else "Online"
    if event.mode == Event.Mode.ONLINE:
        return online
    if event.mode == Event.Mode.IN_PERSON:
        return event.venue
    return f"{event.venue} or {online[0].lower()}{online[1:]}" if event.venue else online


def _entry(event: Event, *, description: str, address: str = "") -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", uid(event))
    entry.add("dtstamp", dt.datetime.now(dt.UTC).replace(microsecond=0))
    entry.add("dtstart", event.starts_at.astimezone(dt.UTC))
    entry.add("dtend", event.ends_at.astimezone(dt.UTC))
    entry.add("sequence", event.sequence)
    entry.add("summary", _clean(event.title))
    if where := _clean(_where(event), _LONGEST["location"]):
        entry.add("location", where)
    if description:
        entry.add("description", _clean(description, _LONGEST["description"], one_line=False))
    if address:
        entry.add("url", address)
    entry.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    return entry


def _calendar(method: str, entries: Iterable[icalendar.Event], name: str = "") -> str:
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(entry)
    return str(calendar.to_ical(), "utf-8")


def for_everybody(event: Event, *, address: str = "") -> str:
    """Return the public entry: nothing that only people with a place may know."""
    return _calendar("PUBLISH", [_entry(event, description="", address=address)])


def _address(booking: Booking) -> str:
    return settings.SITE_URL + reverse("events:booking", args=[booking.key])


def _stands(booking: Booking) -> bool:
    return booking.state == Booking.State.BOOKED and booking.event.cancelled_at is None


def _follow(entry: icalendar.Event, booking: Booking) -> None:
    """Say whether the place stands; the sequence rises when it ends and when it begins again."""
    stands = _stands(booking)
    if not stands:
        entry["status"] = icalendar.vText("CANCELLED")
    risen = booking.event.sequence + 2 * booking.again + (not stands)
    entry["sequence"] = icalendar.vInt(risen)


def for_booking(booking: Booking) -> str:
    """Return the private entry of somebody's booking: their place, or that it is no more."""
    event, person = booking.event, booking.person
    stands = _stands(booking)
    parts = [event.joining, event.getting_there] if stands else []
    entry = _entry(
        event,
        description="\n\n".join(part for part in parts if part),
        address=_address(booking),
    )
    _follow(entry, booking)
    organiser = icalendar.vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    entry.add("organizer", organiser)
    if person.email:
        attendee = icalendar.vCalAddress(f"mailto:{_clean(person.email)}")
        attendee.params["PARTSTAT"] = icalendar.vText("ACCEPTED" if stands else "DECLINED")
        attendee.params["ROLE"] = icalendar.vText("REQ-PARTICIPANT")
        attendee.params["RSVP"] = icalendar.vText("FALSE")
        entry.add("attendee", attendee)
    return _calendar("REQUEST" if stands else "CANCEL", [entry])


def feed(bookings: Iterable[Booking], *, name: str = "My Alongside events") -> str:
    """Return somebody's own calendar to subscribe to: where and when, never joining details."""
    entries = []
    for booking in bookings:
        entry = _entry(booking.event, description="", address=_address(booking))
        _follow(entry, booking)
        entries.append(entry)
    return _calendar("PUBLISH", entries, name)

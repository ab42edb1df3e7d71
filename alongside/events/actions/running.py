"""Making an event, moving it, changing its places and closing, cancelling it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core import dates
from alongside.core.refused import Refused
from alongside.events import rules
from alongside.events.actions import offers, seats, tell
from alongside.events.models import Booking, Event, SupportRequest

State = Booking.State
AT_ONCE = 25  # people told in one transaction of a job
MOVES = ("title", "starts_at", "ends_at", "mode", "platform", "venue")
TOLD = (*MOVES, "getting_there", "joining")  # what people who are coming must hear of
QUIET = ("offer_hours", "level", "by_selection")


@seats.whole
def make_event(*, by: User, **fields: Any) -> Event:
    """Make an event with its time, way of meeting, places and closing moment."""
    event = Event(**fields)
    _check(event)
    event.save(force_insert=True)
    audit.record("events.event_made", on=event, by=by, capacity=event.capacity)
    return event


def _check(event: Event) -> None:
    if event.ends_at <= event.starts_at:
        raise Refused("Enter an end that is after the beginning.", "ends_at")
    if reason := rules.why_not_capacity(capacity=event.capacity, taken=event.taken):
        raise Refused(reason, "capacity")
    if not 1 <= event.offer_hours <= 24 * 28:
        raise Refused("Give people between 1 hour and 28 days to answer an offer.", "offer_hours")


@seats.whole
def change_capacity(*, event: Event, capacity: int, by: User) -> Event:
    """Raise or lower the number of places; raising offers the new ones to those who wait."""
    event = seats.lock(event.pk)
    if reason := rules.why_not_capacity(capacity=capacity, taken=event.taken):
        raise Refused(reason, "capacity")
    before, event.capacity = event.capacity, capacity
    event.save(update_fields=["capacity"])
    audit.record("events.capacity_changed", on=event, by=by, before=before, after=capacity)
    offers.fill(event, by=by)
    return event


@seats.whole
def change_closing(*, event: Event, closes_at: dt.datetime, by: User) -> Event:
    """Extend or shorten the time in which people can ask for a place."""
    event = seats.lock(event.pk)
    if event.cancelled_at:
        raise Refused("This event has been cancelled.")
    before, event.closes_at = event.closes_at, closes_at
    event.save(update_fields=["closes_at"])
    audit.record(
        "events.closing_changed",
        on=event,
        by=by,
        before=before.isoformat(),
        after=closes_at.isoformat(),
    )
    return event


@seats.whole
def move_event(*, event: Event, by: User, **fields: Any) -> Event:
    """Change when, where or how people meet; everybody with a place or a turn is told by a job.

    The calendar entries people have follow: the sequence rises (RFC 5545, section 3.8.7.4).
    """
    event = seats.lock(event.pk)
    if event.cancelled_at:
        raise Refused("This event has been cancelled.")
    unknown = fields.keys() - {*TOLD, *QUIET}
    if unknown:
        raise TypeError(f"move_event cannot change {sorted(unknown)}")
    changed = sorted(name for name, value in fields.items() if getattr(event, name) != value)
    if not changed:
        return event
    if "by_selection" in changed and event.bookings.standing().exists():
        raise Refused(
            "People have already asked for places, so how places are given cannot change.",
            "by_selection",
        )
    before = (event.starts_at, event.ends_at)
    for name in changed:
        setattr(event, name, fields[name])
    _check(event)
    tells = [name for name in changed if name in TOLD]
    if tells:
        event.sequence += 1
    event.save(update_fields=[*changed, "sequence"])
    if event.starts_at != before[0]:
        event.bookings.filter(state=State.OFFERED, offer_ends_at__gt=event.starts_at).update(
            offer_ends_at=event.starts_at
        )
    audit.record("events.event_moved", on=event, by=by, changed=changed, sequence=event.sequence)
    if tells and event.ends_at > timezone.now():
        from alongside.events import tasks

        moved = any(name in MOVES for name in tells)
        times_changed = before != (event.starts_at, event.ends_at)
        tasks.tell_all.enqueue(
            event.key,
            "event_moved" if moved else "joining_changed",
            event.sequence,
            was=[int(at.timestamp()) for at in before] if times_changed else [],
            place_changed="venue" in changed or "mode" in changed,
        )
    return event


@seats.whole
def cancel_event(*, event: Event, because: str, by: User) -> Event:
    """Call the event off: every booking ends, and everybody is told by a job."""
    event = seats.lock(event.pk)
    if event.cancelled_at:
        raise Refused("This event has already been cancelled.")
    if event.ends_at <= timezone.now():
        raise Refused("This event is over, so it cannot be cancelled.")
    if not because.strip():
        raise Refused("Enter the reason. We tell it to everybody who was coming.", "because")
    now = timezone.now()
    event.cancelled_at, event.cancelled_because = now, because.strip()
    event.sequence += 1
    event.taken = 0
    event.save(update_fields=["cancelled_at", "cancelled_because", "sequence", "taken"])
    SupportRequest.objects.filter(
        booking__event=event, booking__ended_at__isnull=True, ended_at__isnull=True
    ).update(ended_at=now)
    ended = event.bookings.standing().update(state=State.CANCELLED, ended_at=now)
    audit.record("events.event_cancelled", on=event, by=by, bookings=ended)
    if ended:
        from alongside.events import tasks

        tasks.tell_all.enqueue(event.key, "event_cancelled", event.sequence)
    return event


def people_to_tell(event: Event, letter: str) -> Any:
    """Return the bookings of those who must hear of a change, in steady order."""
    bookings = event.bookings.filter(person__anonymised_at__isnull=True)
    if letter == "event_cancelled":
        bookings = bookings.filter(ended_at=F("event__cancelled_at"))
    elif letter == "joining_changed":
        bookings = bookings.filter(state=State.BOOKED)
    else:
        bookings = bookings.standing()
    return bookings.order_by("pk")


@seats.whole
def tell_some(
    *,
    event: Event,
    letter: str,
    sequence: int,
    after: int,
    was: Sequence[int] = (),
    place_changed: bool = False,
    by: User,
) -> list[int]:
    """Tell the next few people of a change and return their rows; each is told once."""
    bookings = people_to_tell(event, letter).filter(pk__gt=after)
    told = []
    for booking in bookings.select_related("person", "event")[:AT_ONCE]:
        tell.about_booking(
            letter,
            booking,
            calendar=booking.booked_at is not None,
            once=f"events.{letter}:{booking.key}:{sequence}",
            by=by,
            because=booking.event.cancelled_because,
            was_when=dates.when(*(dt.datetime.fromtimestamp(at, dt.UTC) for at in was))
            if was
            else "",
            place_changed=place_changed,
        )
        told.append(booking.pk)
    return told


def remind_some(*, now: dt.datetime, after: int, by: User) -> list[int]:
    """Remind the next few people whose event is soon, and return their rows; each is told once.

    Not those who booked in the days before, who have just been told.
    """
    soon = Booking.objects.filter(
        state=State.BOOKED,
        pk__gt=after,
        event__cancelled_at__isnull=True,
        event__starts_at__gt=now,
        event__starts_at__lte=now + tell.REMINDED,
        booked_at__lt=F("event__starts_at") - tell.REMINDED,
        person__anonymised_at__isnull=True,
    )
    rows = list(soon.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    _remind(rows, by=by)
    return rows


@seats.whole
def _remind(rows: list[int], *, by: User) -> None:
    bookings = Booking.objects.filter(pk__in=rows, state=State.BOOKED)
    for booking in bookings.select_related("person", "event").order_by("pk"):
        tell.about_booking(
            "reminder",
            booking,
            once=f"events.reminder:{booking.key}:{booking.event.starts_at:%Y%m%d%H%M}",
            by=by,
        )

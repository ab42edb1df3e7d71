"""Who was there: marked on the register, written to the Involvement ledger, corrected there too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core.pointer import Pointer
from alongside.core.refused import Refused
from alongside.events import rules
from alongside.events.actions import seats
from alongside.events.models import Booking, Event
from alongside.people import actions as people

Attendance = Booking.Attendance


@dataclass(frozen=True)
class Mark:
    """How one row of the register is marked. ``minutes`` None means the whole event."""

    booking_pk: int
    attendance: str
    minutes: int | None = None


@seats.whole
def mark_attendance(
    *, booking: Booking, attendance: str, minutes: int | None = None, by: User
) -> Booking:
    """Mark somebody as there, sent apologies or not there; the ledger follows."""
    booking = seats.lock_booking(booking)
    _mark(booking, attendance, minutes, by=by)
    return booking


@seats.whole
def mark_register(*, event: Event, marks: Iterable[Mark], by: User) -> int:
    """Mark a page of the register in one step; return how many rows changed."""
    event = seats.lock(event.pk)
    wanted = {mark.booking_pk: mark for mark in marks}
    bookings = event.bookings.filter(pk__in=wanted).select_related("person").order_by("pk")
    changed = 0
    for booking in bookings:
        booking.event = event
        mark = wanted[booking.pk]
        changed += _mark(booking, mark.attendance, mark.minutes, by=by)
    return changed


def _mark(booking: Booking, attendance: str, minutes: int | None, *, by: User) -> bool:
    event = booking.event
    if attendance not in Attendance.values:
        raise Refused("Choose attended, sent apologies or did not attend.", "attendance")
    reason = rules.why_not_mark(
        now=timezone.now(),
        starts_at=event.starts_at,
        state=booking.state,
        attendance=attendance,
    )
    if reason:
        raise Refused(reason, "attendance")
    there = attendance == Attendance.ATTENDED
    whole = rules.minutes_of(event.starts_at, event.ends_at)
    if there:
        minutes = whole if minutes is None else minutes
        if reason := rules.why_not_minutes(minutes, whole):
            raise Refused(reason, "minutes")
    else:
        minutes = None
    if (booking.attendance, booking.minutes_attended) == (attendance, minutes):
        return False
    was_there = booking.attendance == Attendance.ATTENDED
    booking.attendance, booking.minutes_attended = attendance, minutes
    booking.save(update_fields=["attendance", "minutes_attended"])
    audit.record(
        "events.attendance_marked",
        on=booking,
        about=booking.person,
        by=by,
        attendance=attendance or "unmarked",
    )
    source = Pointer.to(booking, title=event.title)
    if minutes is not None:
        people.record_involvement(
            person=booking.person,
            on=timezone.localdate(event.starts_at),
            minutes=minutes,
            level=event.level,
            capacity=booking.capacity,
            category=booking.category,
            source=source,
            by=by,
        )
    elif was_there:
        people.correct_involvement(source=source, by=by)
    return True

"""Somebody who came without a place: written down, given a place, marked as there, in one step."""

from __future__ import annotations

from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core.refused import Refused
from alongside.events import rules
from alongside.events.actions import places, register, running, seats
from alongside.events.models import Booking, Event
from alongside.events.rules import Wish
from alongside.people.models import Person

State = Booking.State


@seats.whole
def write_down(
    *, event: Event, person: Person, wish: Wish, minutes: int | None = None, by: User
) -> Booking:
    """Write down somebody who came: they had no place, waited for one, or had asked for one.

    They were there, so a full event gets the place they took: the number of places rises, and the
    audit log says so. ``minutes`` None means the whole event.
    """
    event = seats.lock(event.pk)
    standing = event.bookings.standing().of(person).first()
    reason = rules.why_not_book(
        now=timezone.now(),
        closes_at=event.closes_at,
        starts_at=event.starts_at,
        cancelled=event.cancelled_at is not None,
        standing=State.BOOKED if standing and standing.state == State.BOOKED else "",
        how=rules.HOW_WALKED_IN,
    )
    if reason:
        raise Refused(reason)
    held = standing.places if standing and standing.state in Booking.HOLDING else 0
    _make_room(event, rules.most_places(wish.company) - held, by=by)
    if standing is None:
        booking = places.book_place(
            event=event, person=person, wish=wish, how=rules.HOW_WALKED_IN, by=by
        )
    else:
        booking = _seat(standing, event, wish, by=by)
    marked: Booking = register.mark_attendance(
        booking=booking, attendance=Booking.Attendance.ATTENDED, minutes=minutes, by=by
    )
    return marked


def _make_room(event: Event, wanted: int, *, by: User) -> None:
    short = wanted - event.places_left
    if short > 0:
        running.change_capacity(event=event, capacity=event.capacity + short, by=by)
        event.refresh_from_db(fields=["capacity", "taken"])


def _seat(booking: Booking, event: Event, wish: Wish, *, by: User) -> Booking:
    """Give a place to somebody who waited, was offered one, or had asked to be chosen."""
    was, booking.event = booking.state, event
    wanted = rules.most_places(wish.company)
    if not seats.count(event, wanted - (booking.places if was in Booking.HOLDING else 0)):
        raise Refused(seats.NO_PLACES)
    booking.state, booking.places, booking.booked_at = State.BOOKED, wanted, timezone.now()
    booking.company = wish.company
    booking.companion_name = places.companion_of(wish)
    booking.category = wish.category or booking.category
    booking.capacity = wish.capacity or booking.capacity
    booking.declines_payment = wish.declines_payment
    booking.save(
        update_fields=[
            "state",
            "places",
            "booked_at",
            "company",
            "companion_name",
            "category",
            "capacity",
            "declines_payment",
        ]
    )
    audit.record(
        "events.walked_in",
        on=booking,
        about=booking.person,
        by=by,
        was=was,
        places=booking.places,
    )
    return booking

"""Asking for a place, changing what was asked, and giving the place back."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core.refused import Refused
from alongside.events import rules
from alongside.events.actions import offers, seats, tell
from alongside.events.actions.support import add_needs, add_support, change_needs, change_support
from alongside.events.models import Booking, Event
from alongside.events.rules import Wish
from alongside.people import actions as people
from alongside.people.models import Person

State = Booking.State


@seats.whole
def book_place(
    *,
    event: Event,
    person: Person,
    wish: Wish,
    how: str = rules.HOW_ONLINE,
    told: Mapping[str, str] | None = None,
    by: User,
) -> Booking:
    """Give the person a place or a turn on the waiting list, or refuse and say why.

    Where places are by selection they have asked for a place until somebody chooses. ``how`` says
    how it reached us: a code of ``rules.HOWS``. ``told`` holds details of the person to keep with it.
    """
    event = seats.lock(event.pk)
    now = timezone.now()
    before = list(event.bookings.of(person).values_list("state", "ended_at"))
    standing = next((state for state, ended_at in before if ended_at is None), "")
    reason = rules.why_not_book(
        now=now,
        closes_at=event.closes_at,
        starts_at=event.starts_at,
        cancelled=event.cancelled_at is not None,
        standing=standing,
        how=how,
    )
    if reason:
        raise Refused(reason)
    if told:
        person = people.correct_details(person=person, by=by, **told)
    booking = Booking(
        event=event,
        person=person,
        company=wish.company,
        companion_name=companion_of(wish),
        category=wish.category,
        capacity=wish.capacity or person.connection,
        declines_payment=wish.declines_payment,
        entered_by=by,
        entered_how=how,
        again=min(len(before), 10_000),
    )
    _settle(booking, walked_in=how == rules.HOW_WALKED_IN)
    booking.save(force_insert=True)
    add_needs(booking, wish.needs)
    support = add_support(booking, wish.support)
    if wish.needs:
        people.record_needs(person=person, needs=list(wish.needs), by=by, only_add=True)
    audit.record(
        "events.place_asked_for",
        on=booking,
        about=person,
        by=by,
        state=booking.state,
        places=booking.places,
        how=how,
    )
    if how != rules.HOW_WALKED_IN:
        tell.about_booking(
            _LETTERS[booking.state],
            booking,
            calendar=booking.state == State.BOOKED,
            support=support,
            by=by,
        )
    return booking


_LETTERS: dict[str, str] = {
    State.BOOKED: "place_booked",
    State.WAITING: "on_waiting_list",
    State.APPLIED: "applied",
}


def companion_of(wish: Wish) -> str:
    """Return the companion's name as it is kept; nobody where the person comes alone."""
    return "" if wish.company == rules.ALONE else wish.companion_name.strip()[:200]


def _settle(booking: Booking, *, walked_in: bool) -> None:
    """Decide between a place, a turn in the line, and an application; count the places taken."""
    event, now = booking.event, timezone.now()
    if walked_in:
        places = rules.places_for(booking.company, event.places_left)
        if not places or not seats.count(event, places):
            raise Refused("There are no places left. Raise the number of places first.")
        booking.state, booking.places, booking.booked_at = State.BOOKED, places, now
        return
    booking.places = rules.fewest_places(booking.company)
    if event.by_selection:
        booking.state = State.APPLIED
        return
    # Stand at the end of the line; a free place goes to the first whose party fits, and that is
    # the newcomer only where it fits nobody ahead.
    places = rules.places_for(booking.company, event.places_left)
    ahead = seats.first_waiting(event, event.places_left) if places else None
    if places and ahead is None and seats.count(event, places):
        booking.state, booking.places, booking.booked_at = State.BOOKED, places, now
    else:
        booking.state, booking.waiting_since = State.WAITING, now
        booking.turn_at = seats.turn_at_the_end(event, now=now)


@seats.whole
def cancel_booking(*, booking: Booking, by: User) -> Booking:
    """Give the place back, leave the waiting list, or take back the request."""
    booking = seats.lock_booking(booking)
    event, now, was = booking.event, timezone.now(), booking.state
    reason = rules.why_not_cancel(
        now=now, starts_at=event.starts_at, standing=was in Booking.STANDING
    )
    if reason:
        raise Refused(reason)
    if was in Booking.HOLDING:
        seats.count(event, -booking.places)
    booking.state = State.LEFT if was == State.WAITING else State.CANCELLED
    booking.ended_at = now
    booking.save(update_fields=["state", "ended_at"])
    booking.support.filter(ended_at__isnull=True).update(ended_at=now)
    audit.record("events.booking_cancelled", on=booking, about=booking.person, by=by, was=was)
    tell.about_booking("booking_cancelled", booking, calendar=was == State.BOOKED, by=by, was=was)
    offers.fill(event, by=by)
    return booking


@seats.whole
def change_wish(*, booking: Booking, wish: Wish, by: User) -> Booking:
    """Change who comes along, what is needed, the support, or how the person takes part."""
    booking = seats.lock_booking(booking)
    event = booking.event
    reason = rules.why_not_change(
        now=timezone.now(),
        starts_at=event.starts_at,
        standing=booking.state in Booking.STANDING,
        cancelled=event.cancelled_at is not None,
    )
    if reason:
        raise Refused(reason)
    before = booking.places
    if booking.state in Booking.HOLDING:
        _resize(booking, wish.company)
    else:
        booking.places = rules.fewest_places(wish.company)
    booking.company, booking.companion_name = wish.company, companion_of(wish)
    booking.category = wish.category
    booking.capacity = wish.capacity or booking.capacity
    booking.declines_payment = wish.declines_payment
    booking.save(
        update_fields=[
            "places",
            "company",
            "companion_name",
            "category",
            "capacity",
            "declines_payment",
        ]
    )
    said_anew = change_needs(booking, wish.needs)
    change_support(booking, wish.support)
    if said_anew:
        people.record_needs(person=booking.person, needs=said_anew, by=by, only_add=True)
    audit.record(
        "events.wish_changed",
        on=booking,
        about=booking.person,
        by=by,
        places_before=before,
        places=booking.places,
    )
    offers.fill(event, by=by)
    return booking


def _resize(booking: Booking, company: str) -> None:
    """Take or free one place of a booking that holds some; those who wait come first."""
    event = booking.event
    if company == booking.company:
        return
    free = event.places_left
    spare = free if seats.first_waiting(event, free) is None else 0
    wanted = rules.places_for(company, spare + booking.places)
    if not wanted:
        raise Refused(
            "There is no place for somebody else now. You still have your own place.", "company"
        )
    if not seats.count(event, wanted - booking.places):
        raise Refused(seats.NO_PLACES, "company")
    booking.places = wanted

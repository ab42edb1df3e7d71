"""Freed places: offered in order, accepted, declined, lapsed, or given out of order for a reason."""

from __future__ import annotations

import datetime as dt

from django.db.models import Min
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core.refused import Refused
from alongside.events import rules
from alongside.events.actions import seats, tell
from alongside.events.models import Booking, Event

State = Booking.State
AT_ONCE = 25  # offers made in one transaction; the rest follow in a job


def fill(event: Event, *, by: User) -> int:
    """Offer free places of a locked event to the line, in order, and return how many offers."""
    now = timezone.now()
    if event.by_selection or not rules.may_offer(
        now=now, starts_at=event.starts_at, cancelled=event.cancelled_at is not None
    ):
        return 0
    made = 0
    while event.places_left > 0 and (turn := seats.first_waiting(event, event.places_left)):
        if made == AT_ONCE:
            from alongside.events import tasks

            tasks.offer_the_rest.enqueue(event.key)
            break
        booking = Booking.objects.select_related("person").get(pk=turn.pk)
        booking.event = event
        if not _offer(booking, now=now, by=by):
            break
        made += 1
    return made


def _offer(booking: Booking, *, now: dt.datetime, by: User, out_of_order: bool = False) -> bool:
    event = booking.event
    places = rules.places_for(booking.company, event.places_left)
    if not places or not seats.count(event, places):
        return False
    booking.state, booking.places, booking.offered_at = State.OFFERED, places, now
    booking.offer_ends_at = rules.offer_ends_at(
        now=now, hours=event.offer_hours, starts_at=event.starts_at
    )
    booking.save(update_fields=["state", "places", "offered_at", "offer_ends_at"])
    audit.record(
        "events.place_offered",
        on=booking,
        about=booking.person,
        by=by,
        places=places,
        out_of_order=out_of_order,
    )
    tell.about_booking("place_offered", booking, by=by)
    return True


@seats.whole
def offer_freed_places(*, event: Event, by: User) -> int:
    """Offer what is free to those who wait, first in line first; return how many were offered."""
    return fill(seats.lock(event.pk), by=by)


@seats.whole
def offer_out_of_order(*, booking: Booking, because: str, by: User) -> Booking:
    """Offer this person a free place before their turn, or move them to the front of the line."""
    booking = seats.lock_booking(booking)
    event, now = booking.event, timezone.now()
    reason = rules.why_not_out_of_order(
        state=booking.state,
        because=because,
        open_for_offers=rules.may_offer(
            now=now, starts_at=event.starts_at, cancelled=event.cancelled_at is not None
        ),
    )
    if reason:
        raise Refused(reason, "because")
    booking.out_of_order_because = because.strip()[:300]
    first = event.bookings.filter(state=State.WAITING).aggregate(first=Min("turn_at"))["first"]
    booking.turn_at = first - dt.timedelta(microseconds=1)
    booking.save(update_fields=["out_of_order_because", "turn_at"])
    audit.record("events.moved_up_out_of_order", on=booking, about=booking.person, by=by)
    _offer(booking, now=now, by=by, out_of_order=True)
    return booking


@seats.whole
def accept_offer(*, booking: Booking, by: User) -> Booking:
    """Turn the offer into a place."""
    booking = seats.lock_booking(booking)
    now = timezone.now()
    reason = rules.why_not_answer(now=now, state=booking.state, ends_at=booking.offer_ends_at)
    if reason:
        raise Refused(reason)
    booking.state, booking.booked_at = State.BOOKED, now
    booking.save(update_fields=["state", "booked_at"])
    audit.record("events.offer_accepted", on=booking, about=booking.person, by=by)
    tell.about_booking(
        "place_confirmed", booking, calendar=True, support=tell.support_of(booking), by=by
    )
    return booking


@seats.whole
def decline_offer(*, booking: Booking, by: User) -> Booking:
    """Say no to the offer; the next in line is offered it."""
    booking = seats.lock_booking(booking)
    now = timezone.now()
    reason = rules.why_not_answer(now=now, state=booking.state, ends_at=booking.offer_ends_at)
    if reason:
        raise Refused(reason)
    _let_go(booking, State.DECLINED, now=now)
    audit.record("events.offer_declined", on=booking, about=booking.person, by=by)
    fill(booking.event, by=by)
    return booking


def _let_go(booking: Booking, state: str, *, now: dt.datetime) -> None:
    """End a booking that holds places and count them free."""
    seats.count(booking.event, -booking.places)
    booking.state, booking.ended_at = state, now
    booking.save(update_fields=["state", "ended_at"])
    booking.support.filter(ended_at__isnull=True).update(ended_at=now)


def expire_offers(*, now: dt.datetime, by: User) -> int:
    """End every offer whose time has passed, offer the places on; return how many ended.

    One short transaction for each event.
    """
    due = Booking.objects.filter(state=State.OFFERED, offer_ends_at__lte=now)
    events = list(due.order_by().values_list("event_id", flat=True).distinct()[:500])
    return sum(_expire(pk, now=now, by=by) for pk in events)


@seats.whole
def _expire(event_pk: int, *, now: dt.datetime, by: User) -> int:
    event = seats.lock(event_pk)
    due = event.bookings.filter(state=State.OFFERED, offer_ends_at__lte=now)
    lapsed = list(due.select_related("person").order_by("offer_ends_at", "pk")[:100])
    for booking in lapsed:
        booking.event = event
        _let_go(booking, State.LAPSED, now=now)
        audit.record("events.offer_lapsed", on=booking, about=booking.person, by=by)
        tell.about_booking("offer_lapsed", booking, by=by)
    fill(event, by=by)
    return len(lapsed)

"""Choosing people where places are by selection: who decided, why, and a kind word to the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core.refused import Refused
from alongside.events import rules
from alongside.events.actions import seats, tell
from alongside.events.models import Booking
from alongside.people.models import Involvement

State = Booking.State


def _decide(booking: Booking, because: str, *, now: dt.datetime, by: User) -> Booking:
    booking = seats.lock_booking(booking)
    event = booking.event
    reason = rules.why_not_decide(
        state=booking.state,
        because=because,
        by_selection=event.by_selection,
        cancelled=event.cancelled_at is not None,
    )
    if reason:
        raise Refused(reason, "because")
    booking.decided_because, booking.decided_at, booking.decided_by = because.strip(), now, by
    return booking


_DECIDED = ["decided_because", "decided_at", "decided_by"]


@seats.whole
def choose(*, booking: Booking, because: str, by: User) -> Booking:
    """Give a place to somebody who asked for one, and keep who decided and why."""
    now = timezone.now()
    booking = _decide(booking, because, now=now, by=by)
    event = booking.event
    if now >= event.starts_at:
        raise Refused("The event has begun, so nobody can be chosen any more.")
    places = rules.places_for(booking.company, event.places_left)
    if not places or not seats.count(event, places):
        left = "are no places" if event.places_left < 1 else "is only 1 place"
        raise Refused(f"There {left} left. Raise the number of places first.")
    booking.state, booking.places, booking.booked_at = State.BOOKED, places, now
    booking.save(update_fields=["state", "places", "booked_at", *_DECIDED])
    audit.record("events.person_chosen", on=booking, about=booking.person, by=by, places=places)
    tell.about_booking("chosen", booking, calendar=True, support=tell.support_of(booking), by=by)
    return booking


@seats.whole
def not_choose(*, booking: Booking, because: str, by: User) -> Booking:
    """Decide against somebody who asked for a place, keep why, and tell them kindly."""
    now = timezone.now()
    booking = _decide(booking, because, now=now, by=by)
    booking.state, booking.ended_at = State.NOT_CHOSEN, now
    booking.save(update_fields=["state", "ended_at", *_DECIDED])
    booking.support.filter(ended_at__isnull=True).update(ended_at=now)
    audit.record("events.person_not_chosen", on=booking, about=booking.person, by=by)
    tell.about_booking("not_chosen", booking, by=by)
    return booking


def lately(people: Iterable[int], *, before: dt.datetime) -> dict[int, tuple[int, int]]:
    """Return, for each person, how often they were chosen and took part in the last 12 months.

    Two queries however many people. Nothing about health or needs.
    """
    ids = list(people)
    since = before - dt.timedelta(days=365)
    chosen = dict(
        Booking.objects.filter(person__in=ids, decided_at__gte=since, booked_at__isnull=False)
        .values_list("person")
        .annotate(times=Count("pk"))
        .order_by()
    )
    took_part = dict(
        Involvement.objects.standing()
        .filter(person__in=ids, on__gte=timezone.localdate(since))
        .values_list("person")
        .annotate(times=Count("pk"))
        .order_by()
    )
    return {pk: (chosen.get(pk, 0), took_part.get(pk, 0)) for pk in ids}

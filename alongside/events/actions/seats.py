"""The one lock and the one count that every step goes through which takes or frees a place.

Lock the event first, then read its bookings: two steps at one event wait for each other, steps at
different events never meet, and nothing can lock the two the other way round. The count is one
statement that cannot oversell whoever runs it; the check constraint and the unique index stand
behind it. See ``docs/decisions/0006-seats-and-waiting-list.md``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from alongside.core.refused import Refused
from alongside.events import rules
from alongside.events.models import Booking, Event

P = ParamSpec("P")
R = TypeVar("R")

NO_PLACES = "There are no places left."
_LAST_DEFENCE = {  # by constraint name (PostgreSQL) and by column names (SQLite)
    "event_never_oversold": NO_PLACES,
    "booking_one_standing_place_each": "There is already a booking for this person.",
    "events_booking.event_id, events_booking.person_id": (
        "There is already a booking for this person."
    ),
}


def whole(action: Callable[P, R]) -> Callable[P, R]:
    """Run the action in one transaction; say no where the last defence in the database does."""

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with transaction.atomic():
                return action(*args, **kwargs)
        except IntegrityError as error:
            for name, sentence in _LAST_DEFENCE.items():
                if name in str(error):
                    raise Refused(sentence) from error
            raise

    return run


def lock(event_pk: int) -> Event:
    """Hold the event until the transaction ends, and return it as it is now."""
    return Event.objects.select_for_update(no_key=True).get(pk=event_pk)


def lock_booking(booking: Booking) -> Booking:
    """Hold the booking's event and return the booking as it is now, with its event and person."""
    event = lock(booking.event_id)
    now: Booking = Booking.objects.select_related("person").get(pk=booking.pk)
    now.event = event
    return now


def count(event: Event, change: int) -> bool:
    """Take (or, below zero, free) so many places, unless that would oversell: one statement."""
    if change == 0:
        return True
    rows = Event.objects.filter(pk=event.pk)
    if change > 0:
        rows = rows.filter(capacity__gte=F("taken") + change)
    if rows.update(taken=F("taken") + change) == 0:
        return False
    event.taken += change
    return True


def first_waiting(event: Event, free: int) -> rules.Turn | None:
    """Return the first in line whose party fits: one row, found by walking the line's index."""
    if free < 1:
        return None
    fits = event.bookings.waiting().filter(places__lte=free)
    row = fits.values_list("turn_at", "pk", "places").first()
    if row is None or row[0] is None:
        return None
    return rules.Turn(row[0], row[1], row[2])


def turn_at_the_end(event: Event, *, now: dt.datetime) -> dt.datetime:
    """Return a moment after every turn in the line, also where a clock was put back."""
    waiting = event.bookings.filter(state=Booking.State.WAITING, turn_at__gte=now)
    last = waiting.aggregate(last=Max("turn_at"))["last"]
    return last + dt.timedelta(microseconds=1) if last else now

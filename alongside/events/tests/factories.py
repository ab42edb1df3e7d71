"""The smallest true things of this room."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from alongside.accounts import audit
from alongside.events import actions
from alongside.events.models import Booking, Event
from alongside.events.rules import Wish
from alongside.people.models import Person


def make_event(capacity: int = 10, **fields: Any) -> Event:
    """Make an event in 30 days, open until 20 days from now."""
    starts_at = fields.pop("starts_at", timezone.now() + dt.timedelta(days=30))
    support = fields.pop("support", ())
    defaults: dict[str, Any] = {
        "title": "Charter workshop",
        "mode": Event.Mode.ONLINE,
        "platform": "Lifesize",
        "joining": "https://video.example/join-4711",
        "ends_at": starts_at + dt.timedelta(minutes=90),
        "closes_at": starts_at - dt.timedelta(days=10),
    }
    by = fields.pop("by", None) or audit.system()
    event = actions.make_event(
        by=by, starts_at=starts_at, capacity=capacity, **{**defaults, **fields}
    )
    for name in support:
        actions.add_support_offer(event=event, name=name, by=by)
    return event


def make_booking(event: Event, person: Person, how: str = "online", **wish: Any) -> Booking:
    """Book a place for the person, or put them in line."""
    return actions.book_place(
        event=event,
        person=person,
        wish=Wish(**wish),
        how=how,
        by=person.user or audit.system(),
    )

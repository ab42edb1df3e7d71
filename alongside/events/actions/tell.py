"""What our letters say about a booking, and sending them with the calendar entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import User
from alongside.events import calendar as calendars
from alongside.events import rules
from alongside.events.models import Booking, Event
from alongside.messaging import actions as messaging


def facts_of(event: Event) -> dict[str, Any]:
    """Return what any letter may say about an event; nothing private."""
    return {
        "event": event.title,
        "starts_at": event.starts_at,
        "closes_at": event.closes_at,
        "ends_at": event.ends_at,
        "mode": event.mode,
        "platform": event.platform,
        "venue": event.venue,
        "getting_there": event.getting_there,
    }


REMINDED = dt.timedelta(days=2)  # how long before the beginning


def support_of(booking: Booking) -> list[str]:
    """Return the names of the support the person asked for and has not had."""
    asked = booking.support.filter(ended_at__isnull=True, given_at__isnull=True)
    return list(asked.order_by("pk").values_list("offer__name", flat=True))


def about_booking(
    letter: str,
    booking: Booking,
    *,
    by: User,
    calendar: bool = False,
    once: str | None = None,
    support: Iterable[str] = (),
    **more: Any,
) -> None:
    """Tell the person about their booking. Joining details go only to those who have a place."""
    if booking.person.anonymised_at:
        return
    event = booking.event
    has_place = booking.state == Booking.State.BOOKED
    context = {
        **facts_of(event),
        "places": booking.places,
        "wants_two": booking.company != rules.ALONE,
        "companion": booking.companion_name,
        "support": list(support),
        "remind": event.starts_at - timezone.now() > REMINDED,
        "joining": event.joining if has_place else "",
        "has_place": has_place,
        "offer_ends_at": booking.offer_ends_at,
        "booking_address": settings.SITE_URL + reverse("events:booking", args=[booking.key]),
        **more,
    }
    messaging.send(
        person=booking.person,
        letter=f"events/{letter}",
        context=context,
        about=booking,
        once=once,
        calendar=calendars.for_booking(booking) if calendar else "",
        by=by,
    )

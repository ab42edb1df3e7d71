"""What this room has to say on somebody's home page."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.access import Permission, may
from alongside.accounts.models import User
from alongside.core import dates
from alongside.design.cards import Card
from alongside.events.models import Booking, Event
from alongside.people.models import Person

State = Booking.State
MOST = 6  # cards of this room on one home page
SOON = dt.timedelta(days=7)
MARK_WITHIN = dt.timedelta(days=60)


def for_member(person: Person) -> list[Card]:
    """Show offers to answer first, then what is coming, then what the person waits for."""
    now = timezone.now()
    bookings = (
        Booking.objects.of(person)
        .standing()
        .filter(event__ends_at__gt=now)
        .select_related("event")
        .order_by("event__starts_at", "pk")
    )
    cards = [card for booking in bookings[:20] if (card := _card(booking, now))]
    return sorted(cards, key=lambda card: card.order)[:MOST]


def _card(booking: Booking, now: dt.datetime) -> Card | None:
    event = booking.event
    href = reverse("events:booking", args=[booking.key])
    when, day = dates.when(event.starts_at, event.ends_at), dates.day(event.starts_at)
    if booking.state == State.OFFERED:
        ends = booking.offer_ends_at
        if ends is None or ends <= now:
            return None
        text = (
            f"A place is free for you. Answer before {dates.clock(ends)} on {dates.long_day(ends)}."
        )
        return Card(event.title, text, href, order=0, tag="Please answer", hidden=day)
    if booking.state == State.BOOKED:
        order = 1 if event.starts_at - now < SOON else 2
        return Card(event.title, when, href, order=order, tag="You have a place", hidden=day)
    words = "On the waiting list" if booking.state == State.WAITING else "You asked for a place"
    return Card(event.title, when, href, order=2, tag=words, hidden=day)


def for_staff(user: User) -> list[Card]:
    """Show what is still to do for events: offers running out, needs, support, registers."""
    if not may(user, Permission.BOOKING_MANAGE):
        return []
    now = timezone.now()
    return [*_offers(now), *_to_get_ready(now), *_registers(now)]


def _offers(now: dt.datetime) -> list[Card]:
    running = (
        Event.objects.filter(
            bookings__state=State.OFFERED, bookings__offer_ends_at__lt=now + dt.timedelta(days=1)
        )
        .annotate(offers=Count("bookings"))
        .order_by("starts_at", "pk")
    )
    return [
        Card(
            f"Offers run out soon: {event.title}",
            "Offers of a place run out within a day. Phone those who may not have seen it.",
            reverse("events:register", args=[event.key]) + "?part=offered",
            order=1,
            tag=f"{event.offers} on offer",
            count=event.offers,
            hidden=dates.day(event.starts_at),
        )
        for event in running[:MOST]
    ]


def _to_get_ready(now: dt.datetime) -> list[Card]:
    soon = Event.objects.filter(
        starts_at__gt=now, starts_at__lte=now + dt.timedelta(days=60), cancelled_at__isnull=True
    ).order_by("starts_at", "pk")
    standing = Q(bookings__state=State.BOOKED)
    support = soon.annotate(
        to_arrange=Count(
            "bookings__support",
            filter=standing
            & Q(
                bookings__support__assigned_to__isnull=True,
                bookings__support__given_at__isnull=True,
                bookings__support__ended_at__isnull=True,
                bookings__support__pk__isnull=False,
            ),
            distinct=True,
        )
    ).filter(to_arrange__gt=0)
    needs = (
        soon.filter(starts_at__lte=now + SOON)
        .annotate(
            to_meet=Count(
                "bookings__needs",
                filter=standing
                & Q(bookings__needs__met_at__isnull=True, bookings__needs__pk__isnull=False),
                distinct=True,
            )
        )
        .filter(to_meet__gt=0)
    )
    cards = [
        Card(
            f"Meet what people need: {event.title}",
            f"Needs to meet before {dates.long_day(event.starts_at)}.",
            reverse("events:register", args=[event.key]) + "?to_meet=yes",
            order=0,
            tag=f"{event.to_meet} to meet",
            count=event.to_meet,
            hidden=dates.day(event.starts_at),
        )
        for event in needs[:MOST]
    ]
    return cards + [
        Card(
            f"Arrange support: {event.title}",
            f"People asked for support and nobody gives it yet. {dates.long_day(event.starts_at)}.",
            reverse("events:register", args=[event.key]),
            order=0 if event.starts_at - now < SOON else 1,
            tag=f"{event.to_arrange} to arrange",
            count=event.to_arrange,
            hidden=dates.day(event.starts_at),
        )
        for event in support[:MOST]
    ]


def _registers(now: dt.datetime) -> list[Card]:
    held = (
        Event.objects.filter(
            ends_at__lte=now, ends_at__gt=now - MARK_WITHIN, cancelled_at__isnull=True
        )
        .annotate(
            unmarked=Count(
                "bookings", filter=Q(bookings__state=State.BOOKED, bookings__attendance="")
            )
        )
        .filter(unmarked__gt=0)
        .order_by("ends_at", "pk")
    )
    return [
        Card(
            f"Mark who was there: {event.title}",
            f"Mark who was there on {dates.long_day(event.starts_at)}.",
            reverse("events:mark", args=[event.key]),
            order=1,
            tag=f"{event.unmarked} to mark",
            count=event.unmarked,
            hidden=dates.day(event.starts_at),
        )
        for event in held[:MOST]
    ]

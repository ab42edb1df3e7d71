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
from alongside.events.models import Booking
from alongside.opportunities.models import Opportunity
from alongside.people.models import Person

SOON = dt.timedelta(days=7)
MOST = 3  # of a kind, on one home page


def for_member(person: Person) -> list[Card]:
    """Show what is open that the person follows and has not asked for; else where to look."""
    topics = person.interests.standing().values("topic")
    fitting = (
        Opportunity.objects.open()
        .filter(topics__in=topics)
        .exclude(event__bookings__person=person)
        .select_related("event")
        .distinct()
        .order_by("event__closes_at", "pk")
    )
    if person.area_id:
        fitting = fitting.filter(Q(area__isnull=True) | Q(area=person.area_id))
    cards = [
        Card(
            title=advert.title,
            text=(
                f"{dates.when(advert.event.starts_at, advert.event.ends_at)}. "
                f"Open until {dates.day(advert.event.closes_at)}."
            ),
            href=advert.get_absolute_url(),
            order=1 if advert.event.closes_at - timezone.now() < SOON else 2,
            tag="About a topic you follow",
            hidden=dates.day(advert.event.starts_at),
        )
        for advert in fitting[:MOST]
    ]
    if not cards:
        cards.append(
            Card(
                title="Find a way to take part",
                text="See what is open now, and choose what suits you.",
                href=reverse("opportunities:open"),
            )
        )
    return cards


def for_staff(user: User) -> list[Card]:
    """Show what closes soon, drafts of one's own, and what waits for a choice."""
    cards: list[Card] = []
    if may(user, Permission.OPPORTUNITY_WRITE):
        cards += _closing_soon() + _my_drafts(user)
    if may(user, Permission.OPPORTUNITY_SELECT):
        cards += _to_decide()
    return cards


def _closing_soon() -> list[Card]:
    soon = (
        Opportunity.objects.open()
        .filter(event__closes_at__lte=timezone.now() + SOON)
        .select_related("event")
        .order_by("event__closes_at", "pk")
    )
    return [
        Card(
            title=f"Closes soon: {advert.title}",
            text=f"Closes {dates.long_day(advert.event.closes_at)} "
            f"at {dates.clock(advert.event.closes_at)}.",
            href=reverse("opportunities:staff_advert", args=[advert.key]),
            order=1,
            hidden=dates.day(advert.event.starts_at),
        )
        for advert in soon[:MOST]
    ]


def _my_drafts(user: User) -> list[Card]:
    count = Opportunity.objects.drafts().filter(written_by=user).count()
    if not count:
        return []
    return [
        Card(
            title="Your drafts",
            text="Adverts you began and have not published.",
            href=reverse("opportunities:staff") + "?show=draft",
            order=2,
            count=count,
        )
    ]


def _to_decide() -> list[Card]:
    applied = Count("event__bookings", filter=Q(event__bookings__state=Booking.State.APPLIED))
    waiting = (
        Opportunity.objects.published()
        .filter(
            event__by_selection=True,
            event__closes_at__lte=timezone.now(),
            event__starts_at__gt=timezone.now(),
            event__cancelled_at__isnull=True,
        )
        .annotate(applied=applied)
        .filter(applied__gt=0)
        .select_related("event")
        .order_by("event__starts_at", "pk")
    )
    return [
        Card(
            title=f"Choose who takes part: {advert.title}",
            text="It has closed, and people wait to hear.",
            href=reverse("opportunities:choosing", args=[advert.key]),
            order=0,
            tag="To decide",
            hidden=dates.day(advert.event.starts_at),
            count=advert.__dict__["applied"],
        )
        for advert in waiting[:MOST]
    ]

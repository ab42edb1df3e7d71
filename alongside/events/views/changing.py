"""What the pages for a person and the pages for staff share when a booking is changed."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from alongside.design.forms import Form, attempt
from alongside.events import actions
from alongside.events.models import Booking, SupportOffer
from alongside.events.rules import Wish
from alongside.people.models import AccessNeed
from alongside.people.needs import GROUPS, NEEDS
from alongside.people.rules import NeedAnswer

AT_THE_EVENT = [group for group in GROUPS if group != AccessNeed.Group.CONTACT]


def posted(request: HttpRequest) -> Any:
    """Return what was sent, which may be nothing but a press of the button; None on a look."""
    return request.POST if request.method == "POST" else None


def wish_of(booking: Booking) -> Wish:
    """Return what the person asks for now."""
    support = booking.support.filter(ended_at__isnull=True)
    return Wish(
        company=booking.company,
        companion_name=booking.companion_name,
        category=booking.category,
        capacity=booking.capacity,
        declines_payment=booking.declines_payment,
        needs=tuple(
            NeedAnswer(need.code, need.detail, must=need.must)
            for need in booking.needs.order_by("pk")
        ),
        support=tuple(support.values_list("offer_id", flat=True)),
    )


def standing_of(wish: Wish) -> list[Any]:
    """Return the needs of a wish as the form of needs reads them."""
    return [
        SimpleNamespace(
            code=need.code,
            group=NEEDS[need.code].group,
            detail=need.detail,
            must=need.must,
            share=True,
        )
        for need in wish.needs
        if need.code in NEEDS
    ]


def with_group(wish: Wish, group: str, answers: list[NeedAnswer]) -> tuple[NeedAnswer, ...]:
    """Return all needs, those of one group said anew."""
    others = [need for need in wish.needs if need.code in NEEDS and NEEDS[need.code].group != group]
    return (*others, *answers)


def offers_for(booking: Booking) -> QuerySet[SupportOffer]:
    """Return what the event offers, and what they asked for before it was taken off."""
    asked = booking.support.filter(ended_at__isnull=True).values("offer")
    offers = SupportOffer.objects.filter(event=booking.event_id)
    return (offers.filter(ended_at__isnull=True) | offers.filter(pk__in=asked)).order_by("pk")


def change(request: HttpRequest, booking: Booking, form: Form, **changes: Any) -> bool:
    """Change what is asked for; a refusal becomes an error of the form."""
    wish = dataclasses.replace(wish_of(booking), **changes)
    return bool(attempt(form, actions.change_wish, booking=booking, wish=wish, by=request.user))

"""What people need at an event and the support that comes with it: asked, arranged, given, met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone

from alongside.accounts import access, audit
from alongside.accounts.models import User
from alongside.core.refused import Refused
from alongside.events.actions import seats, tell
from alongside.events.models import Booking, BookingNeed, Event, SupportOffer, SupportRequest
from alongside.people.models import AccessNeed
from alongside.people.needs import NEEDS

if TYPE_CHECKING:
    from alongside.people.rules import NeedAnswer


# --- needs ------------------------------------------------------------------------------------
def _to_meet(needs: Iterable[NeedAnswer]) -> dict[str, NeedAnswer]:
    """Keep what is to be met at the event and may be shared; not how to write to somebody."""
    return {
        need.code: need
        for need in needs
        if need.share and need.code in NEEDS and NEEDS[need.code].group != AccessNeed.Group.CONTACT
    }


def add_needs(booking: Booking, needs: Iterable[NeedAnswer]) -> None:
    """Write down what the person needs at the event, in one statement."""
    rows = [
        BookingNeed(
            booking=booking,
            group=NEEDS[code].group,
            code=code,
            detail=need.detail[:300],
            must=need.must,
        )
        for code, need in _to_meet(needs).items()
    ]
    if rows:
        BookingNeed.objects.bulk_create(rows)


def change_needs(booking: Booking, needs: Iterable[NeedAnswer]) -> list[NeedAnswer]:
    """Make the booking's needs these, and return those that are new or were said differently.

    One that changed has to be met again.
    """
    wanted = _to_meet(needs)
    kept = {need.code: need for need in booking.needs.all()}
    gone = [row.pk for code, row in kept.items() if code not in wanted]
    if gone:
        BookingNeed.objects.filter(pk__in=gone).delete()
    anew = [need for code, need in wanted.items() if code not in kept]
    add_needs(booking, anew)
    for code in sorted(wanted.keys() & kept.keys()):
        said, row = wanted[code], kept[code]
        if (row.detail, row.must) != (said.detail[:300], said.must):
            row.detail, row.must, row.met_at, row.met_by = said.detail[:300], said.must, None, None
            row.save(update_fields=["detail", "must", "met_at", "met_by"])
            anew.append(said)
    return anew


@seats.whole
def meet_need(*, need: BookingNeed, note: str, by: User) -> BookingNeed:
    """Write down that a need is met, or will be on the day, and how."""
    booking = seats.lock_booking(need.booking)
    need = BookingNeed.objects.get(pk=need.pk)
    need.met_at, need.met_by, need.note = timezone.now(), by, note.strip()[:300]
    need.save(update_fields=["met_at", "met_by", "note"])
    audit.record("events.need_met", on=booking, about=booking.person, by=by)
    return need


@seats.whole
def unmeet_need(*, need: BookingNeed, by: User) -> BookingNeed:
    """Take back that a need is met."""
    booking = seats.lock_booking(need.booking)
    need = BookingNeed.objects.get(pk=need.pk)
    need.met_at, need.met_by = None, None
    need.save(update_fields=["met_at", "met_by"])
    audit.record("events.need_not_met", on=booking, about=booking.person, by=by)
    return need


# --- support offered with the event -----------------------------------------------------------
@seats.whole
def add_support_offer(*, event: Event, name: str, detail: str = "", by: User) -> SupportOffer:
    """Offer a kind of support with the event."""
    event = seats.lock(event.pk)
    name = name.strip()
    if not name:
        raise Refused("Enter what the support is, for example a briefing before.", "name")
    if event.support_offers.filter(ended_at__isnull=True, name__iexact=name).exists():
        raise Refused("This support is already offered.", "name")
    offer = SupportOffer.objects.create(event=event, name=name[:120], detail=detail.strip()[:300])
    audit.record("events.support_offer_added", on=event, by=by)
    return offer


@seats.whole
def end_support_offer(*, offer: SupportOffer, by: User) -> SupportOffer:
    """Stop offering a support; those who asked for it already still get it."""
    event = seats.lock(offer.event_id)
    offer = SupportOffer.objects.get(pk=offer.pk)
    if offer.ended_at is None:
        offer.ended_at = timezone.now()
        offer.save(update_fields=["ended_at"])
        audit.record("events.support_offer_ended", on=event, by=by)
    return offer


# --- support asked for, arranged and given ----------------------------------------------------
def add_support(booking: Booking, offers: Iterable[int]) -> list[str]:
    """Write down which of the event's offers the person asked for; return their names."""
    wanted = set(offers)
    if not wanted:
        return []
    known = SupportOffer.objects.filter(
        event=booking.event_id, pk__in=wanted, ended_at__isnull=True
    ).order_by("pk")
    SupportRequest.objects.bulk_create(
        SupportRequest(booking=booking, offer=offer) for offer in known
    )
    return [offer.name for offer in known]


def change_support(booking: Booking, offers: Iterable[int]) -> None:
    """Make what the person asked for these; what is no longer wanted ends."""
    wanted = set(offers)
    standing = booking.support.filter(ended_at__isnull=True)
    kept = set(standing.values_list("offer_id", flat=True))
    if kept - wanted:
        standing.filter(offer_id__in=kept - wanted).update(ended_at=timezone.now())
    add_support(booking, wanted - kept)


@seats.whole
def assign_support(
    *, request: SupportRequest, to: User, arranged_for: dt.datetime | None, by: User
) -> SupportRequest:
    """Name the member of staff who gives the support, and when; tell the person."""
    booking, request = _hold(request)
    if not access.is_staff(to):
        raise Refused("Choose a member of staff.", "to")
    if arranged_for and arranged_for <= timezone.now():
        raise Refused("Enter a day and time that are still to come.", "arranged_for")
    if request.given_at:
        raise Refused("This support has already been given.")
    request.assigned_to, request.arranged_for = to, arranged_for
    request.save(update_fields=["assigned_to", "arranged_for"])
    audit.record("events.support_assigned", on=booking, about=booking.person, by=by)
    tell.about_booking(
        "support_arranged",
        booking,
        by=by,
        support_name=request.offer.name,
        giver=to.name,
        arranged_for=arranged_for,
    )
    return request


@seats.whole
def give_support(*, request: SupportRequest, by: User) -> SupportRequest:
    """Write down that the support was given."""
    booking, request = _hold(request)
    if request.given_at is None:
        request.given_at = timezone.now()
        request.save(update_fields=["given_at"])
        audit.record("events.support_given", on=booking, about=booking.person, by=by)
    return request


def _hold(request: SupportRequest) -> tuple[Booking, SupportRequest]:
    booking = seats.lock_booking(request.booking)
    request = SupportRequest.objects.select_related("offer").get(pk=request.pk)
    if request.ended_at:
        raise Refused("This support is not wanted any more.")
    return booking, request

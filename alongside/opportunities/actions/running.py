"""Running an advert, from published to cancelled."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core.refused import Refused
from alongside.events import actions as events
from alongside.events.models import SupportOffer
from alongside.opportunities import rules
from alongside.opportunities.actions.writing import (
    locked,
    missing_from,
    refuse_past_closing,
    touched,
    warnings_of,
)
from alongside.opportunities.models import Opportunity
from alongside.organisation import names


@transaction.atomic
def publish(*, opportunity: Opportunity, at: dt.datetime | None = None, by: User) -> Opportunity:
    """Let everybody read the advert, under the name the trust has that day.

    ``at`` is for adverts that were published earlier, on paper say.
    """
    advert = locked(opportunity)
    if advert.published_at is not None:
        return advert
    if advert.discarded_at is not None:
        raise Refused("This draft was thrown away.")
    missing = missing_from(advert)
    if missing:
        raise Refused(" ".join(warn.sentence for warn in missing))
    at = at or timezone.now()
    advert.published_at = at
    advert.trust_name = names.trust_name(at.astimezone(rules.LONDON).date()).name
    advert.version += 1
    advert.save()
    audit.record(
        "opportunities.advert_published",
        on=advert,
        by=by,
        warned=[warn.code for warn in warnings_of(advert, at)],
    )
    return advert


@transaction.atomic
def discard_draft(*, opportunity: Opportunity, by: User) -> Opportunity:
    """Throw a draft away. What was ever published is cancelled, never thrown away."""
    advert = locked(opportunity)
    if advert.published_at is not None:
        raise Refused("This is published. Cancel it instead, so that everybody is told.")
    if advert.discarded_at is None:
        advert.discarded_at = timezone.now()
        advert.version += 1
        advert.save()
        audit.record("opportunities.draft_discarded", on=advert, by=by)
    return advert


@transaction.atomic
def change_closing(*, opportunity: Opportunity, closes_at: dt.datetime, by: User) -> Opportunity:
    """Keep the advert open longer, or close it sooner."""
    advert = locked(opportunity)
    if closes_at != advert.event.closes_at:
        refuse_past_closing(advert, closes_at)
        advert.event = events.change_closing(event=advert.event, closes_at=closes_at, by=by)
        touched(advert)
        audit.record("opportunities.closing_changed", on=advert, by=by)
    return advert


@transaction.atomic
def close_now(*, opportunity: Opportunity, by: User) -> Opportunity:
    """Close an open advert at this moment. Closing twice closes once."""
    advert = locked(opportunity)
    now = timezone.now()
    if advert.event.closes_at <= now:
        return advert
    advert.event = events.change_closing(event=advert.event, closes_at=now, by=by)
    touched(advert)
    audit.record("opportunities.closing_changed", on=advert, by=by)
    return advert


@transaction.atomic
def change_places(*, opportunity: Opportunity, capacity: int, by: User) -> Opportunity:
    """Raise or lower the number of places. Freed places go to the waiting list in order."""
    advert = locked(opportunity)
    if capacity != advert.event.capacity:
        advert.event = events.change_capacity(event=advert.event, capacity=capacity, by=by)
        touched(advert)
        audit.record("opportunities.places_changed", on=advert, by=by, capacity=capacity)
    return advert


@transaction.atomic
def cancel(*, opportunity: Opportunity, because: str, by: User) -> Opportunity:
    """Call it off. Everybody who holds a place or waits is told by their own way."""
    advert = locked(opportunity)
    if advert.published_at is None:
        raise Refused("This is a draft. Throw it away instead.")
    if advert.event.cancelled_at is not None:
        return advert
    if not because.strip():
        raise Refused("Enter why it is cancelled. People will read this.", "because")
    advert.event = events.cancel_event(event=advert.event, because=because, by=by)
    touched(advert)
    audit.record("opportunities.advert_cancelled", on=advert, by=by)
    return advert


@transaction.atomic
def add_support_offer(
    *, opportunity: Opportunity, name: str, detail: str = "", by: User
) -> SupportOffer:
    """Offer one more kind of support."""
    advert = locked(opportunity)
    same = advert.event.support_offers.filter(name__iexact=name, ended_at__isnull=True)
    if same.exists():
        raise Refused("People can pick this support already.", "name")
    offer: SupportOffer = events.add_support_offer(
        event=advert.event, name=name, detail=detail, by=by
    )
    audit.record("opportunities.support_added", on=advert, by=by, offer=offer.key)
    return offer


@transaction.atomic
def end_support_offer(*, opportunity: Opportunity, offer: SupportOffer, by: User) -> None:
    """Stop offering a support. People who asked for it already still have it."""
    advert = locked(opportunity)
    if offer.event_id != advert.event_id:
        raise Refused("This support belongs to something else.")
    if offer.ended_at is None:
        events.end_support_offer(offer=offer, by=by)
        audit.record("opportunities.support_ended", on=advert, by=by, offer=offer.key)

"""Writing an advert: a draft, its words, and a copy of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core.dates import working_days_between
from alongside.core.refused import Refused
from alongside.events import actions as events
from alongside.opportunities import rules
from alongside.opportunities.models import Opportunity
from alongside.organisation import names
from alongside.organisation.models import Topic

# What an advert says, and what its event holds. The title is kept by both.
WORDS = (
    "summary",
    "purpose",
    "who",
    "tasks",
    "limits",
    "background",
    "support",
    "checks",
    "feedback",
    "area",
    "categories",
    "pays_involvement",
    "pays_expenses",
    "pays_remote",
    "payment",
    "ask_by_phone",
    "ask_by_email",
    "ask_by_post",
    "criteria",
)
TIMES = (
    "mode",
    "starts_at",
    "ends_at",
    "platform",
    "venue",
    "getting_there",
    "joining",
    "offer_hours",
    "by_selection",
    "level",
)
RESERVED_SLUGS = {"past"}  # addresses of our own beside the adverts

ELSEWHERE = (
    "Somebody else changed this advert while you were writing. Nothing of yours is saved yet. "
    "Open the advert in another tab to see what they wrote, then save again to keep your words."
)


def _free_slug(title: str, wanted: str = "", *, not_counting: int | None = None) -> str:
    """Return a readable address that no other advert has."""
    stem = slugify(wanted or title)[:100].strip("-") or "way-to-take-part"
    others = Opportunity.objects.filter(slug__startswith=stem)
    if not_counting is not None:
        others = others.exclude(pk=not_counting)
    taken = RESERVED_SLUGS | set(others.values_list("slug", flat=True))
    number = 1
    slug = stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _refuse_nonsense(*, starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    reason = rules.why_not_times(starts_at=starts_at, ends_at=ends_at)
    if reason:
        raise Refused(reason, "ends_at")


@transaction.atomic
def make_advert(
    *,
    title: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    closes_at: dt.datetime,
    capacity: int,
    mode: str,
    slug: str = "",
    topics: Iterable[Topic] = (),
    support_offers: Iterable[tuple[str, str]] = rules.USUAL_SUPPORT,
    by: User,
    **fields: Any,
) -> Opportunity:
    """Begin a draft with its event and the usual support. ``fields``: any of WORDS and TIMES."""
    _refuse_unknown(fields)
    _refuse_nonsense(starts_at=starts_at, ends_at=ends_at)
    event = events.make_event(
        title=title,
        mode=mode,
        starts_at=starts_at,
        ends_at=ends_at,
        closes_at=closes_at,
        capacity=capacity,
        **{name: fields[name] for name in TIMES if name in fields},
        by=by,
    )
    us = names.contact()  # how to reach us, so that nobody types it again
    words: dict[str, Any] = {
        "ask_by_phone": us.contact_phone,
        "ask_by_email": us.contact_email,
        "ask_by_post": us.postal_address,
    }
    words |= {name: fields[name] for name in WORDS if name in fields}
    advert = Opportunity(event=event, title=title, written_by=by, **words)
    for attempt in range(3):
        advert.slug = _free_slug(title, slug)
        try:
            with transaction.atomic():
                advert.save(force_insert=True)
            break
        except IntegrityError:  # somebody took the address a moment ago
            if attempt == 2:
                raise
    advert.topics.set(topics)
    for name, detail in support_offers:
        events.add_support_offer(event=event, name=name, detail=detail, by=by)
    audit.record("opportunities.advert_begun", on=advert, by=by)
    return advert


def _refuse_unknown(fields: dict[str, Any]) -> None:
    unknown = set(fields) - set(WORDS) - set(TIMES) - {"title"}
    if unknown:
        raise TypeError(f"An advert has no {', '.join(sorted(unknown))}")


@transaction.atomic
def change_advert(
    *,
    opportunity: Opportunity,
    version: int,
    topics: Sequence[Topic] | None = None,
    capacity: int | None = None,
    closes_at: dt.datetime | None = None,
    by: User,
    **fields: Any,
) -> Opportunity:
    """Change what the advert says, unless somebody else changed it since ``version`` was read.

    Where the time or place moves, everybody who holds a place or waits is told by their own way.
    """
    _refuse_unknown(fields)
    advert = locked(opportunity)
    if advert.version != version:
        raise Refused(ELSEWHERE)
    changed = [
        name
        for name in ("title", *WORDS)
        if name in fields and getattr(advert, name) != fields[name]
    ]
    for name in changed:
        setattr(advert, name, fields[name])
    if topics is not None and set(topics) != set(advert.topics.all()):
        advert.topics.set(topics)
        changed.append("topics")
    moved = _move(advert, fields, by)
    if closes_at is not None and closes_at != advert.event.closes_at:
        refuse_past_closing(advert, closes_at)
        advert.event = events.change_closing(event=advert.event, closes_at=closes_at, by=by)
        moved.append("closes_at")
    if capacity is not None and capacity != advert.event.capacity:
        advert.event = events.change_capacity(event=advert.event, capacity=capacity, by=by)
        moved.append("capacity")
    if not changed and not moved:
        return advert
    if "title" in changed and advert.published_at is None:
        advert.slug = _free_slug(advert.title, not_counting=advert.pk)
    advert.version += 1
    advert.save()
    audit.record(
        "opportunities.advert_changed", on=advert, by=by, fields=sorted({*changed, *moved})
    )
    return advert


def refuse_past_closing(advert: Opportunity, closes_at: dt.datetime) -> None:
    """Refuse to write that a published advert closed at an earlier time: people read it."""
    if advert.published_at is not None and closes_at < timezone.now():
        raise Refused(
            "That time has passed. Enter a later one, or use “Close it now” on the advert’s page.",
            "closes_on",
        )


def _move(advert: Opportunity, fields: dict[str, Any], by: User) -> list[str]:
    """Give the event what changed of it, and return the names of what changed."""
    event = advert.event
    wanted = {name: fields[name] for name in TIMES if name in fields}
    if "title" in fields:
        wanted["title"] = fields["title"]
    moved = {name: value for name, value in wanted.items() if getattr(event, name) != value}
    if not moved:
        return []
    _refuse_nonsense(
        starts_at=moved.get("starts_at", event.starts_at),
        ends_at=moved.get("ends_at", event.ends_at),
    )
    advert.event = events.move_event(event=event, by=by, **moved)
    return list(moved)


def locked(opportunity: Opportunity) -> Opportunity:
    return (
        Opportunity.objects.select_for_update(of=("self",))
        .select_related("event")
        .get(pk=opportunity.pk)
    )


def touched(advert: Opportunity) -> None:
    """Let other writers know that the advert is not what they read."""
    advert.version += 1
    advert.save(update_fields=["version"])


# --- is it a good one? --------------------------------------------------------------------------
def facts_of(opportunity: Opportunity, now: dt.datetime | None = None) -> rules.Advert:
    """Gather what decides whether this is a good advert, opening now if it has not opened."""
    event = opportunity.event
    return rules.Advert(
        opens_at=opportunity.published_at or now or timezone.now(),
        closes_at=event.closes_at,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        working_days_before=working_days_between(event.closes_at, event.starts_at),
        has_support_words=bool(opportunity.support.strip()),
        support_offers=event.support_offers.filter(ended_at__isnull=True).count(),
        has_payment_words=bool(opportunity.payment.strip()),
        pays=opportunity.pays_involvement or opportunity.pays_expenses or opportunity.pays_remote,
        ask_by_phone=bool(opportunity.ask_by_phone),
        ask_by_post=bool(opportunity.ask_by_post),
        by_selection=event.by_selection,
        has_criteria=bool(opportunity.criteria.strip()),
        has_topics=opportunity.topics.exists(),
        tells_what_happens=bool(opportunity.feedback.strip()),
    )


def warnings_of(opportunity: Opportunity, now: dt.datetime | None = None) -> list[rules.Warn]:
    """Say what makes this a poor advert."""
    return rules.warnings(facts_of(opportunity, now))


def missing_from(opportunity: Opportunity) -> list[rules.Warn]:
    """Say what must be there before it can be published."""
    return rules.why_not_publish(
        purpose=opportunity.purpose,
        who=opportunity.who,
        summary=opportunity.summary,
        cancelled=opportunity.event.cancelled_at is not None,
    )


@transaction.atomic
def copy_advert(
    *,
    opportunity: Opportunity,
    title: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    closes_at: dt.datetime,
    capacity: int,
    mode: str,
    by: User,
) -> Opportunity:
    """Begin a new draft with the words of another advert, so that nobody types them twice.

    Its joining details are left behind: a new session has a new link.
    """
    event = opportunity.event
    same = {name: getattr(opportunity, name) for name in WORDS}
    same |= {
        name: getattr(event, name)
        for name in ("platform", "venue", "getting_there", "offer_hours", "by_selection", "level")
    }
    offers = event.support_offers.filter(ended_at__isnull=True).order_by("pk")
    return make_advert(
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        closes_at=closes_at,
        capacity=capacity,
        mode=mode,
        topics=list(opportunity.topics.on(timezone.localdate())),
        support_offers=[(offer.name, offer.detail) for offer in offers],
        by=by,
        **same,
    )

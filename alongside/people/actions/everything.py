"""Everything held about a person, in words, for them to read, keep and correct."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import AuditEntry
from alongside.people import registry, rules
from alongside.people.models import Person
from alongside.people.needs import NEEDS
from alongside.people.registry import Row

NEWEST = 1000  # entries of the log that are gathered: years of an ordinary person's


def everything_about(person: Person) -> dict[str, Any]:
    """Return all we hold about the person: sections of rows, and who looked and changed."""
    sections = [
        {"room": room, "heading": heading, "rows": rows}
        for room, heading, rows in [*_own(person), *registry.export(person)]
    ]
    return {
        "record": person.key,
        "made_at": timezone.now(),
        "sections": sections,
        "looks_and_changes": _looks(person),
    }


def _own(person: Person) -> Iterable[tuple[str, str, list[Row]]]:
    yield "people", "Your details", [_details(person)]
    yield (
        "people",
        "What you need",
        [
            {
                "What you need": NEEDS[need.code].words if need.code in NEEDS else need.code,
                "More about it": need.detail,
                "Must be in place for you to take part": need.must,
                "We may tell people who run an event": need.share,
                "Recorded": timezone.localdate(need.created_at),
                "Look at again by": need.review_on,
                "Ended": need.ended_at and timezone.localdate(need.ended_at),
            }
            for need in person.needs.order_by("pk")
        ],
    )
    yield (
        "people",
        "What you agreed to",
        [
            {
                "You agreed to": consent.get_purpose_display(),
                "Given": timezone.localdate(consent.given_at),
                "How": rules.HOWS.get(consent.given_how, consent.given_how),
                "Ask again by": consent.review_on,
                "Ended": consent.ended_at and timezone.localdate(consent.ended_at),
            }
            for consent in person.consents.order_by("pk")
        ],
    )
    yield (
        "people",
        "Topics you want to hear about",
        [
            {
                "Topic": interest.topic.name,
                "Since": timezone.localdate(interest.created_at),
                "Ended": interest.ended_at and timezone.localdate(interest.ended_at),
            }
            for interest in person.interests.select_related("topic").order_by("pk")
        ],
    )
    yield (
        "people",
        "How you took part",
        [
            {
                "What": row.source_title,
                "Day": row.on,
                "How long": rules.hours(row.minutes),
                "Level": row.get_level_display(),
                "You took part as": row.get_category_display() if row.category else "",
                "In what role": row.get_capacity_display() if row.capacity else "",
                "Corrected": row.corrected_at and timezone.localdate(row.corrected_at),
            }
            for row in person.involvements.order_by("on", "pk")
        ],
    )


def _details(person: Person) -> Row:
    return {
        "Name": person.full_name,
        "Email address": person.email,
        "Mobile": person.mobile,
        "Other phone": person.phone,
        "Address": person.postal_address,
        "Postcode": person.postcode,
        "Area": person.area.name if person.area else "",
        "What best describes you": person.get_connection_display(),
        "Email address you sign in with": (person.user.email or "") if person.user else "",
        "No invitations before": person.invitations_paused_until,
        "Record made": timezone.localdate(person.created_at),
        "Record made by": "A member of staff" if person.entered_by_id else "You",
        "How you gave us your details": rules.HOWS.get(person.entered_how, person.entered_how),
        "Details last checked": person.details_reviewed_on,
        "Last in touch": person.last_active_on,
        "Asked the equality questions": person.equality_asked_on,
        "We told you that you had not been in touch": person.leaving_notice_on,
    }


def _looks(person: Person) -> list[Row]:
    entries = AuditEntry.objects.filter(about_key=person.key).select_related("actor")
    lines = (
        (timezone.localdate(entry.at), _who(entry, person), audit.words(entry.action))
        for entry in entries.order_by("-at", "-pk")[:NEWEST]
    )
    rows: list[Row] = []
    for day, of_day in itertools.groupby(lines, key=lambda line: line[0]):
        times: dict[tuple[str, str], int] = {}
        for _day, who, what in of_day:
            times[who, what] = times.get((who, what), 0) + 1
        rows += [
            {"Day": day, "Who": who, "What": what, "How often": count}
            for (who, what), count in times.items()
        ]
    return rows


def _who(entry: AuditEntry, person: Person) -> str:
    if entry.actor_id == person.user_id:
        return "You"
    return "Alongside, by itself" if entry.actor.is_system else "A member of staff"

"""The Involvement ledger: written by every room where people take part."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core.pointer import Pointer
from alongside.people.models import Involvement, Person


@transaction.atomic
def record_involvement(
    *,
    person: Person,
    on: dt.date,
    minutes: int,
    level: str,
    capacity: str,
    category: str,
    source: Pointer,
    by: User,
) -> Involvement:
    """Write that the person took part. Once for each source: said again, the same row stands.

    Said differently, the old row is kept as corrected and a new one takes its place.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    facts = {
        "person_id": person.pk,
        "on": on,
        "minutes": minutes,
        "level": level,
        "capacity": capacity,
        "category": category,
    }
    before = _standing(source)
    if before:
        if all(getattr(before, name) == value for name, value in facts.items()):
            return before
        _correct(before, by)
    row = Involvement.objects.create(
        source_label=source.label,
        source_key=source.key,
        source_title=source.title[:200],
        recorded_by=by,
        **facts,
    )
    if person.anonymised_at is None and person.last_active_on < on:
        person.last_active_on = on
        person.leaving_notice_on = None
        person.save(update_fields=["last_active_on", "leaving_notice_on"])
    audit.record(
        "people.involvement_recorded", on=row, about=person, by=by, level=level, minutes=minutes
    )
    return row


@transaction.atomic
def correct_involvement(*, source: Pointer, by: User) -> Involvement | None:
    """Take back what the ledger says of this source, keeping that it was said."""
    before = _standing(source)
    if before:
        _correct(before, by)
    return before


def _standing(source: Pointer) -> Involvement | None:
    return (
        Involvement.objects.standing()
        .select_for_update()
        .filter(source_label=source.label, source_key=source.key)
        .first()
    )


def _correct(row: Involvement, by: User) -> None:
    row.corrected_at = timezone.now()
    row.save(update_fields=["corrected_at"])
    audit.record("people.involvement_corrected", on=row, about=row.person, by=by)

"""How long we keep things, and taking out what is too old.

The same numbers stand in ``docs/data-protection/retention.md``; a test proves that they agree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import AuditEntry
from alongside.core import dates
from alongside.core.refused import Refused
from alongside.people import registry
from alongside.people.actions.erasing import erase_person, why_not_erase
from alongside.people.models import AccessNeed, ContactConsent, EqualityCount, Interest, Person

UNUSED_DAYS = 1095  # three years without being in touch, and we write to ask
NOTICE_DAYS = 60  # no answer in that time, and we erase
AT_ONCE = 200  # rows in one transaction, so that nobody waits for the database


@dataclass(frozen=True)
class Tidied:
    """What one rule took out, or would."""

    name: str
    days: int
    before: dt.date
    count: int


def tidy(*, dry_run: bool) -> Iterator[Tidied]:
    """Apply every rule in turn and say what went; in a dry run, what would go."""
    today = timezone.localdate()
    for rule in registry.RETENTIONS.values():
        before = today - dt.timedelta(days=rule.days)
        yield Tidied(rule.name, rule.days, before, rule.tidy(before, dry_run))


def _batches(rows: QuerySet, dry_run: bool) -> int:  # type: ignore[type-arg]
    """Delete the rows, a few at a time, and return how many there were."""
    if dry_run:
        return rows.count()
    gone = 0
    while keys := list(rows.order_by().values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            gone += rows.model._default_manager.filter(pk__in=keys).delete()[0]
    if gone:
        with transaction.atomic():
            audit.record(
                "people.old_data_tidied",
                by=audit.system(),
                table=rows.model._meta.label_lower,
                rows=gone,
            )
    return gone


def _unused(before: dt.date) -> QuerySet[Person]:
    return Person.objects.known().filter(last_active_on__lt=before)


def give_notice(before: dt.date, dry_run: bool) -> int:
    """Write to people who have not been in touch since; where nothing can be sent, do nothing."""
    tell = registry.teller()
    people = _unused(before).filter(leaving_notice_on__isnull=True).select_related("user")
    if tell is None:
        return 0
    told = 0
    for person in people.order_by("pk").iterator():
        if why_not_erase(person):
            continue
        told += 1
        if dry_run:
            continue
        with transaction.atomic():
            person.leaving_notice_on = timezone.localdate()
            person.save(update_fields=["leaving_notice_on"])
            audit.record("people.leaving_notice_given", on=person, about=person, by=audit.system())
            tell(
                person=person,
                letter="people/not_in_touch",
                context={
                    "last": person.last_active_on,
                    "until": timezone.localdate() + dt.timedelta(days=NOTICE_DAYS),
                },
                about=person,
                by=audit.system(),
            )
    return told


def erase_unused(before: dt.date, dry_run: bool) -> int:
    """Erase people who were given notice before that day and have not been in touch."""
    people = Person.objects.known().filter(leaving_notice_on__lt=before).select_related("user")
    gone = 0
    for person in people.order_by("pk").iterator():
        if dry_run:
            gone += not why_not_erase(person)
            continue
        try:
            erase_person(person=person, reason="unused", by=audit.system())
        except Refused:
            continue
        gone += 1
    return gone


def _ended_needs(before: dt.date, dry_run: bool) -> int:
    return _batches(AccessNeed.objects.filter(ended_at__date__lt=before), dry_run)


def _ended_topics(before: dt.date, dry_run: bool) -> int:
    return _batches(Interest.objects.filter(ended_at__date__lt=before), dry_run)


def _ended_consents(before: dt.date, dry_run: bool) -> int:
    return _batches(ContactConsent.objects.filter(ended_at__date__lt=before), dry_run)


def _equality(before: dt.date, dry_run: bool) -> int:
    return _batches(EqualityCount.objects.filter(quarter_starts_on__lt=before), dry_run)


def _audit(before: dt.date, dry_run: bool) -> int:
    moment = dates.at(before, dt.time(0))
    old = AuditEntry.objects.filter(at__lt=moment)
    if dry_run or not old.exists():
        return old.count()
    with transaction.atomic():
        gone = AuditEntry.objects.forget_before(moment)
        audit.record("people.old_audit_forgotten", by=audit.system(), rows=gone)
    return gone


def _sessions(before: dt.date, dry_run: bool) -> int:
    return _batches(Session.objects.filter(expire_date__date__lt=before), dry_run)


registry.retains("people.unused", UNUSED_DAYS, give_notice)
registry.retains("people.unused_after_notice", NOTICE_DAYS, erase_unused)
registry.retains("people.ended_needs", 365, _ended_needs)
registry.retains("people.ended_topics", 365, _ended_topics)
registry.retains("people.ended_consents", 1095, _ended_consents)
registry.retains("people.equality_counts", 2192, _equality)
registry.retains("accounts.audit", 2922, _audit)
registry.retains("accounts.sessions", 1, _sessions)

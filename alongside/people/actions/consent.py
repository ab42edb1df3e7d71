"""Whether, about what and when we may write to people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core.refused import Refused
from alongside.organisation.models import Topic
from alongside.people import rules
from alongside.people.actions.persons import known
from alongside.people.models import ContactConsent, Interest, Person


@transaction.atomic
def give_consent(*, person: Person, purpose: str, how: str, by: User) -> ContactConsent:
    """Record that the person agrees to be written to. Saying yes again renews it from today."""
    if purpose not in ContactConsent.Purpose.values:
        raise Refused("Choose what we may write about")
    person = known(person)
    today = timezone.localdate()
    before: ContactConsent | None = person.consents.standing().filter(purpose=purpose).first()
    if before and timezone.localdate(before.given_at) == today:
        return before
    if before:
        before.ended_at = timezone.now()
        before.save(update_fields=["ended_at"])
    consent = ContactConsent.objects.create(
        person=person,
        purpose=purpose,
        given_how=how,
        recorded_by=by,
        review_on=rules.consent_review_day(today),
    )
    action = "people.consent_renewed" if before else "people.consent_given"
    audit.record(action, on=consent, about=person, by=by, purpose=purpose, how=how)
    return consent


@transaction.atomic
def end_consent(*, person: Person, purpose: str, how: str, by: User) -> None:
    """Record that the person no longer agrees. Nothing happens where they had not agreed."""
    person = known(person)
    consent = person.consents.standing().filter(purpose=purpose).first()
    if consent is None:
        return
    consent.ended_at = timezone.now()
    consent.save(update_fields=["ended_at"])
    audit.record("people.consent_ended", on=consent, about=person, by=by, purpose=purpose, how=how)


@transaction.atomic
def pause_invitations(*, person: Person, until: dt.date | None, by: User) -> None:
    """Send no invitations before that day; None starts them again now."""
    if until is not None:
        reason = rules.why_not_pause(today=timezone.localdate(), until=until)
        if reason:
            raise Refused(reason, field="until")
    given = person
    person = known(person)
    if person.invitations_paused_until == until:
        return
    person.invitations_paused_until = given.invitations_paused_until = until
    person.save(update_fields=["invitations_paused_until"])
    action = "people.invitations_paused" if until else "people.invitations_unpaused"
    detail = {"until": until.isoformat()} if until else {}
    audit.record(action, on=person, about=person, by=by, **detail)


@transaction.atomic
def follow_topics(*, person: Person, topics: Iterable[Topic], by: User) -> None:
    """Make the topics the person hears about these, and no others."""
    person = known(person)
    wanted = {topic.pk: topic for topic in topics}
    standing = {interest.topic_id: interest for interest in person.interests.standing()}
    added = [pk for pk in wanted if pk not in standing]
    ended = [interest.pk for pk, interest in standing.items() if pk not in wanted]
    if not added and not ended:
        return
    Interest.objects.filter(pk__in=ended).update(ended_at=timezone.now())
    for pk in added:
        Interest.objects.create(person=person, topic=wanted[pk])
    audit.record(
        "people.topics_followed",
        on=person,
        about=person,
        by=by,
        added=len(added),
        ended=len(ended),
    )

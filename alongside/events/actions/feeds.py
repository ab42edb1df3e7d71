"""A private calendar address for people who want updates without email."""

from __future__ import annotations

import hashlib
import secrets

from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.events.actions import seats
from alongside.events.models import CalendarFeed
from alongside.people.models import Person


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@seats.whole
def make_feed(*, person: Person, by: User) -> str:
    """Make a new address for the person's calendar, end the old one, and return its token.

    The token is shown once: we keep only its hash.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    _end(person)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(person=person, token_hash=_hash(token))
    audit.record("events.calendar_feed_made", on=feed, about=person, by=by)
    return token


@seats.whole
def end_feed(*, person: Person, by: User) -> None:
    """Stop the person's calendar address."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if _end(person):
        audit.record("events.calendar_feed_ended", on=person, about=person, by=by)


def _end(person: Person) -> int:
    return person.calendar_feeds.filter(ended_at__isnull=True).update(ended_at=timezone.now())


def person_of_feed(token: str) -> Person | None:
    """Return whose calendar the token opens, or nobody."""
    feed = (
        CalendarFeed.objects.filter(token_hash=_hash(token), ended_at__isnull=True)
        .select_related("person")
        .first()
    )
    if feed is None or feed.person.anonymised_at:
        return None
    return feed.person

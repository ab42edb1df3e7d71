"""Asking for a place at what an advert offers."""

from __future__ import annotations

from django.db import transaction

from alongside.accounts.models import User
from alongside.core.refused import Refused
from alongside.events import actions as events
from alongside.events.models import Booking
from alongside.events.rules import HOW_ONLINE, Wish
from alongside.opportunities import rules
from alongside.opportunities.models import Opportunity
from alongside.people import actions as people
from alongside.people.models import Person


def ask_for_place(
    *,
    opportunity: Opportunity,
    person: Person,
    wish: Wish,
    full_name: str = "",
    connection: str = "",
    how: str = HOW_ONLINE,
    by: User,
) -> Booking:
    """Ask for a place, and keep on the person's record what they told us on the way.

    A name or connection is kept where their record has none. The event decides between a place and
    a turn on the waiting list, and adds the needs to the person's record (never ends one).
    """
    if opportunity.published_at is None:
        raise Refused(rules.why_not_ask(rules.Standing.DRAFT))
    if how == HOW_ONLINE:
        reason = rules.why_not_ask(opportunity.standing())
        if reason:
            raise Refused(reason)
    missing = _missing(person, full_name, connection)
    return events.book_place(
        event=opportunity.event, person=person, wish=wish, how=how, told=missing, by=by
    )


@transaction.atomic
def write_down(
    *,
    opportunity: Opportunity,
    person: Person,
    wish: Wish,
    minutes: int | None = None,
    full_name: str = "",
    connection: str = "",
    by: User,
) -> Booking:
    """Write down somebody who came without a place, and keep what they told us on the way."""
    if opportunity.published_at is None:
        raise Refused(rules.why_not_ask(rules.Standing.DRAFT))
    missing = _missing(person, full_name, connection)
    if missing:
        person = people.correct_details(person=person, by=by, **missing)
    return events.write_down(
        event=opportunity.event, person=person, wish=wish, minutes=minutes, by=by
    )


def _missing(person: Person, full_name: str, connection: str) -> dict[str, str]:
    """Return what they told us that their record does not have."""
    told = {"full_name": full_name, "connection": connection}
    return {name: said for name, said in told.items() if said and not getattr(person, name)}

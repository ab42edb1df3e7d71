"""The smallest true person, need, consent and row of the ledger."""

import datetime as dt
from typing import Any

from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core.keys import new_key
from alongside.core.pointer import Pointer
from alongside.people import actions
from alongside.people.models import ContactConsent, Involvement, Person
from alongside.people.rules import NeedAnswer


def make_person(
    full_name: str = "Ada Bright", email: str = "", user: User | None = None, **fields: Any
) -> Person:
    """Make a person, with the fields of ``Person`` given, needs by code, consent by True."""
    needs = fields.pop("needs", [])
    consent = fields.pop("consent", False)
    person = Person(full_name=full_name, email=email, user=user, **fields)
    person.sought = actions.persons.find_words(person)
    person.save()
    by = user or audit.system()
    if needs:
        answers = [need if isinstance(need, NeedAnswer) else NeedAnswer(need) for need in needs]
        actions.record_needs(person=person, needs=answers, by=by)
    if consent:
        actions.give_consent(
            person=person, purpose=ContactConsent.Purpose.INVITATIONS, how="online", by=by
        )
    return person


def make_member(
    email: str = "ada@example.org", full_name: str = "Ada Bright", **fields: Any
) -> User:
    """Make somebody who signs in, and their person (``user.person``)."""
    user = User.objects.create_user(email)
    user.person = make_person(full_name, email=email, user=user, **fields)
    return user


def make_involvement(person: Person, **fields: Any) -> Involvement:
    """Make a row of the ledger: a 90-minute consultation today, unless told otherwise."""
    facts: dict[str, Any] = {
        "on": timezone.localdate() - dt.timedelta(days=1),
        "minutes": 90,
        "level": "consultation",
        "capacity": "carer",
        "category": "volunteer",
        "source": Pointer("events.booking", new_key(), "Carers charter workshop"),
        "by": audit.system(),
    }
    return actions.record_involvement(person=person, **{**facts, **fields})

"""Equality answers: counted, never kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core.refused import Refused
from alongside.people import rules
from alongside.people.actions.persons import known
from alongside.people.equality import QUESTIONS
from alongside.people.models import EqualityCount, Person


@transaction.atomic
def answer_equality(*, person: Person, answers: Mapping[str, Collection[str]], by: User) -> None:
    """Count the answers and note only that the person was asked. The log does not say more."""
    chosen = {
        (question, answer) for question, given in answers.items() for answer in given if answer
    }
    for question, answer in chosen:
        if question not in QUESTIONS or answer not in dict(QUESTIONS[question].choices):
            raise Refused("Choose answers from the list")
    _asked(person, by)
    if chosen:
        _count(chosen)


@transaction.atomic
def decline_equality(*, person: Person, by: User) -> None:
    """Note that the person was asked and would rather not answer. Looks the same as answering."""
    _asked(person, by)


def _asked(person: Person, by: User) -> None:
    given = person
    person = known(person)
    if person.equality_asked_on:
        raise Refused("We have already asked you these questions, and we ask only once")
    person.equality_asked_on = given.equality_asked_on = timezone.localdate()
    person.save(update_fields=["equality_asked_on"])
    audit.record("people.equality_asked", on=person, about=person, by=by)


def _count(chosen: set[tuple[str, str]]) -> None:
    quarter = rules.quarter_start(timezone.localdate())
    rows = [
        EqualityCount(quarter_starts_on=quarter, question=question.code, answer=answer)
        for question in QUESTIONS.values()
        for answer, _words in question.choices
    ]
    EqualityCount.objects.bulk_create(rows, ignore_conflicts=True)
    which = Q(pk__in=[])
    for question_code, answer in chosen:
        which |= Q(question=question_code, answer=answer)
    # Every row of the quarter is written, raised or not: see EqualityCount.
    EqualityCount.objects.filter(quarter_starts_on=quarter).update(
        times=F("times") + Case(When(which, then=Value(1)), default=Value(0))
    )

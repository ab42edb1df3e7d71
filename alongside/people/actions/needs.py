"""What people need: recorded, changed, looked at again."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core.refused import Refused
from alongside.people import rules
from alongside.people.actions.persons import joined, known
from alongside.people.models import AccessNeed, Person
from alongside.people.needs import NEEDS
from alongside.people.rules import NeedAnswer


@joined
def record_needs(
    *,
    person: Person,
    needs: list[NeedAnswer],
    by: User,
    only_add: bool = False,
    groups: Collection[str] | None = None,
) -> list[AccessNeed]:
    """Make the person's needs what they said; with ``only_add``, end none of the others.

    ``groups`` keeps the change to those groups. A need said again as it stands is a review of it;
    one said differently ends and a new one begins. Returns what stands afterwards.
    """
    for answer in needs:
        if answer.code not in NEEDS:
            raise Refused("Choose needs from the list")
    person = known(person)
    said = {answer.code: answer for answer in needs}
    today = timezone.localdate()
    standing = {need.code: need for need in person.needs.standing().order_by("pk")}
    codes: dict[str, list[str]] = {"added": [], "changed": [], "ended": []}
    ended: list[AccessNeed] = []
    said_again: list[AccessNeed] = []
    begun: list[AccessNeed] = []

    for code, need in list(standing.items()):
        in_reach = groups is None or need.group in groups
        if code not in said and not only_add and in_reach:
            ended.append(standing.pop(code))
            codes["ended"].append(code)
    for code, answer in said.items():
        detail = rules.tidy_words(answer.detail)
        before = standing.get(code)
        if before and (before.detail, before.must, before.share) == (
            detail,
            answer.must,
            answer.share,
        ):
            before.reviewed_on, before.review_on = today, rules.need_review_day(today)
            said_again.append(before)
            continue
        if before:
            if only_add and not detail:
                detail = before.detail
            ended.append(standing.pop(code))
        codes["changed" if before else "added"].append(code)
        begun.append(
            AccessNeed(
                person=person,
                group=NEEDS[code].group,
                code=code,
                detail=detail,
                must=answer.must,
                share=answer.share,
                recorded_by=by,
                reviewed_on=today,
                review_on=rules.need_review_day(today),
            )
        )
    if ended:
        AccessNeed.objects.filter(pk__in=[need.pk for need in ended]).update(
            ended_at=timezone.now()
        )
    if said_again:
        AccessNeed.objects.filter(pk__in=[need.pk for need in said_again]).update(
            reviewed_on=today, review_on=rules.need_review_day(today)
        )
    if begun:
        AccessNeed.objects.bulk_create(begun)
    audit.record(
        "people.needs_recorded",
        on=person,
        about=person,
        by=by,
        **{what: len(which) for what, which in codes.items() if which},
    )
    return [*standing.values(), *begun]


@transaction.atomic
def review_needs(*, person: Person, by: User) -> int:
    """Note that all the person's needs are still right, and return how many there are."""
    person = known(person)
    today = timezone.localdate()
    count = person.needs.standing().update(
        reviewed_on=today, review_on=rules.need_review_day(today)
    )
    audit.record("people.needs_reviewed", on=person, about=person, by=by, needs=count)
    return count

"""Adding people, linking sign-ins, correcting details."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core.refused import Refused
from alongside.organisation.models import Area
from alongside.people import rules
from alongside.people.models import Connection, Person

P = ParamSpec("P")
R = TypeVar("R")

TIDY: dict[str, Any] = {
    "full_name": rules.tidy_words,
    "email": rules.tidy_email,
    "mobile": rules.tidy_words,
    "phone": rules.tidy_words,
    "postal_address": lambda text: "\n".join(
        line for part in text.splitlines() if (line := rules.tidy_words(part))
    ),
    "postcode": rules.tidy_postcode,
    "connection": str,
}
DETAILS = (*TIDY, "area")


def joined(action: Callable[P, R]) -> Callable[P, R]:
    """Run the action in the caller's transaction where there is one, else in one of its own.

    A savepoint is two statements more. Only for an action that says no before it writes anything,
    so that there is never half of it to take back.
    """

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if transaction.get_connection().in_atomic_block:
            return action(*args, **kwargs)
        with transaction.atomic():
            return action(*args, **kwargs)

    return run


def find_words(person: Person) -> str:
    """Return what the person is found by."""
    return rules.sought(
        full_name=person.full_name,
        email=person.email,
        mobile=person.mobile,
        phone=person.phone,
        postcode=person.postcode,
    )


def known(person: Person) -> Person:
    """Lock the person's row and return it fresh. Raises Refused where they were erased."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.anonymised_at:
        raise Refused("This person's details were erased, so nothing can be changed")
    return person


@transaction.atomic
def person_for(*, user: User, by: User) -> Person:
    """Return the person of a sign-in: theirs, the one they are plainly the same as, or a new one.

    An existing record is taken over only when its email is the sign-in's verified email, nobody
    else has that email, and nobody signs in as it yet. People who share an email are never put
    together by a program: a new record is made and a coordinator is asked to look.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    mine = Person.objects.filter(user=user).first()
    if mine:
        return mine
    email = rules.tidy_email(user.email or "")
    same = list(Person.objects.select_for_update().known().filter(email=email)) if email else []
    if len(same) == 1 and same[0].user_id is None and _verified(user, email):
        person = same[0]
        person.user = user
        person.last_active_on = timezone.localdate()
        person.leaving_notice_on = None
        person.details_reviewed_on = None  # they have not seen yet what we have of them
        person.save(
            update_fields=["user", "last_active_on", "leaving_notice_on", "details_reviewed_on"]
        )
        audit.record("people.sign_in_linked", on=person, about=person, by=by)
        return person
    person = Person(
        user=user,
        full_name=user.name,
        email=email,
        entered_how="online",
        doubt_raised_on=timezone.localdate() if same else None,
    )
    person.sought = find_words(person)
    person.save()
    audit.record("people.person_added", on=person, about=person, by=by, how="online")
    return person


def _verified(user: User, email: str) -> bool:
    addresses = EmailAddress.objects.filter(user=user, email=email, verified=True)
    return bool(addresses.exists())


@transaction.atomic
def add_person(
    *,
    full_name: str,
    email: str = "",
    mobile: str = "",
    phone: str = "",
    postal_address: str = "",
    postcode: str = "",
    area: Area | None = None,
    connection: str = "",
    how: str,
    by: User,
) -> Person:
    """Add somebody who told us by paper, phone or in person. They need no email address."""
    person = Person(area=area, entered_by=by, entered_how=how)
    given = {
        "full_name": full_name,
        "email": email,
        "mobile": mobile,
        "phone": phone,
        "postal_address": postal_address,
        "postcode": postcode,
        "connection": connection,
    }
    for field, value in given.items():
        setattr(person, field, TIDY[field](value))
    if not person.full_name:
        raise Refused("Enter the person's full name", field="full_name")
    _check(person)
    person.details_reviewed_on = timezone.localdate()
    person.sought = find_words(person)
    person.save()
    audit.record("people.person_added", on=person, about=person, by=by, how=how)
    return person


@joined
def correct_details(*, person: Person, by: User, **fields: Any) -> Person:
    """Change the details given (see ``DETAILS``) and note that they were looked at today."""
    unknown = set(fields) - set(DETAILS)
    if unknown:
        raise TypeError(f"not a detail of a person: {sorted(unknown)}")
    given = person
    person = known(person)
    changed = []
    for field, value in fields.items():
        value = value if field == "area" else TIDY[field](value)
        if getattr(person, field) != value:
            setattr(person, field, value)
            changed.append(field)
    if "full_name" in changed and not person.full_name:
        raise Refused("Enter a full name", field="full_name")
    _check(person)
    person.details_reviewed_on = timezone.localdate()
    person.sought = find_words(person)
    person.save(update_fields=[*changed, "details_reviewed_on", "sought"])
    if changed:
        audit.record(
            "people.details_corrected", on=person, about=person, by=by, fields=sorted(changed)
        )
    else:
        audit.record("people.details_reviewed", on=person, about=person, by=by)
    given.__dict__.update(person.__dict__)
    return person


def review_details(*, person: Person, by: User) -> Person:
    """Note that the details were looked at today and are right."""
    return correct_details(person=person, by=by)


def _check(person: Person) -> None:
    if person.connection not in Connection.values:
        raise Refused("Choose what best describes you", field="connection")
    for field in ("full_name", "email", "mobile", "phone", "postcode"):
        longest = getattr(Person._meta.get_field(field), "max_length", None)
        if longest and len(getattr(person, field)) > longest:
            raise Refused(f"Use {longest} characters or fewer", field=field)


@transaction.atomic
def settle_doubt(*, person: Person, by: User) -> None:
    """Note that a coordinator looked and this is somebody of their own."""
    person = known(person)
    if person.doubt_raised_on is None:
        return
    person.doubt_raised_on = None
    person.save(update_fields=["doubt_raised_on"])
    audit.record("people.doubt_settled", on=person, about=person, by=by)


def mark_active(*, person: Person) -> None:
    """Note that the person was here today, so that their record is not counted as unused.

    Not audited: it is a day, it changes nothing else, and it would hide real acts among visits.
    """
    today = timezone.localdate()
    if person.last_active_on < today or person.leaving_notice_on:
        Person.objects.known().filter(pk=person.pk).update(
            last_active_on=today, leaving_notice_on=None
        )

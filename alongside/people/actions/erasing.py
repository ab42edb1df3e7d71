"""Taking a person's details out of everything, while facts and counts stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from alongside.accounts import audit, delivery
from alongside.accounts.models import User
from alongside.core.refused import Refused
from alongside.people import registry, rules
from alongside.people.models import Connection, Person

REASONS: dict[str, str] = {
    "asked": "They asked us to",
    "asked_for_them": "Somebody who may speak for them asked us to",
    "died": "They have died",
    "mistake": "The record was made by mistake",
    "unused": "They have not been in touch for a long time",
}
LATE = dt.timedelta(minutes=10)  # longer than anything that was under way can take


def why_not_erase(person: Person) -> str:
    """Return what stands in the way of erasing the person, or nothing."""
    ahead = registry.to_come(person)
    if ahead:
        return (
            "Ask an involvement coordinator to cancel what is still to come first: "
            f"{rules.join(ahead)}"
        )
    if person.user and person.user.role_grants.filter(ended_at__isnull=True).exists():
        return "They sign in as a member of staff. Ask an administrator to end their roles first"
    return ""


@transaction.atomic
def erase_person(*, person: Person, reason: str, by: User) -> None:
    """Erase the person's details here and in every room. Done twice, the second does nothing.

    ``reason`` is a code of ``REASONS``. What stands: the Involvement ledger and other facts
    without a name, when consent was given and ended, and the audit log, which holds keys only.
    """
    if reason not in REASONS:
        raise Refused("Choose why", field="reason")
    given = person
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.anonymised_at:
        return
    refusal = why_not_erase(person)
    if refusal:
        raise Refused(refusal)
    _take_out_words(person, by)
    person.consents.standing().update(ended_at=timezone.now())
    user = person.user
    addresses = {one for one in (person.email, user.email if user else "") if one}
    for field in ("full_name", "email", "mobile", "phone", "postal_address", "postcode", "sought"):
        setattr(person, field, "")
    for field in (
        "user",
        "area",
        "invitations_paused_until",
        "details_reviewed_on",
        "equality_asked_on",
        "doubt_raised_on",
        "leaving_notice_on",
    ):
        setattr(person, field, None)
    person.connection = Connection.UNSAID
    person.anonymised_at = timezone.now()
    person.save()
    _forget_sessions(user, addresses)
    if user:
        _forget_sign_in(user)
    audit.record("people.person_erased", on=person, about=person, by=by, reason=reason)
    from alongside.people import tasks

    tasks.erase_what_came_late.using(run_after=timezone.now() + LATE).enqueue(person.key)
    given.refresh_from_db()


@transaction.atomic
def erase_again(*, person: Person, by: User) -> None:
    """Take out what was being written about an erased person while they were erased.

    A letter to them, or a booking, that began before and was committed after still had their words.
    To make every such step wait for this one would cost each of them a lock.
    """
    if person.anonymised_at:
        _take_out_words(person, by)


def _take_out_words(person: Person, by: User) -> None:
    registry.erase(person, by)
    person.needs.all().delete()
    person.interests.all().delete()


def _forget_sessions(user: User | None, addresses: Collection[str]) -> None:
    """Forget what browsers were doing for the person, also those the list of sessions does not know.

    A session may hold half a booking, with needs in it; before the right code is typed, it holds
    the email address that the code was sent to.
    """
    keys = set(UserSession.objects.filter(user=user).values_list("session_key", flat=True))
    for session in Session.objects.iterator():
        held = session.get_decoded()
        asked = {one.get("email") for one in held.values() if isinstance(one, dict)}
        if (user and held.get(SESSION_KEY) == str(user.pk)) or asked & set(addresses):
            keys.add(session.session_key)
    UserSession.objects.filter(user=user).delete()
    Session.objects.filter(session_key__in=keys).delete()
    for address in addresses:
        delivery.forget_kept(address)


def _forget_sign_in(user: User) -> None:
    """Close the sign-in for good. Staff names stay, for the log must say who acted for us."""
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user.email = None
    if not user.role_grants.exists():
        user.name = ""
    user.is_active = False
    user.set_unusable_password()
    user.last_login = None
    user.save(update_fields=["email", "name", "is_active", "password", "last_login"])

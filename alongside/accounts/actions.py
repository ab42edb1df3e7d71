"""What can happen to sign-in records, roles and second steps."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from alongside.accounts import audit, delivery, rules
from alongside.accounts.access import ROLES
from alongside.accounts.models import RoleGrant, User
from alongside.accounts.tokens import password_link
from alongside.core.refused import Refused

TWICE = "Somebody with this email address is already in the list of staff."
DAY_SECONDS = 60 * 60 * 24


def _refuse(reason: str, field: str | None = None) -> None:
    if reason:
        raise Refused(reason, field)


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _administrators() -> set[int]:
    """Return who is an administrator, and let nobody else change that until we are done.

    Closing an account ends its roles, so a standing role always belongs to an open account.
    """
    grants = RoleGrant.objects.standing().filter(role=rules.ADMINISTRATOR).order_by("pk")
    return {grant.user_id for grant in grants.select_for_update()}


# --- anybody's sign-in --------------------------------------------------------------------------


@transaction.atomic
def open_sign_in(*, email: str) -> User:
    """Return the sign-in record of a proven email address; make it the first time."""
    email = email.lower()
    user = User.objects.filter(email=email).first()
    if user is None:
        try:
            with transaction.atomic():
                user = User.objects.create_user(email)
        except IntegrityError:  # the same person, twice in the same moment
            return User.objects.get(email=email)
        audit.record("accounts.sign_in_opened", on=user, by=user)
    return user


@transaction.atomic
def note_sign_in(*, how: str, by: User) -> None:
    """Write down that somebody signed in, and how: by code, password, app, passkey, recovery code."""
    audit.record("accounts.signed_in", on=by, by=by, how=how)


@transaction.atomic
def change_email(*, user: User, email: str, by: User) -> User:
    """Sign in with another, proven, address from now on."""
    email = email.lower()
    user = _locked(user)
    if user.email == email:
        return user
    if User.objects.filter(email=email).exists():
        raise Refused(
            "Somebody already signs in with this email address. If it is you, sign out and sign "
            "in with it, or contact us and we will help.",
            "email",
        )
    user.email = email
    user.save(update_fields=["email"])
    audit.record("accounts.email_changed", on=user, by=by)
    return user


@transaction.atomic
def end_sessions(*, user: User, by: User, spare: str = "") -> int:
    """Sign the record out everywhere, but for the session with the key ``spare``."""
    standing = UserSession.objects.filter(user_id=user.pk).exclude(session_key=spare)
    keys = list(standing.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    standing.delete()
    if keys:
        audit.record("accounts.sessions_ended", on=user, by=by, how_many=len(keys))
    return len(keys)


@transaction.atomic
def end_session(*, session: UserSession, by: User) -> None:
    """Sign the record out in one place."""
    Session.objects.filter(session_key=session.session_key).delete()
    session.delete()
    audit.record("accounts.sessions_ended", on=by, by=by, how_many=1)


# --- staff --------------------------------------------------------------------------------------


@transaction.atomic
def add_staff(*, name: str, email: str, roles: Sequence[str], by: User) -> User:
    """Make somebody a member of staff. A member who signs in with that address keeps it."""
    email = email.lower()
    user = User.objects.select_for_update().filter(email=email).first()
    if user is None:
        try:
            with transaction.atomic():
                user = User.objects.create_user(email, name=name)
        except IntegrityError:  # the button pressed twice in the same moment
            raise Refused(TWICE, "email") from None
    elif user.role_grants.standing().exists():
        raise Refused(TWICE, "email")
    elif not user.is_active:
        raise Refused("The account with this email address is closed. Open it again.", "email")
    else:
        user.name = name
        user.save(update_fields=["name"])
    audit.record("accounts.staff_added", on=user, by=by)
    for role in roles:
        grant_role(user=user, role=role, by=by)
    return user


@transaction.atomic
def grant_role(*, user: User, role: str, by: User) -> None:
    """Give somebody a role from now on. Giving it twice gives it once."""
    user = _locked(user)
    _refuse(
        rules.why_not_grant(to_self=user.pk == by.pk, known=role in ROLES, active=user.is_active),
        "role",
    )
    if user.role_grants.standing().filter(role=role).exists():
        return
    grant = RoleGrant.objects.create(user=user, role=role, granted_by=by)
    audit.record("accounts.role_granted", on=grant, about=user, by=by, role=role)


@transaction.atomic
def end_role(*, grant: RoleGrant, by: User) -> None:
    """Take a role away. It stays in the list of roles once held."""
    administrators = _administrators()
    grant = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    if grant.ended_at:
        return
    _refuse(
        rules.why_not_take_away(
            roles=[grant.role], person=grant.user_id, administrators=administrators
        )
    )
    grant.ended_at, grant.ended_by = timezone.now(), by
    grant.save(update_fields=["ended_at", "ended_by"])
    audit.record("accounts.role_ended", on=grant, about=grant.user, by=by, role=grant.role)


@transaction.atomic
def close_account(*, user: User, by: User) -> None:
    """Let somebody in no more: their roles end and they are signed out everywhere."""
    administrators = _administrators()
    user = _locked(user)
    if not user.is_active:
        return
    _refuse(rules.why_not_close(is_self=user.pk == by.pk, is_system=user.is_system))
    standing = list(user.role_grants.standing().select_for_update().order_by("pk"))
    _refuse(
        rules.why_not_take_away(
            roles=[grant.role for grant in standing],
            person=user.pk,
            administrators=administrators,
        )
    )
    for grant in standing:
        end_role(grant=grant, by=by)
    end_sessions(user=user, by=by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record("accounts.account_closed", on=user, by=by)


@transaction.atomic
def open_account(*, user: User, by: User) -> None:
    """Let somebody in again. The roles they had do not come back by themselves."""
    user = _locked(user)
    if user.is_active:
        return
    if not user.email:
        raise Refused("This account was erased and cannot be opened again.")
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record("accounts.account_opened", on=user, by=by)


def send_welcome(*, user: User, by: User) -> bool:
    """Email staff a link to set up their account, or choose a new password. Says whether it went."""
    with transaction.atomic():
        audit.record("accounts.welcome_sent", on=user, by=by)
    days = settings.PASSWORD_RESET_TIMEOUT // DAY_SECONDS
    if user.has_usable_password():
        return _post("choose_password", user, link=password_link(user), days=days)
    return _post(
        "staff_welcome",
        user,
        link=password_link(user),
        again=f"{settings.SITE_URL}{reverse('account_reset_password')}",
        days=days,
    )


def ask_for_password(*, email: str) -> None:
    """Email a link to choose a password, or say by email that there is no such staff account.

    Whoever asks sees the same either way. Raises NotDelivered.
    """
    user = User.objects.filter(email=email.lower(), is_active=True).first()
    if user and user.role_grants.standing().exists():
        delivery.send(
            "choose_password",
            to=email,
            link=password_link(user),
            days=settings.PASSWORD_RESET_TIMEOUT // DAY_SECONDS,
        )
    else:
        sign_in = f"{settings.SITE_URL}{reverse(settings.LOGIN_URL)}"
        delivery.send("no_staff_account", to=email, sign_in=sign_in)


@transaction.atomic
def set_password(*, user: User, password: str, by: User, spare: str = "") -> User:
    """Choose a password and sign out everywhere else. The second step stays as it is."""
    user = _locked(user)
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user=user, by=by, spare=spare)
    audit.record("accounts.password_set", on=user, by=by)
    transaction.on_commit(lambda: tell_of_change(user, "the password was changed"))
    return user


@transaction.atomic
def note_second_step(*, user: User, kind: str, what: str, by: User) -> None:
    """Write down that a second step was added or removed, and tell its owner."""
    audit.record(f"accounts.second_step_{what}", on=user, by=by, kind=kind)
    names = {"totp": "an app", "webauthn": "a passkey", "recovery_codes": "a set of recovery codes"}
    transaction.on_commit(lambda: tell_of_change(user, f"{names[kind]} was {what}"))


@transaction.atomic
def reset_second_step(*, user: User, by: User) -> None:
    """Take away the second steps of somebody who lost them, so that they set up new ones."""
    if user.pk == by.pk:
        raise Refused("You cannot do this to your own account. Ask another administrator.")
    user = _locked(user)
    Authenticator.objects.filter(user_id=user.pk).delete()
    end_sessions(user=user, by=by)
    audit.record("accounts.second_step_reset", on=user, by=by)
    transaction.on_commit(
        lambda: tell_of_change(
            user, "an administrator removed the second step so you can set up a new one"
        )
    )


def tell_old_address(*, email: str) -> None:
    """Tell the address that signed in before that it no longer does, in case it was not its owner."""
    with contextlib.suppress(delivery.NotDelivered):
        delivery.send("email_changed", to=email)


def tidy_sessions() -> None:
    """Delete sessions that are over, and what was kept about the device of each."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    standing = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(standing)).delete()


def tell_of_change(user: User, what: str) -> None:
    """Tell staff that the way they sign in has changed, in case it was not them."""
    _post("second_step_changed", user, what=what)


def _post(letter: str, user: User, **context: Any) -> bool:
    try:
        if user.email:
            delivery.send(letter, to=user.email, **context)
    except delivery.NotDelivered:
        return False
    return bool(user.email)

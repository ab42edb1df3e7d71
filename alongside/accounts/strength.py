"""How strongly somebody signed in, and what staff must do before a staff page opens.

The library keeps, in the session, a record of each way somebody showed who they are. Strong is a
password and a second step (app, passkey or recovery code), or a passkey on its own, because a
passkey asks for a face, a finger or a PIN before it answers.
"""

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from alongside.accounts.models import User

IDLE_SECONDS = 60 * 60  # a strong sign-in nobody used for so long is over
LONGEST_SECONDS = 12 * 60 * 60  # and no strong sign-in lasts longer than a shift
TOUCH_SECONDS = 60  # the session is written at most this often
SEEN = "accounts.staff_seen_at"
SECOND_STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def _records(request: HttpRequest) -> list[dict[str, Any]]:
    user = request.user if request.user.is_authenticated else None
    records: list[dict[str, Any]] = get_authentication_records(request, user)
    return [record for record in records if time.time() - record.get("at", 0) < LONGEST_SECONDS]


def gave_password(request: HttpRequest) -> bool:
    """Whether this sign-in began with a password."""
    return any(record["method"] == "password" for record in _records(request))


def gave_any(request: HttpRequest) -> bool:
    """Whether this sign-in showed more than an emailed code."""
    return any(record["method"] in {"password", "mfa"} for record in _records(request))


def is_strong(request: HttpRequest) -> bool:
    """Whether this sign-in showed a second step."""
    seconds = [record for record in _records(request) if record["method"] == "mfa"]
    return any(record.get("passwordless") for record in seconds) or (
        bool(seconds) and gave_password(request)
    )


def has_second_step(user: User) -> bool:
    """Whether the sign-in record has an app or a passkey set up."""
    any_of_them: bool = Authenticator.objects.filter(
        user_id=user.pk, type__in=SECOND_STEPS
    ).exists()
    return any_of_them


def here(request: HttpRequest) -> str:
    """Return where to come back to; after a form, the page that showed it."""
    return request.get_full_path() if request.method in {"GET", "HEAD"} else request.path


def ask_for_second_step(request: HttpRequest) -> HttpResponse | None:
    """Return where to send staff who have not shown a second step, or None when they have."""
    if is_strong(request):
        keep_alive(request.session)
        return None
    user = request.user
    if not isinstance(user, User) or not gave_password(request) or has_second_step(user):
        page = "account_login"
    else:
        page = "mfa_index"
    return redirect(f"{reverse(page)}?{urlencode({'next': here(request)})}")


def keep_alive(session: SessionBase) -> None:
    """Put off the end of a strong sign-in, because somebody is using it."""
    now = int(time.time())
    if now - session.get(SEEN, 0) >= TOUCH_SECONDS:
        session[SEEN] = now
        session.set_expiry(IDLE_SECONDS)


def vouch(session: SessionBase, user: User, *, strong: bool) -> None:
    """Write into a session how its user signed in. For tests and the demonstration only."""
    now = time.time()
    ways = (
        [{"method": "password"}, {"method": "mfa", "type": "totp"}]
        if strong
        else [{"method": "code"}]
    )
    session["account_authentication_methods"] = [{**way, "at": now} for way in ways]
    session["account_authentication_methods_user"] = str(user.pk)
    if strong:
        keep_alive(session)

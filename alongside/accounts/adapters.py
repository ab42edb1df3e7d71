"""Where the sign-in library asks us."""

from __future__ import annotations

import base64
import logging
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import Login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from alongside.accounts import access, actions, strength
from alongside.accounts.models import User

log = logging.getLogger(__name__)
FRESH_SECONDS = 10 * 60  # so long a password or second step counts as just given


def way_of(request: HttpRequest, user: User) -> str:
    """Return how somebody signed in: code, password, totp, webauthn or recovery_codes."""
    records = get_authentication_records(request, user)
    last = records[-1] if records else {"method": "code"}
    return str(last.get("type") or last["method"])


def is_here(request: HttpRequest, address: str) -> bool:
    """Whether an address to go on to is on this site, by the name the reader used for it."""
    return "\x00" not in address and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


class SecondStepStage(AuthenticateStage):
    """Ask for the second step after a password; not after an emailed code.

    With an emailed code staff see member pages only: ``strength`` keeps staff pages shut.
    """

    login: Login

    def handle(self) -> tuple[HttpResponseBase | None, bool]:
        """Ask, or let pass."""
        if way_of(self.request, self.login.user) == "code":
            return None, True
        answer: tuple[HttpResponseBase | None, bool] = super().handle()
        return answer


class AccountAdapter(DefaultAccountAdapter):
    """Our words, our pages, our log."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": (
            "You have tried too many times. Wait 5 minutes, then try again."
        ),
        "rate_limited": "You have tried too many times. Wait 5 minutes, then try again.",
    }

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Say nothing in the library's words: our pages say what happened."""

    def get_login_stages(self) -> list[str]:
        """Return the one stage there is between the right password and being in."""
        return ["alongside.accounts.adapters.SecondStepStage"]

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, write it down, and keep staff sessions short."""
        super().login(request, user)
        if strength.gave_any(request):
            strength.keep_alive(request.session)
        actions.note_sign_in(how=way_of(request, user), by=user)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where somebody goes who came from nowhere."""
        user = request.user
        if strength.gave_any(request) and isinstance(user, User) and access.is_staff(user):
            return "/staff/"
        return str(settings.LOGIN_REDIRECT_URL)

    def is_safe_url(self, url: str | None) -> bool:
        """Whether the library may send somebody there."""
        return is_here(self.request, url or "")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether staff must give their password again before they change how they sign in."""
        request = self.request
        records = get_authentication_records(request, request.user)
        return not any(
            record["method"] in {"password", "mfa"} and time.time() - record["at"] < FRESH_SECONDS
            for record in records
        )

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the one way: the password."""
        return [{"id": "reauthenticate", "url": reverse("account_reauthenticate")}]


def _box() -> MultiFernet:
    """Return what encrypts secrets in the database, by the signing key and those before it."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = [
        salted_hmac("alongside.accounts.second-step", "", secret=key, algorithm="sha256").digest()
        for key in keys
    ]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])


class SecondStepAdapter(DefaultMFAAdapter):
    """Secrets encrypted, staff never without a second step."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": (
            "This code is not right. Check your app and type the 6 numbers it shows now."
        ),
        "cannot_delete_authenticator": (
            "You need at least one second step. Set up another one first, then remove this one."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret from the database; after the signing key was lost, one nobody knows."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            log.error("A second step was encrypted with another signing key and cannot be used")
            return generate_totp_secret()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether another second step is left."""
        others = Authenticator.objects.filter(
            user_id=authenticator.user_id, type__in=strength.SECOND_STEPS
        ).exclude(pk=authenticator.pk)
        left: bool = others.exists()
        return left

"""The code we email to prove that somebody reads an address.

It stands on the library's code process: the code lives in the session of the browser that asked for
it, for a quarter of an hour, for a few tries, and works once. Nothing is looked up and nothing is
made until the right code comes back, so asking for a code is the same for a known address as for
an unknown one: the same page, the same words, the same work.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code, generate_user_code
from django.http import HttpRequest

from alongside.accounts import delivery

MINUTES = 15
TRIES = 5
DIGITS = 8


class TooOften(Exception):  # noqa: N818  (it is an answer, not an accident)
    """Asked for, or tried, more often than anybody needs to."""


class EmailedCode(AbstractCodeVerificationProcess):
    """One address being proved in one browser, for one purpose.

    ``purpose`` is ``sign_in`` or ``new_email`` and names the letter.
    """

    def __init__(self, request: HttpRequest, purpose: str, state: dict[str, Any]) -> None:
        self.request = request
        self.purpose = purpose
        super().__init__(max_attempts=TRIES, timeout=MINUTES * 60, state=state)

    @classmethod
    def start(cls, request: HttpRequest, purpose: str, email: str) -> EmailedCode:
        """Email a code. Raises TooOften and NotDelivered."""
        process = cls(request, purpose, cls.initial_state(user=None, email=email))
        process.send()
        return process

    @classmethod
    def resume(cls, request: HttpRequest, purpose: str) -> EmailedCode | None:
        """Return what was started in this browser, or None."""
        state = request.session.get(f"accounts.code.{purpose}")
        return cls(request, purpose, state) if state else None

    @property
    def email(self) -> str:
        """The address the code went to."""
        return str(self.state["email"])

    def send(self) -> None:
        """Email a new code; the one before no longer works. Raises TooOften and NotDelivered."""
        if not ratelimit.consume(self.request, action="request_login_code", key=self.email):
            raise TooOften
        digits = generate_user_code(length=DIGITS, numeric=True, dashed=False)
        code = f"{digits[:4]} {digits[4:]}"
        letter = "sign_in_code" if self.purpose == "sign_in" else "new_email_code"
        delivery.send(letter, to=self.email, code=code, minutes=MINUTES)
        self.state.update(code=digits, at=time.time(), failed_attempts=0)
        self.persist()

    def why_not(self, typed: str) -> str:
        """Return why what was typed does not open the door, or nothing. Raises TooOften."""
        # Counted in the cache as well: tries at the same moment do not see each other's session.
        if not ratelimit.consume(self.request, action="try_code", key=self.email):
            raise TooOften
        if not self.code or self.state["failed_attempts"] >= TRIES:
            return "You have typed a wrong code too many times. Ask for a new code."
        if not self.is_valid():
            return "This code has run out. Ask for a new code."
        if not compare_user_code(actual=typed, expected=self.code):
            self.record_invalid_attempt()
            return (
                "This is not the code we sent. Check the newest email from us and type its "
                f"{DIGITS} numbers again."
            )
        return ""

    def persist(self) -> None:
        """Keep it in the session."""
        self.request.session[f"accounts.code.{self.purpose}"] = self.state

    def abort(self) -> None:
        """Spend the code; the address stays, so that the reader can ask for a new one."""
        self.state["code"] = ""
        self.persist()

    def finish(self) -> None:
        """Forget it: a code works once."""
        self.request.session.pop(f"accounts.code.{self.purpose}", None)

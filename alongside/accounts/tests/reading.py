"""Reading pages and kept letters in tests of this room."""

import re

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as apps
from allauth.mfa.utils import encrypt
from bs4 import BeautifulSoup

from alongside.accounts import delivery
from alongside.accounts.models import User


def soup(response) -> BeautifulSoup:
    """Read the page."""
    return BeautifulSoup(response.content, "lxml")


def h1(response) -> str:
    """Return the one heading of the page."""
    (heading,) = soup(response).find_all("h1")
    return " ".join(heading.get_text(" ").split())


def errors(response) -> list[str]:
    """Return what the error summary lists."""
    return [
        " ".join(item.get_text(" ").split())
        for item in soup(response).select(".nhsuk-error-summary__list li")
    ]


def main_text(response) -> str:
    """Return the words of the page."""
    return " ".join(soup(response).find("main").get_text(" ").split())


def last_letter() -> delivery.Letter:
    """Return the letter written last."""
    return delivery.kept_letters()[0]


def link_in(letter: delivery.Letter) -> str:
    """Return the path of the first link of a letter."""
    return re.search(r"https?://[^/]+(/\S+/password/\S+)", letter.body)[1]


def add_app(user: User) -> str:
    """Give staff an authenticator app and return its secret."""
    secret = apps.generate_totp_secret()
    Authenticator.objects.create(user=user, type="totp", data={"secret": encrypt(secret)})
    return secret


def app_code(secret: str) -> str:
    """Return what the app shows now."""
    (now,) = list(apps.yield_hotp_counters_from_time())[1:2]
    return apps.format_hotp_value(apps.hotp_value(secret, now))


def add_recovery_codes(user: User) -> list[str]:
    """Give staff recovery codes and return them."""
    return RecoveryCodes.activate(user).get_unused_codes()

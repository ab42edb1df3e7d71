"""What every test may ask for: the cast, the people who meet the product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.test import Client

if TYPE_CHECKING:
    from alongside.accounts.models import User

NOBODY, MEMBER, STRANGER = "nobody", "member", "stranger"


def pytest_configure(config: pytest.Config) -> None:
    """On a fresh clone no static files are collected yet, which whitenoise warns about."""
    config.addinivalue_line("filterwarnings", "ignore:No directory at:UserWarning")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Let no test see what another kept in this process: the trust's name on the page frame."""
    from alongside.organisation import names

    names.forget_now()
    yield
    names.forget_now()


@dataclass
class Cast:
    """Somebody of each kind, each with a browser of their own.

    ``nobody`` has no account, ``member`` takes part, ``stranger`` is another member with nothing to
    do with the first; then one member of staff for each role, signed in with their second step.
    """

    clients: dict[str, Client] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, who: str) -> Client:
        return self.clients[who]

    @property
    def person(self) -> Any:
        """The member's person."""
        return self.users[MEMBER].person  # type: ignore[attr-defined]

    def everybody(self) -> list[str]:
        """List the names of the whole cast."""
        return list(self.clients)


def cast_names() -> list[str]:
    """List the names of the cast without making anybody, for tables of cases."""
    from alongside.accounts.access import ROLES

    return [NOBODY, MEMBER, STRANGER, *ROLES]


def make_cast() -> Cast:
    """Make the cast and sign them in."""
    from alongside.accounts.access import ROLES
    from alongside.accounts.tests.factories import make_staff
    from alongside.accounts.tests.signing import sign_in
    from alongside.people.tests.factories import make_member

    cast = Cast()
    cast.clients[NOBODY] = Client()
    for who in (MEMBER, STRANGER):
        cast.users[who] = make_member(email=f"{who}@people.example")
    for role in ROLES:
        cast.users[role] = make_staff(role, f"{role}@staff.example")
    for who, user in cast.users.items():
        cast.clients[who] = Client()
        sign_in(cast.clients[who], user, strong=True)
    return cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Nobody, two members, and one member of staff for each role, all signed in."""
    cache.clear()
    return make_cast()

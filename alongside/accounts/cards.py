"""What of this room shows on somebody's home."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from alongside.accounts.access import Permission, may
from alongside.accounts.models import RoleGrant, User
from alongside.design.cards import Card


def for_member(person: Any) -> list[Card]:
    """Nothing: how somebody signs in asks nothing of them."""
    return []


def for_staff(user: User) -> list[Card]:
    """For administrators: a coordinator to add, and staff who have not chosen a password yet."""
    if not may(user, Permission.ACCESS_WRITE):
        return []
    return [*_nobody_to_coordinate(), *_not_signed_in()]


def _nobody_to_coordinate() -> list[Card]:
    working = RoleGrant.objects.standing().filter(role="coordinator", user__is_active=True)
    if working.exists():
        return []
    return [
        Card(
            title="Add an involvement coordinator",
            text="Until there is one, nobody can write adverts or run bookings.",
            href=reverse("accounts:add_staff"),
            order=0,
        )
    ]


def _not_signed_in() -> list[Card]:
    standing = RoleGrant.objects.standing().filter(user=OuterRef("pk"))
    waiting = User.objects.filter(
        Exists(standing), is_active=True, is_system=False, last_login__isnull=True
    ).count()
    if not waiting:
        return []
    words = "1 person has" if waiting == 1 else f"{waiting} people have"
    return [
        Card(
            title="Staff who have not signed in yet",
            text=f"{words} not set up their account. You can send the email again.",
            href=reverse("accounts:access"),
            order=1,
            count=waiting,
        )
    ]

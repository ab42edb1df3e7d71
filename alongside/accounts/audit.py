"""Who did what, and who looked. Written in the same transaction as the act itself."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from alongside.accounts.models import AuditEntry, User
from alongside.core.models import Record


class NoActor(Exception):
    """An act with nobody behind it. A fault in the program, never the reader's."""


def _entry(
    kind: AuditEntry.Kind,
    action: str,
    on: Record | None,
    about: Record | None,
    by: User | AnonymousUser | None,
    detail: dict[str, Any],
) -> AuditEntry:
    if not isinstance(by, User) or by.pk is None:
        raise NoActor(f"{action} has no actor")
    return AuditEntry(
        kind=kind,
        action=action,
        actor=by,
        on_label=on._meta.label_lower if on else "",
        on_key=on.key if on else "",
        about_key=about.key if about else "",
        detail=detail,
    )


def record(
    action: str,
    *,
    on: Record | None = None,
    about: Record | None = None,
    by: User | AnonymousUser | None,
    **detail: Any,
) -> None:
    """Write down an act. ``about`` is the person it concerns; ``detail`` holds codes, never words.

    Raises NoActor where nobody did it, and refuses to run outside a transaction, because an act
    and its audit stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{action}: audit outside a transaction")
    _entry(AuditEntry.Kind.WRITE, action, on, about, by, detail).save(force_insert=True)


def look(
    action: str,
    *,
    on: Record | None = None,
    about: Record | None = None,
    by: User | AnonymousUser | None,
    **detail: Any,
) -> None:
    """Write down that somebody looked at a person's record."""
    _entry(AuditEntry.Kind.LOOK, action, on, about, by, detail).save(force_insert=True)


def system() -> User:
    """Return the actor for what Alongside does by itself (expiring offers, sending, tidying)."""
    user, _made = User.objects.get_or_create(
        is_system=True, defaults={"name": "Alongside", "is_active": False, "password": "!"}
    )
    return user

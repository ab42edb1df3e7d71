"""Who did what, and who looked. Written in the same transaction as the act itself."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from alongside.accounts.models import AuditEntry, User
from alongside.core.models import Record

_CODE = re.compile(r"[A-Za-z0-9:_./+-]{0,200}")  # keys, codes, moments: nothing with a space in it
_words: dict[str, str] = {}


class NoActor(Exception):  # noqa: N818  (it is an answer, not an accident)
    """An act with nobody behind it. A fault in the program, never the reader's."""


class NotACode(Exception):  # noqa: N818
    """Words where the log keeps codes. A fault in the program, never the reader's."""


def say(room: str, acts: Mapping[str, str]) -> None:
    """Give a room's actions the words people read: ``say("events", {"need_met": "Met a need"})``."""
    _words.update({f"{room}.{act}": words for act, words in acts.items()})


def words(action: str) -> str:
    """Return the words of an action; made from its code where no room gave any."""
    room, _dot, act = action.partition(".")
    return _words.get(action) or f"{act.replace('_', ' ').capitalize()} ({room})"


def said() -> dict[str, str]:
    """Return every action that has words, in the order of the words."""
    return dict(sorted(_words.items(), key=lambda pair: pair[1]))


def _plain(value: Any) -> Any:
    """Return what the log keeps: numbers, days as 2030-01-14, codes, and lists and tables of them."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [
            _plain(item)
            for item in (sorted(value) if isinstance(value, set | frozenset) else value)
        ]
    if isinstance(value, dict):
        return {_plain(name): _plain(item) for name, item in value.items()}
    if isinstance(value, str) and _CODE.fullmatch(value):
        return str(value)
    raise NotACode(f"{type(value).__name__} is not a code the audit log keeps")


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
        detail=_plain(detail),
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
    about_key: str = "",
    by: User | AnonymousUser | None,
    **detail: Any,
) -> None:
    """Write down that somebody looked at a person's record, or only asked for its key."""
    entry = _entry(AuditEntry.Kind.LOOK, action, on, about, by, detail)
    entry.about_key = entry.about_key or about_key[:20]
    entry.save(force_insert=True)


def system() -> User:
    """Return the actor for what Alongside does by itself (expiring offers, sending, tidying)."""
    user, _made = User.objects.get_or_create(
        is_system=True, defaults={"name": "Alongside", "is_active": False, "password": "!"}
    )
    return user

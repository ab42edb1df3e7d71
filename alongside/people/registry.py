"""Where the rooms upstairs say what they hold about a person. ``people`` never asks them by name.

Each room has a ``holdings.py``, imported in its ``AppConfig.ready``::

    @registry.holds("events")
    class Bookings(registry.Holding):
        heading = "Your bookings"
        goes = "The words in bookings, and what was needed at each event."
        stays = "That somebody was booked, without who."

        def export(self, person): ...   # rows for "everything we hold about you"
        def erase(self, person, by): ... # take out every word that points to the person
        def to_come(self, person): ...   # sentences: what must be cancelled before erasing

    @registry.for_staff
    def bookings(person, user) -> registry.Section | None: ...   # on a person's staff page

    registry.retains("messaging.messages", 1095, forget_messages)  # (before, dry_run) -> count
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from alongside.accounts.models import User
    from alongside.people.models import Person

Row = Mapping[str, Any]  # words for the reader -> text, number, yes or no, day or moment
C = TypeVar("C", bound=type)


class Holding:
    """What one room holds about a person. Leave out what does not apply."""

    heading = ""  # above its rows on "everything we hold about you"
    # Sentences for the member and for staff alike, so neither "you" nor "they":
    goes = ""  # what is taken out when the person is erased
    stays = ""  # what stays

    def export(self, person: Person) -> Iterable[Row]:
        """Return everything held, one mapping of plain words to values for each thing."""
        return []

    def erase(self, person: Person, by: User) -> None:
        """Take out every word that could point to the person. Facts and counts stand."""

    def to_come(self, person: Person) -> Iterable[str]:
        """Return what lies ahead and must be cancelled first, a short line for each."""
        return []


@dataclass(frozen=True)
class Section:
    """A part of a person's page that another room fills: a table, or a sentence when empty.

    Cells are plain text, or a dict with ``text`` and ``href`` for a link.
    """

    heading: str
    head: list[str] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)
    empty: str = "Nothing yet."
    more: tuple[str, str] | None = None  # words and address of a page with all of it


@dataclass(frozen=True)
class Retention:
    """How long one kind of thing is kept. ``tidy(before, dry_run)`` returns how many."""

    name: str
    days: int
    tidy: Callable[[dt.date, bool], int]


Sectioner = Callable[["Person", "User"], Section | None]
Teller = Callable[..., Any]

HOLDINGS: dict[str, Any] = {}
RETENTIONS: dict[str, Retention] = {}
STAFF_SECTIONS: list[Sectioner] = []
MEMBER_SECTIONS: list[Sectioner] = []
_TELLERS: list[Teller] = []


def holds(room: str) -> Callable[[C], C]:
    """Register what the room holds about a person."""

    def keep(kind: C) -> C:
        holding = kind() if isinstance(kind, type) else kind
        HOLDINGS[room] = holding
        return kind

    return keep


def for_staff(section: Sectioner) -> Sectioner:
    """Show this section on a person's staff page; it returns None for staff who may not see it."""
    STAFF_SECTIONS.append(section)
    return section


def for_member(section: Sectioner) -> Sectioner:
    """Show this section on a member's own history page."""
    MEMBER_SECTIONS.append(section)
    return section


def sections(which: list[Sectioner], person: Person, user: User) -> list[Section]:
    """Return the sections that have something to say to this reader."""
    return [said for section in which if (said := section(person, user)) is not None]


def retains(name: str, days: int, tidy: Callable[[dt.date, bool], int]) -> None:
    """Register how many days a thing is kept. The table in docs/data-protection says the same."""
    RETENTIONS[name] = Retention(name, days, tidy)


def told_by(teller: Teller) -> None:
    """Say how people are told things (``messaging.actions.send``). Messaging does, at start."""
    _TELLERS[:] = [teller]


def teller() -> Teller | None:
    """Return how people are told things, where there is a way."""
    return _TELLERS[0] if _TELLERS else None


def export(person: Person) -> list[tuple[str, str, list[Row]]]:
    """Return room, heading and rows of everything the rooms hold about the person."""
    return [
        (room, getattr(holding, "heading", "") or room.title(), list(holding.export(person)))
        for room, holding in HOLDINGS.items()
    ]


def erase(person: Person, by: User) -> None:
    """Have every room take out the person's words."""
    for holding in HOLDINGS.values():
        holding.erase(person, by)


def to_come(person: Person) -> list[str]:
    """Return what lies ahead for the person in any room."""
    return [
        line
        for holding in HOLDINGS.values()
        if hasattr(holding, "to_come")
        for line in holding.to_come(person)
    ]


def sentences(which: str) -> list[str]:
    """Return what goes (``goes``) or stays (``stays``) in each room when a person is erased."""
    said = (getattr(holding, which, "") for holding in HOLDINGS.values())
    return [sentence for sentence in said if sentence]

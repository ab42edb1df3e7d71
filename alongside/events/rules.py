"""Pure decisions about places, offers and registers. Plain values in, plain answers out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from alongside.people import rules as people
from alongside.people.rules import NeedAnswer

ALONE, TOGETHER, IF_ROOM = "alone", "together", "if_room"
HOW_ONLINE, HOW_WALKED_IN = "online", "walked_in"
HOWS: dict[str, str] = {**people.HOWS, HOW_WALKED_IN: "Walked in on the day"}


@dataclass(frozen=True)
class Wish:
    """What somebody asks for when they ask for a place."""

    company: str = ALONE
    companion_name: str = ""
    category: str = ""
    capacity: str = ""
    declines_payment: bool = False
    needs: tuple[NeedAnswer, ...] = ()
    support: tuple[int, ...] = ()


@dataclass(frozen=True)
class Turn:
    """Somebody's turn in the line: when it counts from, which row it is, the fewest places."""

    turn_at: dt.datetime
    pk: int
    fewest: int


# --- places -----------------------------------------------------------------------------------
def fewest_places(company: str) -> int:
    """Return how many places the party needs at the least."""
    return 2 if company == TOGETHER else 1


def most_places(company: str) -> int:
    """Return how many places the party would take."""
    return 1 if company == ALONE else 2


def places_for(company: str, free: int) -> int:
    """Return how many of the free places the party gets; 0 where it does not fit."""
    if free < fewest_places(company):
        return 0
    return min(free, most_places(company))


def next_in_line(line: Iterable[Turn], free: int) -> Turn | None:
    """Return the first turn, in order, whose party fits; nobody is passed over but for room."""
    fits = [turn for turn in line if turn.fewest <= free]
    return min(fits, key=lambda turn: (turn.turn_at, turn.pk), default=None)


def why_not_book(
    *,
    now: dt.datetime,
    closes_at: dt.datetime,
    starts_at: dt.datetime,
    cancelled: bool,
    standing: str = "",
    how: str = HOW_ONLINE,
) -> str:
    """Return why nobody can ask for a place now, or an empty string.

    ``standing`` is the state of what the person holds already. Staff who book for somebody may do
    so until the event begins; somebody who walked in is written down from then on.
    """
    online = how == HOW_ONLINE
    if standing:
        return _ALREADY[online].get(standing, _ALREADY[online]["booked"])
    if cancelled:
        return "This event has been cancelled, so it cannot be booked."
    if how == HOW_WALKED_IN:
        return "" if now >= starts_at else "The event has not begun. Book a place for them instead."
    if now >= starts_at:
        return "This event has already begun, so it cannot be booked."
    if online and now >= closes_at:
        return "Booking has closed. Contact us if you would still like to come."
    return ""


_ALREADY = {
    True: {
        "applied": "You have already asked for a place.",
        "waiting": "You are already on the waiting list.",
        "offered": "We have already offered you a place. Say yes or no to it.",
        "booked": "You already have a place.",
    },
    False: {
        "applied": "They have already asked for a place.",
        "waiting": "They are already on the waiting list.",
        "offered": "They have already been offered a place.",
        "booked": "They already have a place.",
    },
}


def why_not_cancel(*, now: dt.datetime, starts_at: dt.datetime, standing: bool) -> str:
    """Return why a booking cannot be cancelled, or an empty string."""
    if not standing:
        return "This booking has already ended."
    if now >= starts_at:
        return "The event has begun, so the booking can no longer be cancelled."
    return ""


def why_not_change(
    *, now: dt.datetime, starts_at: dt.datetime, standing: bool, cancelled: bool
) -> str:
    """Return why what was asked for cannot be changed, or an empty string."""
    if not standing or cancelled:
        return "This booking has ended, so it cannot be changed."
    if now >= starts_at:
        return "The event has begun, so the booking can no longer be changed."
    return ""


def why_not_capacity(*, capacity: int, taken: int) -> str:
    """Return why the number of places cannot be this, or an empty string."""
    if capacity < 1:
        return "Enter 1 place or more."
    if capacity < taken:
        return (
            f"{taken} {'place is' if taken == 1 else 'places are'} already booked or on offer. "
            f"Enter {taken} or more, or cancel bookings first."
        )
    return ""


# --- offers -----------------------------------------------------------------------------------
def offer_ends_at(*, now: dt.datetime, hours: int, starts_at: dt.datetime) -> dt.datetime:
    """Return until when an offer stands: so many hours, but never past the beginning."""
    return min(now + dt.timedelta(hours=hours), starts_at)


def may_offer(*, now: dt.datetime, starts_at: dt.datetime, cancelled: bool) -> bool:
    """Whether freed places are still offered: until the event begins, even after closing."""
    return not cancelled and now < starts_at


def why_not_answer(*, now: dt.datetime, state: str, ends_at: dt.datetime | None) -> str:
    """Return why an offer cannot be accepted or declined, or an empty string."""
    if state == "booked":
        return "You already have a place."
    if state != "offered":
        return "There is no offer to answer. The place may have gone to the next person."
    if ends_at is None or now >= ends_at:
        return "The time to answer has passed, so the place goes to the next person."
    return ""


def why_not_out_of_order(*, state: str, because: str, open_for_offers: bool) -> str:
    """Return why somebody cannot be moved up the waiting list, or an empty string."""
    if state != "waiting":
        return "They are not on the waiting list any more."
    if not open_for_offers:
        return "The event has begun or is cancelled, so no places can be offered."
    if not because.strip():
        return "Enter the reason for going out of order."
    return ""


# --- selection --------------------------------------------------------------------------------
def why_not_decide(*, state: str, because: str, by_selection: bool, cancelled: bool) -> str:
    """Return why somebody cannot be chosen or not chosen, or an empty string."""
    if not by_selection:
        return "Places at this event go in order, not by selection."
    if cancelled:
        return "This event has been cancelled."
    if state != "applied":
        return "This has already been decided."
    if not because.strip():
        return "Enter the reason for your decision."
    return ""


# --- register ---------------------------------------------------------------------------------
def why_not_mark(*, now: dt.datetime, starts_at: dt.datetime, state: str, attendance: str) -> str:
    """Return why attendance cannot be marked so, or an empty string."""
    if state != "booked":
        return "Only people who have a place can be marked."
    if attendance in ("attended", "absent") and now < starts_at:
        return "The event has not begun, so nobody can be marked as there or not there yet."
    return ""


def minutes_of(starts_at: dt.datetime, ends_at: dt.datetime) -> int:
    """Return the whole length in minutes."""
    return round((ends_at - starts_at).total_seconds() / 60)


def why_not_minutes(minutes: int, whole: int) -> str:
    """Return why somebody cannot have been there so long, or an empty string."""
    if minutes < 1:
        return "Enter how many minutes they were there, 1 or more."
    most = max(whole * 2, 24 * 60)
    if minutes > most:
        return f"Enter {most} minutes or fewer."
    return ""

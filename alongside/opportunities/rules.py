"""What makes an advert a good one, where it stands, and how it is said. Plain values only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

OPEN_DAYS = 14
WORKING_DAYS_BEFORE = 5
FEW_PLACES = 3


class Standing(StrEnum):
    """Where an advert is in its life."""

    DRAFT = "draft"
    DISCARDED = "discarded"
    OPEN = "open"
    CLOSED = "closed"
    OVER = "over"
    CANCELLED = "cancelled"


STANDING_WORDS = {
    Standing.DRAFT: "Draft",
    Standing.DISCARDED: "Not wanted",
    Standing.OPEN: "Open",
    Standing.CLOSED: "Closed",
    Standing.OVER: "Finished",
    Standing.CANCELLED: "Cancelled",
}
STANDING_COLOURS = {
    Standing.DRAFT: "grey",
    Standing.DISCARDED: "grey",
    Standing.OPEN: "green",
    Standing.CLOSED: "yellow",
    Standing.OVER: "blue",
    Standing.CANCELLED: "red",
}


def standing(
    *,
    now: dt.datetime,
    published_at: dt.datetime | None,
    discarded_at: dt.datetime | None,
    closes_at: dt.datetime,
    ends_at: dt.datetime,
    cancelled_at: dt.datetime | None,
) -> Standing:
    """Say where the advert is in its life."""
    if published_at is None:
        return Standing.DISCARDED if discarded_at else Standing.DRAFT
    if cancelled_at is not None:
        return Standing.CANCELLED
    if now >= ends_at:
        return Standing.OVER
    if now >= closes_at:
        return Standing.CLOSED
    return Standing.OPEN


# --- what is missing, and what is poor ---------------------------------------------------------
@dataclass(frozen=True)
class Warn:
    """Something that makes the advert a poor one, and the section that puts it right."""

    code: str
    sentence: str
    section: str


@dataclass(frozen=True)
class Advert:
    """The facts about an advert that decide whether it is a good one."""

    opens_at: dt.datetime
    closes_at: dt.datetime
    starts_at: dt.datetime
    ends_at: dt.datetime
    working_days_before: int
    has_support_words: bool
    support_offers: int
    has_payment_words: bool
    pays: bool
    ask_by_phone: bool
    ask_by_post: bool
    by_selection: bool
    has_criteria: bool
    has_topics: bool
    tells_what_happens: bool


def days_open(opens_at: dt.datetime, closes_at: dt.datetime) -> int:
    """Count the days from opening to closing by the calendar, so that clock changes do not matter."""
    return (closes_at.astimezone(LONDON).date() - opens_at.astimezone(LONDON).date()).days


def warnings(advert: Advert) -> list[Warn]:
    """Say what makes this a poor advert. Nothing here stops it being published."""
    found = []
    if advert.closes_at <= advert.opens_at:
        found.append(
            Warn(
                "closes_past",
                "The closing time has passed, so nobody can ask for a place.",
                "places",
            )
        )
    elif (days := days_open(advert.opens_at, advert.closes_at)) < OPEN_DAYS:
        lasts = "less than a day" if days == 0 else "1 day" if days == 1 else f"{days} days"
        found.append(
            Warn(
                "open_short",
                f"It is open for {lasts}. Give people at least {OPEN_DAYS} days, "
                "so that letters arrive and people can arrange care.",
                "places",
            )
        )
    if advert.closes_at > advert.starts_at:
        found.append(
            Warn("closes_after", "It closes after the session starts. Is that right?", "places")
        )
    elif advert.working_days_before < WORKING_DAYS_BEFORE:
        found.append(
            Warn(
                "closes_late",
                f"It closes less than {WORKING_DAYS_BEFORE} working days before the session. "
                "You may not have time to book interpreters or hold briefings.",
                "places",
            )
        )
    if not advert.has_support_words and not advert.support_offers:
        found.append(Warn("no_support", "It does not say what support people can have.", "support"))
    elif not advert.support_offers:
        found.append(
            Warn(
                "no_offers",
                "There is no support for people to pick, such as a briefing before.",
                "support",
            )
        )
    elif not advert.has_support_words:
        found.append(
            Warn("no_support_words", "It does not say in words what support there is.", "support")
        )
    if not advert.pays and not advert.has_payment_words:
        found.append(
            Warn("no_payment", "It does not say whether people are paid or can claim.", "payment")
        )
    if not advert.ask_by_phone and not advert.ask_by_post:
        found.append(
            Warn(
                "online_only",
                "People can only ask for a place online. Add a phone number or a postal address.",
                "asking",
            )
        )
    if advert.by_selection and not advert.has_criteria:
        found.append(
            Warn("no_criteria", "You will choose people, but it does not say how.", "places")
        )
    if not advert.has_topics:
        found.append(
            Warn(
                "no_topics",
                "It has no topics, so you cannot invite people who follow them.",
                "about",
            )
        )
    if not advert.tells_what_happens:
        found.append(
            Warn("no_feedback", "It does not say how people will hear what came of it.", "about")
        )
    return found


def why_not_publish(*, purpose: str, who: str, summary: str, cancelled: bool) -> list[Warn]:
    """Say what must be there before anybody can read the advert."""
    missing = []
    if cancelled:
        missing.append(Warn("cancelled", "The session was cancelled.", "when"))
    if not summary.strip():
        missing.append(Warn("summary", "Write one or two sentences that sum it up.", "about"))
    if not purpose.strip():
        missing.append(Warn("purpose", "Say what it is for.", "about"))
    if not who.strip():
        missing.append(Warn("who", "Say who you are looking for.", "about"))
    return missing


def why_not_times(*, starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """Say why these times are nonsense, or nothing."""
    # Through UTC: two London times compare by the clock face, which repeats when clocks go back.
    lasts = ends_at.astimezone(dt.UTC) - starts_at.astimezone(dt.UTC)
    if lasts <= dt.timedelta():
        return "The session must end after it starts."
    if lasts > dt.timedelta(days=14):
        return "The session lasts more than 14 days. Check the dates."
    return ""


def why_not_ask(place: Standing) -> str:
    """Say why nobody can ask for a place now, or nothing."""
    return {
        Standing.DRAFT: "This is not published yet.",
        Standing.DISCARDED: "This is not published.",
        Standing.OPEN: "",
        Standing.CLOSED: "Sorry, this has closed. Contact us if you still want to take part.",
        Standing.OVER: "Sorry, this has already taken place.",
        Standing.CANCELLED: "Sorry, this was cancelled.",
    }[place]


# --- how it is said -----------------------------------------------------------------------------
def places_in_words(*, capacity: int, left: int, by_selection: bool) -> str:
    """Say how many places there are and how freely they can be had, without counting people."""
    there_are = "There is 1 place." if capacity == 1 else f"There are {capacity:,} places."
    if by_selection:
        return f"{there_are} We will choose who takes part from everybody who asks."
    if left <= 0:
        taken = "It is taken." if capacity == 1 else "All of them are taken."
        return f"{there_are} {taken} You can join the waiting list."
    if left == 1:
        return there_are if capacity == 1 else f"{there_are} The last one is still free."
    if left <= FEW_PLACES or left * 4 <= capacity:
        return f"{there_are} Only a few are left."
    return f"{there_are} There are plenty left."


def payment_in_brief(*, involvement: bool, expenses: bool, remote: bool) -> str:
    """Say in one breath whether somebody is paid and what they can claim.

    Three independent answers: unpaid work may still carry expenses or a remote claim.
    """
    claims = []
    if expenses:
        claims.append("expenses")
    if remote:
        claims.append("taking part remotely")
    if not involvement and not claims:
        return "Unpaid"
    paid = "Paid" if involvement else "Unpaid"
    if not claims:
        return paid
    joined = "You can also claim" if involvement else "You can claim"
    first = "" if claims[0] == "expenses" else "for "
    return f"{paid}. {joined} {first}{' and for '.join(claims)}"


def found_in_words(count: int, *, filtered: bool) -> str:
    """Say how many were found."""
    if count == 0:
        return "Nothing open fits your choices" if filtered else "Nothing is open at the moment"
    ways = "1 way to take part" if count == 1 else f"{count:,} ways to take part"
    fit = "that fits your choices" if count == 1 else "that fit your choices"
    return f"{ways} {fit}" if filtered else ways


LEVEL_WORDS = {
    "informing": "We tell you what is happening and you can ask us questions.",
    "consultation": "We ask what you think, and tell you what we did with it.",
    "collaboration": "We work it out together. The trust makes the last decision.",
    "coproduction": "We plan it, do it and decide together, as equals.",
}
CATEGORY_WORDS = {
    "volunteer": "You give your time freely.",
    "contributor": "You give your experience or views to one piece of work.",
    "coproducer": "You share in the planning, the work and the decisions.",
}
USUAL_SUPPORT = (
    ("A briefing before", "We talk you through what will happen, and answer your questions."),
    ("A briefing after", "We talk with you afterwards about how it went."),
    ("Training on the video system", "We show you how to join and use the video call."),
)


def why_not_invite(place: Standing) -> str:
    """Say why nobody can be invited now, or nothing."""
    return {
        Standing.DRAFT: "Publish the advert first.",
        Standing.DISCARDED: "This draft was thrown away.",
        Standing.OPEN: "",
        Standing.CLOSED: "This has closed, so inviting people now would be unkind.",
        Standing.OVER: "This has already taken place.",
        Standing.CANCELLED: "This was cancelled.",
    }[place]


def where_in_brief(*, mode: str, platform: str, venue: str) -> str:
    """Say in one line where it is. ``mode`` is a code of events.Event.Mode."""
    online = f"Online, by {platform}" if platform else "Online"
    lines = [line.strip().rstrip(",") for line in venue.splitlines() if line.strip()]
    place = ", ".join(lines[:3]) or "In person"
    if mode == "online":
        return online
    if mode == "in_person":
        return place
    return f"{place}, or {online[0].lower()}{online[1:]}"

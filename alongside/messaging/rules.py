"""Which way a person hears from us. Plain values in, plain answer out; no Django.

Source: Accessible Information Standard (DAPB1605): what somebody needs is obeyed, and what
cannot be obeyed is seen by somebody, never turned into a silent email.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

SERVICE = "service"  # about something the person takes part in: needs no consent

EMAIL, TEXT, POST, PHONE, NONE = "email", "text", "post", "phone", "none"
QUEUED, TO_DO, CANNOT_MAKE, WITHHELD = "queued", "to_do", "cannot_make", "withheld"

LONGEST_TEXT = 306  # two joined text messages of 153 characters
USUAL_LARGE_PRINT = 18  # points
SMALLEST_LARGE_PRINT, LARGEST_LARGE_PRINT = 14, 48

FORMATS = (  # hardest to make first
    "braille",
    "bsl_video",
    "audio",
    "coloured_paper",
    "easy_read",
    "large_print",
    "screen_reader",
)
# What each way of telling answers by itself. A call is spoken, so nothing has to be printed;
# a text or an email is as large, and as much aloud, as the person's own device makes it.
ANSWERS: dict[str, frozenset[str]] = {
    EMAIL: frozenset({"large_print", "screen_reader", "coloured_paper"}),
    TEXT: frozenset({"large_print", "screen_reader", "coloured_paper"}),
    PHONE: frozenset(
        {"large_print", "screen_reader", "coloured_paper", "braille", "audio", "easy_read"}
    ),
    POST: frozenset({"large_print"}),
}
# Where we look first when the person named a format but no way of contact.
FIRST_FOR: dict[str, tuple[str, ...]] = {
    "large_print": (POST, EMAIL, TEXT, PHONE),
    "screen_reader": (EMAIL, TEXT, PHONE, POST),
    "braille": (POST, EMAIL),
    "coloured_paper": (POST, EMAIL),
    "audio": (POST, EMAIL),
    "easy_read": (EMAIL, POST),
    "bsl_video": (EMAIL, POST),
}
NO_FORMAT = (EMAIL, TEXT, POST, PHONE)
FORMAT_WORDS = {
    "braille": "braille",
    "bsl_video": "a British Sign Language video",
    "audio": "audio",
    "coloured_paper": "coloured paper",
    "easy_read": "Easy Read",
    "large_print": "large print",
    "screen_reader": "something a screen reader can read",
}
CONTACT = {  # contact needs that name a way, in the order we take them when several are stated
    "by_email": EMAIL,
    "by_text": TEXT,
    "by_post": POST,
    "text_relay": PHONE,
    "by_phone": PHONE,
}
ASKED = {
    EMAIL: "They asked for email, but we have no email address for them.",
    TEXT: "They asked for texts, but we have no mobile number for them.",
    POST: "They asked for letters, but we have no postal address for them.",
    PHONE: "They asked for a phone call, but we have no phone number for them.",
}


@dataclass(frozen=True)
class Stated:
    """A need somebody told us about: its code and what they said about it."""

    code: str
    detail: str = ""


@dataclass(frozen=True)
class Addresses:
    """Where a person can be reached. Empty means we do not know."""

    email: str = ""
    mobile: str = ""
    phone: str = ""
    post: str = ""

    def of(self, channel: str) -> str:
        """Return the address for the channel, or nothing."""
        if channel == TEXT:
            return uk_mobile(self.mobile) or ""
        if channel == PHONE:
            return self.phone.strip() or self.mobile.strip()
        return {EMAIL: self.email, POST: self.post}.get(channel, "").strip()


@dataclass(frozen=True)
class Way:
    """How one person is told one thing, and the state the message starts in."""

    channel: str
    address: str = ""
    wanted_format: str = ""
    wanted_detail: str = ""
    state: str = QUEUED
    why: str = ""


def uk_mobile(written: str) -> str | None:
    """Return a United Kingdom mobile number as 11 digits, or None where it is not one.

    070 (personal numbers) and 076 (pagers, but for 07624 on the Isle of Man) are not mobiles.
    """
    digits = re.sub(r"[\s().\-\u2010-\u2015]", "", written)
    for abroad in ("+44", "0044"):
        if digits.startswith(abroad):
            digits = "0" + digits.removeprefix(abroad).removeprefix("0")
    if not re.fullmatch(r"07[0-9]{9}", digits):
        return None
    if digits.startswith("070") or (digits.startswith("076") and not digits.startswith("07624")):
        return None
    return digits


def point_size(detail: str) -> int:
    """Return the size of large print in points: what they said, within what a page can hold."""
    said = re.search(r"(?<!\d)(\d{2})(?!\d)", detail)
    size = int(said.group(1)) if said else USUAL_LARGE_PRINT
    return min(max(size, SMALLEST_LARGE_PRINT), LARGEST_LARGE_PRINT)


def choose_way(
    needs: Iterable[Stated],
    addresses: Addresses,
    *,
    paused: bool,
    consent: bool,
    purpose: str = SERVICE,
    variants: frozenset[str] = frozenset(),
    texts: bool = True,
) -> Way:
    """Choose the channel and the state a message to this person starts in.

    ``variants`` are the formats this letter was written in besides the usual one (Easy Read).
    ``texts`` is False where email goes out but no text channel was set up.
    """
    stated = {need.code: need.detail.strip() for need in needs}
    way = _way(stated, addresses, variants, texts=texts)
    if purpose != SERVICE and not consent:
        return _held_back(way, "They have not agreed to be written to about this.")
    if purpose != SERVICE and paused:
        return _held_back(way, "They paused invitations.")
    return way


def _held_back(way: Way, why: str) -> Way:
    return Way(way.channel, way.address, way.wanted_format, way.wanted_detail, WITHHELD, why)


def _way(
    stated: dict[str, str], addresses: Addresses, variants: frozenset[str], *, texts: bool
) -> Way:
    if "via_person" in stated:
        who = stated["via_person"]
        if not who:
            return Way(
                NONE, state=CANNOT_MAKE, why="They asked us to contact somebody else. Ask who."
            )
        return Way(
            PHONE, who, "via_person", who, TO_DO, "They asked us to contact somebody else for them."
        )
    formats = [code for code in FORMATS if code in stated]
    asked = [channel for code, channel in CONTACT.items() if code in stated]
    if asked:
        return _asked_way(asked, stated, formats, addresses, variants, texts=texts)
    looked = FIRST_FOR[formats[0]] if formats else NO_FORMAT
    usable = [channel for channel in looked if addresses.of(channel) and (texts or channel != TEXT)]
    for channel in usable:
        if not _unanswered(channel, formats, variants) and not _paper_wanted(channel, formats):
            return _made(channel, stated, formats, addresses)
    if usable:
        return _not_made(usable[0], stated, formats, addresses, variants)
    if any(addresses.of(channel) for channel in NO_FORMAT):
        # There is some way, but none in which the format can be given.
        return _not_made(NONE, stated, formats, addresses, variants)
    return Way(
        NONE,
        wanted_format=formats[0] if formats else "",
        wanted_detail=stated[formats[0]] if formats else "",
        state=CANNOT_MAKE,
        why="We have no address or number for them.",
    )


def _asked_way(
    asked: list[str],
    stated: dict[str, str],
    formats: list[str],
    addresses: Addresses,
    variants: frozenset[str],
    *,
    texts: bool,
) -> Way:
    """Keep to the ways they named, whichever of them answers every format."""
    usable = [channel for channel in asked if addresses.of(channel)]
    if not usable:
        return Way(NONE, state=CANNOT_MAKE, why=ASKED[asked[0]])
    sendable = [channel for channel in usable if texts or channel != TEXT]
    if not sendable:
        return Way(
            TEXT,
            addresses.of(TEXT),
            state=CANNOT_MAKE,
            why="They asked for texts, but no text channel is set up.",
        )
    for channel in sendable:
        if not _unanswered(channel, formats, variants):
            return _made(channel, stated, formats, addresses)
    return _not_made(sendable[0], stated, formats, addresses, variants)


def _unanswered(channel: str, formats: list[str], variants: frozenset[str]) -> list[str]:
    """Return the formats this channel cannot give by itself."""
    answered = ANSWERS.get(channel, frozenset()) | variants
    return [code for code in formats if code not in answered]


def _paper_wanted(channel: str, formats: list[str]) -> bool:
    """Whether coloured paper was asked for and, no way being named, this is not on paper."""
    return "coloured_paper" in formats and channel != POST


def _made(channel: str, stated: dict[str, str], formats: list[str], addresses: Addresses) -> Way:
    shown = next((code for code in ("large_print", *formats) if code in formats), "")
    why = ""
    if channel == PHONE and "text_relay" in stated:
        shown, why = "text_relay", "Call through Relay UK: dial 18001 before the number."
    detail = stated.get(shown, "")
    if channel == PHONE and "by_phone" in stated:
        detail = stated["by_phone"] or detail  # when to call
    return Way(
        channel,
        addresses.of(channel),
        shown,
        detail,
        QUEUED if channel in {EMAIL, TEXT} else TO_DO,
        why,
    )


def _not_made(
    channel: str,
    stated: dict[str, str],
    formats: list[str],
    addresses: Addresses,
    variants: frozenset[str],
) -> Way:
    left = _unanswered(channel, formats, variants) or formats
    words = " and ".join(FORMAT_WORDS[code] for code in left)
    return Way(
        channel,
        addresses.of(channel),
        left[0],
        stated[left[0]],
        CANNOT_MAKE,
        f"They need {words}. Alongside cannot make that.",
    )


# --- what staff may do with a message -----------------------------------------------------------

SPOKE, LEFT_MESSAGE, NO_ANSWER = "spoke", "left_message", "no_answer"
CALL_RESULTS = {
    SPOKE: "Spoke to them.",
    LEFT_MESSAGE: "Left a message to call us back.",
    NO_ANSWER: "No answer.",
}
PROBLEMS = frozenset({"failed", "fate_unknown", CANNOT_MAKE})
ON_ITS_WAY = frozenset({QUEUED, "sending"})
DONE_ALREADY = "Somebody has seen to this message already."


def why_not_send_again(*, state: str, has_words: bool, erased: bool) -> str:
    """Return why the words cannot be sent again, or nothing."""
    if erased:
        return "This person's details were erased, so we cannot write to them."
    if not has_words:
        return "The words of this message are no longer kept, so it cannot be sent again."
    if state in ON_ITS_WAY:
        return "This message is on its way. Wait to see what becomes of it."
    return ""


def why_not_arrived(*, state: str, handled: bool) -> str:
    """Return why nobody can say that it arrived, or nothing."""
    if handled:
        return DONE_ALREADY
    if state != "fate_unknown":
        return "We know what became of this message."
    return ""


def why_not_done(*, state: str, handled: bool) -> str:
    """Return why it cannot be marked as seen to, or nothing."""
    if handled:
        return DONE_ALREADY
    if state not in PROBLEMS and state != TO_DO:
        return "Nothing is left to do about this message."
    return ""


def why_not_call(*, channel: str, state: str, handled: bool) -> str:
    """Return why a call cannot be written down, or nothing."""
    if handled or state != TO_DO:
        return DONE_ALREADY
    if channel != PHONE:
        return "This message is not a phone call."
    return ""

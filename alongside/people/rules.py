"""What may be said, when to look again, and how words are tidied. Plain values in and out."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

NEED_REVIEW_MONTHS = 12
CONSENT_REVIEW_MONTHS = 24
LONGEST_PAUSE_MONTHS = 24

HOWS: dict[str, str] = {
    "online": "Online",
    "paper": "On paper",
    "phone": "By phone",
    "email": "By email",
    "in_person": "In person",
}


@dataclass(frozen=True)
class NeedAnswer:
    """Somebody's answer about one need. ``code`` is from ``people.needs.NEEDS``."""

    code: str
    detail: str = ""
    must: bool = True
    share: bool = True


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, or the last of that month where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def need_review_day(recorded: dt.date) -> dt.date:
    """When a need is looked at again (the sixth step of DAPB1605: review)."""
    return months_later(recorded, NEED_REVIEW_MONTHS)


def consent_review_day(given: dt.date) -> dt.date:
    """When somebody is asked again whether we may still write to them."""
    return months_later(given, CONSENT_REVIEW_MONTHS)


def why_not_pause(*, today: dt.date, until: dt.date) -> str:
    """Return why invitations cannot be paused until that day, or nothing."""
    if until <= today:
        return "Choose a day in the future"
    if until > months_later(today, LONGEST_PAUSE_MONTHS):
        return "Choose a day in the next 2 years. You can also stop invitations altogether"
    return ""


def is_paused(*, today: dt.date, until: dt.date | None) -> bool:
    """Whether invitations wait today. They start again on the day itself."""
    return until is not None and today < until


def financial_year(day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the financial year, 1 April to 31 March."""
    first = day.year if (day.month, day.day) >= (4, 1) else day.year - 1
    return dt.date(first, 4, 1), dt.date(first + 1, 3, 31)


def quarter_start(day: dt.date) -> dt.date:
    """Return the first day of the quarter of a year."""
    return dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def tidy_words(text: str) -> str:
    """Return one line of words with single spaces, as it would be written on an envelope."""
    return " ".join(text.split())


def tidy_email(text: str) -> str:
    """Return an email address as we keep and compare it."""
    return text.strip().lower()


def tidy_postcode(text: str) -> str:
    """Return a postcode as the Post Office writes it: "me14 5 aa" becomes "ME14 5AA"."""
    letters = "".join(text.split()).upper()
    return f"{letters[:-3]} {letters[-3:]}" if 5 <= len(letters) <= 7 else tidy_words(text).upper()


def digits(phone: str) -> str:
    """Return a phone number as we compare it: digits only, +44 written as 0."""
    number = re.sub(r"\D", "", phone)
    if phone.strip().startswith("+44"):
        number = number.removeprefix("44")
    elif number.startswith("0044"):
        number = number.removeprefix("0044")
    else:
        return number
    return "0" + number.removeprefix("0")


def plain(text: str) -> str:
    """Return words as we look for them: no capitals, no accents, single spaces."""
    parts = unicodedata.normalize("NFKD", text.replace("\x00", ""))
    return " ".join("".join(p for p in parts if not unicodedata.combining(p)).casefold().split())


def sought(*, full_name: str, email: str, mobile: str, phone: str, postcode: str) -> str:
    """Return what a person is found by, in one line the search looks through."""
    parts = [full_name, email, digits(mobile), digits(phone), postcode.replace(" ", "")]
    return plain(" ".join(part for part in parts if part))


def search_terms(text: str) -> list[str]:
    """Return what to look for: each must be found. At most 6, so that a search stays quick.

    A phone number or a postcode typed with spaces is one term.
    """
    line = tidy_words(text.replace("\x00", ""))
    number = digits(line)
    if len(number) >= 5 and re.fullmatch(r"[\d\s()+.-]+", line):
        return [number]
    if re.fullmatch(r"(?i)[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}", line):
        return [plain(line).replace(" ", "")]
    return plain(line).split()[:6]


def join(words: list[str]) -> str:
    """Return "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


SMALLEST_SHOWN = 5  # people: fewer, and those who know the events may guess who


def may_show(people: int, *, names: bool) -> bool:
    """Whether a reader may be told how many: always where they may read the names anyway."""
    return names or people == 0 or people >= SMALLEST_SHOWN


def hours(minutes: int) -> str:
    """Return how long in words: "45 minutes", "1 hour", "1 hour 30 minutes"."""
    whole, rest = divmod(minutes, 60)
    said = []
    if whole:
        said.append("1 hour" if whole == 1 else f"{whole:,} hours")
    if rest or not whole:
        said.append("1 minute" if rest == 1 else f"{rest} minutes")
    return " ".join(said)


def why_not_phone(text: str) -> str:
    """Return why this is no phone number, or nothing. Kind to spaces, brackets and extensions."""
    number = digits(text)
    if not re.fullmatch(r"[\d\s()+./-]+((ext|x)\.?\s*\d+)?", text.strip().lower(), re.ASCII):
        return "Enter a phone number, like 01632 960 001"
    if not 9 <= len(number) <= 20:
        return "Enter a full phone number with its area code, like 01632 960 001"
    return ""


def why_not_postcode(text: str) -> str:
    """Return why this is no postcode, or nothing. Looks at its shape only."""
    shape = r"([A-Z]{1,2}\d[A-Z\d]?|GIR) \d[A-Z]{2}"
    good = re.fullmatch(shape, tidy_postcode(text), re.ASCII)
    return "" if good else "Enter a full postcode, like AB12 3CD"

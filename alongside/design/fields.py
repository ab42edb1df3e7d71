"""Questions stock Django does not ask the NHS way: a day, a time, both, money, and choices with hints.

Dates are asked in three boxes, because date pickers fail people on old phones and with screen
readers. What a person typed is always given back to them as they typed it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alongside.core import dates

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
LONGEST = 60  # characters of a date or time anybody means
Limit = date | Callable[[], date] | None


class Words(str):
    """The words of a choice, with what the NHS component can show beside them."""

    __slots__ = ("alone", "divider", "hint")
    hint: str
    divider: str
    alone: bool


class Choice(tuple[Any, Words]):
    """One choice of radios or checkboxes: ``Choice("video", "By video", "We send a link")``.

    ``divider`` is a word drawn before it ("or"); ``alone`` unticks every other box ("None of these").
    """

    __slots__ = ()

    def __new__(
        cls, value: Any, words: str, hint: str = "", *, divider: str = "", alone: bool = False
    ) -> "Choice":
        label = Words(words)
        label.hint, label.divider, label.alone = hint, divider, alone
        return super().__new__(cls, (value, label))


# --- what was typed -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Typed:
    """What stood in the boxes, as it was typed."""

    day: str = ""
    month: str = ""
    year: str = ""
    clock: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, box.name).strip() for box in fields(self))


def _typed(value: Any) -> Typed:
    """Return what to put in the boxes for a date, a moment or what was typed before."""
    if isinstance(value, Typed):
        return value
    if isinstance(value, datetime):
        value = dates.london(value) if value.tzinfo else value
        typed = _typed(value.date())
        return Typed(typed.day, typed.month, typed.year, _clock_words(value.time()))
    if isinstance(value, date):
        return Typed(str(value.day), str(value.month), str(value.year))
    return Typed(day=str(value or ""))


def _clock_words(value: time) -> str:
    hour, half = value.hour % 12 or 12, "am" if value.hour < 12 else "pm"
    return f"{hour}:{value.minute:02}{half}" if value.minute else f"{hour}{half}"


class _Boxes(forms.Widget):
    """A widget of several boxes; its HTML is drawn by ``field()``, never here."""

    boxes: tuple[str, ...] = ()
    kind = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        """Read ``name_day`` and so on; a whole date may also come under ``name`` itself."""
        typed = {box: str(data.get(f"{name}_{box}") or "") for box in self.boxes}
        if not any(typed.values()) and data.get(name):
            whole = str(data.get(name))
            if "clock" in self.boxes and (parts := re.match(r"(\S+)T(\d\d:\d\d)", whole)):
                return Typed(day=parts[1], clock=parts[2])
            typed["day"] = whole
        return Typed(**typed)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key in data for key in (name, *(f"{name}_{box}" for box in self.boxes)))

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day"

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class DayBoxes(_Boxes):
    """Day, month and year."""

    boxes = ("day", "month", "year")
    kind = "day"


class MomentBoxes(_Boxes):
    """Day, month, year and clock time."""

    boxes = ("day", "month", "year", "clock")
    kind = "moment"


# --- the fields -----------------------------------------------------------------------------------


class DayField(forms.Field):
    """A day, in three boxes. The month may be a name; a whole date may be typed in the first box.

    ``called`` is the day's name in errors ("The closing date"). ``earliest`` and ``latest`` are days
    or functions that give one. ``error_messages`` may word ``required``, ``earliest``, ``latest``.
    """

    widget: Any = DayBoxes
    what = "day"

    def __init__(
        self,
        *,
        called: str = "The date",
        earliest: Limit = None,
        latest: Limit = None,
        **kwargs: Any,
    ) -> None:
        self.called, self.earliest, self.latest = called, earliest, latest
        kwargs.setdefault("error_messages", {}).setdefault("required", f"Enter {_lower(called)}")
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return None if value in self.empty_values else _typed(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _typed(initial) != _typed(data)

    def clean(self, value: Any) -> Any:
        typed = _typed(value)
        if not typed:
            if self.required:
                raise ValidationError(
                    self.error_messages["required"],
                    code="required",
                    params={"boxes": self.widget.boxes},
                )
            return None
        cleaned = self._read(typed)
        self.run_validators(cleaned)
        return cleaned

    def _read(self, typed: Typed) -> Any:
        day = self._day(typed)
        self._limits(day)
        return day

    def _day(self, typed: Typed) -> date:
        boxes = {box: getattr(typed, box).strip() for box in ("day", "month", "year")}
        if boxes["day"] and not boxes["month"] and not boxes["year"]:
            whole = _whole(boxes["day"])
            if whole:
                boxes = whole
        missing = [box for box, text in boxes.items() if not text]
        if len(missing) == 3:
            raise self._wrong(f"{self.called} must include a date", *missing)
        if missing:
            raise self._wrong(f"{self.called} must include a {' and a '.join(missing)}", *missing)
        day, month, year = (
            _whole_number(boxes["day"]),
            _month(boxes["month"]),
            _whole_number(boxes["year"], digits=4),
        )
        if day is None or not 1 <= day <= 31:
            raise self._wrong(f"{self.called} must have a day between 1 and 31", "day")
        if month is None:
            raise self._wrong(
                f"{self.called} must have a month between 1 and 12, or its name", "month"
            )
        if year is None or year < 1000:
            raise self._wrong(f"{self.called} must have a year with 4 numbers", "year")
        try:
            return date(year, month, day)
        except ValueError:
            raise self._wrong(
                f"{self.called} must be a real date", "day", "month", "year"
            ) from None

    def _limits(self, day: date) -> None:
        earliest, latest = _limit(self.earliest), _limit(self.latest)
        if earliest and day < earliest:
            words = self.error_messages.get(
                "earliest", f"{self.called} must be {dates.day(earliest)} or later"
            )
            raise self._wrong(str(words), "day", "month", "year")
        if latest and day > latest:
            words = self.error_messages.get(
                "latest", f"{self.called} must be {dates.day(latest)} or earlier"
            )
            raise self._wrong(str(words), "day", "month", "year")

    def _wrong(self, sentence: str, *boxes: str) -> ValidationError:
        return ValidationError(sentence, code="invalid", params={"boxes": boxes})


class MomentField(DayField):
    """A day and a clock time in London, as an aware moment.

    A time that the clocks skip in spring is refused. Of a time that comes twice in autumn the
    first (summer time) is taken. Limits are days, or moments where the time of day matters.
    """

    widget: Any = MomentBoxes
    what = "moment"

    def __init__(self, *, called: str = "The date and time", **kwargs: Any) -> None:
        super().__init__(called=called, **kwargs)

    def _read(self, typed: Typed) -> datetime:
        day = self._day(typed)
        if not typed.clock.strip():
            raise self._wrong(f"{self.called} must include a time", "clock")
        try:
            moment = dates.at(day, read_clock(typed.clock))
        except ClockError as wrong:
            raise self._wrong(str(wrong), "clock") from None
        except ValueError:
            raise self._wrong(
                "The clocks go forward that night, so this time does not exist. "
                "Enter a time an hour earlier or later",
                "clock",
            ) from None
        self._limits(day)
        return moment


class ClockField(forms.CharField):
    """A time of day in one box: 2pm, 2:30pm, 2.30 pm, 14:30, midday, midnight."""

    def __init__(self, *, called: str = "The time", **kwargs: Any) -> None:
        self.called = called
        kwargs.setdefault("error_messages", {}).setdefault("required", f"Enter {_lower(called)}")
        kwargs.setdefault("widget", forms.TextInput(attrs={"width": "5"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return _clock_words(value) if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        try:
            cleaned = read_clock(text)
        except ClockError as wrong:
            # A page may ask for two times: say which.
            said = str(wrong)
            if self.called != "The time":
                said = said.replace("a time", f"{_lower(self.called)} as a time", 1)
            raise ValidationError(said, code="invalid") from None
        self.run_validators(cleaned)
        return cleaned


class MoneyField(forms.CharField):
    """Pounds and pence in one box, as whole pence. Reads 5, 5.00, £5, 1,250.50 and 50p."""

    def __init__(
        self,
        *,
        called: str = "The amount",
        least: int = 0,
        most: int = 10_000_000,
        **kwargs: Any,
    ) -> None:
        self.called, self.least, self.most = called, least, most
        kwargs.setdefault("error_messages", {}).setdefault("required", f"Enter {_lower(called)}")
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"prefix": "£", "width": "5", "inputmode": "decimal"})
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return f"{value // 100}.{value % 100:02}"
        return value

    def clean(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        pence = _pence(text)
        if pence is None:
            raise ValidationError(
                f"{self.called} must be in pounds and pence, like 5 or 12.50", code="invalid"
            )
        if pence < self.least:
            raise ValidationError(
                f"{self.called} must be {_pounds(self.least)} or more", code="least"
            )
        if pence > self.most:
            raise ValidationError(
                f"{self.called} must be {_pounds(self.most)} or less", code="most"
            )
        self.run_validators(pence)
        return pence


# --- reading --------------------------------------------------------------------------------------


class ClockError(ValueError):
    """The words are no clock time. Says what to type."""


def read_clock(text: str) -> time:
    """Return the time of day somebody typed. Raises ClockError with a sentence for the reader."""
    plain = re.sub(r"\s+", "", text.lower()) if len(text) <= LONGEST else ""
    if plain in {"midday", "noon", "12midday", "12noon"}:
        return time(12)
    if plain in {"midnight", "12midnight"}:
        return time(0)
    found = re.fullmatch(
        r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?([ap])?\.?(?:(?<=[ap.])m\.?)?", plain, re.ASCII
    )
    if not found:
        raise ClockError("Enter a time like 2pm or 2:30pm")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise ClockError("Enter a time that is on the clock, like 2pm or 2:30pm")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif 1 <= hour <= 7 and not found[1].startswith("0"):
        raise ClockError("Say if the time is morning or afternoon, like 2:30am or 2:30pm")
    return time(hour, minute)


def _whole(text: str) -> dict[str, str] | None:
    """Read a whole date typed in one box: "1 2 2026", "1/2/2026", "1st Feb 2026", "2026-02-01"."""
    if len(text) > LONGEST:
        return None
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII)
    if iso:
        return {"day": iso[3], "month": iso[2], "year": iso[1]}
    found = re.fullmatch(
        r"(\d{1,2})(?:st|nd|rd|th)?[\s/.,-]+(\d{1,2}|[a-z]{3,9})\.?[\s/.,-]+(\d{4})",
        text.lower(),
        re.ASCII,
    )
    return {"day": found[1], "month": found[2], "year": found[3]} if found else None


def _whole_number(text: str, digits: int = 2) -> int | None:
    return int(text) if re.fullmatch(rf"\d{{1,{digits}}}", text) else None


def _month(text: str) -> int | None:
    number = _whole_number(text)
    if number is not None:
        return number if 1 <= number <= 12 else None
    word = text.lower().rstrip(".")
    if 3 <= len(word) <= 9:
        for position, name in enumerate(MONTHS, 1):
            if name.startswith(word) or word == "sept" == name[:4]:
                return position
    return None


def _pence(text: str) -> int | None:
    plain = re.sub(r"\s+", "", text) if len(text) <= LONGEST else ""
    small = re.fullmatch(r"([0-9]{1,4})p", plain, re.ASCII | re.IGNORECASE)
    if small:
        return int(small[1])
    found = re.fullmatch(
        r"£?([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.([0-9]{2}))?", plain, re.ASCII
    )
    if not found:
        return None
    return int(found[1].replace(",", "")) * 100 + int(found[2] or 0)


def _pounds(pence: int) -> str:
    return f"£{pence // 100:,}" + (f".{pence % 100:02}" if pence % 100 else "")


def _limit(limit: Limit) -> date | None:
    return limit() if callable(limit) else limit


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def tomorrow() -> date:
    """Return the day after today, for ``earliest``."""
    return dates.today() + timedelta(days=1)


def choices_of(pairs: Iterable[tuple[Any, str]], hints: dict[Any, str]) -> list[Choice]:
    """Return choices with the hints that are known for their values."""
    return [Choice(value, words, hints.get(value, "")) for value, words in pairs]

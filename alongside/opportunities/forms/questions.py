"""Questions that more than one form about an advert asks, each worded once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from alongside.core import dates
from alongside.design.fields import ClockField, DayField, MomentField
from alongside.design.forms import Form
from alongside.events.models import Event
from alongside.opportunities import rules

LONGEST = 5000  # characters of a part of an advert; nobody reads more


def words(label: str, hint: str = "", *, required: str = "", rows: int = 4) -> forms.CharField:
    """Ask for some paragraphs. ``required`` is the error where there must be some."""
    errors = {
        "max_length": f"{label}: use {LONGEST:,} characters or fewer",
        "required": required or f"Enter {label.lower()}",
    }
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages=errors,
    )


def title() -> forms.CharField:
    return forms.CharField(
        label="Title",
        help_text="Plain words that say what it is. For example: Help us write a new charter",
        max_length=160,
        error_messages={
            "required": "Enter a title",
            "max_length": "The title must be 160 characters or fewer",
        },
    )


def mode() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Is it online or in person?",
        choices=Event.Mode.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose if it is online or in person",
            "invalid_choice": "Choose if it is online or in person from the list",
        },
    )


def starts() -> MomentField:
    return MomentField(
        label="When does it start?",
        help_text="For example, 24 1 2030 and 2pm",
        called="The start",
        error_messages={"required": "Enter when it starts"},
    )


def ends(later: str = "") -> ClockField:
    return ClockField(
        label="What time does it end?",
        help_text=f"For example, 3:30pm.{later}",
        called="The end time",
        error_messages={"required": "Enter what time it ends"},
    )


def closes_on() -> DayField:
    return DayField(
        label="What is the last day to ask for a place?",
        called="The closing date",
        error_messages={"required": "Enter the last day to ask for a place"},
    )


def closes_clock() -> ClockField:
    return ClockField(
        label="At what time does it close that day?",
        called="The closing time",
        initial=dt.time(23, 59),
        error_messages={"required": "Enter what time it closes"},
    )


def capacity() -> forms.IntegerField:
    return forms.IntegerField(
        label="How many places are there?",
        min_value=1,
        max_value=10_000,
        widget=forms.NumberInput(attrs={"width": "4"}),
        error_messages={
            "required": "Enter how many places there are",
            "invalid": "Enter the number of places in numbers, like 20",
            "min_value": "There must be 1 place or more",
            "max_value": "There must be 10,000 places or fewer",
        },
    )


class Times(Form):
    """Puts day and clock together, and says what is nonsense."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts = cleaned.get("starts_at")
        clock, last = cleaned.pop("ends_clock", None), cleaned.pop("ends_on", None)
        if starts and clock and "ends_on" not in self.errors:
            ends = self._at("ends_clock", last or dates.london(starts).date(), clock)
            if ends and (reason := rules.why_not_times(starts_at=starts, ends_at=ends)):
                self.add_error("ends_clock", reason)
            elif ends:
                cleaned["ends_at"] = ends
        on, clock = cleaned.pop("closes_on", None), cleaned.pop("closes_clock", None)
        if on and clock:
            closes = self._at("closes_clock", on, clock)
            if closes:
                cleaned["closes_at"] = closes
        return cleaned

    def _at(self, name: str, on: dt.date, clock: dt.time) -> dt.datetime | None:
        try:
            return dates.at(on, clock)
        except ValueError:
            self.add_error(
                name,
                "The clocks go forward that night, so this time does not exist. "
                "Enter a time an hour earlier or later",
            )
            return None

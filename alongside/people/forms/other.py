"""Contact, equality, finding, erasing and counting."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator

from alongside.core.dates import today
from alongside.design.fields import DayField
from alongside.design.forms import Form
from alongside.organisation.models import Topic
from alongside.people import rules
from alongside.people.actions.erasing import REASONS
from alongside.people.equality import NOT_SAID, QUESTIONS
from alongside.people.forms.details import how_field, words

YEARS_BACK = 8  # financial years to choose from


class InvitationsForm(Form):
    """Whether we may send invitations."""

    answer = forms.ChoiceField(
        label="May we send you invitations to take part?",
        help_text="You can change your mind at any time. We always write about places you booked.",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose yes or no",
            "invalid_choice": "Choose yes or no",
        },
    )

    def __init__(self, *args: Any, staff: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if staff:
            self.fields["answer"].label = "May we send them invitations to take part?"
            self.fields["answer"].help_text = "Record only what they said themselves."
            self.fields["how"] = how_field("How did they tell us?")


class TopicChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Topics of today."""

    validate_no_null_characters = ProhibitNullCharactersValidator("Choose topics from the list")


class TopicsForm(Form):
    """Topics to hear about."""

    topics = TopicChoice(
        label="What do you want to hear about?",
        queryset=Topic.objects.none(),
        required=False,
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Choose topics from the list",
            "invalid_pk_value": "Choose topics from the list",
            "list": "Choose topics from the list",
        },
    )

    def __init__(self, *args: Any, staff: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["topics"]
        field.label = (
            "What do they want to hear about?" if staff else "What do you want to hear about?"
        )
        field.help_text = "Choose all that apply. Choose none to hear about everything."
        field.queryset = Topic.objects.on(today()).order_by("name", "pk")  # type: ignore[attr-defined]


class PauseForm(Form):
    """Until when to send no invitations."""

    until = DayField(
        called="The day",
        label="When should invitations start again?",
        help_text="For example, 27 3 2030. We send none before this day.",
        error_messages={"required": "Enter the day when invitations should start again"},
    )


class EqualityForm(Form):
    """The equality questions on one page, so that answers are never kept between pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS.values():
            kind: Any = forms.MultipleChoiceField if question.several else forms.ChoiceField
            self.fields[question.code] = kind(
                label=question.words,
                help_text=question.hint,
                choices=question.choices,
                required=False,
                widget=(forms.CheckboxSelectMultiple if question.several else forms.RadioSelect)(
                    {"small": True}
                ),
                error_messages={"invalid_choice": "Choose an answer from the list"},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for question in QUESTIONS.values():
            given = cleaned.get(question.code)
            if question.several and given and NOT_SAID in given and len(given) > 1:
                self.add_error(question.code, "Choose answers, or that you prefer not to say")
        return cleaned

    def answers(self) -> dict[str, list[str]]:
        """Return the codes chosen for each question that was answered."""
        return {
            code: given if isinstance(given, list) else [given]
            for code, given in self.cleaned_data.items()
            if given
        }


class CloseForm(Form):
    """Somebody's last word on their own record."""

    sure = forms.BooleanField(
        label="I want my details to be erased",
        error_messages={"required": "Tick the box if you want your details to be erased"},
    )


class EraseReasonForm(Form):
    """Why staff erase somebody."""

    reason = forms.ChoiceField(
        label="Why are you erasing this person's details?",
        choices=[pair for pair in REASONS.items() if pair[0] != "unused"],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose why you are erasing these details",
            "invalid_choice": "Choose why you are erasing these details",
        },
    )


class EraseForm(EraseReasonForm):
    """The second step: sure."""

    sure = forms.BooleanField(
        label="I have checked that this is the right person",
        error_messages={"required": "Tick the box when you have checked"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget = forms.HiddenInput()


class SearchForm(Form):
    """Whom to find."""

    q = words(
        "Name, email address, phone number or postcode", 200, type="search", autocomplete="off"
    )


class PeriodForm(Form):
    """From when until when. Empty is the financial year."""

    first = DayField(called="The first day", label="From", required=False)
    last = DayField(called="The last day", label="To", required=False)

    def period(self) -> tuple[dt.date, dt.date]:
        """Return the first and last day asked for, each filled from the financial year."""
        cleaned = self.cleaned_data if self.is_bound and self.is_valid() else {}
        start, end = rules.financial_year(cleaned.get("first") or cleaned.get("last") or today())
        return cleaned.get("first") or start, cleaned.get("last") or max(
            end, cleaned.get("first") or end
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day must be the same as or after the first day")
        return cleaned


class YearForm(Form):
    """Which financial year. Whole years never overlap, so no small number falls out of two."""

    year = forms.TypedChoiceField(
        label="Financial year",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Choose a year from the list"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = rules.financial_year(today())[0].year
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            (year, f"April {year} to March {year + 1}")
            for year in range(self.now, self.now - YEARS_BACK, -1)
        ]

    def period(self) -> tuple[dt.date, dt.date]:
        """Return the first and last day of the year asked for, or of this one."""
        cleaned = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return rules.financial_year(dt.date(cleaned.get("year") or self.now, 4, 1))

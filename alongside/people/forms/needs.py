"""What somebody needs: tick, and say a little more where it helps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.design.forms import Form
from alongside.people.forms.details import words
from alongside.people.models import AccessNeed
from alongside.people.needs import GROUPS, NEEDS
from alongside.people.rules import NeedAnswer


class NeedsForm(Form):
    """The needs of one group, each with its question for more."""

    needs = forms.MultipleChoiceField(
        label="What do you need?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose needs from the list"},
    )

    def __init__(
        self, *args: Any, group: str, standing: Iterable[AccessNeed] = (), **kwargs: Any
    ) -> None:
        self.group = group
        self.standing = {need.code: need for need in standing if need.group == group}
        super().__init__(*args, **kwargs)
        self.offered = [need for need in NEEDS.values() if need.group == group]
        field = self.fields["needs"]
        field.label = GROUPS[group].question
        field.help_text = GROUPS[group].hint or "Choose all that apply. You can choose none."
        field.choices = [(need.code, need.words) for need in self.offered]  # type: ignore[attr-defined]
        field.initial = list(self.standing)
        for need in self.offered:
            if need.ask:
                detail = words(need.ask, 300)
                if need.code in self.standing:
                    detail.initial = self.standing[need.code].detail
                self.fields[f"more_{need.code}"] = detail

    @property
    def reveals(self) -> dict[str, Any]:
        """The question for more that belongs to each need."""
        return {need.code: self[f"more_{need.code}"] for need in self.offered if need.ask}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for code in cleaned.get("needs", []):
            name = f"more_{code}"
            if NEEDS[code].must_say and name not in self.errors and not cleaned.get(name):
                self.add_error(name, NEEDS[code].must_say)
        return cleaned

    def answers(self) -> list[NeedAnswer]:
        """Return the answers; what must be in place and may be shared stays as it was said."""
        found = []
        for code in self.cleaned_data["needs"]:
            before = self.standing.get(code)
            found.append(
                NeedAnswer(
                    code,
                    self.cleaned_data.get(f"more_{code}", ""),
                    must=before.must if before else True,
                    share=before.share if before else True,
                )
            )
        return found


class NeedChoicesForm(Form):
    """Of what somebody needs: what must be in place, and what we may pass on."""

    must = forms.MultipleChoiceField(
        label="Which of these must be in place for you to take part?",
        help_text="Leave out what is helpful but that you could do without.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from your needs"},
    )
    share = forms.MultipleChoiceField(
        label="Which of these may we tell the people who run an event?",
        help_text="They are told only when you book a place, so that they can get ready for you.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from your needs"},
    )

    def __init__(self, *args: Any, standing: Iterable[AccessNeed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = list(standing)
        for name in ("must", "share"):
            field = self.fields[name]
            field.choices = [  # type: ignore[attr-defined]
                (need.code, NEEDS[need.code].words) for need in self.standing
            ]
            field.initial = [need.code for need in self.standing if getattr(need, name)]

    def answers(self) -> list[NeedAnswer]:
        """Return every need with its two choices."""
        must, share = self.cleaned_data["must"], self.cleaned_data["share"]
        return [
            NeedAnswer(need.code, need.detail, must=need.code in must, share=need.code in share)
            for need in self.standing
        ]

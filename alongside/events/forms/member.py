"""What a person can change about their booking: one question each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.design.fields import Choice
from alongside.design.forms import Form
from alongside.events import rules
from alongside.events.models import Booking, SupportOffer


class CompanyForm(Form):
    """Who comes along."""

    company = forms.ChoiceField(
        label="Who is taking part?",
        choices=[
            Choice(Booking.Company.ALONE, "Just me"),
            Choice(
                Booking.Company.TOGETHER,
                "Me and somebody else: both of us or neither",
                "If there is only 1 place, we wait until there are 2.",
            ),
            Choice(
                Booking.Company.IF_ROOM,
                "Me, and somebody else if there is room",
                "If there is only 1 place, you still get it.",
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose who is taking part",
            "invalid_choice": "Choose who is taking part from the list",
        },
    )
    companion_name = forms.CharField(
        label="What is the name of the person who comes with you?",
        help_text="Leave this empty if it is just you.",
        required=False,
        max_length=200,
        error_messages={"max_length": "Their name must be 200 characters or fewer"},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a name where somebody comes along."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        company = cleaned.get("company")
        if (
            company
            and company != rules.ALONE
            and not cleaned.get("companion_name")
            and "companion_name" not in self.errors
        ):
            self.add_error("companion_name", "Enter the name of the person who comes with you")
        return cleaned


class SupportForm(Form):
    """Which of the event's support somebody wants."""

    support = forms.TypedMultipleChoiceField(
        label="Which support would you like?",
        help_text="Tick any that would help. You can choose none.",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "This support is not on offer any more. Choose from the list"
        },
    )

    def __init__(self, *args: Any, offers: Iterable[SupportOffer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["support"].choices = [  # type: ignore[attr-defined]
            Choice(offer.pk, offer.name, offer.detail) for offer in offers
        ]

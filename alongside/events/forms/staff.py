"""What staff are asked: support, needs, the waiting list, places, the register."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.accounts.models import User
from alongside.core import dates
from alongside.design.fields import Choice, MomentField
from alongside.design.forms import Form
from alongside.events.forms.member import CompanyForm, SupportForm
from alongside.events.models import Booking

LONG = "Use 300 characters or fewer"
MARKS = [
    (Booking.Attendance.ATTENDED, "Attended"),
    (Booking.Attendance.APOLOGIES, "Sent apologies"),
    (Booking.Attendance.ABSENT, "Did not attend"),
]


class StaffCompanyForm(CompanyForm):
    """Who comes along, asked of staff."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["company"].choices = [  # type: ignore[attr-defined]
            Choice(Booking.Company.ALONE, "Just them"),
            Choice(Booking.Company.TOGETHER, "Them and somebody else: both or neither"),
            Choice(Booking.Company.IF_ROOM, "Them, and somebody else if there is room"),
        ]
        name = self.fields["companion_name"]
        name.label = "What is the name of the person who comes with them?"
        name.help_text = "Leave this empty if it is just them."


class StaffSupportForm(SupportForm):
    """Which support somebody wants, asked of staff."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["support"].label = "Which support would they like?"


class NoteForm(Form):
    """How a need is met."""

    note = forms.CharField(
        label="How is it met?",
        help_text="For example, interpreter booked with the agency. You can leave this empty.",
        required=False,
        max_length=300,
        error_messages={"max_length": LONG},
    )


class ReasonForm(Form):
    """Why somebody goes before their turn."""

    because = forms.CharField(
        label="Why do they go before their turn?",
        help_text="We keep this. Only staff can see it.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Enter the reason for going out of order",
            "max_length": LONG,
        },
    )


class PlacesForm(Form):
    """How many places there are."""

    capacity = forms.IntegerField(
        label="How many places are there?",
        min_value=1,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"width": "5"}),
        error_messages={
            "required": "Enter how many places there are",
            "invalid": "Enter the number of places in numbers, like 30",
            "min_value": "Enter 1 place or more",
            "max_value": "Enter 100,000 places or fewer",
        },
    )


class AssignForm(Form):
    """Who gives the support, and when."""

    to = forms.ChoiceField(
        label="Who gives the support?",
        error_messages={
            "required": "Choose who gives the support",
            "invalid_choice": "Choose who gives the support from the list",
        },
    )
    arranged_for = MomentField(
        label="When is it?",
        help_text="Leave this empty if they will agree a time together.",
        called="The day and time",
        earliest=dates.today,
        required=False,
    )

    def __init__(self, *args: Any, staff: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = {user.key: user for user in staff}
        self.fields["to"].choices = [("", "Choose somebody")] + [  # type: ignore[attr-defined]
            (key, user.name or user.email) for key, user in self.staff.items()
        ]


class FindForm(Form):
    """Find somebody on the register."""

    q = forms.CharField(
        label="Find somebody by name",
        required=False,
        max_length=200,
        error_messages={"max_length": "Use 200 characters or fewer"},
    )


class MarkForm(Form):
    """How one person on the register is marked."""

    attendance = forms.ChoiceField(
        label="Were they there?",
        required=False,
        choices=MARKS,
        widget=forms.RadioSelect(attrs={"inline": True, "small": True}),
        error_messages={"invalid_choice": "Choose attended, sent apologies or did not attend"},
    )
    minutes = forms.IntegerField(
        label="Minutes",
        required=False,
        min_value=1,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"width": "4"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Enter the minutes in numbers, like 90"
        ),
    )

    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.booking = booking
        name = str(booking.person)
        there = self.fields["attendance"]
        there.label = name
        there.error_messages["invalid_choice"] = (
            f"For {name}, choose attended, sent apologies or did not attend"
        )
        minutes = self.fields["minutes"]
        minutes.label = f"Minutes for {name}"
        wrong = f"Enter the minutes for {name} in numbers, like 90"
        minutes.error_messages.update({"invalid": wrong, "min_value": wrong, "max_value": wrong})


class RestForm(Form):
    """Mark everybody else on the page in one go."""

    rest = forms.BooleanField(
        label="Everybody else on this page attended",
        help_text="Marks those who are not marked yet, for the whole event.",
        required=False,
    )

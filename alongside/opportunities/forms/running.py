"""What somebody who runs an advert is asked: support, closing, places, calling off, choosing."""

from __future__ import annotations

from django import forms

from alongside.design.forms import Form
from alongside.opportunities.forms import questions


class SupportOfferForm(Form):
    """One kind of support people can pick."""

    name = forms.CharField(
        label="What is it?",
        help_text="For example, a briefing before",
        max_length=120,
        error_messages={
            "required": "Enter what the support is",
            "max_length": "What it is must be 120 characters or fewer",
        },
    )
    detail = forms.CharField(
        label="Say a little more",
        help_text="You can leave this empty.",
        required=False,
        max_length=300,
        error_messages={"max_length": "This must be 300 characters or fewer"},
    )


class ClosingForm(questions.Times):
    """Until when people can ask for a place."""

    closes_on = questions.closes_on()
    closes_clock = questions.closes_clock()


class PlacesForm(Form):
    """How many places there are."""

    capacity = questions.capacity()


class BecauseForm(Form):
    """Why something is called off. People read it."""

    because = forms.CharField(
        label="Why is it cancelled?",
        help_text="We tell everybody who has a place or waits for one.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Enter why it is cancelled",
            "max_length": "The reason must be 1,000 characters or fewer",
        },
    )


class DecideForm(Form):
    """Whether somebody is chosen, and why."""

    choice = forms.ChoiceField(
        label="Do you choose them?",
        choices=[("choose", "Yes, give them a place"), ("not", "No, not this time")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Say if you choose them",
            "invalid_choice": "Say if you choose them",
        },
    )
    because = forms.CharField(
        label="Why?",
        help_text="Use the criteria. The person may ask to see what you write.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Enter the reason for your decision",
            "max_length": "The reason must be 1,000 characters or fewer",
        },
    )

"""Finding or adding the person a coordinator books for."""

from __future__ import annotations

from django import forms

from alongside.design.forms import Form
from alongside.people.models import Connection


class FindPersonForm(Form):
    """Looking for somebody we may know."""

    q = forms.CharField(
        label="Find the person",
        help_text="Name, email address, phone number or postcode",
        max_length=200,
        error_messages={
            "required": "Enter a name, email address, phone number or postcode",
            "max_length": "Use 200 characters or fewer",
        },
    )


class AddPersonForm(Form):
    """Somebody new who asked by paper, phone or in person. They need no email address."""

    full_name = forms.CharField(
        label="Full name",
        max_length=200,
        error_messages={
            "required": "Enter their full name",
            "max_length": "Their full name must be 200 characters or fewer",
        },
    )
    phone = forms.CharField(
        label="Phone number",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "width": "20"}),
        error_messages={"max_length": "The phone number must be 30 characters or fewer"},
    )
    mobile = forms.CharField(
        label="Mobile number",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "width": "20"}),
        error_messages={"max_length": "The mobile number must be 30 characters or fewer"},
    )
    email = forms.EmailField(
        label="Email address",
        help_text="Leave this empty if they have none.",
        required=False,
        max_length=254,
        error_messages={
            "invalid": "Enter an email address like name@example.org",
            "max_length": "The email address must be 254 characters or fewer",
        },
    )
    postal_address = forms.CharField(
        label="Postal address",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "The address must be 500 characters or fewer"},
    )
    postcode = forms.CharField(
        label="Postcode",
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"width": "10"}),
        error_messages={"max_length": "The postcode must be 10 characters or fewer"},
    )
    connection = forms.ChoiceField(
        label="What best describes them?",
        required=False,
        choices=[("", "Not said"), *(pair for pair in Connection.choices if pair[0])],
        error_messages={"invalid_choice": "Choose what best describes them from the list"},
    )
    how = forms.ChoiceField(
        label="How did they ask?",
        choices=[("paper", "On paper"), ("phone", "By phone"), ("in_person", "In person")],
        widget=forms.RadioSelect(attrs={"inline": True, "small": True}),
        error_messages={
            "required": "Choose how they asked",
            "invalid_choice": "Choose how they asked from the list",
        },
    )

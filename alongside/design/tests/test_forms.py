"""What every form says when an answer will not do, and how it meets an action."""

import pytest
from django import forms

from alongside.core.refused import Refused
from alongside.design.forms import Form, attempt


class Asked(Form):
    name = forms.CharField(label="Your 100% own {name}", max_length=5, required=False)
    worded = forms.CharField(
        max_length=5, required=False, error_messages={"max_length": "A shorter name, please"}
    )
    email = forms.EmailField(required=False)
    site = forms.URLField(required=False, assume_scheme="https")
    number = forms.IntegerField(label="Places", required=False, min_value=1, max_value=9)
    one = forms.ChoiceField(label="Which", required=False, choices=[("a", "Ay")])
    some = forms.MultipleChoiceField(label="Which", required=False, choices=[("a", "Ay")])


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        (
            "name",
            "é" * 10_000,
            "Use 5 characters or fewer for “Your 100% own {name}”. You have used 10000",
        ),
        (
            "name",
            "a\x00b",
            "We cannot read part of “Your 100% own {name}”. Delete it and type it again",
        ),
        ("worded", "abcdef", "A shorter name, please"),
        ("email", "ada at home", "Enter an email address like name@example.org"),
        ("site", "::", "Enter a web address like https://www.example.org"),
        ("number", "a few", "Enter a number under “Places”, like 12"),
        ("number", "10", "“Places” must be 9 or less"),
        ("number", "0", "“Places” must be 1 or more"),
        ("one", "z", "Choose an answer that is offered under “Which”"),
        ("some", "z", "Choose an answer that is offered under “Which”"),
    ],
)
def test_errors_speak_to_the_reader(name: str, typed: str, sentence: str) -> None:
    form = Asked({name: [typed] if name == "some" else typed})
    assert form.errors == {name: [sentence]}
    assert form[name].value() == ([typed] if name == "some" else typed)


def test_no_form_changes_the_words_of_the_next() -> None:
    Asked({"email": "no"}).is_valid()

    class Plain(forms.Form):
        email = forms.EmailField()

    assert Plain({"email": "no"}).errors["email"] == ["Enter a valid email address."]


def test_attempt_gives_back_what_the_action_gives() -> None:
    form = Asked({})
    assert form.is_valid()
    assert attempt(form, lambda **facts: facts, place=1) == {"place": 1}


@pytest.mark.parametrize(
    ("field", "shown_at"), [("name", "name"), (None, "__all__"), ("gone", "__all__")]
)
def test_attempt_turns_a_refusal_into_an_error(field: str | None, shown_at: str) -> None:
    form = Asked({})
    assert form.is_valid()

    def refuse() -> None:
        raise Refused("This event is full", field=field)

    assert attempt(form, refuse) is None
    assert form.errors == {shown_at: ["This event is full"]}


class Named(Form):
    name = forms.CharField(max_length=40, error_messages={"required": "Enter your name"})
    password = forms.CharField(widget=forms.PasswordInput, required=False)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u202eadA\u202c", "adA"),
        ("Ada \u2067Bright\u2069", "Ada Bright"),
        ("عائشة بنت محمد", "عائشة بنت محمد"),
        ("דנה\u200f (Dana)", "דנה\u200f (Dana)"),
        ("👩\u200d👩\u200d👧 Ada", "👩\u200d👩\u200d👧 Ada"),
    ],
)
def test_signs_that_turn_the_reading_direction_are_left_out(typed: str, kept: str) -> None:
    form = Named({"name": typed})
    assert form.is_valid()
    assert form.cleaned_data["name"] == kept


def test_a_name_of_such_signs_only_is_none() -> None:
    form = Named({"name": "\u202e\u2066"})
    assert form.errors == {"name": ["Enter your name"]}


def test_a_password_is_taken_as_typed() -> None:
    form = Named({"name": "Ada", "password": "a\u202eb"})
    assert form.is_valid()
    assert form.cleaned_data["password"] == "a\u202eb"

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

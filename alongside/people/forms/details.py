"""Who somebody is and how to reach them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator

from alongside.core.dates import today
from alongside.design.fields import Choice
from alongside.design.forms import Form
from alongside.organisation.models import Area
from alongside.people import rules
from alongside.people.models import Connection, Person


def words(
    label: str, longest: int, *, missing: str = "", hint: str = "", lines: int = 0, **attrs: Any
) -> forms.CharField:
    """Make a question answered in words; without ``missing`` it can be left empty."""
    widget = forms.Textarea({"rows": lines, **attrs}) if lines else forms.TextInput(attrs)
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        required=bool(missing),
        widget=widget,
        error_messages={
            "required": missing,
            "max_length": f"Use {longest} characters or fewer under “{label}”",
        },
    )


class PhoneField(forms.CharField):
    """A phone number, as it is said."""

    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=False,
            max_length=30,
            widget=forms.TelInput({"autocomplete": "tel", "width": "20"}),
            error_messages={"max_length": "Enter a phone number, like 01632 960 001"},
        )

    def clean(self, value: Any) -> Any:
        text = str(value or "").strip()
        if text and (reason := rules.why_not_phone(text)):
            raise forms.ValidationError(f"{reason}, under “{self.label}”", code="invalid")
        return super().clean(value)


class PostcodeField(forms.CharField):
    """A postcode, tidied."""

    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=False,
            widget=forms.TextInput({"autocomplete": "postal-code", "width": "10"}),
        )

    def clean(self, value: Any) -> Any:
        text = str(value or "").strip()
        if text and (reason := rules.why_not_postcode(text)):
            raise forms.ValidationError(reason, code="invalid")
        return rules.tidy_postcode(super().clean(value))


def email_field(label: str, hint: str = "") -> forms.EmailField:
    """Make the question for an email address."""
    sentence = "Enter an email address in the right form, like name@example.com"
    return forms.EmailField(
        label=label,
        help_text=hint,
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"invalid": sentence, "max_length": sentence},
    )


class AreaChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An area of today, or none."""

    validate_no_null_characters = ProhibitNullCharactersValidator("Choose an area from the list")

    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__(
            label=label,
            help_text=hint,
            queryset=Area.objects.none(),
            required=False,
            to_field_name="key",
            empty_label="I would rather not say",
            blank=True,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": "Choose an area from the list"},
        )


def fill_areas(form: forms.Form) -> None:
    """Give the form the areas there are today."""
    field = form.fields["area"]
    field.queryset = Area.objects.on(today()).order_by("name", "pk")  # type: ignore[attr-defined]
    field.label_from_instance = (  # type: ignore[attr-defined]
        lambda area: Choice("", area.name, area.places)[1]
    )


class NameForm(Form):
    """The name."""

    full_name = words(
        "What is your full name?", 200, missing="Enter your full name", autocomplete="name"
    )


class ReachForm(Form):
    """Email and phones."""

    email = email_field("Email address", "Leave this empty if you do not want emails.")
    mobile = PhoneField("Mobile number")
    phone = PhoneField("Another phone number")


class AddressForm(Form):
    """Where to post letters to."""

    postal_address = words(
        "Address",
        500,
        hint="So that we can post letters to you. Leave it empty if you do not want letters.",
        lines=4,
        autocomplete="street-address",
    )
    postcode = PostcodeField("Postcode")


class AreaForm(Form):
    """The area somebody thinks of as theirs."""

    area = AreaChoice(
        "Which area do you live in, or take an interest in?",
        "We use this to tell you about things near you.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill_areas(self)


CONNECTIONS = [
    Choice(Connection.CARER, "I support somebody", "You are a family member, friend or carer"),
    Choice(Connection.SERVICE, "I use, or have used, services"),
    Choice(Connection.BOTH, "Both of these"),
    Choice(Connection.STAFF, "I work for the trust"),
    Choice(Connection.PARTNER, "I work for or with another organisation"),
    Choice(Connection.UNSAID, "I would rather not say", divider="or"),
]


class ConnectionForm(Form):
    """In what capacity somebody is here."""

    connection = forms.ChoiceField(
        label="Which best describes you?",
        choices=CONNECTIONS,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose what best describes you"},
    )


class CorrectForm(Form):
    """All details at once, for staff."""

    full_name = words("Full name", 200, missing="Enter the person's full name", autocomplete="off")
    email = email_field("Email address")
    mobile = PhoneField("Mobile number")
    phone = PhoneField("Another phone number")
    postal_address = words("Address", 500, lines=4, autocomplete="off")
    postcode = PostcodeField("Postcode")
    area = AreaChoice("Area")
    connection = forms.ChoiceField(
        label="What best describes them",
        choices=[
            (Connection.CARER, "Family, friend or carer"),
            (Connection.SERVICE, "Uses, or has used, services"),
            (Connection.BOTH, "Both of these"),
            (Connection.STAFF, "Member of staff"),
            (Connection.PARTNER, "From a partner organisation"),
            Choice(Connection.UNSAID, "Not said", divider="or"),
        ],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose what best describes them"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill_areas(self)
        self.fields["area"].empty_label = "Not said"  # type: ignore[attr-defined]
        for name in ("email", "mobile", "phone", "postcode"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    @staticmethod
    def of(person: Person) -> dict[str, Any]:
        """Return what stands for the person now, to begin with."""
        return {
            "full_name": person.full_name,
            "email": person.email,
            "mobile": person.mobile,
            "phone": person.phone,
            "postal_address": person.postal_address,
            "postcode": person.postcode,
            "area": person.area.key if person.area else "",
            "connection": person.connection,
        }


def how_field(label: str, *, online: bool = False) -> forms.ChoiceField:
    """Make the question how somebody told us."""
    choices = [pair for pair in rules.HOWS.items() if online or pair[0] != "online"]
    sentence = "Choose how they told us"
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": sentence, "invalid_choice": sentence},
    )


class AddForm(CorrectForm):
    """Somebody new, who told us by paper, phone or in person."""

    how = how_field("How did they tell us?")
    anyway = forms.BooleanField(
        label="None of these is the same person. Add a new person", required=False
    )

    field_order = ["full_name", "how"]

"""What an administrator is asked about the organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from alongside.design.fields import DayField
from alongside.design.forms import Form
from alongside.organisation.models import Area, Council, Service, Team


def _words(label: str, what: str, longest: int, **options: Any) -> forms.CharField:
    """Return a question for a line or lines of words. ``what`` completes "Enter ..."."""
    return forms.CharField(
        label=label,
        max_length=longest,
        error_messages={
            "required": f"Enter {what}",
            "max_length": f"{label} must be {longest} characters or fewer",
        },
        **options,
    )


def _website() -> forms.URLField:
    return forms.URLField(
        label="Website",
        help_text="For example, https://www.example.org",
        required=False,
        max_length=200,
        assume_scheme="https",
        error_messages={
            "invalid": "Enter a website address, like https://www.example.org",
            "max_length": "Website must be 200 characters or fewer",
        },
    )


def _first_day(label: str, hint: str = "Leave it empty if you do not know.") -> DayField:
    return DayField(
        called=f"The {label[0].lower()}{label[1:]}", label=label, help_text=hint, required=False
    )


def _offer(field: forms.Field, rows: Any) -> None:
    """Say which rows a choice offers."""
    setattr(field, "queryset", rows)  # noqa: B010  (the types know only plain fields)


def _last_day() -> DayField:
    return DayField(
        called="The last day",
        label="Last day",
        help_text="Only if it has an end. It leaves the lists to choose from after that day.",
        required=False,
    )


class TrustNameForm(Form):
    """What the trust is called, and from when."""

    name = _words("Full name of the trust", "the full name of the trust", 200)
    short_name = _words(
        "Short name", "the short name of the trust", 60, help_text="For small spaces."
    )
    started_on = _first_day(
        "First day of this name", "Leave it empty if the trust has always had this name."
    )


class ContactForm(Form):
    """How to reach the involvement team."""

    contact_email = forms.EmailField(
        label="Email address",
        required=False,
        max_length=254,
        error_messages={
            "invalid": "Enter an email address, like name@example.org",
            "max_length": "Email address must be 254 characters or fewer",
        },
    )
    contact_phone = _words(
        "Phone number",
        "a phone number",
        40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    contact_hours = _words(
        "When somebody answers the phone",
        "when somebody answers the phone",
        120,
        required=False,
        help_text="For example, Monday to Friday, 9am to 5pm",
    )
    postal_address = _words(
        "Postal address",
        "the postal address",
        500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    website = _website()

    def clean(self) -> dict[str, Any]:
        """Ask for a way to reach the team."""
        answers: dict[str, Any] = super().clean() or {}
        if not self.errors and not (answers["contact_email"] or answers["contact_phone"]):
            self.add_error("contact_email", "Enter an email address or a phone number")
        return answers


class CouncilForm(Form):
    """A council."""

    name = _words("Name of the council", "the name of the council", 120)
    website = _website()
    started_on = _first_day("First day")
    ended_on = _last_day()


class AreaForm(Form):
    """An area, its towns and its councils."""

    name = _words(
        "Name of the area", "the name of the area", 120, help_text="As people there say it."
    )
    places = _words(
        "Towns in it",
        "the towns in it",
        2000,
        required=False,
        help_text="Put a comma after each.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    councils = forms.ModelMultipleChoiceField(
        label="Councils with social-care duties there",
        queryset=Council.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose councils from the list"},
    )
    started_on = _first_day("First day")
    ended_on = _last_day()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["councils"], Council.objects.order_by("name", "pk"))

    def clean_places(self) -> str:
        """Keep one comma and one space between towns."""
        towns = (town.strip() for town in self.cleaned_data["places"].split(","))
        return ", ".join(town for town in towns if town)


class ServiceForm(Form):
    """A kind of care."""

    name = _words(
        "Name of the service", "the name of the service", 120, help_text="For example, Older adults"
    )
    started_on = _first_day("First day")
    ended_on = _last_day()


class TopicForm(Form):
    """What a piece of work can be about."""

    name = _words("Name of the topic", "the name of the topic", 80)
    started_on = _first_day("First day")
    ended_on = _last_day()


class _TeamDetails(Form):
    kind = forms.ChoiceField(
        label="What kind of team is it?",
        help_text="Triangle of Care: inpatient and crisis teams are stage one, community teams stage two.",
        choices=Team.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what kind of team it is",
            "invalid_choice": "Choose what kind of team it is",
        },
    )
    service = forms.ModelChoiceField(
        label="Service",
        queryset=Service.objects.none(),
        empty_label="Choose a service",
        error_messages={
            "required": "Choose the service the team belongs to",
            "invalid_choice": "Choose a service from the list",
        },
    )
    area = forms.ModelChoiceField(
        label="Area",
        queryset=Area.objects.none(),
        empty_label="The whole trust",
        required=False,
        error_messages={"invalid_choice": "Choose an area from the list"},
    )
    place = _words(
        "Where it works from",
        "where it works from",
        160,
        required=False,
        help_text="A hospital, a building or a town.",
    )
    started_on = _first_day("First day of the team")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What has ended stays on offer where it is the answer now, so that nothing is lost.
        today = timezone.localdate()
        for field, kind in (("service", Service), ("area", Area)):
            now = self.initial.get(field)
            standing = kind.objects.on(today).values("pk")
            offered = kind.objects.filter(Q(pk__in=standing) | Q(pk=getattr(now, "pk", now)))
            _offer(self.fields[field], offered.order_by("name", "pk"))


class NewTeamForm(_TeamDetails):
    """A team that is not in the list yet."""

    name = _words("Name of the team", "the name of the team", 160)
    field_order = ["name"]


class TeamForm(_TeamDetails):
    """The details of a team, but not its name."""


class RenameTeamForm(Form):
    """What a team is called from now on."""

    name = _words("New name of the team", "the new name of the team", 160)
    on = _first_day(
        "First day of the new name",
        "The old name is kept for the days before. Leave it empty to put a spelling mistake right.",
    )


class EndTeamForm(Form):
    """When a team's work ends."""

    ended_on = DayField(
        called="The last day",
        label="Last day of the team",
        error_messages={"required": "Enter the team's last day"},
    )


class MergeTeamForm(Form):
    """Which team this one becomes part of, and when."""

    into = forms.ModelChoiceField(
        label="Which team does it become part of?",
        queryset=Team.objects.none(),
        empty_label="Choose a team",
        error_messages={
            "required": "Choose the team it becomes part of",
            "invalid_choice": "Choose a team from the list",
        },
    )
    on = DayField(
        called="The first day",
        label="First day as one team",
        help_text="The day before is this team's own last day.",
        error_messages={"required": "Enter their first day as one team"},
    )

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Team.objects.exclude(pk=team.pk).filter(merged_into__isnull=True)
        _offer(self.fields["into"], others.order_by("name", "pk"))


class ReopenTeamForm(Form):
    """Nothing is asked: the button says it all."""


class SearchForm(Form):
    """What to look for in a list."""

    q = forms.CharField(
        label="Search by name",
        required=False,
        max_length=100,
        error_messages={"max_length": "Search for 100 characters or fewer"},
    )
    ended = forms.BooleanField(label="Show those that have ended too", required=False)

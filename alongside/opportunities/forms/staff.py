"""What staff are asked who write and run adverts. One short form for each section."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils import timezone

from alongside.core import dates
from alongside.design.fields import Choice, ClockField, DayField, MomentField
from alongside.design.forms import Form
from alongside.events.models import Event
from alongside.opportunities import rules
from alongside.opportunities.models import Opportunity
from alongside.organisation.models import Area, Topic
from alongside.people.models import Category, Connection, Level

LONGEST = 5000  # characters of a part of an advert; nobody reads more


def _words(label: str, hint: str = "", *, required: str = "", rows: int = 4) -> forms.CharField:
    """Ask for some paragraphs. ``required`` is the error where there must be some."""
    errors = {
        "max_length": f"{label}: use {LONGEST:,} characters or fewer",
        "required": required or f"Enter {label.lower()}",
    }
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages=errors,
    )


def _title() -> forms.CharField:
    return forms.CharField(
        label="Title",
        help_text="Plain words that say what it is. For example: Help us write a new charter",
        max_length=160,
        error_messages={
            "required": "Enter a title",
            "max_length": "The title must be 160 characters or fewer",
        },
    )


def _mode() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Is it online or in person?",
        choices=Event.Mode.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose if it is online or in person",
            "invalid_choice": "Choose if it is online or in person from the list",
        },
    )


def _starts() -> MomentField:
    return MomentField(
        label="When does it start?",
        help_text="For example, 24 1 2030 and 2pm",
        called="The start",
        error_messages={"required": "Enter when it starts"},
    )


def _ends(later: str = "") -> ClockField:
    return ClockField(
        label="What time does it end?",
        help_text=f"For example, 3:30pm.{later}",
        called="The end time",
        error_messages={"required": "Enter what time it ends"},
    )


def _closes_on() -> DayField:
    return DayField(
        label="What is the last day to ask for a place?",
        called="The closing date",
        error_messages={"required": "Enter the last day to ask for a place"},
    )


def _closes_clock() -> ClockField:
    return ClockField(
        label="At what time does it close that day?",
        called="The closing time",
        initial=dt.time(23, 59),
        error_messages={"required": "Enter what time it closes"},
    )


def _capacity() -> forms.IntegerField:
    return forms.IntegerField(
        label="How many places are there?",
        min_value=1,
        max_value=10_000,
        widget=forms.NumberInput(attrs={"width": "4"}),
        error_messages={
            "required": "Enter how many places there are",
            "invalid": "Enter the number of places in numbers, like 20",
            "min_value": "There must be 1 place or more",
            "max_value": "There must be 10,000 places or fewer",
        },
    )


class _Times(Form):
    """Puts day and clock together, and says what is nonsense."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts = cleaned.get("starts_at")
        clock, last = cleaned.pop("ends_clock", None), cleaned.pop("ends_on", None)
        if starts and clock and "ends_on" not in self.errors:
            ends = self._at("ends_clock", last or dates.london(starts).date(), clock)
            if ends and (reason := rules.why_not_times(starts_at=starts, ends_at=ends)):
                self.add_error("ends_clock", reason)
            elif ends:
                cleaned["ends_at"] = ends
        on, clock = cleaned.pop("closes_on", None), cleaned.pop("closes_clock", None)
        if on and clock:
            closes = self._at("closes_clock", on, clock)
            if closes:
                cleaned["closes_at"] = closes
        return cleaned

    def _at(self, name: str, on: dt.date, clock: dt.time) -> dt.datetime | None:
        try:
            return dates.at(on, clock)
        except ValueError:
            self.add_error(
                name,
                "The clocks go forward that night, so this time does not exist. "
                "Enter a time an hour earlier or later",
            )
            return None


class StartForm(_Times):
    """What a draft cannot do without. Everything else can wait."""

    title = _title()
    mode = _mode()
    starts_at = _starts()
    ends_clock = _ends(" If it ends on another day, you can say so later.")
    closes_on = _closes_on()
    closes_clock = _closes_clock()
    capacity = _capacity()


# --- sections -----------------------------------------------------------------------------------
class SectionForm(Form):
    """One section of an advert, with the version the writer read."""

    slug: ClassVar[str] = ""
    name: ClassVar[str] = ""
    says: ClassVar[str] = ""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={"required": "Open this page again", "invalid": "Open this page again"},
    )

    @classmethod
    def of(cls, advert: Opportunity, data: Any = None) -> SectionForm:
        """Return the section filled with what the advert says."""
        initial = {"version": advert.version, **cls.said(advert)}
        form = cls(data, initial=initial)
        form.fit(advert)
        return form

    @classmethod
    def said(cls, advert: Opportunity) -> dict[str, Any]:
        """Return what the advert says in this section."""
        return {name: getattr(advert, name) for name in cls.base_fields if hasattr(advert, name)}

    def fit(self, advert: Opportunity) -> None:
        """Take away what cannot be asked of this advert."""

    def facts(self) -> dict[str, Any]:
        """Return what the action needs."""
        return dict(self.cleaned_data)

    def read_version(self, version: int) -> None:
        """Keep what was typed, and count the advert as read as it is now."""
        again = QueryDict(mutable=True)
        again.update(self.data)
        again["version"] = str(version)
        self.data = again


class AboutForm(SectionForm):
    """What it is, for whom, about what."""

    slug, name = "about", "What it is for"
    says = "Purpose, who you are looking for, topics"

    title = _title()
    summary = forms.CharField(
        label="Sum it up in one or two sentences",
        help_text="People see this in the list of ways to take part, and in invitations.",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "count": True}),
        error_messages={"max_length": "The summary must be 300 characters or fewer"},
    )
    purpose = _words("What is it for?", "Say what it will lead to.")
    who = _words("Who are you looking for?", rows=3)
    tasks = _words("What will people do?", "You can leave this empty.", rows=3)
    limits = _words(
        "What can and cannot change?",
        "Be honest about what is decided already. You can leave this empty.",
        rows=3,
    )
    background = _words("Background", "You can leave this empty.", rows=3)
    feedback = _words("How will people hear what came of it?", "Say when, and in what way.", rows=3)
    checks = _words(
        "Are any checks needed?",
        "For example, a reference. Leave this empty if there are none.",
        rows=2,
    )
    level = forms.ChoiceField(
        label="How much say will people have?",
        choices=[Choice(code, label, rules.LEVEL_WORDS[code]) for code, label in Level.choices],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how much say people will have",
            "invalid_choice": "Choose how much say people will have from the list",
        },
    )
    area = forms.ModelChoiceField(
        label="Is it for one area?",
        queryset=Area.objects.none(),
        required=False,
        empty_label="No, for everybody",
        error_messages={"invalid_choice": "Choose an area from the list"},
    )
    topics = forms.ModelMultipleChoiceField(
        label="What is it about?",
        help_text="People who follow these topics can be invited.",
        queryset=Topic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Choose topics from the list",
            "invalid_pk_value": "Choose topics from the list",
        },
    )

    @classmethod
    def said(cls, advert: Opportunity) -> dict[str, Any]:
        """Return what the advert says, with its level and topics."""
        return {
            **super().said(advert),
            "level": advert.event.level,
            "topics": [topic.pk for topic in advert.topics.all()],
            "area": advert.area_id,
        }

    def fit(self, advert: Opportunity) -> None:
        """Offer what exists today, and what the advert has already."""
        today = timezone.localdate()
        mine = [advert.area_id] if advert.area_id else []
        areas = Area.objects.on(today) | Area.objects.filter(pk__in=mine)
        topics = Topic.objects.on(today) | Topic.objects.filter(
            pk__in=[topic.pk for topic in advert.topics.all()]
        )
        self.fields["area"].queryset = areas.order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["topics"].queryset = topics.order_by("name", "pk")  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Return what the action needs."""
        return {**self.cleaned_data, "topics": list(self.cleaned_data["topics"])}


class WhenForm(_Times, SectionForm):
    """When and where people meet."""

    slug, name = "when", "When and where"
    says = "Date, time, place or video system"

    starts_at = _starts()
    ends_clock = _ends()
    ends_on = DayField(
        label="Does it end on another day?",
        help_text="Leave this empty if it ends on the day it starts.",
        called="The last day",
        required=False,
    )
    mode = _mode()
    platform = forms.CharField(
        label="Name of the video system",
        help_text="For example, Microsoft Teams. Leave this empty if it is in person only.",
        required=False,
        max_length=80,
        error_messages={"max_length": "The name must be 80 characters or fewer"},
    )
    venue = _words(
        "Where is it?", "Name and address. Leave this empty if it is online only.", rows=3
    )
    getting_there = _words(
        "Getting there and getting in",
        "Steps, lifts, toilets, parking, buses. Leave this empty if it is online only.",
        rows=3,
    )
    joining = _words(
        "How to join",
        "Only people who have a place see this: the link, the code, the number to phone.",
        rows=3,
    )

    @classmethod
    def said(cls, advert: Opportunity) -> dict[str, Any]:
        """Return what the event says."""
        event = advert.event
        last = dates.london(event.ends_at).date()
        return {
            "starts_at": event.starts_at,
            "ends_clock": dates.london(event.ends_at).time(),
            "ends_on": last if last != dates.london(event.starts_at).date() else None,
            "mode": event.mode,
            "platform": event.platform,
            "venue": event.venue,
            "getting_there": event.getting_there,
            "joining": event.joining,
        }


class GivingForm(_Times, SectionForm):
    """How many places, until when, and how they are given."""

    slug, name = "places", "Places and closing"
    says = "How many, until when, first come or chosen"

    capacity = _capacity()
    closes_on = _closes_on()
    closes_clock = _closes_clock()
    by_selection = forms.TypedChoiceField(
        label="How are places given?",
        choices=[
            Choice("no", "In the order people ask", "When it is full, there is a waiting list."),
            Choice("yes", "We choose people", "You write down why you chose, each time."),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how places are given",
            "invalid_choice": "Choose how places are given from the list",
        },
    )
    criteria = _words(
        "How will you choose?",
        "People read this. Leave it empty if places go in the order people ask.",
        rows=3,
    )
    offer_hours = forms.IntegerField(
        label="How many hours do people have to take up a freed place?",
        help_text="48 hours is usual. People who get letters need longer.",
        min_value=1,
        max_value=24 * 28,
        widget=forms.NumberInput(attrs={"width": "4"}),
        error_messages={
            "required": "Enter how many hours people have",
            "invalid": "Enter the hours in numbers, like 48",
            "min_value": "Give people at least 1 hour",
            "max_value": "Give people 28 days (672 hours) or fewer",
        },
    )

    @classmethod
    def said(cls, advert: Opportunity) -> dict[str, Any]:
        """Return what the event says."""
        event = advert.event
        closes = dates.london(event.closes_at)
        return {
            "capacity": event.capacity,
            "closes_on": closes.date(),
            "closes_clock": closes.time().replace(second=0, microsecond=0),
            "by_selection": "yes" if event.by_selection else "no",
            "criteria": advert.criteria,
            "offer_hours": event.offer_hours,
        }


class SupportForm(SectionForm):
    """What support there is, in words."""

    slug, name = "support", "Support"
    says = "Briefings, training, help to take part"

    support = _words(
        "What support can people have?",
        "Say it plainly, and that people can ask for something else.",
    )


class PaymentForm(SectionForm):
    """Three independent answers about money, and how people may take part."""

    slug, name = "payment", "Payment"
    says = "Paid or not, what people can claim"

    pays_involvement = forms.BooleanField(label="We pay people for taking part", required=False)
    pays_expenses = forms.BooleanField(label="People can claim expenses", required=False)
    pays_remote = forms.BooleanField(
        label="People can claim for taking part remotely", required=False
    )
    payment = _words(
        "Say it in your own words",
        "How much, how to claim, and when it is paid. If it is unpaid, say so.",
        rows=3,
    )
    categories = forms.MultipleChoiceField(
        label="How can people take part?",
        help_text="People choose between the ones you tick.",
        choices=[
            Choice(code, label, rules.CATEGORY_WORDS[code]) for code, label in Category.choices
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list"},
    )


class AskingForm(SectionForm):
    """How to ask without a screen."""

    slug, name = "asking", "How to ask"
    says = "Phone, post and email"

    ask_by_phone = forms.CharField(
        label="Phone number",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "width": "20"}),
        error_messages={"max_length": "The phone number must be 40 characters or fewer"},
    )
    ask_by_email = forms.EmailField(
        label="Email address",
        required=False,
        max_length=254,
        error_messages={
            "invalid": "Enter an email address like name@example.org",
            "max_length": "The email address must be 254 characters or fewer",
        },
    )
    ask_by_post = _words("Postal address", "Paper forms are posted back here.", rows=4)


SECTIONS: dict[str, type[SectionForm]] = {
    form.slug: form
    for form in (AboutForm, WhenForm, GivingForm, SupportForm, PaymentForm, AskingForm)
}


# --- running it ---------------------------------------------------------------------------------
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


class ClosingForm(_Times):
    """Until when people can ask for a place."""

    closes_on = _closes_on()
    closes_clock = _closes_clock()


class PlacesForm(Form):
    """How many places there are."""

    capacity = _capacity()


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

"""What somebody who writes an advert is asked: to begin, then one short form a section."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils import timezone

from alongside.core import dates
from alongside.design.fields import Choice, DayField
from alongside.design.forms import Form
from alongside.opportunities import rules
from alongside.opportunities.forms import questions
from alongside.opportunities.models import Opportunity
from alongside.organisation.models import Area, Topic
from alongside.people.models import Category, Level


class StartForm(questions.Times):
    """What a draft cannot do without. Everything else can wait."""

    title = questions.title()
    mode = questions.mode()
    starts_at = questions.starts()
    ends_clock = questions.ends(" If it ends on another day, you can say so later.")
    closes_on = questions.closes_on()
    closes_clock = questions.closes_clock()
    capacity = questions.capacity()


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

    title = questions.title()
    summary = forms.CharField(
        label="Sum it up in one or two sentences",
        help_text="People see this in the list of ways to take part, and in invitations.",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "count": True}),
        error_messages={"max_length": "The summary must be 300 characters or fewer"},
    )
    purpose = questions.words("What is it for?", "Say what it will lead to.")
    who = questions.words("Who are you looking for?", rows=3)
    tasks = questions.words("What will people do?", "You can leave this empty.", rows=3)
    limits = questions.words(
        "What can and cannot change?",
        "Be honest about what is decided already. You can leave this empty.",
        rows=3,
    )
    background = questions.words("Background", "You can leave this empty.", rows=3)
    feedback = questions.words(
        "How will people hear what came of it?", "Say when, and in what way.", rows=3
    )
    checks = questions.words(
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


class WhenForm(questions.Times, SectionForm):
    """When and where people meet."""

    slug, name = "when", "When and where"
    says = "Date, time, place or video system"

    starts_at = questions.starts()
    ends_clock = questions.ends()
    ends_on = DayField(
        label="Does it end on another day?",
        help_text="Leave this empty if it ends on the day it starts.",
        called="The last day",
        required=False,
    )
    mode = questions.mode()
    platform = forms.CharField(
        label="Name of the video system",
        help_text="For example, Microsoft Teams. Leave this empty if it is in person only.",
        required=False,
        max_length=80,
        error_messages={"max_length": "The name must be 80 characters or fewer"},
    )
    venue = questions.words(
        "Where is it?", "Name and address. Leave this empty if it is online only.", rows=3
    )
    getting_there = questions.words(
        "Getting there and getting in",
        "Steps, lifts, toilets, parking, buses. Leave this empty if it is online only.",
        rows=3,
    )
    joining = questions.words(
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


class GivingForm(questions.Times, SectionForm):
    """How many places, until when, and how they are given."""

    slug, name = "places", "Places and closing"
    says = "How many, until when, first come or chosen"

    capacity = questions.capacity()
    closes_on = questions.closes_on()
    closes_clock = questions.closes_clock()
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
    criteria = questions.words(
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

    support = questions.words(
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
    payment = questions.words(
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
    ask_by_post = questions.words("Postal address", "Paper forms are posted back here.", rows=4)


SECTIONS: dict[str, type[SectionForm]] = {
    form.slug: form
    for form in (AboutForm, WhenForm, GivingForm, SupportForm, PaymentForm, AskingForm)
}

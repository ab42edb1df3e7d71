"""What somebody is asked who wants a place, by screen or by paper: the same questions."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.db.models import prefetch_related_objects
from django.utils.functional import cached_property

from alongside.core.refused import Refused
from alongside.design.fields import Choice
from alongside.design.forms import Form
from alongside.events.models import Booking
from alongside.events.rules import Wish, minutes_of
from alongside.opportunities import rules
from alongside.opportunities.models import Opportunity
from alongside.people.models import AccessNeed, Category, Connection, Person
from alongside.people.needs import NEEDS
from alongside.people.rules import NeedAnswer

GROUPS = [  # (code, question): first what taking part takes, then the four AIS categories
    (AccessNeed.Group.TAKING_PART, "Travel, breaks, care and other help on the day"),
    (AccessNeed.Group.SUPPORT, "Help to hear, understand and say things"),
    (AccessNeed.Group.PROFESSIONAL, "An interpreter or another professional"),
    (AccessNeed.Group.FORMAT, "The way we give you information"),
    (AccessNeed.Group.CONTACT, "The way we get in touch with you"),
]
COMPANY_WORDS = [
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
]


class _Asking(Form):
    """Knows the advert and what we know of the person already."""

    def __init__(
        self,
        *args: Any,
        opportunity: Opportunity,
        person: Person | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.opportunity, self.person = opportunity, person
        self.ask()

    @cached_property
    def known(self) -> dict[str, AccessNeed]:
        """What is on the person's record already, read only when a page or an answer asks."""
        if self.person is None:
            return {}
        return {need.code: need for need in self.person.needs.standing()}

    def ask(self) -> None:
        """Add what is asked of this person about this advert, and take away what is not."""


class NeedsForm(_Asking):
    """What the person needs to take part, and the support of this event they want."""

    def ask(self) -> None:
        """Ask about support, then needs."""
        super().ask()
        self._ask_support()
        self._ask_needs()

    def _ask_support(self) -> None:
        self.fields["support"] = forms.TypedMultipleChoiceField(
            label="Would you like any of this support?",
            help_text="Tick any that would help. We will get in touch to arrange it.",
            required=False,
            coerce=int,
            choices=self._offers,
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "invalid_choice": "One of the kinds of support is not on offer any more. "
                "Choose from the ones shown",
            },
        )

    def _offers(self) -> list[Choice]:
        event = self.opportunity.event
        prefetch_related_objects([event], "support_offers")  # read once for one advert
        offered = event.support_offers.all()
        return [
            Choice(offer.pk, offer.name, offer.detail)
            for offer in sorted(offered, key=lambda offer: offer.pk)
            if offer.ended_at is None
        ]

    @property
    def offers_support(self) -> bool:
        """Whether there is any support to pick."""
        return bool(self._offers())

    def _ask_needs(self) -> None:
        for group, question in GROUPS:
            needs = [need for need in NEEDS.values() if need.group == group]
            self.fields[f"needs_{group}"] = forms.MultipleChoiceField(
                label=question,
                required=False,
                choices=[(need.code, need.words) for need in needs],
                widget=forms.CheckboxSelectMultiple,
                initial=partial(self._ticked, group),
                error_messages={"invalid_choice": f"Choose from the list under “{question}”"},
            )
            for need in needs:
                if need.ask:
                    self.fields[f"detail_{need.code}"] = forms.CharField(
                        label=need.ask,
                        required=False,
                        max_length=300,
                        initial=partial(self._detail, need.code),
                        error_messages={
                            "max_length": f"{need.words}: use 300 characters or fewer",
                        },
                    )

    def _ticked(self, group: str) -> list[str]:
        return [code for code, need in self.known.items() if need.group == group]

    def _detail(self, code: str) -> str:
        return self.known[code].detail if code in self.known else ""

    def groups(self) -> list[dict[str, Any]]:
        """Return each group of needs as the page draws it; open where something is ticked."""
        drawn = []
        for group, question in GROUPS:
            bound = self[f"needs_{group}"]
            ticked = {str(value) for value in bound.value() or []}
            asks = {
                need.code: self[f"detail_{need.code}"]
                for need in NEEDS.values()
                if need.group == group and need.ask
            }
            wrong = any(ask.errors for ask in asks.values()) or bool(bound.errors)
            drawn.append(
                {
                    "question": question,
                    "bound": bound,
                    "asks": asks,
                    "ticked": len(ticked),
                    "open": bool(ticked) or wrong,
                }
            )
        return drawn

    def clean(self) -> dict[str, Any]:
        """Gather the answers about needs as one list."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        said = []
        for group, _question in GROUPS:
            for code in cleaned.get(f"needs_{group}") or []:
                before = self.known.get(code)
                contact = group == AccessNeed.Group.CONTACT
                said.append(
                    NeedAnswer(
                        code=code,
                        detail=cleaned.get(f"detail_{code}", "") or "",
                        must=before.must if before else True,
                        # ticked here, it is asked of those who run this session
                        share=before.share if before and contact else True,
                    )
                )
        cleaned["needs"] = tuple(said)
        return cleaned


class HowForm(_Asking):
    """How the person takes part and who comes along; their name only where we do not know it."""

    staff_words = False

    full_name = forms.CharField(
        label="What is your full name?",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": "Enter your full name",
            "max_length": "Your full name must be 200 characters or fewer",
        },
    )
    connection = forms.ChoiceField(
        label="What best describes you?",
        help_text="You may support somebody without calling yourself a carer.",
        choices=[pair for pair in Connection.choices if pair[0]],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what best describes you",
            "invalid_choice": "Choose what best describes you from the list",
        },
    )
    company = forms.ChoiceField(
        label="Who is taking part?",
        choices=COMPANY_WORDS,
        initial=Booking.Company.ALONE,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose who is taking part",
            "invalid_choice": "Choose who is taking part from the list",
        },
    )
    companion_name = forms.CharField(
        label="Who is coming with you?",
        help_text="Their full name. Leave this empty if it is just you.",
        required=False,
        max_length=200,
        error_messages={"max_length": "Their name must be 200 characters or fewer"},
    )
    category = forms.ChoiceField(
        label="How would you like to take part?",
        help_text="You can choose differently next time.",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how you would like to take part",
            "invalid_choice": "Choose how you would like to take part from the list",
        },
    )
    declines_payment = forms.BooleanField(
        label="I do not want to be paid or to claim",
        help_text="You can change your mind. You do not have to say why.",
        required=False,
    )

    def ask(self) -> None:
        """Ask for a name only where we have none, and for a choice only where there is one."""
        super().ask()
        person, opportunity = self.person, self.opportunity
        if person is not None and person.full_name:
            del self.fields["full_name"]
        if person is not None and person.connection:
            del self.fields["connection"]
        self.offered = [code for code in Category.values if code in opportunity.categories]
        if len(self.offered) > 1:
            self.fields["category"].choices = [  # type: ignore[attr-defined]
                Choice(code, Category(code).label, rules.CATEGORY_WORDS[code])
                for code in self.offered
            ]
        else:
            del self.fields["category"]
        if not (
            opportunity.pays_involvement or opportunity.pays_expenses or opportunity.pays_remote
        ):
            del self.fields["declines_payment"]

    def clean(self) -> dict[str, Any]:
        """Ask for the companion's name where there is a companion, and take the only category."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        company = cleaned.get("company")
        if company == Booking.Company.ALONE:
            cleaned["companion_name"] = ""
        elif company and not cleaned.get("companion_name") and "companion_name" not in self.errors:
            whom = "them" if self.staff_words else "you"
            self.add_error("companion_name", f"Enter the name of the person coming with {whom}")
        if "category" not in self.fields:
            cleaned["category"] = self.offered[0] if self.offered else ""
        return cleaned


class BehalfForm(NeedsForm, HowForm):
    """The same questions on one page, for staff with a letter or a telephone in their hand."""

    staff_words = True

    how = forms.ChoiceField(
        label="How did they ask?",
        choices=[
            ("paper", "On paper"),
            ("phone", "By phone"),
            ("in_person", "In person"),
            ("email", "By email"),
        ],
        widget=forms.RadioSelect(attrs={"inline": True, "small": True}),
        error_messages={
            "required": "Choose how they asked",
            "invalid_choice": "Choose how they asked from the list",
        },
    )
    field_order = ["how", "full_name", "connection", "company", "companion_name", "category"]

    def ask(self) -> None:
        """Ask the same, in words about somebody else."""
        super().ask()
        self.order_fields(self.field_order)
        _of_somebody_else(self, self.offered)
        for group, question in GROUPS:
            asked = self.fields[f"needs_{group}"]
            asked.label = question.replace(" you", " them")


class CameForm(HowForm):
    """What staff say of somebody who came without a place. They are there: nothing to arrange."""

    staff_words = True

    minutes = forms.IntegerField(
        label="How many minutes were they there?",
        required=False,
        min_value=1,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"width": "4"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Enter the minutes in numbers, like 90"
        ),
    )

    def ask(self) -> None:
        """Ask the same, in words about somebody else; who came is known by now."""
        super().ask()
        _of_somebody_else(self, self.offered)
        event = self.opportunity.event
        whole = minutes_of(event.starts_at, event.ends_at)
        self.fields["minutes"].help_text = f"Leave this empty for the whole event: {whole} minutes."
        came = self.fields["company"]
        came.label = "Who came?"
        came.error_messages["required"] = "Choose who came"
        came.choices = [  # type: ignore[attr-defined]
            (Booking.Company.ALONE, "Just them"),
            (Booking.Company.TOGETHER, "Them and somebody else"),
        ]
        self.fields["companion_name"].label = "Who came with them?"


def _of_somebody_else(form: HowForm, offered: list[str]) -> None:
    """Say the questions as staff read them: about somebody else, and in little room."""
    words = {
        "full_name": ("What is their full name?", "", "Enter their full name"),
        "connection": (
            "What best describes them?",
            "",
            "Choose what best describes them",
        ),
        "company": ("Who is taking part?", "", "Choose who is taking part"),
        "companion_name": ("Who is coming with them?", "Their full name.", ""),
        "category": (
            "How would they like to take part?",
            "",
            "Choose how they would like to take part",
        ),
        "declines_payment": ("They do not want to be paid or to claim", "", ""),
        "support": ("What support would they like?", "", ""),
    }
    for name, (label, hint, required) in words.items():
        if name in form.fields:
            asked = form.fields[name]
            asked.label, asked.help_text = label, hint
            if required:
                asked.error_messages["required"] = required
    if "company" in form.fields:
        form.fields["company"].choices = [  # type: ignore[attr-defined]
            (Booking.Company.ALONE, "Just them"),
            (Booking.Company.TOGETHER, "Them and somebody else: both or neither"),
            (Booking.Company.IF_ROOM, "Them, and somebody else if there is room"),
        ]
    if "category" in form.fields:
        form.fields["category"].choices = [  # type: ignore[attr-defined]
            (code, Category(code).label) for code in offered
        ]
    for asked in form.fields.values():
        if isinstance(asked.widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
            asked.widget.attrs["small"] = True


def wish_of(answers: dict[str, Any]) -> Wish:
    """Return what somebody asks for from the answers of both questions."""
    try:
        return Wish(
            company=answers["company"],
            companion_name=answers.get("companion_name", ""),
            category=answers.get("category", ""),
            capacity=answers.get("connection", ""),
            declines_payment=bool(answers.get("declines_payment")),
            needs=tuple(answers.get("needs") or ()),
            support=tuple(answers.get("support") or ()),
        )
    except KeyError as missing:
        raise Refused("Answer all the questions first.") from missing

"""What waits on a home page: things to look at again."""

from __future__ import annotations

from django.urls import reverse

from alongside.accounts import access
from alongside.accounts.access import Permission
from alongside.accounts.models import User
from alongside.core.dates import day, today
from alongside.design.cards import Card
from alongside.people import rules
from alongside.people.models import AccessNeed, ContactConsent, Person


def for_member(person: Person) -> list[Card]:
    """What a member should look at, or may like to."""
    cards = []
    now = today()
    if not person.full_name:
        cards.append(
            Card(
                "Tell us your name",
                "So that we know what to call you.",
                reverse("people:change", args=["name"]),
                order=0,
            )
        )
    elif person.entered_by_id and person.details_reviewed_on is None:
        cards.append(
            Card(
                "Check your details",
                "We had some of them already. Are they yours, and are they right?",
                reverse("people:me"),
                order=0,
                tag="Check",
            )
        )
    needs = list(AccessNeed.objects.standing().of(person).values_list("review_on", flat=True))
    if any(review_on <= now for review_on in needs):
        cards.append(
            Card(
                "Is what you need still right?",
                "It is a year since you told us what you need to take part.",
                reverse("people:needs"),
                order=1,
                tag="Check",
            )
        )
    consent = ContactConsent.objects.standing().of(person).first()
    if consent and consent.review_on <= now:
        cards.append(
            Card(
                "Shall we still send you invitations?",
                f"You said yes on {day(consent.given_at)}.",
                reverse("people:invitations"),
                order=1,
                tag="Check",
            )
        )
    if rules.is_paused(today=now, until=person.invitations_paused_until):
        assert person.invitations_paused_until is not None
        cards.append(
            Card(
                "Invitations are paused",
                f"We send none before {day(person.invitations_paused_until)}.",
                reverse("people:contact"),
                order=1,
            )
        )
    cards += [
        Card(
            "Your details",
            "Your name, and how to reach you.",
            reverse("people:me"),
        ),
        Card(
            "What you need",
            "Tell us what would help you take part."
            if not needs
            else "What you told us would help you take part.",
            reverse("people:needs"),
        ),
        Card(
            "How we write to you",
            "Invitations, topics, and taking a break.",
            reverse("people:contact"),
        ),
        Card("How you took part", "What you did with us, and a letter.", reverse("people:history")),
    ]
    if not person.equality_asked_on:
        cards.append(
            Card(
                "Questions about you",
                "A few questions that help us be fair. You do not have to answer.",
                reverse("people:equality"),
            )
        )
    return cards


def for_staff(user: User) -> list[Card]:
    """What waits for staff, by what they may do."""
    cards = []
    if access.may(user, Permission.PERSON_WRITE):
        now = today()
        due = Person.objects.due_without_sign_in(now).count()
        if due:
            cards.append(
                Card(
                    "People to check with",
                    "What they need, or whether we may write, is due to be looked at.",
                    reverse("people:reviews"),
                    order=1,
                    count=due,
                )
            )
        doubts = Person.objects.known().filter(doubt_raised_on__isnull=False).count()
        if doubts:
            cards.append(
                Card(
                    "Records that may be of one person",
                    "Somebody signed in with an email address that others have too.",
                    reverse("people:doubts"),
                    order=1,
                    count=doubts,
                )
            )
    if access.may(user, Permission.PERSON_SEE):
        cards.append(
            Card("People", "Find somebody, or add somebody.", reverse("people:list"))
            if access.may(user, Permission.PERSON_WRITE)
            else Card("People", "Find somebody's record.", reverse("people:list"))
        )
    if access.may(user, Permission.INVOLVEMENT_COUNT):
        cards.append(
            Card(
                "How people take part",
                "How many people, at each level of the pyramid.",
                reverse("people:involvement"),
            )
        )
    return cards

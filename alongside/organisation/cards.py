"""What the organisation needs of somebody."""

from django.urls import reverse

from alongside.accounts import access
from alongside.accounts.models import User
from alongside.design.cards import Card
from alongside.organisation import names
from alongside.organisation.models import Area, Team, Topic

TO_BEGIN = (
    (
        Area,
        "Add your areas",
        "The parts of your county, so that people find what is near.",
        "areas",
    ),
    (Topic, "Add topics", "What work is about. People follow topics to be invited.", "topics"),
    (Team, "Add your teams", "Wards and teams, with the services they belong to.", "teams"),
)


def for_staff(user: User) -> list[Card]:
    """Guide a new administrator: name the trust, then say how to reach it."""
    if not access.may(user, access.Permission.ORGANISATION_WRITE):
        return []
    cards = []
    if names.trust_name().pk is None:
        cards.append(
            Card(
                "Name your trust",
                "Its name goes on every page and every letter. Start here.",
                reverse("organisation:add_name"),
                order=0,
            )
        )
    reach = names.contact()
    if not (reach.contact_email or reach.contact_phone):
        cards.append(
            Card(
                "Say how to reach you",
                "People need a phone number and an email address to ask for help.",
                reverse("organisation:contact"),
                order=0,
            )
        )
    first = [
        Card(
            words,
            text,
            reverse(f"organisation:{address}"),
            order=1,
        )
        for model, words, text, address in TO_BEGIN
        if not model.objects.exists()
    ]
    return cards + first

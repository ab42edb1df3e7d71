"""The questions of somebody who wants a place, in order, ending in one action."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from alongside.design.journeys import Journey, Step
from alongside.events.models import Booking
from alongside.opportunities.forms import HowForm, NeedsForm
from alongside.opportunities.models import Opportunity
from alongside.people.models import Category, Connection, Person
from alongside.people.needs import NEEDS


def booking(request: HttpRequest, advert: Opportunity) -> Journey:
    """Return the way to a place: what you need, how you take part, check."""
    person: Person = request.user.person
    facts = {"opportunity": advert, "person": person}
    steps = [
        Step("needs", partial(NeedsForm, **facts), "What do you need to take part?"),
        Step("how", partial(HowForm, **facts), "How will you take part?"),
    ]

    def address(slug: str) -> str:
        if slug == "check":
            return reverse("opportunities:book_check", args=[advert.slug])
        return reverse("opportunities:book_step", args=[advert.slug, slug])

    return Journey(request, f"book:{advert.key}", steps, address)


def rows(
    journey: Journey, advert: Opportunity, answers: dict[str, Any], person: Person
) -> list[dict[str, Any]]:
    """Return the answers as they are read back, each with where to change it."""

    def row(key: str, lines: list[str], step: str, hidden: str) -> dict[str, Any]:
        change = {"href": journey.change(step), "text": "Change", "hidden": hidden}
        return {"key": key, "value": {"lines": lines}, "actions": [change]}

    wanted = set(answers.get("support") or ())
    offered = advert.event.support_offers.all() if wanted else []
    support = [
        offer.name for offer in sorted(offered, key=lambda offer: offer.pk) if offer.pk in wanted
    ]
    needs = [
        f"{NEEDS[need.code].words}: {need.detail}" if need.detail else NEEDS[need.code].words
        for need in answers.get("needs") or ()
    ]
    company = [Booking.Company(answers["company"]).label]
    if answers.get("companion_name"):
        company.append(answers["companion_name"])
    found = [
        row("What you need", needs or ["Nothing"], "needs", "what you need"),
        row("Support you would like", support or ["None"], "needs", "the support you would like"),
        row("Who is taking part", company, "how", "who is taking part"),
    ]
    if answers.get("full_name"):
        found.insert(0, row("Your name", [answers["full_name"]], "how", "your name"))
    elif person.full_name:
        found.insert(0, {"key": "Your name", "value": person.full_name})
    if answers.get("connection"):
        words = [Connection(answers["connection"]).label]
        found.append(row("What best describes you", words, "how", "what best describes you"))
    if answers.get("category"):
        label = Category(answers["category"]).label
        if len(advert.categories) > 1:
            found.append(row("How you take part", [label], "how", "how you take part"))
        else:
            found.append({"key": "How you take part", "value": label})
    if "declines_payment" in answers:
        said = "You do not want to be paid or to claim"
        may = advert.payment_in_brief
        words = [said if answers["declines_payment"] else may]
        found.append(row("Payment", words, "how", "whether you want to be paid"))
    return found

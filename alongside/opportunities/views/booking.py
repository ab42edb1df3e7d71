"""Booking a place: two questions, a check, and done."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from alongside.design.forms import Form, attempt
from alongside.events.models import Booking
from alongside.opportunities import actions, journeys, rules
from alongside.opportunities.forms import wish_of
from alongside.opportunities.models import Opportunity
from alongside.opportunities.views.posted import posted
from alongside.people.doors import member_person


def _open_or_away(request: HttpRequest, slug: str) -> tuple[Opportunity, HttpResponse | None]:
    """Return the advert, and where to send somebody who cannot or need not ask any more."""
    person = request.user.person
    standing = Booking.objects.standing().of(person)
    mine = standing.filter(event=OuterRef("event"))
    same_hour = standing.holding().filter(
        event__starts_at__lt=OuterRef("event__ends_at"),
        event__ends_at__gt=OuterRef("event__starts_at"),
        event__cancelled_at=None,
    )
    adverts = Opportunity.objects.published().select_related("event")
    adverts = adverts.annotate(
        mine=Subquery(mine.values("key")[:1]),
        clash=Subquery(same_hour.order_by("event__starts_at", "pk").values("event__title")[:1]),
    )
    advert = get_object_or_404(adverts, slug=slug)
    if key := advert.__dict__["mine"]:
        return advert, redirect("events:booking", key)
    reason = rules.why_not_ask(advert.standing())
    if reason:
        messages.warning(request, reason)
        return advert, redirect(advert)
    return advert, None


@member_person
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the first question, or to the booking somebody has already."""
    advert, away = _open_or_away(request, slug)
    return away or redirect(journeys.booking(request, advert).start)


@member_person
def question(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """Ask one question."""
    advert, away = _open_or_away(request, slug)
    if away:
        return away
    journey = journeys.booking(request, advert)
    asked = journey.step(step)
    if journey.skipped(asked):
        missing = journey.first_missing()
        return redirect(journey.address(missing.slug if missing else asked.slug))
    form = journey.form(asked)
    if form.is_valid():
        journey.keep(asked, form)
        return redirect(journey.after(asked))
    page = {
        "title": asked.title,
        "caption": advert.title,
        "back": journey.before(asked) or advert.get_absolute_url(),
        "advert": advert,
        "form": form,
    }
    return render(request, f"opportunities/book_{asked.slug}.jinja", page)


@member_person
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the answers; on "confirm", ask for the place."""
    advert, away = _open_or_away(request, slug)
    journey = journeys.booking(request, advert)
    if away:
        journey.forget()
        return away
    missing = journey.first_missing()
    if missing:
        return redirect(journey.address(missing.slug))
    answers = journey.answers()
    form = Form(posted(request))
    if request.method == "POST" and not journey.sealed_by(request.POST):
        form.add_error(None, "Your answers have changed in another window. Check them again.")
    elif form.is_valid():
        booking = attempt(
            form,
            partial(actions.ask_for_place, wish=wish_of(answers)),
            opportunity=advert,
            person=request.user.person,
            full_name=answers.get("full_name", ""),
            connection=answers.get("connection", ""),
            by=request.user,
        )
        if booking:
            journey.forget()
            if booking.state == Booking.State.WAITING and request.POST.get("saw") == "places":
                messages.warning(
                    request,
                    "Other people took the last places while you answered, "
                    "so you are on the waiting list.",
                )
            return redirect(reverse("events:booking", args=[booking.key]) + "?done=yes")
    page: dict[str, Any] = {
        "title": "Check your answers",
        "caption": advert.title,
        "back": journey.before("check"),
        "advert": advert,
        "form": form,
        "seal": journey.seal(),
        "rows": journeys.rows(journey, advert, answers, request.user.person),
        "full": not advert.event.by_selection and advert.event.places_left <= 0,
        "adds_needs": bool(answers.get("needs")),
        "clash": advert.__dict__["clash"],
    }
    return render(request, "opportunities/book_check.jinja", page)

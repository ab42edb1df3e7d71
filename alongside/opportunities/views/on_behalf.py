"""Booking for somebody who asked by phone, on paper or in person."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.accounts import audit
from alongside.accounts.access import Permission
from alongside.accounts.doors import staff
from alongside.design.forms import attempt
from alongside.events.models import Booking
from alongside.opportunities import actions
from alongside.opportunities.forms import AddPersonForm, BehalfForm, FindPersonForm, wish_of
from alongside.opportunities.models import Opportunity
from alongside.opportunities.rules import Standing
from alongside.opportunities.views.posted import posted
from alongside.opportunities.views.writing import back_to, found
from alongside.people import actions as people
from alongside.people.models import Person

booker = staff(may=Permission.BOOKING_MANAGE)
MOST = 20  # people shown for one search
LATEST_HOW = "opportunities.how"  # in the session: staff type several letters in a row


def _bookable(key: str) -> Opportunity:
    """Return the advert while staff may still book for somebody: until the session ends."""
    opportunity = found(key)
    if opportunity.standing() not in {Standing.OPEN, Standing.CLOSED}:
        raise Http404
    return opportunity


@booker
@require_safe
def find(request: HttpRequest, key: str) -> HttpResponse:
    """Look whether we know the person."""
    opportunity = _bookable(key)
    form = FindPersonForm(request.GET if "q" in request.GET else None)
    people_found: list[Person] = []
    if form.is_valid():
        matching = Person.objects.known().found_by(form.cleaned_data["q"])
        people_found = list(matching.order_by("full_name", "pk")[: MOST + 1])
        audit.look("opportunities.people_searched", on=opportunity, by=request.user)
    page = {
        "title": "Book for somebody",
        "caption": opportunity.title,
        "back": back_to(opportunity),
        "form": form,
        "advert": opportunity,
        "searched": form.is_bound and form.is_valid(),
        "more": len(people_found) > MOST,
        "rows": [_row(opportunity, person) for person in people_found[:MOST]],
        "add": reverse("opportunities:add_person", args=[opportunity.key]),
    }
    return render(request, "opportunities/staff_find_person.jinja", page)


def _row(opportunity: Opportunity, person: Person) -> list[Any]:
    lines = [part for part in (person.email, person.phone, person.mobile) if part]
    return [
        str(person),
        {"lines": lines or ["No phone or email"]},
        person.postcode or "Not known",
        {
            "href": reverse("opportunities:book_for", args=[opportunity.key, person.key]),
            "text": "Book",
            "hidden": f"for {person}, {(lines or [person.postcode or person.key])[0]}",
        },
    ]


@booker
def add(request: HttpRequest, key: str) -> HttpResponse:
    """Add somebody we do not know. Where we may know them already, show who that is first."""
    opportunity = _bookable(key)
    initial = {"full_name": request.GET.get("q", "")[:200], "how": request.session.get(LATEST_HOW)}
    form = AddPersonForm(posted(request), initial=initial)
    same: list[Person] = []
    if form.is_valid():
        facts = form.cleaned_data
        same = list(
            Person.objects.like(
                **{
                    name: facts[name]
                    for name in ("full_name", "email", "mobile", "phone", "postcode")
                }
            ).order_by("full_name", "pk")[:MOST]
        )
        if not same or request.POST.get("new") == "yes":
            how = facts.pop("how")
            person = attempt(
                form,
                people.add_person,
                **facts,
                how=how.replace(" ", "_"),
                by=request.user,
            )
            if person:
                request.session[LATEST_HOW] = how
                return redirect("opportunities:book_for", opportunity.key, person.key)
    page = {
        "title": "Add a person",
        "caption": opportunity.title,
        "back": reverse("opportunities:find_person", args=[opportunity.key]),
        "form": form,
        "rows": [_row(opportunity, person) for person in same],
    }
    return render(request, "opportunities/staff_add_person.jinja", page)


@booker
def book(request: HttpRequest, key: str, person: str) -> HttpResponse:
    """Ask the same questions on one page, and book."""
    opportunity = _bookable(key)
    somebody = get_object_or_404(Person.objects.known(), key=person)
    mine = Booking.objects.standing().filter(event=opportunity.event_id).of(somebody).first()
    if mine is not None:
        messages.info(request, f"{somebody} has asked already: {mine.get_state_display().lower()}.")
        return redirect(back_to(opportunity))
    form = BehalfForm(
        posted(request),
        opportunity=opportunity,
        person=somebody,
        initial={"how": request.session.get(LATEST_HOW)},
    )
    if form.is_valid():
        answers = form.cleaned_data
        booking = attempt(
            form,
            partial(actions.ask_for_place, wish=wish_of(answers)),
            opportunity=opportunity,
            person=somebody,
            full_name=answers.get("full_name", ""),
            connection=answers.get("connection", ""),
            how=answers["how"],
            by=request.user,
        )
        if booking:
            request.session[LATEST_HOW] = answers["how"]
            messages.success(
                request, f"{somebody}: {booking.get_state_display().lower()}. We are telling them."
            )
            return redirect("opportunities:find_person", opportunity.key)
    if request.method in {"GET", "HEAD"}:
        audit.look("opportunities.person_opened", on=opportunity, about=somebody, by=request.user)
    page = {
        "title": f"Book for {somebody}",
        "caption": opportunity.title,
        "back": reverse("opportunities:find_person", args=[opportunity.key]),
        "wide": True,
        "form": form,
        "advert": opportunity,
        "person": somebody,
        "full": not opportunity.event.by_selection and opportunity.event.places_left <= 0,
    }
    return render(request, "opportunities/staff_book.jinja", page)

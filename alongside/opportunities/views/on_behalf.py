"""Booking for somebody who asked by phone, on paper or in person, or who simply came."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.accounts import audit
from alongside.accounts.access import Permission
from alongside.accounts.doors import staff
from alongside.design.forms import attempt
from alongside.events.models import Booking
from alongside.opportunities import actions
from alongside.opportunities.forms import (
    AddPersonForm,
    BehalfForm,
    CameForm,
    FindPersonForm,
    wish_of,
)
from alongside.opportunities.models import Opportunity
from alongside.opportunities.rules import Standing
from alongside.opportunities.views.posted import posted
from alongside.opportunities.views.writing import back_to, found
from alongside.people import actions as people
from alongside.people.models import Person

booker = staff(may=Permission.BOOKING_MANAGE)
MOST = 20  # people shown for one search
IN_PERSON = "in_person"
LATEST_HOW = "opportunities.how"  # in the session: staff type several letters in a row
BOOKED_WORDS = {
    Booking.State.BOOKED: "has a place",
    Booking.State.WAITING: "is on the waiting list",
    Booking.State.OFFERED: "is offered a place",
    Booking.State.APPLIED: "has asked for a place",
}


def _bookable(key: str) -> Opportunity:
    """Return the advert while staff may book for somebody, or write down who came."""
    opportunity = found(key)
    if opportunity.standing() not in {Standing.OPEN, Standing.CLOSED, Standing.OVER}:
        raise Http404
    return opportunity


def _begun(opportunity: Opportunity) -> bool:
    """Whether it is too late to book, so that only those who came are written down."""
    return opportunity.event.starts_at <= timezone.now()


def _back(opportunity: Opportunity) -> str:
    """Return where staff came from: the register on the day, the advert before it."""
    if _begun(opportunity):
        return reverse("events:register", args=[opportunity.event.key])
    return back_to(opportunity)


@booker
@require_safe
def for_event(request: HttpRequest, key: str) -> HttpResponse:
    """Lead from an event's register to booking for somebody."""
    opportunity = get_object_or_404(Opportunity.objects.for_staff(), event__key=key)
    return redirect("opportunities:find_person", opportunity.key)


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
        "title": "Write down somebody who came" if _begun(opportunity) else "Book for somebody",
        "caption": opportunity.title,
        "back": _back(opportunity),
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
            "text": "They came" if _begun(opportunity) else "Book",
            "hidden": f"{':' if _begun(opportunity) else 'for'} {person}, "
            f"{(lines or [person.postcode or person.key])[0]}",
        },
    ]


@booker
def add(request: HttpRequest, key: str) -> HttpResponse:
    """Add somebody we do not know. Where we may know them already, show who that is first."""
    opportunity = _bookable(key)
    came = _begun(opportunity)
    initial = {"full_name": request.GET.get("q", "")[:200], "how": request.session.get(LATEST_HOW)}
    form = AddPersonForm(posted(request), initial=initial)
    if came:  # they stand in front of us, so nobody needs to say how they asked
        del form.fields["how"]
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
            how = facts.pop("how", IN_PERSON)
            person = attempt(
                form,
                people.add_person,
                **facts,
                how=how.replace(" ", "_"),
                by=request.user,
            )
            if person:
                if not came:
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
    """Ask the same questions on one page, and book; once it has begun, write down who came."""
    opportunity = _bookable(key)
    somebody = get_object_or_404(Person.objects.known(), key=person)
    if _begun(opportunity):
        return _write_down(request, opportunity, somebody)
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
                request,
                f"{somebody} {BOOKED_WORDS[Booking.State(booking.state)]}. We are telling them.",
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


def _write_down(request: HttpRequest, opportunity: Opportunity, somebody: Person) -> HttpResponse:
    """Write down that somebody came who had no place: they get one, and are marked as there."""
    event = opportunity.event
    mine = Booking.objects.standing().filter(event=event).of(somebody).first()
    if mine is not None and mine.state == Booking.State.BOOKED:
        messages.info(request, f"{somebody} has a place. Mark them on the register.")
        return redirect("events:register", event.key)
    initial = {"companion_name": mine.companion_name, "category": mine.category} if mine else {}
    form = CameForm(posted(request), opportunity=opportunity, person=somebody, initial=initial)
    if form.is_valid():
        answers = form.cleaned_data
        done = attempt(
            form,
            partial(actions.write_down, wish=wish_of(answers)),
            opportunity=opportunity,
            person=somebody,
            full_name=answers.get("full_name", ""),
            connection=answers.get("connection", ""),
            minutes=answers["minutes"],
            by=request.user,
        )
        if done:
            messages.success(request, f"{somebody} is on the register, marked as attended.")
            return redirect("opportunities:find_person", opportunity.key)
    if request.method in {"GET", "HEAD"}:
        audit.look("opportunities.person_opened", on=opportunity, about=somebody, by=request.user)
    page = {
        "title": f"Write down that {somebody} came",
        "caption": opportunity.title,
        "back": reverse("opportunities:find_person", args=[opportunity.key]),
        "form": form,
        "full": event.places_left <= 0,
        "event": event,
    }
    return render(request, "opportunities/staff_came.jinja", page)

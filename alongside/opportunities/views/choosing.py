"""Choosing who takes part, where places are by selection. Needs are never shown here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.accounts import audit
from alongside.accounts.access import Permission, may
from alongside.accounts.doors import staff
from alongside.core import dates
from alongside.design.forms import attempt
from alongside.design.paging import page_of
from alongside.events import actions as events
from alongside.events.models import Booking
from alongside.opportunities.forms import DecideForm
from alongside.opportunities.models import Opportunity
from alongside.opportunities.views.posted import posted
from alongside.opportunities.views.writing import back_to
from alongside.opportunities.views.writing import found as find_advert
from alongside.people.models import Category, Connection

selector = staff(may=Permission.OPPORTUNITY_SELECT)


def _selecting(key: str) -> Opportunity:
    opportunity = find_advert(key)
    if opportunity.published_at is None or not opportunity.event.by_selection:
        raise Http404
    return opportunity


@selector
@require_safe
def choosing(request: HttpRequest, key: str) -> HttpResponse:
    """List who asked, and how often each took part and was chosen in the last 12 months."""
    opportunity = _selecting(key)
    asked = (
        Booking.objects.filter(event=opportunity.event_id)
        .filter(Q(state=Booking.State.APPLIED) | Q(decided_at__isnull=False))
        .select_related("person__area", "decided_by")
        .order_by("created_at", "pk")
    )
    found = page_of(asked, request)
    counts = events.lately([booking.person_id for booking in found], before=timezone.now())
    audit.look("opportunities.applicants_seen", on=opportunity, by=request.user)
    applied = [booking for booking in found if booking.state == Booking.State.APPLIED]
    page = {
        "title": "Choose who takes part",
        "caption": opportunity.title,
        "back": back_to(opportunity) if may(request.user, Permission.OPPORTUNITY_WRITE) else None,
        "wide": True,
        "advert": opportunity,
        "event": opportunity.event,
        "found": found,
        "waiting": [_row(opportunity, booking, counts) for booking in applied],
        "decided": [_decided(booking) for booking in found if booking not in applied],
    }
    return render(request, "opportunities/staff_choosing.jinja", page)


def _row(
    opportunity: Opportunity, booking: Booking, counts: dict[int, tuple[int, int]]
) -> list[Any]:
    chosen, took_part = counts[booking.person_id]
    area = booking.person.area
    return [
        str(booking.person),
        Connection(booking.capacity).label,
        Category(booking.category).label if booking.category else "Not said",
        area.name if area else "Not said",
        "2" if booking.places == 2 else "1",
        str(took_part),
        str(chosen),
        {
            "href": reverse("opportunities:decide", args=[opportunity.key, booking.key]),
            "text": "Decide",
            "hidden": f"about {booking.person}, who asked on {dates.day(booking.created_at)}",
        },
    ]


def _decided(booking: Booking) -> list[Any]:
    return [
        str(booking.person),
        _decision(booking),
        booking.decided_because or "None given",
        str(booking.decided_by or "Not known"),
        dates.day(booking.decided_at) if booking.decided_at else "Not known",
    ]


def _decision(booking: Booking) -> str:
    """Say what was decided, and what became of it: a decision stays on the page."""
    if booking.booked_at is None:
        return "Not chosen"
    return "Chosen" if booking.ended_at is None else "Chosen, then cancelled"


@selector
def decide(request: HttpRequest, key: str, booking: str) -> HttpResponse:
    """Choose or do not choose one person, with the reason."""
    opportunity = _selecting(key)
    asked = get_object_or_404(
        Booking.objects.filter(event=opportunity.event_id).select_related("person__area"),
        key=booking,
    )
    back = reverse("opportunities:choosing", args=[opportunity.key])
    if asked.state != Booking.State.APPLIED:
        messages.info(request, "This was decided already.")
        return redirect(back)
    form: forms.Form = DecideForm(posted(request))
    if form.is_valid():
        chosen = form.cleaned_data["choice"] == "choose"
        done = attempt(
            form,
            events.choose if chosen else events.not_choose,
            booking=asked,
            because=form.cleaned_data["because"],
            by=request.user,
        )
        if done:
            said = "has a place" if chosen else "is not chosen"
            messages.success(request, f"{asked.person} {said}. We are telling them.")
            return redirect(back)
    counts = events.lately([asked.person_id], before=timezone.now())
    times_chosen, took_part = counts[asked.person_id]
    if request.method in {"GET", "HEAD"}:
        audit.look("opportunities.applicant_opened", on=asked, about=asked.person, by=request.user)
    page = {
        "title": f"Choose {asked.person}?",
        "caption": opportunity.title,
        "back": back,
        "form": form,
        "advert": opportunity,
        "event": opportunity.event,
        "rows": [
            {"key": "Capacity", "value": Connection(asked.capacity).label},
            {
                "key": "Asked to take part as",
                "value": Category(asked.category).label if asked.category else "Not said",
            },
            {"key": "Area", "value": asked.person.area.name if asked.person.area else "Not said"},
            {
                "key": "Comes with somebody",
                "value": "No"
                if asked.company == Booking.Company.ALONE
                else Booking.Company(asked.company).label,
            },
            {"key": "Took part in the last 12 months", "value": _times(took_part)},
            {"key": "Chosen in the last 12 months", "value": _times(times_chosen)},
        ],
    }
    return render(request, "opportunities/staff_decide.jinja", page)


def _times(number: int) -> str:
    return {0: "Never", 1: "Once", 2: "Twice"}.get(number, f"{number} times")

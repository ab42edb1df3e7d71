"""Running an advert, for staff: publish, close, change the places, call off."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.core import dates
from alongside.design.forms import Form, attempt
from alongside.opportunities import actions
from alongside.opportunities.forms import (
    SECTIONS,
    BecauseForm,
    ClosingForm,
    PlacesForm,
)
from alongside.opportunities.models import Opportunity
from alongside.opportunities.rules import Standing
from alongside.opportunities.views.posted import posted
from alongside.opportunities.views.writing import back_to, found, writer


@writer
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Show what makes it a poor advert, then publish it."""
    opportunity = found(key)
    if opportunity.published_at is not None:
        return redirect(back_to(opportunity))
    form = Form(posted(request))
    if form.is_valid():
        published = attempt(form, actions.publish, opportunity=opportunity, by=request.user)
        if published:
            messages.success(request, "Published. Anybody can read it now.")
            return redirect(back_to(opportunity))
    page = {
        "title": "Publish this advert",
        "caption": opportunity.title,
        "back": back_to(opportunity),
        "form": form,
        "advert": opportunity,
        "missing": actions.missing_from(opportunity),
        "warnings": actions.warnings_of(opportunity),
        "section_names": {slug: kind.name for slug, kind in SECTIONS.items()},
    }
    return render(request, "opportunities/staff_publish.jinja", page)


@writer
def closing(request: HttpRequest, key: str) -> HttpResponse:
    """Keep it open longer, or close it sooner."""
    opportunity = _published(key)
    closes = dates.london(opportunity.event.closes_at)
    initial = {
        "closes_on": closes.date(),
        "closes_clock": closes.time().replace(second=0, microsecond=0),
    }
    form = ClosingForm(posted(request), initial=initial)
    if form.is_valid():
        done = attempt(
            form,
            actions.change_closing,
            opportunity=opportunity,
            **form.cleaned_data,
            by=request.user,
        )
        if done:
            messages.success(request, "The closing time is changed.")
            return redirect(back_to(opportunity))
    page = {
        "title": "Change when it closes",
        "caption": opportunity.title,
        "back": back_to(opportunity),
        "form": form,
        "button_words": "Change when it closes",
        "intro": "",
    }
    return render(request, "opportunities/staff_form.jinja", page)


@writer
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Close it now, after asking."""
    opportunity = _published(key)
    form = Form(posted(request))
    if form.is_valid():
        done = attempt(form, actions.close_now, opportunity=opportunity, by=request.user)
        if done:
            messages.success(request, "It is closed.")
            return redirect(back_to(opportunity))
    page = {
        "title": "Close this now?",
        "caption": opportunity.title,
        "back": back_to(opportunity),
        "form": form,
        "button_words": "Close it now",
        "kind": "warning",
        "intro": "Nobody can ask for a place online after that. People who have a place keep it. "
        "You can open it again by changing when it closes.",
    }
    return render(request, "opportunities/staff_form.jinja", page)


@writer
def places(request: HttpRequest, key: str) -> HttpResponse:
    """Raise or lower the number of places."""
    opportunity = _published(key)
    form = PlacesForm(posted(request), initial={"capacity": opportunity.event.capacity})
    if form.is_valid():
        done = attempt(
            form,
            actions.change_places,
            opportunity=opportunity,
            **form.cleaned_data,
            by=request.user,
        )
        if done:
            messages.success(request, "The number of places is changed.")
            return redirect(back_to(opportunity))
    page = {
        "title": "Change the number of places",
        "caption": opportunity.title,
        "back": back_to(opportunity),
        "form": form,
        "button_words": "Change the places",
        "intro": "New places are offered to people who wait, in their order.",
    }
    return render(request, "opportunities/staff_form.jinja", page)


@writer
def cancel(request: HttpRequest, key: str) -> HttpResponse:
    """Call it off, with a reason everybody is told."""
    opportunity = _published(key)
    form = BecauseForm(posted(request))
    if form.is_valid():
        done = attempt(
            form, actions.cancel, opportunity=opportunity, **form.cleaned_data, by=request.user
        )
        if done:
            messages.success(
                request, "Cancelled. We are telling everybody who had a place or waited."
            )
            return redirect(back_to(opportunity))
    page = {
        "title": "Cancel this",
        "caption": opportunity.title,
        "back": back_to(opportunity),
        "form": form,
        "button_words": "Cancel it and tell everybody",
        "kind": "warning",
        "intro": "You cannot undo this. Everybody is told in the way they need.",
    }
    return render(request, "opportunities/staff_form.jinja", page)


@writer
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a draft away, after asking."""
    opportunity = found(key)
    if opportunity.published_at is not None:
        raise Http404
    form = Form(posted(request))
    if form.is_valid():
        done = attempt(form, actions.discard_draft, opportunity=opportunity, by=request.user)
        if done:
            messages.success(request, "The draft is thrown away.")
            return redirect("opportunities:staff")
    page = {
        "title": "Throw this draft away?",
        "caption": opportunity.title,
        "back": back_to(opportunity),
        "form": form,
        "button_words": "Throw it away",
        "kind": "warning",
        "intro": "Nobody has seen it, so nobody is told.",
    }
    return render(request, "opportunities/staff_form.jinja", page)


def _published(key: str) -> Opportunity:
    """Return an advert that is published and whose session is still to come."""
    opportunity = found(key)
    if opportunity.standing() not in {Standing.OPEN, Standing.CLOSED}:
        raise Http404
    return opportunity

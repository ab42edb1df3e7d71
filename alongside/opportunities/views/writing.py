"""Writing an advert, for staff."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alongside.accounts.access import Permission, may
from alongside.accounts.doors import staff
from alongside.core import dates
from alongside.design.forms import attempt
from alongside.design.paging import page_of
from alongside.opportunities import actions, rules
from alongside.opportunities.forms import (
    SECTIONS,
    SectionForm,
    StartForm,
    SupportOfferForm,
)
from alongside.opportunities.models import Opportunity
from alongside.opportunities.rules import Standing
from alongside.opportunities.views.posted import posted
from alongside.opportunities.views.public import advert_page
from alongside.organisation import names

writer = staff(may=Permission.OPPORTUNITY_WRITE)

SHOWN = {
    "open": "Open",
    "draft": "Drafts",
    "closed": "Closed",
    "past": "Past",
}


def found(key: str) -> Opportunity:
    """Return the advert, or say that there is none."""
    return get_object_or_404(Opportunity.objects.for_staff(), key=key)


def back_to(advert: Opportunity) -> str:
    """Return the address of the advert's staff page."""
    return reverse("opportunities:staff_advert", args=[advert.key])


@writer
@require_safe
def of_event(request: HttpRequest, key: str) -> HttpResponse:
    """Lead from an event's register to its advert."""
    return redirect(back_to(get_object_or_404(Opportunity.objects.for_staff(), event__key=key)))


@writer
@require_safe
def adverts(request: HttpRequest) -> HttpResponse:
    """List adverts by where they are in their life."""
    shown = request.GET.get("show", "open")
    shown = shown if shown in SHOWN else "open"
    every = Opportunity.objects.for_staff()
    rows = {
        "open": every.open().order_by("event__closes_at", "pk"),
        "draft": every.drafts().order_by("-created_at", "-pk"),
        "closed": every.closed().order_by("event__starts_at", "pk"),
        "past": every.over().order_by("-event__starts_at", "-pk"),
    }[shown]
    found_adverts = page_of(rows, request)
    page = {
        "title": "Ways to take part",
        "wide": True,
        "shown": shown,
        "tabs": [
            (code, words, f"{reverse('opportunities:staff')}?show={code}")
            for code, words in SHOWN.items()
        ],
        "adverts": found_adverts,
        "rows": [_row(advert, shown) for advert in found_adverts],
    }
    return render(request, "opportunities/staff_adverts.jinja", page)


def _row(advert: Opportunity, shown: str) -> list[Any]:
    event = advert.event
    return [
        {
            "href": back_to(advert),
            "text": advert.title,
            "hidden": f", {dates.day(event.starts_at)}",
        },
        dates.when(event.starts_at, event.ends_at),
        f"{dates.day(event.closes_at)}, {dates.clock(event.closes_at)}",
        "Chosen by us" if event.by_selection else f"{event.taken} of {event.capacity}",
        *([rules.STANDING_WORDS[advert.standing()]] if shown == "past" else []),
    ]


@writer
def begin(request: HttpRequest) -> HttpResponse:
    """Ask for what a draft cannot do without."""
    form = StartForm(posted(request))
    if form.is_valid():
        advert = attempt(form, actions.make_advert, **form.cleaned_data, by=request.user)
        if advert:
            return redirect(back_to(advert))
    page = {
        "title": "Write an advert",
        "back": reverse("opportunities:staff"),
        "form": form,
        "button_words": "Save and continue",
        "intro": "Start with when it is and how many can come. You can change everything later.",
    }
    return render(request, "opportunities/staff_form.jinja", page)


@writer
def copy(request: HttpRequest, key: str) -> HttpResponse:
    """Begin a new advert with the words of this one."""
    original = found(key)
    initial = {
        "title": original.title,
        "mode": original.event.mode,
        "capacity": original.event.capacity,
    }
    form = StartForm(posted(request), initial=initial)
    if form.is_valid():
        advert = attempt(
            form, actions.copy_advert, opportunity=original, **form.cleaned_data, by=request.user
        )
        if advert:
            return redirect(back_to(advert))
    page = {
        "title": "Copy this advert",
        "caption": original.title,
        "back": back_to(original),
        "form": form,
        "button_words": "Make the copy",
        "intro": "We copy all the words and the support. Tell us the new dates. "
        "How to join is not copied, because a new session has a new link.",
    }
    return render(request, "opportunities/staff_form.jinja", page)


@writer
@require_safe
def advert(request: HttpRequest, key: str) -> HttpResponse:
    """Show where the advert is in its life, what is missing, and what can be done."""
    opportunity = found(key)
    standing = opportunity.standing()
    missing = actions.missing_from(opportunity) if standing is Standing.DRAFT else []
    worth_warning = standing in {Standing.DRAFT, Standing.OPEN}
    warnings = actions.warnings_of(opportunity) if worth_warning else []
    page = {
        "title": opportunity.title,
        "caption": "Advert",
        "back": reverse("opportunities:staff"),
        "advert": opportunity,
        "event": opportunity.event,
        "standing": standing,
        "begun": opportunity.event.starts_at <= timezone.now(),
        "state": (rules.STANDING_WORDS[standing], rules.STANDING_COLOURS[standing]),
        "warnings": warnings,
        "missing": missing,
        "tasks": _tasks(opportunity, missing, warnings),
        "can_change": standing in {Standing.DRAFT, Standing.OPEN, Standing.CLOSED},
        "can_book": may(request.user, Permission.BOOKING_MANAGE),
        "can_choose": opportunity.event.by_selection
        and may(request.user, Permission.OPPORTUNITY_SELECT),
        "invited": opportunity.invitations.count(),
    }
    return render(request, "opportunities/staff_advert.jinja", page)


def _tasks(
    opportunity: Opportunity, missing: list[rules.Warn], warnings: list[rules.Warn]
) -> list[dict[str, Any]]:
    lacking = {warn.section for warn in missing}
    poor = {warn.section for warn in warnings}
    items = []
    for slug, form in SECTIONS.items():
        href = reverse("opportunities:section", args=[opportunity.key, slug])
        if slug == "support":
            href = reverse("opportunities:support", args=[opportunity.key])
        item: dict[str, Any] = {"text": form.name, "hint": form.says, "href": href}
        if slug in lacking:
            item |= {"status": "To do", "colour": "blue"}
        elif slug in poor:
            item |= {"status": "Look again", "colour": "yellow"}
        else:
            item |= {"status": "Done"}
        items.append(item)
    return items


@writer
def section(request: HttpRequest, key: str, section: str) -> HttpResponse:
    """Change one section. Two writers cannot undo each other unseen."""
    opportunity = found(key)
    kind = SECTIONS.get(section)
    if kind is None or section == "support":
        raise Http404
    form = kind.of(opportunity, posted(request))
    saved = _save(request, opportunity, form)
    if saved:
        return saved
    page = {
        "title": kind.name,
        "caption": opportunity.title,
        "back": back_to(opportunity),
        "form": form,
        "button_words": "Save",
        "intro": _intro(opportunity, section),
    }
    return render(request, "opportunities/staff_form.jinja", page)


def _intro(opportunity: Opportunity, section: str) -> str:
    if opportunity.published_at is None:
        return ""
    if section == "when":
        return (
            "If you change this, we tell everybody who has a place or waits for one, "
            "and their calendar follows."
        )
    return "This advert is published. Everybody sees the change as soon as you save it."


def _save(request: HttpRequest, opportunity: Opportunity, form: SectionForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    before = opportunity.event.sequence
    saved = attempt(
        form, actions.change_advert, opportunity=opportunity, **form.facts(), by=request.user
    )
    if saved:
        told = saved.published_at is not None and saved.event.sequence > before
        messages.success(
            request,
            "Saved. We are telling everybody who has a place or waits for one."
            if told
            else "Saved",
        )
        return redirect(back_to(opportunity))
    # Somebody else was quicker: what was typed stays, and saving again is now a choice.
    form.read_version(opportunity.version)
    return None


@writer
def support(request: HttpRequest, key: str) -> HttpResponse:
    """Say what support there is, and add what people can pick."""
    opportunity = found(key)
    adding = request.POST.get("do") == "add"
    words = SECTIONS["support"].of(
        opportunity, request.POST if request.method == "POST" and not adding else None
    )
    offer = SupportOfferForm(request.POST if adding else None)
    if not adding and (saved := _save(request, opportunity, words)):
        return saved
    if adding and offer.is_valid():
        added = attempt(
            offer,
            actions.add_support_offer,
            opportunity=opportunity,
            **offer.cleaned_data,
            by=request.user,
        )
        if added:
            return redirect("opportunities:support", opportunity.key)
    page = {
        "title": "Support",
        "caption": opportunity.title,
        "back": back_to(opportunity),
        "form": offer if adding else words,
        "words": words,
        "adding": offer,
        "advert": opportunity,
        "offers": opportunity.event.support_offers.filter(ended_at__isnull=True).order_by("pk"),
    }
    return render(request, "opportunities/staff_support.jinja", page)


@writer
@require_POST
def end_support(request: HttpRequest, key: str, offer: str) -> HttpResponse:
    """Stop offering a support."""
    opportunity = found(key)
    chosen = get_object_or_404(opportunity.event.support_offers.all(), key=offer)
    actions.end_support_offer(opportunity=opportunity, offer=chosen, by=request.user)
    return redirect("opportunities:support", opportunity.key)


@writer
@require_safe
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """Show the advert exactly as everybody will see it."""
    opportunity = get_object_or_404(Opportunity.objects.for_staff().to_read(), key=key)
    page = advert_page(opportunity) | {
        "preview": True,
        "back": back_to(opportunity),
        "caption": opportunity.trust_name or names.trust_name().name,
    }
    return render(request, "opportunities/advert.jinja", page)

"""Pages for the administrator who keeps the organisation up to date."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django import forms as django_forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.access import Permission
from alongside.accounts.doors import staff
from alongside.core import dates
from alongside.design.forms import attempt
from alongside.design.paging import page_of
from alongside.organisation import actions, forms
from alongside.organisation.models import Area, Council, Dated, Service, Team, Topic, TrustName

D = TypeVar("D", bound=Dated)


def _days(row: Dated) -> str:
    """Put the days of a row into words."""
    first, last = row.started_on, row.ended_on
    if first and last:
        return f"{dates.day(first)} to {dates.day(last)}"
    if first:
        return f"From {dates.day(first)}"
    return f"Until {dates.day(last)}" if last else "No dates set"


def _form_page(
    request: HttpRequest, title: str, form: django_forms.Form, button: str, back: str
) -> HttpResponse:
    page = {"title": title, "form": form, "button_text": button, "back": back}
    return render(request, "organisation/form.jinja", page)


def _done(request: HttpRequest, words: str, address: str, *args: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(f"organisation:{address}", *args)


def _start(row: Dated, *fields: str) -> dict[str, Any]:
    """Return what a form starts with."""
    return {field: getattr(row, field) for field in fields}


def _search(request: HttpRequest, rows: QuerySet[D]) -> tuple[forms.SearchForm, QuerySet[D]]:
    """Narrow a list by what the reader asked for."""
    form = forms.SearchForm(request.GET if {"q", "ended"} & request.GET.keys() else None)
    asked = form.cleaned_data if form.is_valid() else {}
    if not asked.get("ended"):
        rows = rows.filter(ended_on__isnull=True) | rows.filter(ended_on__gte=timezone.localdate())
    if asked.get("q"):
        rows = rows.filter(name__icontains=asked["q"])
    return form, rows.order_by("name", "pk")


def _list_page(
    request: HttpRequest,
    *,
    title: str,
    rows: QuerySet[Any],
    add: tuple[str, str],
    **page: Any,
) -> HttpResponse:
    search, rows = _search(request, rows)
    page |= {
        "title": title,
        "back": reverse("organisation:home"),
        "wide": True,
        "search": search,
        "rows": page_of(rows, request),
        "add": add[0],
        "add_address": reverse(f"organisation:{add[1]}"),
        "days": _days,
    }
    return render(request, "organisation/list.jinja", page)


# --- the trust ----------------------------------------------------------------------------------


@staff(may=Permission.ORGANISATION_WRITE)
def home(request: HttpRequest) -> HttpResponse:
    """Show what the trust is called, how to reach it, and the lists it is made of."""
    page = {
        "title": "Your organisation",
        "back": reverse("home:staff"),
        "name": actions.trust_name(),
        "reach": actions.contact(),
    }
    return render(request, "organisation/home.jinja", page)


@staff(may=Permission.ORGANISATION_WRITE)
def names(request: HttpRequest) -> HttpResponse:
    """List every name the trust has had."""
    known = sorted(TrustName.objects.all(), key=lambda one: one.started_on or dt.date.min)
    page = {
        "title": "Names of the trust",
        "back": reverse("organisation:home"),
        "wide": True,
        "names": known[::-1],
        "days": _days,
    }
    return render(request, "organisation/names.jinja", page)


@staff(may=Permission.ORGANISATION_WRITE)
def name(request: HttpRequest, key: str | None = None) -> HttpResponse:
    """Give the trust a name from a day, or put one right."""
    known = get_object_or_404(TrustName, key=key) if key else None
    start = _start(known, "name", "short_name", "started_on") if known else {}
    form = forms.TrustNameForm(request.POST or None, initial=start)
    if form.is_valid():
        facts = {"by": request.user, **form.cleaned_data}
        if known:
            kept = attempt(form, actions.correct_trust_name, trust_name=known, **facts)
        else:
            kept = attempt(form, actions.add_trust_name, **facts)
        if kept:
            return _done(request, f"Saved: {kept}", "names")
    title = "Put a name right" if known else "Name your trust"
    return _form_page(request, title, form, "Save name", reverse("organisation:names"))


@staff(may=Permission.ORGANISATION_WRITE)
def contact(request: HttpRequest) -> HttpResponse:
    """Say how to reach the involvement team."""
    reach = actions.contact()
    fields = forms.ContactForm.base_fields
    form = forms.ContactForm(
        request.POST or None, initial={field: getattr(reach, field) for field in fields}
    )
    if form.is_valid() and attempt(
        form, actions.change_contact, by=request.user, **form.cleaned_data
    ):
        return _done(request, "Saved how to reach you", "home")
    title = "How people can reach you"
    return _form_page(request, title, form, "Save", reverse("organisation:home"))


# --- councils, areas, services, topics ------------------------------------------------------------


@staff(may=Permission.ORGANISATION_WRITE)
def councils(request: HttpRequest) -> HttpResponse:
    """List the councils."""
    return _list_page(
        request,
        title="Councils",
        rows=Council.objects.all(),
        add=("Add a council", "add_council"),
        address="organisation:council",
        detail="Website",
        detail_field="website",
    )


@staff(may=Permission.ORGANISATION_WRITE)
def council(request: HttpRequest, key: str | None = None) -> HttpResponse:
    """Add a council, or change one."""
    known = get_object_or_404(Council, key=key) if key else None
    start = _start(known, "name", "website", "started_on", "ended_on") if known else {}
    form = forms.CouncilForm(request.POST or None, initial=start)
    if form.is_valid():
        facts = {"by": request.user, **form.cleaned_data}
        if known:
            kept = attempt(form, actions.change_council, council=known, **facts)
        else:
            kept = attempt(form, actions.add_council, **facts)
        if kept:
            return _done(request, f"Saved: {kept}", "councils")
    title = "Change a council" if known else "Add a council"
    return _form_page(request, title, form, "Save council", reverse("organisation:councils"))


@staff(may=Permission.ORGANISATION_WRITE)
def areas(request: HttpRequest) -> HttpResponse:
    """List the areas."""
    return _list_page(
        request,
        title="Areas",
        rows=Area.objects.all(),
        add=("Add an area", "add_area"),
        address="organisation:area",
        detail="Towns in it",
        detail_field="places",
    )


@staff(may=Permission.ORGANISATION_WRITE)
def area(request: HttpRequest, key: str | None = None) -> HttpResponse:
    """Add an area, or change one."""
    known = get_object_or_404(Area, key=key) if key else None
    start: dict[str, Any] = {}
    if known:
        start = _start(known, "name", "places", "started_on", "ended_on")
        start["councils"] = list(known.councils.all())
    form = forms.AreaForm(request.POST or None, initial=start)
    if form.is_valid():
        facts = {"by": request.user, **form.cleaned_data}
        if known:
            kept = attempt(form, actions.change_area, area=known, **facts)
        else:
            kept = attempt(form, actions.add_area, **facts)
        if kept:
            return _done(request, f"Saved: {kept}", "areas")
    title = "Change an area" if known else "Add an area"
    return _form_page(request, title, form, "Save area", reverse("organisation:areas"))


@staff(may=Permission.ORGANISATION_WRITE)
def services(request: HttpRequest) -> HttpResponse:
    """List the services."""
    return _list_page(
        request,
        title="Services",
        rows=Service.objects.all(),
        add=("Add a service", "add_service"),
        address="organisation:service",
    )


@staff(may=Permission.ORGANISATION_WRITE)
def service(request: HttpRequest, key: str | None = None) -> HttpResponse:
    """Add a service, or change one."""
    known = get_object_or_404(Service, key=key) if key else None
    start = _start(known, "name", "started_on", "ended_on") if known else {}
    form = forms.ServiceForm(request.POST or None, initial=start)
    if form.is_valid():
        facts = {"by": request.user, **form.cleaned_data}
        if known:
            kept = attempt(form, actions.change_service, service=known, **facts)
        else:
            kept = attempt(form, actions.add_service, **facts)
        if kept:
            return _done(request, f"Saved: {kept}", "services")
    title = "Change a service" if known else "Add a service"
    return _form_page(request, title, form, "Save service", reverse("organisation:services"))


@staff(may=Permission.ORGANISATION_WRITE)
def topics(request: HttpRequest) -> HttpResponse:
    """List the topics."""
    return _list_page(
        request,
        title="Topics",
        rows=Topic.objects.all(),
        add=("Add a topic", "add_topic"),
        address="organisation:topic",
    )


@staff(may=Permission.ORGANISATION_WRITE)
def topic(request: HttpRequest, key: str | None = None) -> HttpResponse:
    """Add a topic, or change one."""
    known = get_object_or_404(Topic, key=key) if key else None
    start = _start(known, "name", "started_on", "ended_on") if known else {}
    form = forms.TopicForm(request.POST or None, initial=start)
    if form.is_valid():
        facts = {"by": request.user, **form.cleaned_data}
        if known:
            kept = attempt(form, actions.change_topic, topic=known, **facts)
        else:
            kept = attempt(form, actions.add_topic, **facts)
        if kept:
            return _done(request, f"Saved: {kept}", "topics")
    title = "Change a topic" if known else "Add a topic"
    return _form_page(request, title, form, "Save topic", reverse("organisation:topics"))


# --- teams --------------------------------------------------------------------------------------


@staff(may=Permission.ORGANISATION_WRITE)
def teams(request: HttpRequest) -> HttpResponse:
    """List the teams."""
    return _list_page(
        request,
        title="Teams",
        rows=Team.objects.select_related("service", "area"),
        add=("Add a team", "add_team"),
        address="organisation:team",
        teams=True,
    )


@staff(may=Permission.ORGANISATION_WRITE)
def team(request: HttpRequest, key: str) -> HttpResponse:
    """Show a team, what it was called, and what it became."""
    rows = Team.objects.select_related("service", "area", "merged_into")
    known = get_object_or_404(rows, key=key)
    page = {
        "title": known.name,
        "caption": "Team",
        "back": reverse("organisation:teams"),
        "wide": True,
        "team": known,
        "days": _days,
        "earlier_names": known.earlier_names.order_by("-ended_on", "-pk"),
        "merged_from": known.merged_from.order_by("ended_on", "name", "pk"),
    }
    return render(request, "organisation/team.jinja", page)


TEAM_DETAILS = ("kind", "service", "area", "place", "started_on")


@staff(may=Permission.ORGANISATION_WRITE)
def add_team(request: HttpRequest) -> HttpResponse:
    """Add a team."""
    form = forms.NewTeamForm(request.POST or None)
    if form.is_valid():
        kept = attempt(form, actions.add_team, by=request.user, **form.cleaned_data)
        if kept:
            return _done(request, f"Saved: {kept}", "team", kept.key)
    return _form_page(request, "Add a team", form, "Save team", reverse("organisation:teams"))


@staff(may=Permission.ORGANISATION_WRITE)
def change_team(request: HttpRequest, key: str) -> HttpResponse:
    """Put a team's details right."""
    known = get_object_or_404(Team, key=key)
    form = forms.TeamForm(request.POST or None, initial=_start(known, *TEAM_DETAILS))
    return _about_team(
        request, known, form, actions.change_team, "Change a team's details", "Save details"
    )


@staff(may=Permission.ORGANISATION_WRITE)
def rename_team(request: HttpRequest, key: str) -> HttpResponse:
    """Call a team something else."""
    known = get_object_or_404(Team, key=key)
    form = forms.RenameTeamForm(request.POST or None, initial={"name": known.name})
    return _about_team(request, known, form, actions.rename_team, "Rename a team", "Save name")


@staff(may=Permission.ORGANISATION_WRITE)
def merge_team(request: HttpRequest, key: str) -> HttpResponse:
    """Make a team part of another."""
    known = get_object_or_404(Team, key=key)
    form = forms.MergeTeamForm(request.POST or None, team=known)
    return _about_team(
        request, known, form, actions.merge_team, "Merge a team into another", "Merge teams"
    )


@staff(may=Permission.ORGANISATION_WRITE)
def end_team(request: HttpRequest, key: str) -> HttpResponse:
    """Say when a team's work ends."""
    known = get_object_or_404(Team, key=key)
    form = forms.EndTeamForm(request.POST or None, initial={"ended_on": known.ended_on})
    return _about_team(request, known, form, actions.end_team, "End a team", "Save last day")


@staff(may=Permission.ORGANISATION_WRITE)
def reopen_team(request: HttpRequest, key: str) -> HttpResponse:
    """Undo an end or a merge that was entered by mistake."""
    known = get_object_or_404(Team.objects.filter(ended_on__isnull=False), key=key)
    form = forms.ReopenTeamForm(request.POST if request.method == "POST" else None)
    return _about_team(
        request, known, form, actions.reopen_team, "Is this team still at work?", "Undo its end"
    )


def _about_team(
    request: HttpRequest,
    known: Team,
    form: django_forms.Form,
    action: Any,
    title: str,
    button: str,
) -> HttpResponse:
    if form.is_valid():
        kept = attempt(form, action, team=known, by=request.user, **form.cleaned_data)
        if kept:
            return _done(request, f"Saved: {kept}", "team", known.key)
        known.refresh_from_db()
    page = {
        "title": title,
        "caption": known.name,
        "form": form,
        "button_text": button,
        "back": reverse("organisation:team", args=[known.key]),
    }
    return render(request, "organisation/form.jinja", page)

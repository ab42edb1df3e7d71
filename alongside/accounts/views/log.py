"""The audit log, for the information governance lead. Looking at it is itself in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, cast

from django.apps import apps
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.accounts import audit, forms
from alongside.accounts.access import Permission
from alongside.accounts.doors import staff
from alongside.accounts.models import AuditEntry, AuditEntryQuerySet, User
from alongside.core import dates
from alongside.core.exports import csv_stream

SHOWN = 50
FIELDS = ("about", "on", "by", "action", "kind", "first", "last")
HEAD = ["When", "Who", "Key of who", "What", "Code", "Kind", "On", "Key", "Person", "Detail"]
door = staff(may=Permission.AUDIT_SEE)


def _search(request: HttpRequest) -> tuple[forms.AuditSearchForm, AuditEntryQuerySet]:
    """Narrow the log by what the reader asked for; by nothing, where the question is wrong."""
    asked_any = any(name.split("_")[0] in FIELDS for name in request.GET)
    form = forms.AuditSearchForm(request.GET if asked_any else None)
    lines = AuditEntry.objects.select_related("actor")
    if not asked_any:
        return form, lines
    if not form.is_valid():
        return form, lines.none()
    asked = form.cleaned_data
    if asked["about"]:
        lines = lines.about(asked["about"].strip())
    if asked["on"]:
        lines = lines.filter(on_key=asked["on"].strip())
    if asked["by"]:
        who = asked["by"].strip()
        found = User.objects.filter(
            Q(name__icontains=who) | Q(email__iexact=who) | Q(key=who)
        ).values("pk")
        lines = lines.filter(actor__in=found)
    if asked["action"]:
        lines = lines.filter(action=asked["action"])
    if asked["kind"]:
        lines = lines.filter(kind=asked["kind"])
    if asked["first"]:
        lines = lines.filter(at__gte=dates.at(asked["first"], dt.time(0)))
    if asked["last"]:
        lines = lines.filter(at__lt=dates.at(asked["last"] + dt.timedelta(days=1), dt.time(0)))
    return form, lines


def _asked(form: forms.AuditSearchForm) -> dict[str, Any]:
    """Return what was searched for, as the log keeps it: codes and days, no names."""
    clean = form.cleaned_data if form.is_bound and form.is_valid() else {}
    asked = {
        name: clean[name] for name in ("on", "action", "kind", "first", "last") if clean.get(name)
    }
    return {**asked, "by_somebody": True} if clean.get("by") else asked


def _kind_of(label: str) -> str:
    """Return what kind of thing a line is about, in words."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):  # a kind of thing there is no longer
        return label.rpartition(".")[2]


def _detail(line: AuditEntry) -> list[str]:
    return [
        f"{name.replace('_', ' ')}: {_shown(value)}"
        for name, value in line.detail.items()
        if value not in ({}, [], "")
    ]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {_shown(item)}" for name, item in value.items())
    return "none" if value is None else str(value)


@door
def search(request: HttpRequest) -> HttpResponse:
    """Search the log, the newest line first."""
    form, lines = _search(request)
    start = request.GET.get("before", "")
    before = AuditEntry.objects.filter(key=start).first() if start.isalnum() else None
    found = list(lines.newest_first(before)[: SHOWN + 1])
    _note(request, form, "accounts.audit_searched")
    query = request.GET.copy()
    query.pop("before", None)
    older = query.copy()
    if len(found) > SHOWN:
        older["before"] = found[SHOWN - 1].key
    here = reverse("accounts:audit")
    page = {
        "title": "Audit log",
        "wide": True,
        "back": reverse("home:staff"),
        "form": form,
        "searched": form.is_bound,
        "rows": [_row(line) for line in found[:SHOWN]],
        "older": f"{here}?{older.urlencode()}" if len(found) > SHOWN else "",
        "newest": f"{here}?{query.urlencode()}" if before else "",
        "export": f"{reverse('accounts:audit_csv')}?{query.urlencode()}",
    }
    return render(request, "accounts/audit.jinja", page)


def _row(line: AuditEntry) -> list[Any]:
    things = [f"{_kind_of(line.on_label)} {line.on_key}"] if line.on_key else []
    if line.about_key and line.about_key != line.on_key:
        things.append(f"person {line.about_key}")
    return [
        {"lines": [dates.day(line.at), f"{dates.london(line.at):%H:%M:%S}"]},
        {"lines": [line.actor.name] if line.actor.name else ["Member", line.actor.key]},
        {"lines": [audit.words(line.action), line.get_kind_display()]},
        {"lines": things},
        {"lines": _detail(line)},
    ]


def _note(request: HttpRequest, form: forms.AuditSearchForm, action: str) -> None:
    """Write down that somebody looked at the log, and whose lines they asked for."""
    clean = form.cleaned_data if form.is_bound and form.is_valid() else {}
    audit.look(
        action, by=cast(User, request.user), about_key=clean.get("about", ""), asked=_asked(form)
    )


@door
def export(request: HttpRequest) -> HttpResponseBase:
    """The lines of a search as a file."""
    form, lines = _search(request)
    _note(request, form, "accounts.audit_exported")
    return csv_stream("audit-log.csv", HEAD, _lines(lines.newest_first()))


def _lines(lines: AuditEntryQuerySet) -> Iterator[list[Any]]:
    for line in lines.iterator(chunk_size=1000):
        yield [
            f"{dates.london(line.at):%Y-%m-%d %H:%M:%S}",
            str(line.actor),
            line.actor.key,
            audit.words(line.action),
            line.action,
            line.get_kind_display(),
            line.on_label,
            line.on_key,
            line.about_key,
            "; ".join(_detail(line)),
        ]

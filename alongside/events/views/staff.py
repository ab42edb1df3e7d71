"""The register of an event, for staff: lists, print, spreadsheet, marking, places."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import Exists, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.access import Permission
from alongside.accounts.doors import staff
from alongside.core.exports import csv_stream
from alongside.design.forms import attempt
from alongside.design.paging import page_of
from alongside.events import actions, rules
from alongside.events.forms.staff import FindForm, MarkForm, PlacesForm, RestForm
from alongside.events.models import Booking, BookingNeed, Event, SupportRequest
from alongside.events.views.changing import posted
from alongside.people.needs import NEEDS
from alongside.people.rules import search_terms

State = Booking.State
ENDED = (State.CANCELLED, State.LEFT, State.LAPSED, State.DECLINED, State.NOT_CHOSEN)
PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "booked": ("Have a place", (State.BOOKED,)),
    "offered": ("On offer", (State.OFFERED,)),
    "waiting": ("Waiting list", (State.WAITING,)),
    "applied": ("Asked for a place", (State.APPLIED,)),
    "ended": ("Ended", ENDED),
}
BY_NAME_UP_TO = 500  # longer lists are in the order of booking, so that they open as quickly
COUNTED = 1000  # beyond that a list says "1,000+", so that it opens as quickly
PRINTED = 120  # rows on one printed page of the register
MARKED = 25  # rows on one page for marking


def _event(key: str) -> Event:
    return get_object_or_404(Event, key=key)


def _with_needs(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    requests = SupportRequest.objects.filter(ended_at__isnull=True).select_related("offer")
    return bookings.select_related("person").prefetch_related(
        Prefetch("needs", BookingNeed.objects.order_by("pk")),
        Prefetch("support", requests.order_by("pk")),
    )


class _CountOf(Subquery):
    """How many rows a query has, counted inside one statement with others."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) _counted)"
    output_field = IntegerField()


def _counts(event: Event) -> dict[str, int]:
    """Return how many each part holds, in one query; counting stops after COUNTED."""
    asked = {
        part: _CountOf(
            event.bookings.filter(state__in=states).order_by().values("pk")[: COUNTED + 1]
        )
        for part, (_words, states) in PARTS.items()
    }
    found: dict[str, int] = dict(Event.objects.filter(pk=event.pk).values(**asked).get())
    return found


def _count_words(count: int) -> str:
    return f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"


def _need_words(need: BookingNeed) -> str:
    words = NEEDS[need.code].words if need.code in NEEDS else need.code
    return f"{words}: {need.detail}" if need.detail else words


@staff(may=Permission.BOOKING_MANAGE)
def register(request: HttpRequest, key: str) -> HttpResponse:
    """List who has a place, is waiting, asked, or has gone, with what is still to do for each."""
    event = _event(key)
    counts = _counts(event)
    part = request.GET.get("part", "")
    if part not in PARTS:
        part = "applied" if event.by_selection and not counts["booked"] else "booked"
    form = FindForm(request.GET)
    found = event.bookings.filter(state__in=PARTS[part][1])
    sought = form.cleaned_data["q"].strip() if form.is_valid() else ""
    for term in search_terms(sought):
        found = found.filter(person__sought__contains=term)
    if request.GET.get("to_meet") == "yes":
        open_needs = BookingNeed.objects.filter(booking=OuterRef("pk"), met_at__isnull=True)
        found = found.filter(Exists(open_needs))
    page_found = page_of(_with_needs(found.order_by(*_order(part, counts[part]))), request)
    audit.look("events.register_seen", on=event, by=request.user, part=part)
    page = {
        "title": "Register",
        "back": reverse("opportunities:of_event", args=[event.key]),
        "caption": event.title,
        "wide": True,
        "event": event,
        "form": form if form.errors else None,
        "find": form,
        "sought": sought,
        "part": part,
        "parts": [
            {
                "href": f"?part={name}",
                "text": words,
                "count": _count_words(counts[name]),
                "current": name == part,
            }
            for name, (words, _states) in PARTS.items()
            if counts[name] or name == part or name in ("booked", "waiting")
        ],
        "caption_of_table": PARTS[part][0],
        "found": page_found,
        "head": HEADS[part],
        "rows": [_row(booking, part) for booking in page_found],
        "query": {
            "part": part,
            "q": sought,
            "to_meet": "yes" if request.GET.get("to_meet") == "yes" else "",
        },
        "begun": event.starts_at <= timezone.now(),
    }
    return render(request, "events/register.jinja", page)


def _order(part: str, rows: int) -> tuple[str, ...]:
    if part == "waiting":
        return ("turn_at", "pk")
    return ("person__full_name", "pk") if rows <= BY_NAME_UP_TO else ("pk",)


HEADS = {
    "booked": ["Name", "Comes with", "Needs", "Support", "There"],
    "offered": ["Name", "Comes with", "Needs", "Support", "Can answer until"],
    "waiting": ["Name", "Comes with", "Needs", "Support", "Waiting since"],
    "applied": ["Name", "Comes with", "Asked on"],
    "ended": ["Name", "What happened", "When"],
}


def _row(booking: Booking, part: str) -> dict[str, Any]:
    needs = list(booking.needs.all())
    requests = list(booking.support.all())
    return {
        "booking": booking,
        "to_meet": sum(need.met_at is None for need in needs),
        "needs": len(needs),
        "to_arrange": sum(
            request.assigned_to_id is None and request.given_at is None for request in requests
        ),
        "support": len(requests),
    }


# --- paper ------------------------------------------------------------------------------------
@staff(may=Permission.BOOKING_MANAGE)
def register_print(request: HttpRequest, key: str) -> HttpResponse:
    """Show the register as it is printed: needs, room to tick, blank lines for walk-ins."""
    event = _event(key)
    booked = event.bookings.filter(state=State.BOOKED)
    found = page_of(
        _with_needs(booked.order_by("person__full_name", "pk")), request, per_page=PRINTED
    )
    audit.look("events.register_printed", on=event, by=request.user)
    page = {
        "title": event.title,
        "caption": "Register",
        "wide": True,
        "back": reverse("events:register", args=[event.key]),
        "event": event,
        "found": found,
        "need_words": _need_words,
        "blank": 0 if found.has_next else 6,
    }
    return render(request, "events/register_print.jinja", page)


# --- spreadsheet ------------------------------------------------------------------------------
HEAD = [
    "Name",
    "State",
    "Places",
    "Comes with",
    "Takes part as",
    "In the capacity of",
    "Does not want to be paid",
    "Needs",
    "Support",
    "There",
    "Minutes",
    "Asked on",
    "Asked how",
]
AT_ONCE = 2000


@staff(may=Permission.BOOKING_MANAGE)
def register_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    """Give the register as a spreadsheet, streamed."""
    event = _event(key)
    audit.look("events.register_exported", on=event, by=request.user)
    return csv_stream(f"register-{event.key}.csv", HEAD, _lines(event))


def _lines(event: Event) -> Iterator[list[Any]]:
    labels = {
        name: dict(Booking._meta.get_field(name).flatchoices)
        for name in ("state", "category", "capacity", "attendance")
    }
    after = 0
    while True:
        rows = list(
            event.bookings.filter(pk__gt=after)
            .order_by("pk")
            .values_list(
                "pk",
                "person__full_name",
                "state",
                "places",
                "companion_name",
                "category",
                "capacity",
                "declines_payment",
                "attendance",
                "minutes_attended",
                "created_at",
                "entered_how",
            )[:AT_ONCE]
        )
        if not rows:
            return
        first, after = rows[0][0], rows[-1][0]
        within = {"booking__event": event, "booking__gte": first, "booking__lte": after}
        needs = _gathered(
            (pk, f"{NEEDS[code].words}: {detail}" if detail else NEEDS[code].words)
            for pk, code, detail in BookingNeed.objects.filter(**within)
            .order_by("booking", "pk")
            .values_list("booking", "code", "detail")
            if code in NEEDS
        )
        support = _gathered(
            SupportRequest.objects.filter(**within, ended_at__isnull=True)
            .order_by("booking", "pk")
            .values_list("booking", "offer__name")
        )
        for row in rows:
            yield [
                row[1],
                labels["state"][row[2]],
                row[3],
                row[4],
                labels["category"].get(row[5], ""),
                labels["capacity"].get(row[6], ""),
                row[7],
                needs.get(row[0], ""),
                support.get(row[0], ""),
                labels["attendance"].get(row[8], ""),
                row[9],
                timezone.localdate(row[10]),
                row[11].replace("_", " "),
            ]


def _gathered(pairs: Any) -> dict[int, str]:
    return {
        pk: "; ".join(words for _pk, words in group)
        for pk, group in groupby(pairs, key=lambda pair: pair[0])
    }


# --- marking ----------------------------------------------------------------------------------
@staff(may=Permission.BOOKING_MANAGE)
def mark(request: HttpRequest, key: str) -> HttpResponse:
    """Mark a page of the register: attended, sent apologies, did not attend."""
    event = _event(key)
    booked = event.bookings.filter(state=State.BOOKED).select_related("person")
    found = page_of(booked.order_by("person__full_name", "pk"), request, per_page=MARKED)
    whole = rules.minutes_of(event.starts_at, event.ends_at)
    data = posted(request)
    forms = [
        MarkForm(
            data,
            prefix=booking.key,
            booking=booking,
            initial={"attendance": booking.attendance, "minutes": booking.minutes_attended},
        )
        for booking in found
    ]
    rest = RestForm(data)
    if data is not None and all(form.is_valid() for form in [rest, *forms]):
        marks = []
        for form in forms:
            said = form.cleaned_data["attendance"]
            if not said and rest.cleaned_data["rest"]:
                said = Booking.Attendance.ATTENDED
            marks.append(actions.Mark(form.booking.pk, said, form.cleaned_data["minutes"]))
        changed = attempt(rest, actions.mark_register, event=event, marks=marks, by=request.user)
        if changed is not None:
            messages.success(request, f"Saved. {_people(changed)} changed.")
            here = reverse("events:mark", args=[event.key])
            return redirect(f"{here}?page={found.number}")
    audit.look("events.register_seen", on=event, by=request.user, part="marking")
    page = {
        "title": "Who was there?",
        "caption": event.title,
        "wide": True,
        "back": reverse("events:register", args=[event.key]),
        "event": event,
        "form": [rest, *forms],
        "forms": forms,
        "rest": rest,
        "found": found,
        "whole": whole,
        "begun": event.starts_at <= timezone.now(),
    }
    return render(request, "events/mark.jinja", page)


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


# --- places -----------------------------------------------------------------------------------
@staff(may=Permission.BOOKING_MANAGE)
def places(request: HttpRequest, key: str) -> HttpResponse:
    """Raise or lower the number of places."""
    event = _event(key)
    form = PlacesForm(posted(request), initial={"capacity": event.capacity})
    if form.is_valid() and attempt(
        form,
        actions.change_capacity,
        event=event,
        capacity=form.cleaned_data["capacity"],
        by=request.user,
    ):
        messages.success(request, "The number of places is changed.")
        return redirect("events:register", event.key)
    page = {
        "title": "How many places are there?",
        "caption": event.title,
        "back": reverse("events:register", args=[event.key]),
        "event": event,
        "form": form,
        "question": True,
        "waiting": event.bookings.filter(state=State.WAITING).exists(),
    }
    return render(request, "events/places.jinja", page)

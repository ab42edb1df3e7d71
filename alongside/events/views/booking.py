"""One booking, for staff: what is needed and met, support, the waiting list, on behalf."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from alongside.accounts import audit
from alongside.accounts.access import ROLES, Permission
from alongside.accounts.doors import staff
from alongside.accounts.models import User
from alongside.design.forms import Form, attempt
from alongside.events import actions, rules
from alongside.events.forms.staff import (
    AssignForm,
    NoteForm,
    ReasonForm,
    StaffCompanyForm,
    StaffSupportForm,
)
from alongside.events.models import Booking, BookingNeed, SupportRequest
from alongside.events.views import changing
from alongside.events.views.changing import posted
from alongside.people.forms.needs import NeedsForm
from alongside.people.needs import GROUPS, NEEDS

State = Booking.State
_manage = staff(may=Permission.BOOKING_MANAGE)
NEED_GROUPS = {
    "format": "How they get information",
    "professional": "People who help them communicate",
    "support": "Other help to communicate",
    "taking_part": "Help to take part",
}


def _booking(key: str) -> Booking:
    bookings = Booking.objects.select_related("event", "person", "entered_by", "decided_by")
    booking: Booking = get_object_or_404(bookings, key=key)
    return booking


def _address(booking: Booking) -> str:
    return reverse("events:staff_booking", args=[booking.key])


@_manage
def booking(request: HttpRequest, key: str) -> HttpResponse:
    """Show one booking and what can be done about it."""
    return _show(request, _booking(key), Form())


def _show(request: HttpRequest, booking: Booking, form: Form) -> HttpResponse:
    audit.look("events.booking_seen", on=booking, about=booking.person, by=request.user)
    event = booking.event
    page = {
        "title": str(booking.person),
        "caption": event.title,
        "wide": True,
        "back": reverse("events:register", args=[event.key]),
        "booking": booking,
        "event": event,
        "form": form,
        "needs": [
            {"need": need, "words": NEEDS[need.code].words if need.code in NEEDS else need.code}
            for need in booking.needs.select_related("met_by").order_by("-must", "pk")
        ],
        "support": booking.support.filter(ended_at__isnull=True)
        .select_related("offer", "assigned_to")
        .order_by("pk"),
        "groups": NEED_GROUPS.items(),
        "has_offers": changing.offers_for(booking).exists(),
        "ahead": event.bookings.ahead_of(booking).count() if booking.state == "waiting" else 0,
        "rows": _rows(booking),
        "offer_stands": booking.offer_stands(),
        "over": event.ends_at <= timezone.now(),
    }
    return render(request, "events/staff_booking.jinja", page)


def _rows(booking: Booking) -> list[dict[str, Any]]:
    may = booking.may_change

    def change(page: str, hidden: str, *args: str) -> list[dict[str, str]]:
        href = reverse(f"events:{page}", args=[booking.key, *args])
        return [{"href": href, "text": "Change", "hidden": hidden}] if may else []

    company = booking.get_company_display()
    rows: list[dict[str, Any]] = [
        {"key": "State", "value": booking.get_state_display()},
        {
            "key": "Who is taking part",
            "value": {
                Booking.Company.ALONE: "Just them",
                Booking.Company.TOGETHER: "Both or neither",
                Booking.Company.IF_ROOM: "And somebody else if there is room",
            }.get(Booking.Company(booking.company), company)
            + (f", with {booking.companion_name}" if booking.companion_name else ""),
            "actions": change("staff_company", "who is taking part"),
        },
        {"key": "Places", "value": str(booking.places)},
        {"key": "Takes part as", "value": booking.get_category_display() or "Not said"},
        {"key": "In the capacity of", "value": booking.get_capacity_display() or "Not said"},
        {
            "key": "Payment",
            "value": "Does not want to be paid" if booking.declines_payment else "Has not declined",
        },
        {
            "key": "Asked",
            "value": rules.HOWS.get(booking.entered_how, booking.entered_how)
            + ("" if booking.entered_how == "online" else f", entered by {booking.entered_by}"),
        },
    ]
    if booking.out_of_order_because:
        rows.append(
            {"key": "Went before their turn because", "value": booking.out_of_order_because}
        )
    if booking.decided_at:
        rows.append({"key": "Decided by", "value": str(booking.decided_by)})
        rows.append({"key": "Reason for the decision", "value": booking.decided_because})
    if booking.attendance:
        minutes = f", {booking.minutes_attended} minutes" if booking.minutes_attended else ""
        rows.append({"key": "There", "value": booking.get_attendance_display() + minutes})
    return rows


# --- needs and support ------------------------------------------------------------------------
def _need(key: str) -> BookingNeed:
    needs = BookingNeed.objects.select_related("booking__event", "booking__person")
    return get_object_or_404(needs, key=key)


@_manage
def meet(request: HttpRequest, key: str) -> HttpResponse:
    """Mark a need as met, and say how."""
    need = _need(key)
    form = NoteForm(posted(request), initial={"note": need.note})
    if form.is_valid() and attempt(
        form, actions.meet_need, need=need, note=form.cleaned_data["note"], by=request.user
    ):
        messages.success(request, "The need is marked as met.")
        return redirect(_address(need.booking))
    words = NEEDS[need.code].words if need.code in NEEDS else need.code
    page = {
        "title": "Mark this need as met",
        "caption": f"{need.booking.person}: {need.booking.event.title}",
        "back": _address(need.booking),
        "need": need,
        "words": words,
        "form": form,
    }
    audit.look("events.booking_seen", on=need.booking, about=need.booking.person, by=request.user)
    return render(request, "events/meet_need.jinja", page)


@_manage
@require_POST
def unmeet(request: HttpRequest, key: str) -> HttpResponse:
    """Take back that a need is met."""
    need = _need(key)
    form = Form(request.POST)
    if form.is_valid() and attempt(form, actions.unmeet_need, need=need, by=request.user):
        messages.success(request, "The need is marked as not met.")
        return redirect(_address(need.booking))
    return _show(request, _booking(need.booking.key), form)


def _request_for(key: str) -> SupportRequest:
    requests = SupportRequest.objects.filter(ended_at__isnull=True)
    return get_object_or_404(
        requests.select_related("booking__event", "booking__person", "offer", "assigned_to"),
        key=key,
    )


def _who_can_give() -> Any:
    codes = [code for code, role in ROLES.items() if Permission.BOOKING_MANAGE in role.permissions]
    return (
        User.objects.filter(
            is_active=True, role_grants__role__in=codes, role_grants__ended_at__isnull=True
        )
        .distinct()
        .order_by("name", "pk")
    )


@_manage
def assign(request: HttpRequest, key: str) -> HttpResponse:
    """Name who gives the support, and when."""
    asked = _request_for(key)
    form = AssignForm(
        posted(request),
        staff=_who_can_give(),
        initial={
            "to": asked.assigned_to.key if asked.assigned_to else "",
            "arranged_for": asked.arranged_for,
        },
    )
    if form.is_valid() and attempt(
        form,
        actions.assign_support,
        request=asked,
        to=form.staff[form.cleaned_data["to"]],
        arranged_for=form.cleaned_data["arranged_for"],
        by=request.user,
    ):
        messages.success(request, "The support is arranged, and we are telling them.")
        return redirect(_address(asked.booking))
    audit.look("events.booking_seen", on=asked.booking, about=asked.booking.person, by=request.user)
    page = {
        "title": asked.offer.name,
        "caption": f"{asked.booking.person}: {asked.booking.event.title}",
        "back": _address(asked.booking),
        "asked": asked,
        "form": form,
    }
    return render(request, "events/assign.jinja", page)


@_manage
@require_POST
def given(request: HttpRequest, key: str) -> HttpResponse:
    """Mark support as given."""
    asked = _request_for(key)
    form = Form(request.POST)
    if form.is_valid() and attempt(form, actions.give_support, request=asked, by=request.user):
        messages.success(request, "The support is marked as given.")
        return redirect(_address(asked.booking))
    return _show(request, _booking(asked.booking.key), form)


# --- the waiting list -------------------------------------------------------------------------
@_manage
def move_up(request: HttpRequest, key: str) -> HttpResponse:
    """Let somebody go before their turn, with a reason that is kept."""
    booking = _booking(key)
    form = ReasonForm(posted(request))
    if form.is_valid():
        moved = attempt(
            form,
            actions.offer_out_of_order,
            booking=booking,
            because=form.cleaned_data["because"],
            by=request.user,
        )
        if moved:
            offered = moved.state == State.OFFERED
            words = "They have been offered a place." if offered else "They are next in the list."
            messages.success(request, words)
            return redirect(_address(booking))
    page = {
        "title": "Go before their turn",
        "caption": f"{booking.person}: {booking.event.title}",
        "back": _address(booking),
        "booking": booking,
        "form": form,
    }
    return render(request, "events/move_up.jinja", page)


# --- on behalf --------------------------------------------------------------------------------
@_manage
@require_POST
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Write down that somebody said yes or no to an offer, by phone or in a letter."""
    booking = _booking(key)
    form = Form(request.POST)
    yes = request.POST.get("answer") == "yes"
    act = actions.accept_offer if yes else actions.decline_offer
    if form.is_valid() and attempt(form, act, booking=booking, by=request.user):
        messages.success(request, "They have a place." if yes else "The offer goes on to the next.")
        return redirect(_address(booking))
    return _show(request, _booking(key), form)


@_manage
def cancel(request: HttpRequest, key: str) -> HttpResponse:
    """Cancel on behalf of somebody."""
    booking = _booking(key)
    form = Form(posted(request))
    if form.is_valid() and attempt(form, actions.cancel_booking, booking=booking, by=request.user):
        messages.success(request, "The booking is cancelled, and we are telling them.")
        return redirect(_address(booking))
    if not booking.may_change and not form.is_bound:
        return redirect(_address(booking))
    page = {
        "title": "Cancel this booking?",
        "caption": f"{booking.person}: {booking.event.title}",
        "back": _address(booking),
        "booking": booking,
        "form": form,
    }
    return render(request, "events/staff_cancel.jinja", page)


def _to_change(key: str) -> Booking:
    booking = _booking(key)
    if not booking.may_change:
        raise Http404
    return booking


def _changed(request: HttpRequest, booking: Booking) -> HttpResponse:
    messages.success(request, "The booking is changed.")
    return redirect(_address(booking))


def _ask(
    request: HttpRequest, booking: Booking, form: Form, title: str, template: str
) -> HttpResponse:
    audit.look("events.booking_seen", on=booking, about=booking.person, by=request.user)
    page = {
        "title": title,
        "caption": f"{booking.person}: {booking.event.title}",
        "back": _address(booking),
        "booking": booking,
        "form": form,
        "question": True,
    }
    return render(request, f"events/{template}.jinja", page)


@_manage
def company(request: HttpRequest, key: str) -> HttpResponse:
    """Change who comes along."""
    booking = _to_change(key)
    said = {"company": booking.company, "companion_name": booking.companion_name}
    form = StaffCompanyForm(posted(request), initial=said)
    if form.is_valid() and changing.change(request, booking, form, **form.cleaned_data):
        return _changed(request, booking)
    return _ask(request, booking, form, "Who is taking part?", "change_company")


@_manage
def needs(request: HttpRequest, key: str, group: str) -> HttpResponse:
    """Change what somebody needs, one group at a time."""
    booking = _to_change(key)
    if group not in changing.AT_THE_EVENT:
        raise Http404
    wish = changing.wish_of(booking)
    form = NeedsForm(posted(request), group=group, standing=changing.standing_of(wish))
    form.fields["needs"].label = GROUPS[group].staff
    if form.is_valid():
        said = changing.with_group(wish, group, form.answers())
        if changing.change(request, booking, form, needs=said):
            return _changed(request, booking)
    return _ask(request, booking, form, GROUPS[group].staff, "change_needs")


@_manage
def support(request: HttpRequest, key: str) -> HttpResponse:
    """Change which support somebody wants."""
    booking = _to_change(key)
    offers = list(changing.offers_for(booking))
    if not offers:
        raise Http404
    wanted = changing.wish_of(booking).support
    form = StaffSupportForm(posted(request), offers=offers, initial={"support": wanted})
    if form.is_valid():
        chosen = tuple(form.cleaned_data["support"])
        if changing.change(request, booking, form, support=chosen):
            return _changed(request, booking)
    return _ask(request, booking, form, "Which support would they like?", "change_support")

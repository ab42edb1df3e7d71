"""What I take part in: my bookings, one booking, changing it, giving it up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from alongside.design.forms import Form, attempt
from alongside.design.paging import page_of
from alongside.events import actions
from alongside.events.actions.tell import REMINDED
from alongside.events.forms.member import CompanyForm, SupportForm
from alongside.events.models import Booking, SupportOffer
from alongside.events.views import changing
from alongside.events.views.changing import posted
from alongside.messaging.models import Message
from alongside.people.doors import member_person
from alongside.people.forms.needs import NeedsForm
from alongside.people.needs import GROUPS, NEEDS

State = Booking.State


def _mine(request: HttpRequest, key: str) -> Booking:
    offered = SupportOffer.objects.filter(event=OuterRef("event"), ended_at__isnull=True)
    told = Message.objects.filter(about_key=OuterRef("key")).order_by("-pk").values("channel")
    mine = Booking.objects.of(request.user.person).select_related("event")
    mine = mine.annotate(offers_support=Exists(offered), told=Subquery(told[:1]))
    booking: Booking = get_object_or_404(mine, key=key)
    booking.person = request.user.person
    return booking


def _to_change(request: HttpRequest, key: str) -> Booking:
    booking = _mine(request, key)
    if not booking.may_change:
        raise Http404
    return booking


def _address(booking: Booking) -> str:
    return reverse("events:booking", args=[booking.key])


@member_person
def my_bookings(request: HttpRequest) -> HttpResponse:
    """List what the person takes part in: offers to answer, coming, waiting, and before."""
    now = timezone.now()
    mine = Booking.objects.of(request.user.person).select_related("event")
    standing = list(
        mine.standing().filter(event__ends_at__gt=now).order_by("event__starts_at", "pk")
    )
    later = Booking.objects.filter(
        event=OuterRef("event"), person=OuterRef("person"), pk__gt=OuterRef("pk")
    )
    past = mine.exclude(ended_at__isnull=True, event__ends_at__gt=now).exclude(Exists(later))
    page = {
        "title": "My bookings",
        "back": reverse("home:member"),
        "offers": [booking for booking in standing if booking.state == State.OFFERED],
        "coming": [booking for booking in standing if booking.state == State.BOOKED],
        "waiting": [
            booking for booking in standing if booking.state in (State.WAITING, State.APPLIED)
        ],
        "past": page_of(past.order_by("-event__starts_at", "-pk"), request),
        "words": PAST_WORDS,
    }
    return render(request, "events/my_bookings.jinja", page)


PAST_WORDS: dict[str, str] = {
    State.BOOKED: "You had a place",
    State.APPLIED: "You asked for a place",
    State.WAITING: "You were on the waiting list",
    State.OFFERED: "You were offered a place",
    State.CANCELLED: "Cancelled",
    State.LEFT: "You left the waiting list",
    State.LAPSED: "The offer ran out",
    State.DECLINED: "You said no to the offer",
    State.NOT_CHOSEN: "Not chosen this time",
}
TITLES: dict[str, str] = {
    State.BOOKED: "You have a place",
    State.APPLIED: "You have asked for a place",
    State.WAITING: "You are on the waiting list",
}
CHANNELS: dict[str, str] = {
    Message.Channel.EMAIL: "We are sending you an email with the details.",
    Message.Channel.TEXT: "We are sending you a text with the details.",
    Message.Channel.POST: "We are sending you a letter with the details.",
    Message.Channel.PHONE: "We will phone you with the details.",
}


@member_person
def booking(request: HttpRequest, key: str) -> HttpResponse:
    """Show one booking: where it stands, what happens next, and what can be changed."""
    mine = _mine(request, key)
    return _show(request, mine, Form())


def _show(request: HttpRequest, mine: Booking, form: Form, status: int = 200) -> HttpResponse:
    event = mine.event
    done = "done" in request.GET and mine.state in TITLES
    needs = list(mine.needs.order_by("pk"))
    support = list(
        mine.support.filter(ended_at__isnull=True).select_related("offer", "assigned_to")
    )
    page = {
        "title": TITLES[mine.state] if done else event.title,
        "caption": event.title if done else "Your booking",
        "question": done,
        "done": done,
        "told": CHANNELS.get(mine.__dict__["told"], "") if done else "",
        "back": reverse("events:my_bookings"),
        "booking": mine,
        "event": event,
        "form": form,
        "ahead": mine.event.bookings.ahead_of(mine).count() if mine.turn_at else 0,
        "offer_stands": mine.offer_stands(),
        "over": event.ends_at <= timezone.now(),
        "remind": event.starts_at - timezone.now() > REMINDED,
        "rows": _rows(mine, needs, support),
        "support": support,
        "past_words": PAST_WORDS[mine.state],
    }
    return render(request, "events/booking.jinja", page, status=status)


def _rows(mine: Booking, needs: list[Any], support: list[Any]) -> list[dict[str, Any]]:
    """Return what was asked for as rows, each with its own way to change it."""

    def row(key: str, value: Any, page: str, hidden: str, *args: str) -> dict[str, Any]:
        href = reverse(f"events:{page}", args=[mine.key, *args])
        change = [{"href": href, "text": "Change", "hidden": hidden}] if mine.may_change else []
        return {"key": key, "value": value, "actions": change}

    company = "Just you"
    if mine.company != Booking.Company.ALONE:
        who = mine.companion_name or "somebody else"
        company = {
            Booking.Company.TOGETHER: f"You and {who}: both of you or neither",
            Booking.Company.IF_ROOM: f"You, and {who} if there is room",
        }[Booking.Company(mine.company)]
    rows = [row("Who is taking part", company, "company", "who is taking part")]
    for group in changing.AT_THE_EVENT:
        said = [
            NEEDS[need.code].words + (f": {need.detail}" if need.detail else "")
            for need in needs
            if need.group == group and need.code in NEEDS
        ]
        name = GROUPS[group].name
        rows.append(
            row(
                name,
                {"lines": said} if said else "Nothing",
                "booking_needs",
                name[:1].lower() + name[1:],
                group,
            )
        )
    if support or mine.__dict__["offers_support"]:
        asked = {"lines": [request.offer.name for request in support]} if support else "None"
        rows.append(row("Support", asked, "booking_support", "support"))
    if mine.category:
        rows.append({"key": "You take part as", "value": mine.get_category_display()})
    if mine.declines_payment:
        rows.append({"key": "Payment", "value": "You do not want to be paid or to claim"})
    return rows


# --- answering an offer -----------------------------------------------------------------------
@member_person
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Say yes to an offer."""
    mine = _mine(request, key)
    if request.method != "POST":
        return redirect(_address(mine))
    form = Form(request.POST)
    if form.is_valid() and attempt(form, actions.accept_offer, booking=mine, by=request.user):
        return redirect(f"{_address(mine)}?done=yes")
    mine = _mine(request, key)
    if mine.state == State.BOOKED:  # pressed twice
        return redirect(f"{_address(mine)}?done=yes")
    return _show(request, mine, form)


@member_person
def decline(request: HttpRequest, key: str) -> HttpResponse:
    """Ask whether they are sure, then say no to an offer."""
    mine = _mine(request, key)
    form = Form(posted(request))
    if form.is_valid() and attempt(form, actions.decline_offer, booking=mine, by=request.user):
        messages.success(request, "Thank you. The place goes to the next person.")
        return redirect(_address(mine))
    if mine.state != State.OFFERED and not form.is_bound:
        return redirect(_address(mine))
    page = {
        "title": "Do you want to say no to this place?",
        "caption": mine.event.title,
        "back": _address(mine),
        "booking": mine,
        "form": form,
    }
    return render(request, "events/decline.jinja", page)


# --- giving it up -----------------------------------------------------------------------------
CANCEL_TITLES: dict[str, str] = {
    State.WAITING: "Do you want to leave the waiting list?",
    State.APPLIED: "Do you want to take back your request?",
}
CANCELLED_WORDS: dict[str, str] = {
    State.WAITING: "You have left the waiting list.",
    State.APPLIED: "You have taken back your request.",
}


@member_person
def cancel(request: HttpRequest, key: str) -> HttpResponse:
    """Ask whether they are sure, then give the place or the turn back."""
    mine = _mine(request, key)
    was = mine.state
    form = Form(posted(request))
    if form.is_valid() and attempt(form, actions.cancel_booking, booking=mine, by=request.user):
        messages.success(request, CANCELLED_WORDS.get(was, "Your place is cancelled."))
        return redirect(_address(mine))
    mine = _mine(request, key)
    if not mine.may_change and (not form.is_bound or not mine.stands):  # or pressed twice
        return redirect(_address(mine))
    page = {
        "title": CANCEL_TITLES.get(mine.state, "Do you want to cancel your place?"),
        "caption": mine.event.title,
        "back": _address(mine),
        "booking": mine,
        "form": form,
    }
    return render(request, "events/cancel.jinja", page)


# --- changing it ------------------------------------------------------------------------------
def _changed(request: HttpRequest, mine: Booking) -> HttpResponse:
    messages.success(request, "We have changed your booking.")
    return redirect(_address(mine))


def _ask(
    request: HttpRequest, mine: Booking, form: Form, title: str, template: str
) -> HttpResponse:
    page = {
        "title": title,
        "caption": mine.event.title,
        "back": _address(mine),
        "booking": mine,
        "form": form,
        "question": True,
    }
    return render(request, f"events/{template}.jinja", page)


@member_person
def company(request: HttpRequest, key: str) -> HttpResponse:
    """Change who comes along."""
    mine = _to_change(request, key)
    said = {"company": mine.company, "companion_name": mine.companion_name}
    form = CompanyForm(posted(request), initial=said)
    if form.is_valid() and changing.change(request, mine, form, **form.cleaned_data):
        return _changed(request, mine)
    return _ask(request, mine, form, "Who is taking part?", "change_company")


@member_person
def needs(request: HttpRequest, key: str, group: str) -> HttpResponse:
    """Change what is needed, one group at a time."""
    mine = _to_change(request, key)
    if group not in changing.AT_THE_EVENT:
        raise Http404
    wish = changing.wish_of(mine)
    form = NeedsForm(posted(request), group=group, standing=changing.standing_of(wish))
    if form.is_valid():
        said = changing.with_group(wish, group, form.answers())
        if changing.change(request, mine, form, needs=said):
            return _changed(request, mine)
    return _ask(request, mine, form, GROUPS[group].question, "change_needs")


@member_person
def support(request: HttpRequest, key: str) -> HttpResponse:
    """Change which support they want."""
    mine = _to_change(request, key)
    offers = list(changing.offers_for(mine))
    if not offers:
        raise Http404
    wanted = changing.wish_of(mine).support
    form = SupportForm(posted(request), offers=offers, initial={"support": wanted})
    if form.is_valid():
        chosen = tuple(form.cleaned_data["support"])
        if changing.change(request, mine, form, support=chosen):
            return _changed(request, mine)
    return _ask(request, mine, form, "Which support would you like?", "change_support")

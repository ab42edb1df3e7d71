"""Calendar files: one booking, and the private address of somebody's own calendar."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from alongside.accounts.doors import public
from alongside.design.forms import Form
from alongside.events import actions, calendar
from alongside.events.models import Booking
from alongside.events.views.changing import posted
from alongside.people.doors import member_person

KEPT_DAYS = 90  # how long past events stay in the feed


def _ics(words: str, name: str) -> HttpResponse:
    response = HttpResponse(words, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


@member_person
def of_booking(request: HttpRequest, key: str) -> HttpResponse:
    """Give the person the calendar entry of their place."""
    mine = Booking.objects.of(request.user.person).select_related("event")
    booking = get_object_or_404(mine, key=key)
    booking.person = request.user.person
    if booking.booked_at is None:
        raise Http404
    return _ics(calendar.for_booking(booking), "booking")


@never_cache
@member_person
def feed_page(request: HttpRequest) -> HttpResponse:
    """Make, show once, or stop the private address of the person's own calendar."""
    person = request.user.person
    form, address = Form(posted(request)), ""
    if form.is_valid():
        if request.POST.get("do") == "stop":
            actions.end_feed(person=person, by=request.user)
            return redirect("events:feed")
        token = actions.make_feed(person=person, by=request.user)
        address = settings.SITE_URL + reverse("events:feed_of", args=[token])
    page = {
        "title": "Your own calendar address",
        "back": reverse("events:my_bookings"),
        "form": form,
        "address": address,
        "standing": person.calendar_feeds.filter(ended_at__isnull=True).first(),
    }
    return render(request, "events/feed.jinja", page)


@public
def feed_of(request: HttpRequest, token: str) -> HttpResponse:
    """Give a calendar program somebody's events: when and where, never how to join.

    What they have no place at any more is left out: a program that follows the address takes away
    what is not there, while many go on showing an entry that only says it is cancelled.
    """
    person = actions.person_of_feed(token)
    if person is None:
        raise Http404
    since = timezone.now() - dt.timedelta(days=KEPT_DAYS)
    bookings = (
        Booking.objects.of(person)
        .filter(state=Booking.State.BOOKED, event__ends_at__gte=since)
        .filter(event__cancelled_at__isnull=True)
        .select_related("event", "person")
        .order_by("event__starts_at", "pk")
    )
    return _ics(calendar.feed(bookings[:500]), "alongside")

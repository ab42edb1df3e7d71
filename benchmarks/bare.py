"""The ceiling: the least a Django view can do, under the same settings and middleware.

A page that reads one row and says it; a booking that shows a form, takes a place in two statements
and shows that it did. No frame, no rules, no audit, no message.
"""

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import path

from alongside.accounts.doors import public
from alongside.events.models import Booking, Event


@public
def page(request: HttpRequest, key: str) -> HttpResponse:
    """Say one row."""
    event = Event.objects.get(key=key)
    return HttpResponse(f"<!DOCTYPE html><title>Event</title><h1>{event.title}</h1>")


def book(request: HttpRequest, key: str) -> HttpResponse:
    """Show a form; take a place."""
    if request.method != "POST":
        token = get_token(request)
        return HttpResponse(
            "<!DOCTYPE html><title>Book</title><form method=post><input type=hidden "
            f'name="csrfmiddlewaretoken" value="{token}"><button>Book</button></form>'
        )
    with transaction.atomic():
        Event.objects.filter(key=key, taken__lt=F("capacity")).update(taken=F("taken") + 1)
        event = Event.objects.get(key=key)
        booking = Booking.objects.create(
            event=event, person=request.user.person, state="booked", entered_by=request.user
        )
    answer = HttpResponse(status=302)
    answer["Location"] = f"/booked/{booking.key}/"
    return answer


def booked(request: HttpRequest, key: str) -> HttpResponse:
    """Show that it is done."""
    booking = Booking.objects.get(key=key, person=request.user.person)
    return HttpResponse(f"<!DOCTYPE html><title>Booked</title><h1>{booking}</h1>")


urlpatterns = [
    path("page/<slug:key>/", page),
    path("book/<slug:key>/", book),
    path("booked/<slug:key>/", booked),
]

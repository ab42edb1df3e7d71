"""Addresses, in the order a person meets them."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

app_name = "events"


def _soon(request: HttpRequest, key: str = "") -> HttpResponse:
    raise NotImplementedError


urlpatterns: list[URLPattern | URLResolver] = [
    path("me/bookings/", _soon, name="my_bookings"),
    path("me/bookings/<slug:key>/", _soon, name="booking"),
]

"""Addresses, in the order a person meets them."""

from django.urls import URLPattern, URLResolver, path

from alongside.opportunities.views import (
    booking,
    choosing,
    inviting,
    on_behalf,
    public,
    running,
    writing,
)

app_name = "opportunities"
urlpatterns: list[URLPattern | URLResolver] = [
    path("opportunities/", public.open_now, name="open"),
    path("opportunities/past/", public.past, name="past"),
    path("opportunities/<slug:slug>/", public.advert, name="advert"),
    path("opportunities/<slug:slug>/calendar.ics", public.calendar, name="calendar"),
    path("opportunities/<slug:slug>/paper-form/", public.paper_form, name="paper_form"),
    path("opportunities/<slug:slug>/book/", booking.begin, name="book"),
    path("opportunities/<slug:slug>/book/check/", booking.check, name="book_check"),
    path("opportunities/<slug:slug>/book/<slug:step>/", booking.question, name="book_step"),
    # staff
    path("staff/opportunities/", writing.adverts, name="staff"),
    path("staff/opportunities/new/", writing.begin, name="begin"),
    path("staff/opportunities/<slug:key>/", writing.advert, name="staff_advert"),
    path("staff/opportunities/<slug:key>/edit/<slug:section>/", writing.section, name="section"),
    path("staff/opportunities/<slug:key>/support/", writing.support, name="support"),
    path(
        "staff/opportunities/<slug:key>/support/<slug:offer>/end/",
        writing.end_support,
        name="end_support",
    ),
    path("staff/opportunities/<slug:key>/preview/", writing.preview, name="preview"),
    path("staff/opportunities/<slug:key>/publish/", running.publish, name="publish"),
    path("staff/opportunities/<slug:key>/closing/", running.closing, name="closing"),
    path("staff/opportunities/<slug:key>/close/", running.close, name="close"),
    path("staff/opportunities/<slug:key>/places/", running.places, name="places"),
    path("staff/opportunities/<slug:key>/cancel/", running.cancel, name="cancel"),
    path("staff/opportunities/<slug:key>/discard/", running.discard, name="discard"),
    path("staff/opportunities/<slug:key>/copy/", writing.copy, name="copy"),
    path("staff/opportunities/<slug:key>/invite/", inviting.invite, name="invite"),
    path("staff/opportunities/<slug:key>/choosing/", choosing.choosing, name="choosing"),
    path(
        "staff/opportunities/<slug:key>/choosing/<slug:booking>/",
        choosing.decide,
        name="decide",
    ),
    path("staff/events/<slug:key>/book/", on_behalf.for_event, name="book_event"),
    path("staff/events/<slug:key>/advert/", writing.of_event, name="of_event"),
    path("staff/opportunities/<slug:key>/book/", on_behalf.find, name="find_person"),
    path("staff/opportunities/<slug:key>/book/new/", on_behalf.add, name="add_person"),
    path("staff/opportunities/<slug:key>/book/<slug:person>/", on_behalf.book, name="book_for"),
]

"""Addresses, in the order a person meets them."""

from django.urls import URLPattern, URLResolver, path

from alongside.events.views import calendars, member

app_name = "events"
urlpatterns: list[URLPattern | URLResolver] = [
    path("me/bookings/", member.my_bookings, name="my_bookings"),
    path("me/bookings/calendar/", calendars.feed_page, name="feed"),
    path("me/bookings/<slug:key>/", member.booking, name="booking"),
    path("me/bookings/<slug:key>/accept/", member.accept, name="accept"),
    path("me/bookings/<slug:key>/decline/", member.decline, name="decline"),
    path("me/bookings/<slug:key>/company/", member.company, name="company"),
    path("me/bookings/<slug:key>/needs/<slug:group>/", member.needs, name="booking_needs"),
    path("me/bookings/<slug:key>/support/", member.support, name="booking_support"),
    path("me/bookings/<slug:key>/cancel/", member.cancel, name="cancel"),
    path("me/bookings/<slug:key>/calendar.ics", calendars.of_booking, name="booking_calendar"),
    path("calendar/<str:token>.ics", calendars.feed_of, name="feed_of"),
]

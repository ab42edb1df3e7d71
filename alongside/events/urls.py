"""Addresses, in the order a person meets them."""

from django.urls import URLPattern, URLResolver, path

from alongside.events.views import booking, calendars, member, staff

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
    path("calendar/<slug:token>.ics", calendars.feed_of, name="feed_of"),
    # staff
    path("staff/events/<slug:key>/register/", staff.register, name="register"),
    path("staff/events/<slug:key>/register/print/", staff.register_print, name="register_print"),
    path("staff/events/<slug:key>/register/csv/", staff.register_csv, name="register_csv"),
    path("staff/events/<slug:key>/register/mark/", staff.mark, name="mark"),
    path("staff/events/<slug:key>/places/", staff.places, name="places"),
    path("staff/bookings/<slug:key>/", booking.booking, name="staff_booking"),
    path("staff/bookings/<slug:key>/company/", booking.company, name="staff_company"),
    path("staff/bookings/<slug:key>/needs/<slug:group>/", booking.needs, name="staff_needs"),
    path("staff/bookings/<slug:key>/support/", booking.support, name="staff_support"),
    path("staff/bookings/<slug:key>/answer/", booking.answer, name="staff_answer"),
    path("staff/bookings/<slug:key>/move-up/", booking.move_up, name="move_up"),
    path("staff/bookings/<slug:key>/cancel/", booking.cancel, name="staff_cancel"),
    path("staff/needs/<slug:key>/met/", booking.meet, name="meet"),
    path("staff/needs/<slug:key>/not-met/", booking.unmeet, name="unmeet"),
    path("staff/support/<slug:key>/", booking.assign, name="assign"),
    path("staff/support/<slug:key>/given/", booking.given, name="given"),
]

"""The room, and what it registers at start."""

from django.apps import AppConfig

SAID = {  # in the audit log
    "attendance_marked": "Marked who was there",
    "booking_cancelled": "Cancelled a booking",
    "booking_seen": "Looked at a booking",
    "calendar_feed_ended": "Stopped a private calendar address",
    "calendar_feed_made": "Made a private calendar address",
    "capacity_changed": "Changed the number of places",
    "closing_changed": "Changed when booking closes",
    "event_cancelled": "Cancelled an event",
    "event_made": "Made an event",
    "event_moved": "Changed an event",
    "moved_up_out_of_order": "Let somebody go before their turn",
    "need_met": "Marked a need as met",
    "need_not_met": "Took back that a need is met",
    "offer_accepted": "Said yes to an offered place",
    "offer_declined": "Said no to an offered place",
    "offer_lapsed": "An offered place was not taken in time",
    "person_chosen": "Chose somebody",
    "person_not_chosen": "Did not choose somebody",
    "place_asked_for": "Booked or asked for a place",
    "place_offered": "Offered a place",
    "register_exported": "Downloaded a register",
    "register_printed": "Opened a register to print",
    "register_seen": "Looked at a register",
    "support_assigned": "Arranged support",
    "support_given": "Marked support as given",
    "support_offer_added": "Offered support with an event",
    "support_offer_ended": "Stopped offering support",
    "walked_in": "Wrote down somebody who came without a place",
    "wish_changed": "Changed what was asked for in a booking",
}


class EventsConfig(AppConfig):
    """Events, bookings and what people need at them."""

    name = "alongside.events"

    def ready(self) -> None:
        """Tell people downstairs what we hold."""
        from alongside.accounts import audit
        from alongside.events import holdings  # noqa: F401

        audit.say("events", SAID)

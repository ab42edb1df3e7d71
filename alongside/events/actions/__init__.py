"""What can happen to an event, to a booking, and to what people need there."""

from alongside.events.actions.coming import write_down
from alongside.events.actions.feeds import end_feed, make_feed, person_of_feed
from alongside.events.actions.offers import (
    accept_offer,
    decline_offer,
    expire_offers,
    offer_freed_places,
    offer_out_of_order,
)
from alongside.events.actions.places import book_place, cancel_booking, change_wish
from alongside.events.actions.register import Mark, mark_attendance, mark_register
from alongside.events.actions.running import (
    cancel_event,
    change_capacity,
    change_closing,
    make_event,
    move_event,
    remind_some,
    tell_some,
)
from alongside.events.actions.selection import choose, lately, not_choose
from alongside.events.actions.support import (
    add_support_offer,
    assign_support,
    end_support_offer,
    give_support,
    meet_need,
    unmeet_need,
)

__all__ = [
    "Mark",
    "accept_offer",
    "add_support_offer",
    "assign_support",
    "book_place",
    "cancel_booking",
    "cancel_event",
    "change_capacity",
    "change_closing",
    "change_wish",
    "choose",
    "decline_offer",
    "end_feed",
    "end_support_offer",
    "expire_offers",
    "give_support",
    "lately",
    "make_event",
    "make_feed",
    "mark_attendance",
    "mark_register",
    "meet_need",
    "move_event",
    "not_choose",
    "offer_freed_places",
    "offer_out_of_order",
    "person_of_feed",
    "remind_some",
    "tell_some",
    "unmeet_need",
    "write_down",
]

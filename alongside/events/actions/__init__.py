"""What can happen to an event, to a booking, and to what people need there."""

from alongside.events.actions.offers import (
    accept_offer,
    decline_offer,
    expire_offers,
    offer_freed_places,
    offer_out_of_order,
)
from alongside.events.actions.places import book_place, cancel_booking, change_wish
from alongside.events.actions.running import (
    cancel_event,
    change_capacity,
    change_closing,
    make_event,
    move_event,
    tell_some,
)
from alongside.events.actions.support import (
    add_support_offer,
    assign_support,
    end_support_offer,
    give_support,
    meet_need,
    unmeet_need,
)

__all__ = [
    "accept_offer",
    "add_support_offer",
    "assign_support",
    "book_place",
    "cancel_booking",
    "cancel_event",
    "change_capacity",
    "change_closing",
    "change_wish",
    "decline_offer",
    "end_support_offer",
    "expire_offers",
    "give_support",
    "make_event",
    "meet_need",
    "move_event",
    "offer_freed_places",
    "offer_out_of_order",
    "tell_some",
    "unmeet_need",
]

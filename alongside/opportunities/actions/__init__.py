"""What can happen to an advert: it is written, published, taken up, and people are invited."""

from alongside.opportunities.actions.inviting import (
    invite,
    ways_to_invite,
    who_to_invite,
    why_not_invite,
)
from alongside.opportunities.actions.running import (
    add_support_offer,
    cancel,
    change_closing,
    change_places,
    close_now,
    discard_draft,
    end_support_offer,
    publish,
)
from alongside.opportunities.actions.taking_part import ask_for_place, write_down
from alongside.opportunities.actions.writing import (
    change_advert,
    copy_advert,
    facts_of,
    make_advert,
    missing_from,
    warnings_of,
)

__all__ = [
    "add_support_offer",
    "ask_for_place",
    "cancel",
    "change_advert",
    "change_closing",
    "change_places",
    "close_now",
    "copy_advert",
    "discard_draft",
    "end_support_offer",
    "facts_of",
    "invite",
    "make_advert",
    "missing_from",
    "publish",
    "warnings_of",
    "ways_to_invite",
    "who_to_invite",
    "why_not_invite",
    "write_down",
]

"""One function for each thing that can happen to a person's record."""

from alongside.people.actions.consent import (
    end_consent,
    follow_topics,
    give_consent,
    pause_invitations,
)
from alongside.people.actions.equality import answer_equality, decline_equality
from alongside.people.actions.erasing import erase_again, erase_person
from alongside.people.actions.everything import everything_about
from alongside.people.actions.ledger import correct_involvement, record_involvement
from alongside.people.actions.needs import record_needs, review_needs
from alongside.people.actions.persons import (
    add_person,
    correct_details,
    mark_active,
    person_for,
    review_details,
    settle_doubt,
)

__all__ = [
    "add_person",
    "answer_equality",
    "correct_details",
    "correct_involvement",
    "decline_equality",
    "end_consent",
    "erase_again",
    "erase_person",
    "everything_about",
    "follow_topics",
    "give_consent",
    "mark_active",
    "pause_invitations",
    "person_for",
    "record_involvement",
    "record_needs",
    "review_details",
    "review_needs",
    "settle_doubt",
]

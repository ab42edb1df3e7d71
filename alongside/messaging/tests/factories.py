"""The smallest true message."""

from typing import Any

from alongside.accounts import audit
from alongside.messaging.models import Message, PostBatch
from alongside.people.models import Person
from alongside.people.tests.factories import make_person

BODY = (
    "Dear Ada Bright,\n\nYou have a place at the charter workshop.\n\n## When\n\n"
    "Monday 24 January 2022, 2pm to 3:30pm\n\n- Bring nothing\n- Come as you are\n\n"
    "https://alongside.example.org/me/bookings/abc/\n\n"
    "With best wishes,  \nThe involvement team  \nAnytown NHS Trust"
)


def make_message(person: Person | None = None, **fields: Any) -> Message:
    """Make a message: an email that waits to go, unless told otherwise."""
    facts: dict[str, Any] = {
        "person": person or make_person(email="ada@example.org"),
        "purpose": "service",
        "letter": "events/place_booked",
        "channel": "email",
        "address": "ada@example.org",
        "subject": "You have a place: Carers charter workshop",
        "body": BODY,
        "short": "You have a place at the charter workshop.",
        "state": "queued",
    }
    return Message.objects.create(**{**facts, **fields})


def make_letter(person: Person | None = None, **fields: Any) -> Message:
    """Make a letter that waits to be printed."""
    facts = {"channel": "post", "address": "1 High Street\nMaidstone\nME1 1AA", "state": "to_do"}
    return make_message(person or make_person(), **{**facts, **fields})


def make_call(person: Person | None = None, **fields: Any) -> Message:
    """Make a call that waits to be made."""
    facts = {"channel": "phone", "address": "01632 960000", "state": "to_do"}
    return make_message(person or make_person(), **{**facts, **fields})


def make_batch(*letters: Message, **fields: Any) -> PostBatch:
    """Make a batch of these letters."""
    batch = PostBatch.objects.create(made_by=audit.system(), **fields)
    for letter in letters:
        letter.batch = batch
        letter.save()
    return batch

"""What happens when somebody asks for a place, and gives one back."""

import pytest

from alongside.accounts.models import AuditEntry
from alongside.core.refused import Refused
from alongside.events import actions
from alongside.events.models import Booking
from alongside.events.tests.factories import make_booking, make_event
from alongside.messaging.models import Message
from alongside.people.tests.factories import make_person

pytestmark = pytest.mark.django_db
State = Booking.State


def test_book_place_gives_a_place_records_it_and_tells_the_person():
    event = make_event(capacity=2)
    booking = make_booking(event, make_person(email="ada@example.org"))
    event.refresh_from_db()
    assert (booking.state, event.taken) == (State.BOOKED, 1)
    assert AuditEntry.objects.filter(action="events.place_asked_for", on_key=booking.key).exists()
    message = Message.objects.get(about_key=booking.key)
    assert message.letter == "events/place_booked"
    assert "join-4711" in message.body
    assert "METHOD:REQUEST" in message.calendar


def test_book_place_refuses_a_second_standing_place():
    event, ada = make_event(), make_person()
    make_booking(event, ada)
    with pytest.raises(Refused, match="already have a place"):
        make_booking(event, ada)
    event.refresh_from_db()
    assert event.taken == 1


def test_book_place_puts_the_next_person_on_the_list_without_joining_details():
    event = make_event(capacity=1)
    make_booking(event, make_person())
    waiting = make_booking(event, make_person("Ben Low", email="ben@example.org"))
    assert waiting.state == State.WAITING
    message = Message.objects.get(about_key=waiting.key)
    assert message.letter == "events/on_waiting_list"
    assert "join-4711" not in message.body + message.calendar


def test_cancel_booking_offers_the_place_to_the_next_in_line():
    event = make_event(capacity=1)
    first = make_booking(event, make_person())
    second = make_booking(event, make_person("Ben Low"))
    actions.cancel_booking(booking=first, by=first.entered_by)
    second.refresh_from_db()
    event.refresh_from_db()
    assert second.state == State.OFFERED
    assert second.offer_ends_at is not None
    assert event.taken == 1

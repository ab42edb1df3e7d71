"""What the room offers the others: cards, what it holds about a person, its letters."""

import datetime as dt
import json

import pytest
import time_machine
from django.core import serializers
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.tests.factories import make_staff
from alongside.events import actions, cards, holdings
from alongside.events.models import Booking, BookingNeed, Event
from alongside.events.tests.factories import make_booking, make_event
from alongside.messaging import letters
from alongside.messaging.models import Message
from alongside.people import actions as people
from alongside.people import registry
from alongside.people.models import Person
from alongside.people.rules import NeedAnswer
from alongside.people.tests.factories import make_person

pytestmark = pytest.mark.django_db


def test_member_cards_put_offers_first():
    ada = make_person("Ada Bright")
    make_booking(make_event(title="Coming"), ada)
    full = make_event(capacity=1, title="Full")
    first = make_booking(full, make_person("Ben"))
    make_booking(full, ada)
    assert [card.tag for card in cards.for_member(ada)] == [
        "You have a place",
        "On the waiting list",
    ]
    actions.cancel_booking(booking=first, by=audit.system())
    shown = cards.for_member(ada)
    assert (shown[0].title, shown[0].tag, shown[0].order) == ("Full", "Please answer", 0)


def test_staff_cards_show_what_is_to_do_and_go_when_it_is_done():
    staff = make_staff("coordinator")
    starts_at = timezone.now() + dt.timedelta(days=3)
    event = make_event(capacity=1, starts_at=starts_at, closes_at=starts_at, support=["Briefing"])
    ada = make_booking(
        event,
        make_person("Ada"),
        needs=(NeedAnswer("bsl"),),
        support=(event.support_offers.get().pk,),
    )
    assert {card.tag for card in cards.for_staff(staff)} == {"1 to meet", "1 to arrange"}
    actions.meet_need(need=ada.needs.get(), note="", by=staff)
    actions.give_support(request=ada.support.get(), by=staff)
    assert cards.for_staff(staff) == []
    with time_machine.travel(event.ends_at + dt.timedelta(hours=1)):
        assert [card.tag for card in cards.for_staff(staff)] == ["1 to mark"]
        actions.mark_attendance(booking=ada, attendance="attended", by=staff)
        assert cards.for_staff(staff) == []


def test_staff_cards_show_offers_that_run_out():
    staff = make_staff("coordinator")
    event = make_event(capacity=1, offer_hours=12)
    first = make_booking(event, make_person("Ada"))
    make_booking(event, make_person("Ben"))
    actions.cancel_booking(booking=first, by=staff)
    (card,) = cards.for_staff(staff)
    assert (card.tag, card.count) == ("1 on offer", 1)


def test_staff_cards_are_only_for_those_who_run_bookings():
    make_booking(make_event(), make_person(), needs=(NeedAnswer("bsl"),))
    assert cards.for_staff(make_staff("executive")) == []


def a_full_booking() -> Booking:
    event = make_event()
    booking = make_booking(
        event,
        make_person("Ada Bright"),
        company="together",
        companion_name="MARKER companion",
        needs=(NeedAnswer("travel", "MARKER lift"),),
    )
    actions.meet_need(need=booking.needs.get(), note="MARKER note", by=audit.system())
    actions.make_feed(person=booking.person, by=audit.system())
    Booking.objects.filter(pk=booking.pk).update(
        out_of_order_because="MARKER reason", decided_because="MARKER decision"
    )
    return Booking.objects.get(pk=booking.pk)


def test_export_gives_everything_held():
    person = a_full_booking().person
    words = json.dumps(list(registry.HOLDINGS["events"].export(person)), default=str)
    for held in ("companion", "lift", "note", "reason", "decision"):
        assert f"MARKER {held}" in words
    assert "calendar address" in words


def test_a_booking_made_while_somebody_is_erased_is_cancelled_and_the_place_goes_on():
    event = make_event(capacity=1)
    ada, ben = make_person("Ada"), make_person("Ben")
    make_booking(event, ada, company="alone", needs=(NeedAnswer("travel", "MARKER"),))
    waiting = make_booking(event, ben)
    # As it looks when the booking was committed a moment after the erasure had looked for one.
    Person.objects.filter(pk=ada.pk).update(anonymised_at=timezone.now(), full_name="")
    ada.refresh_from_db()
    people.erase_again(person=ada, by=audit.system())
    assert not BookingNeed.objects.exists()
    assert not Booking.objects.of(ada).standing().exists()
    waiting.refresh_from_db()
    assert waiting.state == "offered"
    assert not Message.objects.about(ada).with_words().exists()


def test_erase_takes_out_every_word_and_keeps_the_count():
    booking = a_full_booking()
    before = Event.objects.get().taken
    holdings.Bookings().erase(booking.person, audit.system())
    left = serializers.serialize(
        "json", [*Booking.objects.all(), *BookingNeed.objects.all(), *Event.objects.all()]
    )
    assert "MARKER" not in left
    assert Event.objects.get().taken == before
    assert not booking.person.calendar_feeds.exists()


def test_what_lies_ahead_is_named():
    booking = a_full_booking()
    (line,) = registry.HOLDINGS["events"].to_come(booking.person)
    assert line.startswith("Charter workshop, ")


@pytest.mark.parametrize("mode", Event.Mode.values)
def test_every_letter_reads_well_for_each_way_of_meeting(mode):
    by = audit.system()
    event = make_event(
        capacity=2, mode=mode, venue="St Martin's House\nCanterbury", support=["Briefing"]
    )
    ada = make_booking(
        event,
        make_person("Ada", email="ada@example.org"),
        company="if_room",
        companion_name="Tom",
        support=(event.support_offers.get().pk,),
    )
    ben = make_booking(event, make_person("Ben"), company="together", companion_name="Al")
    actions.assign_support(request=ada.support.get(), to=make_staff(), arranged_for=None, by=by)
    event = actions.move_event(event=event, getting_there="Bus 3", by=by)
    actions.tell_some(event=event, letter="event_moved", sequence=1, after=0, by=by)
    actions.tell_some(event=event, letter="joining_changed", sequence=1, after=0, by=by)
    actions.cancel_booking(booking=ada, by=by)
    ben.refresh_from_db()
    actions.accept_offer(booking=ben, by=by)
    for message in Message.objects.all():
        assert "\n\n\n" not in message.body
        assert "None" not in message.body
        assert "{" not in message.body + message.subject + message.short
        assert len(message.short) <= 306
    placed = Message.objects.get(letter="events/place_booked").body
    assert ("Canterbury" in placed) is (mode != Event.Mode.ONLINE)
    assert ("Lifesize" in placed) is (mode != Event.Mode.IN_PERSON)


def test_our_letters_are_all_found():
    ours = {code for code in letters.all_letters() if code.startswith("events/")}
    assert {f"events/{name}" for name in ("place_booked", "reminder", "not_chosen")} <= ours


def test_a_hostile_title_stays_a_title_in_letters():
    event = make_event(title="Tea\r\nBcc: evil@example.org <script>")
    make_booking(event, make_person(email="ada@example.org"))
    message = Message.objects.get()
    assert "\n" not in message.subject
    assert "\nBCC" not in message.calendar.upper().replace("\\N", "")

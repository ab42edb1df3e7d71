"""What can happen to events and bookings: what changed, was refused, was recorded and told."""

from __future__ import annotations

import contextlib
import datetime as dt

import icalendar
import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.accounts import audit
from alongside.accounts.models import AuditEntry
from alongside.accounts.tests.factories import make_staff
from alongside.core import dates
from alongside.core.jobs import run_due
from alongside.core.models import Job
from alongside.core.refused import Refused
from alongside.events import actions, tasks
from alongside.events.models import Booking, Event
from alongside.events.rules import Wish
from alongside.events.tests.factories import make_booking, make_event
from alongside.messaging.models import Message
from alongside.people.models import Involvement
from alongside.people.rules import NeedAnswer
from alongside.people.tests.factories import make_person

pytestmark = pytest.mark.django_db
State = Booking.State


@pytest.fixture
def by():
    return audit.system()


def taken(event: Event) -> int:
    return Event.objects.get(pk=event.pk).taken


def letters(booking: Booking) -> list[str]:
    told = Message.objects.filter(about_key=booking.key).order_by("pk")
    return [letter.removeprefix("events/") for letter in told.values_list("letter", flat=True)]


def recorded(action: str, key: str) -> bool:
    return AuditEntry.objects.filter(action=f"events.{action}", on_key=key).exists()


def fill(event: Event, *names: str, **wish) -> list[Booking]:
    return [make_booking(event, make_person(name), **wish) for name in names]


# --- asking for a place -----------------------------------------------------------------------
def test_book_place_gives_a_place_records_it_and_tells_the_person():
    event = make_event(capacity=2)
    booking = make_booking(event, make_person(email="ada@example.org"))
    assert (booking.state, taken(event)) == (State.BOOKED, 1)
    assert recorded("place_asked_for", booking.key)
    message = Message.objects.get(about_key=booking.key)
    assert message.letter == "events/place_booked"
    assert "join-4711" in message.body
    assert "METHOD:REQUEST" in message.calendar


def test_book_place_refuses_a_second_standing_place():
    event, ada = make_event(), make_person()
    make_booking(event, ada)
    with pytest.raises(Refused, match="already have a place"):
        make_booking(event, ada)
    assert taken(event) == 1


@pytest.mark.parametrize(
    ("hours", "how", "said"),
    [
        (-1, "online", None),
        (1, "online", "Booking has closed"),
        (1, "phone", None),
        (24 * 11, "phone", "already begun"),
        (24 * 11, "walked_in", None),
    ],
)
def test_book_place_after_closing_is_for_staff_until_it_begins(hours, how, said):
    event, ada = make_event(), make_person()
    with time_machine.travel(event.closes_at + dt.timedelta(hours=hours)):
        if said:
            with pytest.raises(Refused, match=said):
                make_booking(event, ada, how=how)
        else:
            booking = make_booking(event, ada, how=how)
            assert (booking.state, booking.entered_how) == (State.BOOKED, how)


def test_book_place_puts_the_next_person_on_the_list_without_joining_details():
    event = make_event(capacity=1)
    fill(event, "Ada")
    waiting = make_booking(event, make_person("Ben Low", email="ben@example.org"))
    assert waiting.state == State.WAITING
    message = Message.objects.get(about_key=waiting.key)
    assert message.letter == "events/on_waiting_list"
    assert "join-4711" not in message.body + message.calendar


@pytest.mark.parametrize(
    ("company", "free", "state", "places"),
    [
        ("together", 2, State.BOOKED, 2),
        ("together", 1, State.WAITING, 2),
        ("if_room", 2, State.BOOKED, 2),
        ("if_room", 1, State.BOOKED, 1),
        ("if_room", 0, State.WAITING, 1),
    ],
)
def test_book_place_for_two(company, free, state, places):
    event = make_event(capacity=free + 1)
    fill(event, "Somebody")
    (booking,) = fill(event, "Ada", company=company, companion_name="Tom")
    assert (booking.state, booking.places) == (state, places)
    assert taken(event) == 1 + (places if state == State.BOOKED else 0)


def test_nobody_jumps_but_an_odd_place_that_fits_nobody_ahead_is_given():
    event = make_event(capacity=2)
    fill(event, "Somebody")
    (pair,) = fill(event, "Pair", company="together", companion_name="Tom")
    assert pair.state == State.WAITING
    (single,) = fill(event, "Single")
    assert single.state == State.BOOKED
    (later,) = fill(event, "Later")
    actions.change_capacity(event=event, capacity=4, by=audit.system())
    pair.refresh_from_db()
    later.refresh_from_db()
    assert (pair.state, later.state) == (State.OFFERED, State.WAITING)


def test_book_place_keeps_needs_and_support_and_leaves_out_what_is_not_shared():
    event = make_event(support=["Briefing before"])
    other = make_event(support=["Not of this event"])
    ada = make_person()
    booking = make_booking(
        event,
        ada,
        needs=(
            NeedAnswer("bsl", must=True),
            NeedAnswer("travel", "a lift", must=False),
            NeedAnswer("by_post"),
            NeedAnswer("diet", "private", share=False),
        ),
        support=(event.support_offers.get().pk, other.support_offers.get().pk),
    )
    assert dict(booking.needs.values_list("code", "must")) == {"bsl": True, "travel": False}
    assert [asked.offer.name for asked in booking.support.all()] == ["Briefing before"]
    assert set(ada.needs.standing().values_list("code", flat=True)) == {
        "bsl",
        "travel",
        "by_post",
        "diet",
    }
    assert "Briefing before" in Message.objects.get(about_key=booking.key).body


def test_book_place_is_quick_to_write(django_assert_max_num_queries, by):
    event = make_event(support=["Briefing before"])
    make_booking(event, make_person())
    ada = make_person("Ada Bright", email="ada@example.org")
    needs = tuple(NeedAnswer(code) for code in ("bsl", "travel", "breaks"))
    offers = (event.support_offers.get().pk,)
    with django_assert_max_num_queries(26):
        actions.book_place(event=event, person=ada, wish=Wish(needs=needs, support=offers), by=by)


# --- giving it back ---------------------------------------------------------------------------
def test_cancel_booking_offers_the_place_to_the_next_in_line(by):
    event = make_event(capacity=1)
    first, second, third = fill(event, "Ada", "Ben", "Cat")
    actions.cancel_booking(booking=first, by=by)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == (State.OFFERED, State.WAITING)
    assert second.offer_ends_at - second.offered_at == dt.timedelta(hours=48)
    assert taken(event) == 1
    assert letters(first) == ["place_booked", "booking_cancelled"]
    assert letters(second) == ["on_waiting_list", "place_offered"]
    cancelled = Message.objects.get(about_key=first.key, letter="events/booking_cancelled")
    assert "METHOD:CANCEL" in cancelled.calendar
    assert cancelled.subject == f"Your place is cancelled: {event.title}"
    assert recorded("booking_cancelled", first.key)


def test_cancel_booking_twice_is_refused(by):
    (booking,) = fill(make_event(), "Ada")
    actions.cancel_booking(booking=booking, by=by)
    with pytest.raises(Refused, match="already ended"):
        actions.cancel_booking(booking=booking, by=by)


def test_leaving_the_list_frees_nothing_and_says_left(by):
    event = make_event(capacity=1)
    _first, second = fill(event, "Ada", "Ben")
    second = actions.cancel_booking(booking=second, by=by)
    assert (second.state, taken(event)) == (State.LEFT, 1)
    told = Message.objects.get(about_key=second.key, letter="events/booking_cancelled")
    assert told.subject == f"You left the waiting list: {event.title}"


def test_booking_again_after_cancelling_raises_the_calendar_sequence(by):
    event, ada = make_event(), make_person(email="ada@example.org")
    actions.cancel_booking(booking=make_booking(event, ada), by=by)
    make_booking(event, ada)
    entries = Message.objects.order_by("pk").values_list("calendar", flat=True)
    sequences = [
        icalendar.Calendar.from_ical(words).walk("VEVENT")[0]["SEQUENCE"] for words in entries
    ]
    assert sequences == [0, 1, 2]


# --- offers -----------------------------------------------------------------------------------
def an_offer(**fields):
    event = make_event(capacity=1, **fields)
    first, second, third = fill(event, "Ada", "Ben", "Cat")
    actions.cancel_booking(booking=first, by=audit.system())
    second.refresh_from_db()
    return event, second, third


def test_accept_offer_gives_the_place(by):
    event, second, _third = an_offer()
    second = actions.accept_offer(booking=second, by=by)
    assert (second.state, taken(event)) == (State.BOOKED, 1)
    assert letters(second)[-1] == "place_confirmed"
    with pytest.raises(Refused, match="already have a place"):
        actions.accept_offer(booking=second, by=by)


def test_accept_offer_is_refused_when_late_even_before_the_worker_comes_round(by):
    _event, second, _third = an_offer()
    with (
        time_machine.travel(second.offer_ends_at),
        pytest.raises(Refused, match="time to answer has passed"),
    ):
        actions.accept_offer(booking=second, by=by)


def test_decline_offer_passes_it_on(by):
    event, second, third = an_offer()
    actions.decline_offer(booking=second, by=by)
    third.refresh_from_db()
    assert (third.state, taken(event)) == (State.OFFERED, 1)


def test_expired_offers_lapse_and_go_to_the_next(by):
    event, second, third = an_offer()
    now = second.offer_ends_at
    assert actions.expire_offers(now=now - dt.timedelta(seconds=1), by=by) == 0
    with time_machine.travel(now):
        assert actions.expire_offers(now=now, by=by) == 1
        assert actions.expire_offers(now=now, by=by) == 0
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state, taken(event)) == (State.LAPSED, State.OFFERED, 1)
    assert letters(second)[-1] == "offer_lapsed"


def test_offers_end_when_the_event_begins(by):
    _event, second, _third = an_offer(
        starts_at=timezone.now() + dt.timedelta(hours=5),
        closes_at=timezone.now() + dt.timedelta(hours=4),
    )
    assert second.offer_ends_at == second.event.starts_at


def test_offer_out_of_order_needs_a_reason_and_keeps_it(by):
    event = make_event(capacity=1)
    first, second, third = fill(event, "Ada", "Ben", "Cat")
    with pytest.raises(Refused, match="Enter the reason"):
        actions.offer_out_of_order(booking=third, because=" ", by=by)
    third = actions.offer_out_of_order(booking=third, because="Interpreter that day", by=by)
    assert third.state == State.WAITING
    actions.cancel_booking(booking=first, by=by)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == (State.WAITING, State.OFFERED)
    assert third.out_of_order_because == "Interpreter that day"
    assert third.waiting_since > second.waiting_since
    assert recorded("moved_up_out_of_order", third.key)


def test_many_freed_places_are_offered_in_steps_by_a_job(by):
    event = make_event(capacity=1)
    fill(event, *(f"Person {number}" for number in range(30)))
    actions.change_capacity(event=event, capacity=30, by=by)
    assert event.bookings.filter(state=State.OFFERED).count() == 25
    assert Job.objects.filter(task__contains="offer_the_rest").exists()
    tasks.offer_the_rest.call(event.key)
    assert event.bookings.filter(state=State.OFFERED).count() == 29


# --- places and time --------------------------------------------------------------------------
def test_change_capacity_refuses_below_what_is_taken(by):
    event = make_event(capacity=3)
    fill(event, "Ada", "Ben")
    with pytest.raises(Refused, match="2 places are already booked or on offer"):
        actions.change_capacity(event=event, capacity=1, by=by)
    assert actions.change_capacity(event=event, capacity=2, by=by).capacity == 2
    assert recorded("capacity_changed", event.key)


def test_change_wish_takes_and_frees_a_place(by):
    event = make_event(capacity=2)
    (booking,) = fill(event, "Ada")
    pair = Wish(company="together", companion_name="Tom")
    booking = actions.change_wish(booking=booking, wish=pair, by=by)
    assert (booking.places, taken(event)) == (2, 2)
    (waiting,) = fill(event, "Ben")
    booking = actions.change_wish(booking=booking, wish=Wish(), by=by)
    waiting.refresh_from_db()
    assert (booking.places, booking.companion_name, waiting.state) == (1, "", State.OFFERED)
    with pytest.raises(Refused, match="no place for somebody else"):
        actions.change_wish(booking=booking, wish=pair, by=by)


def test_change_wish_to_fewer_places_can_bring_an_offer(by):
    event = make_event(capacity=2)
    fill(event, "Ada")
    (pair,) = fill(event, "Pair", company="together", companion_name="Tom")
    pair = actions.change_wish(booking=pair, wish=Wish(), by=by)
    pair.refresh_from_db()
    assert (pair.state, pair.places, taken(event)) == (State.OFFERED, 1, 2)


def test_the_letter_of_a_move_says_what_has_changed(by):
    event = make_event(capacity=1, venue="Oak House\n2 Example Lane", mode="in_person")
    (booked,) = fill(event, "Ada")
    was = dates.when(event.starts_at, event.ends_at)
    day = dt.timedelta(days=1)
    actions.move_event(
        event=event,
        starts_at=event.starts_at + day,
        ends_at=event.ends_at + day,
        venue="Beech Hall",
        by=by,
    )
    run_due()
    body = Message.objects.get(about_key=booked.key, letter="events/event_moved").body
    assert f"It is no longer on {was}." in body
    assert "Where we meet has changed." in body


def test_move_event_tells_everybody_concerned_once_with_a_raised_sequence(by):
    event = make_event(capacity=1)
    booked, waiting = fill(event, "Ada", "Ben")
    event = actions.move_event(
        event=event, starts_at=event.starts_at + dt.timedelta(minutes=30), by=by
    )
    for _twice in range(2):
        tasks.tell_all.call(event.key, "event_moved", event.sequence)
    assert letters(booked) == ["place_booked", "event_moved"]
    assert letters(waiting) == ["on_waiting_list", "event_moved"]
    moved = {m.about_key: m for m in Message.objects.filter(letter="events/event_moved")}
    assert "SEQUENCE:1" in moved[booked.key].calendar
    assert moved[waiting.key].calendar == ""
    assert "join-4711" not in moved[waiting.key].body


def test_new_joining_details_go_only_to_those_with_a_place(by):
    event = make_event(capacity=1)
    booked, waiting = fill(event, "Ada", "Ben")
    event = actions.move_event(event=event, joining="https://video.example/new", by=by)
    tasks.tell_all.call(event.key, "joining_changed", event.sequence)
    assert letters(booked)[-1] == "joining_changed"
    assert letters(waiting) == ["on_waiting_list"]


def test_move_event_that_changes_nothing_tells_nobody(by):
    event = make_event()
    actions.move_event(event=event, title=event.title, by=by)
    assert not recorded("event_moved", event.key)


def test_moving_earlier_cuts_offers_short(by):
    event, second, _third = an_offer()
    sooner = timezone.now() + dt.timedelta(hours=6)
    actions.move_event(event=event, starts_at=sooner, ends_at=sooner + dt.timedelta(hours=1), by=by)
    second.refresh_from_db()
    assert second.offer_ends_at == sooner


def test_cancel_event_ends_every_booking_and_tells_everybody(by):
    event = make_event(capacity=1)
    booked, waiting = fill(event, "Ada", "Ben")
    left = actions.cancel_booking(booking=fill(event, "Cat")[0], by=by)
    with pytest.raises(Refused, match="Enter the reason"):
        actions.cancel_event(event=event, because="", by=by)
    event = actions.cancel_event(event=event, because="The speaker is ill", by=by)
    tasks.tell_all.call(event.key, "event_cancelled", event.sequence)
    assert taken(event) == 0
    assert letters(booked)[-1] == letters(waiting)[-1] == "event_cancelled"
    assert "event_cancelled" not in letters(left)
    told = Message.objects.get(about_key=booked.key, letter="events/event_cancelled")
    assert "The speaker is ill" in told.body
    assert "METHOD:CANCEL" in told.calendar
    with pytest.raises(Refused, match="cancelled"):
        fill(event, "Dan")


def test_change_closing_opens_booking_again(by):
    event = make_event(closes_at=timezone.now() - dt.timedelta(hours=1))
    with pytest.raises(Refused, match="closed"):
        fill(event, "Ada")
    later = timezone.now() + dt.timedelta(days=1)
    actions.change_closing(event=event, closes_at=later, by=by)
    assert fill(event, "Ada")[0].state == State.BOOKED


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ends_at": timezone.now()}, "ends_at"),
        ({"capacity": 0}, "capacity"),
        ({"offer_hours": 0}, "offer_hours"),
    ],
)
def test_make_event_refuses_nonsense(fields, field):
    with pytest.raises(Refused) as refused:
        make_event(**fields)
    assert refused.value.field == field


def test_reminder_goes_once_to_those_with_a_place_who_booked_before(by):
    start = timezone.now() + dt.timedelta(days=20)
    event = make_event(capacity=1, starts_at=start)
    booked, waiting = fill(event, "Ada", "Ben")
    tasks.remind.call()
    assert letters(booked) == ["place_booked"]
    with time_machine.travel(start - dt.timedelta(hours=30)):
        tasks.remind.call()
        tasks.remind.call()
    assert letters(booked) == ["place_booked", "reminder"]
    assert letters(waiting) == ["on_waiting_list"]


# --- selection --------------------------------------------------------------------------------
def test_selection_keeps_who_decided_and_why_and_is_kind(by):
    selector = make_staff()
    event = make_event(capacity=1, by_selection=True)
    ada, ben = fill(event, "Ada", "Ben")
    assert (ada.state, taken(event)) == (State.APPLIED, 0)
    ada = actions.choose(booking=ada, because="Cares for somebody in Thanet", by=selector)
    assert (ada.state, taken(event), ada.decided_by) == (State.BOOKED, 1, selector)
    with pytest.raises(Refused, match="no places left"):
        actions.choose(booking=ben, because="Also fits", by=selector)
    ben = actions.not_choose(booking=ben, because="Took part last month", by=selector)
    assert letters(ada) == ["applied", "chosen"]
    assert letters(ben) == ["applied", "not_chosen"]
    told = Message.objects.get(about_key=ben.key, letter="events/not_chosen")
    assert "Took part last month" not in told.body + told.short
    assert actions.lately([ada.person_id, ben.person_id], before=timezone.now()) == {
        ada.person_id: (1, 0),
        ben.person_id: (0, 0),
    }


def test_choose_needs_a_reason_and_a_selection(by):
    (asked,) = fill(make_event(by_selection=True), "Ada")
    with pytest.raises(Refused, match="reason"):
        actions.choose(booking=asked, because="", by=by)
    (booked,) = fill(make_event(), "Ben")
    with pytest.raises(Refused, match="go in order"):
        actions.choose(booking=booked, because="x", by=by)


# --- needs and support ------------------------------------------------------------------------
def test_a_need_said_differently_has_to_be_met_again(by):
    (booking,) = fill(make_event(), "Ada", needs=(NeedAnswer("travel", "bus fare"),))
    actions.meet_need(need=booking.needs.get(), note="Paid", by=by)
    same = Wish(needs=(NeedAnswer("travel", "bus fare"),))
    actions.change_wish(booking=booking, wish=same, by=by)
    assert booking.needs.get().met_at is not None
    other = Wish(needs=(NeedAnswer("travel", "a taxi"),))
    actions.change_wish(booking=booking, wish=other, by=by)
    assert booking.needs.get().met_at is None


def test_support_is_assigned_told_and_given(by):
    event = make_event(support=["Briefing before"])
    (booking,) = fill(event, "Ada", support=(event.support_offers.get().pk,))
    asked, giver = booking.support.get(), make_staff(name="Carol Hart")
    with pytest.raises(Refused, match="still to come"):
        actions.assign_support(request=asked, to=giver, arranged_for=timezone.now(), by=by)
    when = timezone.now() + dt.timedelta(days=2)
    actions.assign_support(request=asked, to=giver, arranged_for=when, by=by)
    message = Message.objects.get(letter="events/support_arranged")
    assert "Carol Hart" in message.body
    actions.give_support(request=asked, by=by)
    assert booking.support.get().given_at is not None
    assert recorded("support_given", booking.key)


def test_support_is_only_given_by_staff(by):
    event = make_event(support=["Briefing before"])
    (booking,) = fill(event, "Ada", support=(event.support_offers.get().pk,))
    with pytest.raises(Refused, match="member of staff"):
        actions.assign_support(
            request=booking.support.get(), to=audit.system(), arranged_for=None, by=by
        )


def test_support_offer_is_offered_once_and_ended(by):
    event = make_event(support=["Briefing before"])
    with pytest.raises(Refused, match="already offered"):
        actions.add_support_offer(event=event, name=" briefing BEFORE ", by=by)
    offer = actions.end_support_offer(offer=event.support_offers.get(), by=by)
    assert offer.ended_at is not None
    (booking,) = fill(event, "Ada", support=(offer.pk,))
    assert not booking.support.exists()


# --- register ---------------------------------------------------------------------------------
def test_marking_writes_the_ledger_and_correcting_rewrites_it(by):
    event = make_event(level="coproduction")
    (booking,) = fill(event, "Ada", category="contributor", capacity="carer")
    with pytest.raises(Refused, match="has not begun"):
        actions.mark_attendance(booking=booking, attendance="attended", by=by)
    with time_machine.travel(event.ends_at):
        actions.mark_attendance(booking=booking, attendance="attended", by=by)
        row = Involvement.objects.standing().get()
        assert (row.minutes, row.level, row.capacity, row.category) == (
            90,
            "coproduction",
            "carer",
            "contributor",
        )
        assert row.source_title == event.title
        assert row.on == timezone.localdate(event.starts_at)
        actions.mark_attendance(booking=booking, attendance="attended", minutes=45, by=by)
        assert Involvement.objects.standing().get().minutes == 45
        actions.mark_attendance(booking=booking, attendance="absent", by=by)
        assert not Involvement.objects.standing().exists()
    assert recorded("attendance_marked", booking.key)


@pytest.mark.parametrize(
    ("was", "company", "capacity", "places"),
    [
        (None, "alone", 2, 1),
        (None, "alone", 1, 1),  # full: they were there all the same
        (None, "together", 1, 2),
        (State.WAITING, "alone", 1, 1),
        (State.OFFERED, "together", 2, 2),
        (State.APPLIED, "alone", 2, 1),
    ],
)
def test_somebody_who_came_is_written_down_whatever_they_held(was, company, capacity, places, by):
    event = make_event(capacity=capacity, by_selection=was == State.APPLIED)
    if was != State.APPLIED:
        make_booking(event, make_person("Ben Low"))
    ada = make_person("Ada Bright")
    if was:
        held = make_booking(event, ada, how="phone")
        Booking.objects.filter(pk=held.pk).update(state=was)
        if was == State.OFFERED:
            Booking.objects.filter(pk=held.pk).update(offer_ends_at=event.starts_at)
    before = taken(event)
    told = Message.objects.count()
    with time_machine.travel(event.starts_at + dt.timedelta(minutes=10)):
        wish = Wish(company=company, companion_name="Al", category="volunteer")
        booking = actions.write_down(event=event, person=ada, wish=wish, minutes=45, by=by)
        assert (booking.state, booking.places) == (State.BOOKED, places)
        assert (booking.attendance, booking.minutes_attended) == ("attended", 45)
        assert taken(event) == before + places - (1 if was == State.OFFERED else 0)
        assert ada.bookings.count() == 1
        row = Involvement.objects.standing().get(person=ada)
        assert (row.minutes, row.category) == (45, "volunteer")
        assert Message.objects.count() == told  # they are there: there is nothing to tell
        if was:
            assert recorded("walked_in", booking.key)
        with pytest.raises(Refused, match="already have a place"):
            actions.write_down(event=event, person=ada, wish=Wish(), by=by)


def test_nobody_is_written_down_before_it_begins_or_where_it_is_cancelled(by):
    event = make_event()
    ada = make_person("Ada Bright")
    with pytest.raises(Refused, match="has not begun"):
        actions.write_down(event=event, person=ada, wish=Wish(), by=by)
    actions.cancel_event(event=event, because="Snow", by=by)
    with (
        time_machine.travel(event.starts_at + dt.timedelta(minutes=10)),
        pytest.raises(Refused, match="cancelled"),
    ):
        actions.write_down(event=event, person=ada, wish=Wish(), by=by)


def test_minutes_that_cannot_be_leave_nothing_written_down(by):
    event = make_event(capacity=1)
    ada = make_person("Ada Bright")
    with time_machine.travel(event.starts_at + dt.timedelta(minutes=10)):
        with pytest.raises(Refused):
            actions.write_down(
                event=event, person=ada, wish=Wish(company="together"), minutes=99_999, by=by
            )
        event.refresh_from_db()
        assert (event.capacity, event.taken, ada.bookings.count()) == (1, 0, 0)


def test_marking_the_same_again_records_nothing_new(by):
    event = make_event()
    (booking,) = fill(event, "Ada")
    mark = actions.Mark(booking.pk, "attended")
    with time_machine.travel(event.ends_at):
        assert actions.mark_register(event=event, marks=[mark], by=by) == 1
        assert actions.mark_register(event=event, marks=[mark], by=by) == 0


# --- any sequence of steps --------------------------------------------------------------------
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "alone",
                "together",
                "if_room",
                "cancel",
                "accept",
                "decline",
                "expire",
                "raise",
                "lower",
                "grow",
                "shrink",
                "first",
            ]
        ),
        st.integers(0, 7),
    ),
    max_size=14,
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_any_sequence_of_steps_keeps_count_and_order(steps, by):
    event = make_event(capacity=2)
    for number, (step, which) in enumerate(steps):
        bookings = list(event.bookings.order_by("pk"))
        booking = bookings[which % len(bookings)] if bookings else None
        with contextlib.suppress(Refused):
            _do(step, event, booking, number, by)
        _check(event)


def _do(step, event, booking, number, by):
    if step in ("alone", "together", "if_room"):
        make_booking(event, make_person(f"Person {number}"), company=step)
    elif step == "expire":
        actions.expire_offers(now=timezone.now() + dt.timedelta(days=3), by=by)
    elif step in ("raise", "lower"):
        now = Event.objects.get(pk=event.pk).capacity
        actions.change_capacity(event=event, capacity=now + (1 if step == "raise" else -1), by=by)
    elif booking is not None:
        if step == "cancel":
            actions.cancel_booking(booking=booking, by=by)
        elif step == "accept":
            actions.accept_offer(booking=booking, by=by)
        elif step == "decline":
            actions.decline_offer(booking=booking, by=by)
        elif step == "first":
            actions.offer_out_of_order(booking=booking, because="A reason", by=by)
        else:
            company = "together" if step == "grow" else "alone"
            actions.change_wish(booking=booking, wish=Wish(company=company), by=by)


def _check(event):
    event = Event.objects.get(pk=event.pk)
    held = sum(event.bookings.holding().values_list("places", flat=True))
    assert event.taken == held <= event.capacity
    free = event.capacity - event.taken
    assert not event.bookings.filter(state=State.WAITING, places__lte=free).exists()
    waiting = list(event.bookings.waiting().values_list("turn_at", "pk"))
    assert waiting == sorted(waiting)


def test_a_clock_that_was_put_back_lets_nobody_jump_the_line():
    event = make_event(capacity=1)
    make_booking(event, make_person("Has the place"))
    first = make_booking(event, make_person("First"))
    with time_machine.travel(timezone.now() - dt.timedelta(hours=1)):
        second = make_booking(event, make_person("Second"))
        third = make_booking(event, make_person("Third"))
    assert list(event.bookings.filter(state="waiting").order_by("turn_at", "pk")) == [
        first,
        second,
        third,
    ]
    assert second.waiting_since < first.waiting_since

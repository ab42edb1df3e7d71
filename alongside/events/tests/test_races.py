"""Races: every pair of steps that take or free a place, with real threads and connections.

A step may win or be refused; it may never oversell, book somebody twice, lose count or fail.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import combinations_with_replacement
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.models import Count, F, Sum
from django.utils import timezone

from alongside.accounts import audit
from alongside.core.refused import Refused
from alongside.events import actions
from alongside.events.models import Booking, Event
from alongside.events.rules import Wish
from alongside.events.tests.factories import make_booking, make_event
from alongside.messaging.models import Message
from alongside.people.models import Person
from alongside.people.tests.factories import make_person

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
State = Booking.State


@contextmanager
def _in_a_file(path: str) -> Iterator[None]:
    """Move the test database out of memory: threads then meet as processes do in real use."""
    kept = connections["default"]
    name = kept.settings_dict["NAME"]
    kept.ensure_connection()
    kept.settings_dict["NAME"] = path
    connections["default"] = connections.create_connection("default")
    connection.ensure_connection()
    kept.connection.backup(connection.connection)
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = kept
        kept.settings_dict["NAME"] = name


@pytest.fixture(autouse=True)
def shared_database(transactional_db, tmp_path):
    """Let every thread open a connection of its own to one database."""
    audit.system()
    if connection.vendor != "sqlite":
        yield
        return
    with _in_a_file(str(tmp_path / "race.sqlite3")):
        yield


def all_at_once(*steps: Callable[[], Any], workers: int = 0) -> list[Any]:
    """Run the steps at the same moment; return what each answered, Refused included."""
    together = threading.Barrier(len(steps)) if not workers else None

    def run(step: Callable[[], Any]) -> Any:
        try:
            if together:
                together.wait(timeout=30)
            return step()
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(workers or len(steps)) as pool:
        return [done.result() for done in [pool.submit(run, step) for step in steps]]


def check(event: Event) -> None:
    """What must be true whatever happened."""
    event = Event.objects.get(pk=event.pk)
    held = event.bookings.holding().aggregate(held=Sum("places"))["held"] or 0
    assert event.taken == held
    assert event.taken <= event.capacity
    twice = event.bookings.standing().values("person").annotate(n=Count("pk")).filter(n__gt=1)
    assert not twice.exists()
    fits = event.bookings.filter(state=State.WAITING, places__lte=event.capacity - event.taken)
    assert not fits.exists(), "a free place was not offered to somebody it fits"


# --- every pair -------------------------------------------------------------------------------
def stage() -> SimpleNamespace:
    """3 places: one booked, one on offer, one booked; 2 people wait, one of them for 2 places."""
    event = make_event(capacity=3)
    booked = make_booking(event, make_person("Booked"))
    make_booking(event, make_person("Also booked"))
    first = make_booking(event, make_person("Gives up"))
    offered = make_booking(event, make_person("Offered"))
    pair = make_booking(event, make_person("Pair"), company="together", companion_name="Al")
    waiting = make_booking(event, make_person("Waiting"))
    actions.cancel_booking(booking=first, by=audit.system())
    offered.refresh_from_db()
    assert offered.state == State.OFFERED
    return SimpleNamespace(
        event=event,
        booked=booked,
        offered=offered,
        pair=pair,
        waiting=waiting,
        dora=make_person("Dora"),
        strangers=[make_person(f"Stranger {number}") for number in range(4)],
        by=audit.system(),
    )


def _book(on: SimpleNamespace, person: Person, how: str = "online", **wish: Any) -> Booking:
    return actions.book_place(event=on.event, person=person, wish=Wish(**wish), how=how, by=on.by)


def _capacity(on: SimpleNamespace, change: int) -> Event:
    now = Event.objects.get(pk=on.event.pk).capacity
    return actions.change_capacity(event=on.event, capacity=now + change, by=on.by)


STEPS: dict[str, Callable[[SimpleNamespace], Any]] = {
    "book": lambda on: _book(on, on.strangers.pop()),
    "book_two": lambda on: _book(on, on.strangers.pop(), company="if_room", companion_name="Al"),
    "book_double_click": lambda on: _book(on, on.dora),
    "staff_book": lambda on: _book(on, on.strangers.pop(), how="phone"),
    "cancel": lambda on: actions.cancel_booking(booking=on.booked, by=on.by),
    "cancel_offer": lambda on: actions.cancel_booking(booking=on.offered, by=on.by),
    "leave_list": lambda on: actions.cancel_booking(booking=on.waiting, by=on.by),
    "offer": lambda on: actions.offer_freed_places(event=on.event, by=on.by),
    "offer_out_of_order": lambda on: actions.offer_out_of_order(
        booking=on.waiting, because="Interpreter only that day", by=on.by
    ),
    "accept": lambda on: actions.accept_offer(booking=on.offered, by=on.by),
    "decline": lambda on: actions.decline_offer(booking=on.offered, by=on.by),
    "expire": lambda on: actions.expire_offers(now=timezone.now() + dt.timedelta(days=3), by=on.by),
    "raise": lambda on: _capacity(on, +1),
    "lower": lambda on: _capacity(on, -1),
    "bring_somebody": lambda on: actions.change_wish(
        booking=on.booked, wish=Wish(company="if_room", companion_name="Al"), by=on.by
    ),
    "cancel_event": lambda on: actions.cancel_event(event=on.event, because="Illness", by=on.by),
}


@pytest.mark.parametrize(
    ("one", "other"),
    list(combinations_with_replacement(STEPS, 2)),
    ids=lambda name: name,
)
def test_pair_of_steps_never_loses_count(one, other):
    on = stage()
    # SQLite lets one writer in at a time anyway; more of them only wait longer.
    times = 1 if connection.vendor == "sqlite" else 2
    all_at_once(*(lambda name=name: STEPS[name](on) for name in (one, other) * times))
    check(on.event)


def stage_of_selection() -> SimpleNamespace:
    """2 places: one person was chosen, three have asked."""
    event = make_event(capacity=2, by_selection=True)
    asked = [make_booking(event, make_person(f"Asked {number}")) for number in range(4)]
    by = audit.system()
    chosen = actions.choose(booking=asked.pop(), because="Fits the criteria", by=by)
    return SimpleNamespace(
        event=event, asked=asked, first=asked[0], chosen=chosen, dora=make_person("Dora"), by=by
    )


def _decide(on: SimpleNamespace, act: Callable[..., Booking], booking: Booking) -> Booking:
    return act(booking=booking, because="Fits the criteria", by=on.by)


SELECTION_STEPS: dict[str, Callable[[SimpleNamespace], Any]] = {
    "ask": lambda on: _book(on, on.dora),
    "choose": lambda on: _decide(on, actions.choose, on.asked.pop()),
    "choose_the_same": lambda on: _decide(on, actions.choose, on.first),
    "not_choose": lambda on: _decide(on, actions.not_choose, on.first),
    "cancel": lambda on: actions.cancel_booking(booking=on.chosen, by=on.by),
    "take_back": lambda on: actions.cancel_booking(booking=on.first, by=on.by),
    "raise": lambda on: _capacity(on, +1),
    "lower": lambda on: _capacity(on, -1),
    "cancel_event": lambda on: actions.cancel_event(event=on.event, because="Illness", by=on.by),
}


@pytest.mark.parametrize(
    ("one", "other"),
    list(combinations_with_replacement(SELECTION_STEPS, 2)),
    ids=lambda name: name,
)
def test_pair_of_steps_by_selection_never_loses_count(one, other):
    on = stage_of_selection()
    all_at_once(lambda: SELECTION_STEPS[one](on), lambda: SELECTION_STEPS[other](on))
    check(on.event)


def test_choosing_at_once_never_oversells():
    event = make_event(capacity=2, by_selection=True)
    asked = [make_booking(event, make_person(f"Person {number}")) for number in range(6)]
    answers = all_at_once(
        *(
            lambda booking=booking: actions.choose(
                booking=booking, because="Fits the criteria", by=audit.system()
            )
            for booking in asked
        )
    )
    assert sum(isinstance(answer, Booking) for answer in answers) == 2
    check(event)


# --- the crowd --------------------------------------------------------------------------------
def test_200_people_for_50_places():
    event = make_event(capacity=50)
    Person.objects.bulk_create(Person(full_name=f"Person {number}") for number in range(200))
    people = list(Person.objects.filter(full_name__startswith="Person "))
    by = audit.system()

    def book(person: Person) -> Booking:
        return actions.book_place(event=event, person=person, wish=Wish(), by=by)

    # each person presses the button twice
    steps = [lambda person=person: book(person) for person in people for _press in range(2)]
    answers = all_at_once(*steps, workers=16)
    check(event)
    states = dict(event.bookings.values_list("state").annotate(n=Count("pk")).order_by())
    assert states == {State.BOOKED: 50, State.WAITING: 150}
    assert sum(isinstance(answer, Refused) for answer in answers) == 200
    told = Message.objects.filter(letter="events/on_waiting_list")
    assert told.values("person").distinct().count() == told.count() == 150


# --- the control: this test bench can see overselling -----------------------------------------
def test_control_without_lock_and_count_oversells():
    event = make_event(capacity=1)
    people = [make_person(f"Person {number}") for number in range(4)]
    by = audit.system()
    all_have_looked = threading.Barrier(len(people))

    def count_then_insert(person: Person) -> None:
        taken = event.bookings.holding().count()
        all_have_looked.wait(timeout=30)
        if taken < event.capacity:
            Booking.objects.create(event=event, person=person, state=State.BOOKED, entered_by=by)

    all_at_once(*(lambda person=person: count_then_insert(person) for person in people))
    assert event.bookings.holding().count() > event.capacity
    with pytest.raises(AssertionError):
        check(event)


def test_last_defence_stands_in_the_database():
    event = make_event(capacity=1)
    person = make_person()
    make_booking(event, person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(taken=F("taken") + 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(
            event=event, person=person, state=State.WAITING, entered_by=audit.system()
        )


# --- on the day -------------------------------------------------------------------------------
def test_everybody_who_came_is_written_down_once_whoever_types_at_the_same_moment():
    event = make_event(capacity=1)
    make_booking(event, make_person("Has the place"))
    waiting = make_booking(event, make_person("Waits"))
    begun = timezone.now() - dt.timedelta(minutes=10)
    Event.objects.filter(pk=event.pk).update(
        closes_at=begun, starts_at=begun, ends_at=begun + dt.timedelta(hours=1)
    )
    ada, ben = make_person("Ada"), make_person("Ben")
    staff = audit.system()

    def came(person: Person) -> Callable[[], Any]:
        return lambda: actions.write_down(event=event, person=person, wish=Wish(), by=staff)

    told = all_at_once(came(ada), came(ada), came(ben), came(waiting.person))
    assert [type(answer) for answer in told].count(Booking) >= 3
    there = event.bookings.filter(attendance="attended", state=State.BOOKED)
    names = sorted(there.values_list("person__full_name", flat=True))
    assert names == ["Ada", "Ben", "Waits"]
    event.refresh_from_db()
    assert (event.taken, event.capacity) == (4, 4)
    check(event)

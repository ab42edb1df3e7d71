"""Pages: post the form, read the HTML."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import AuditEntry
from alongside.accounts.tests.factories import make_staff
from alongside.accounts.tests.signing import sign_in
from alongside.events import actions
from alongside.events.models import Booking
from alongside.events.tests.factories import make_booking, make_event
from alongside.messaging.models import Message
from alongside.people.models import Involvement
from alongside.people.rules import NeedAnswer
from alongside.people.tests.factories import make_member, make_person

pytestmark = pytest.mark.django_db
State = Booking.State


@pytest.fixture
def ada(client):
    user = make_member("ada@example.org", "Ada Bright")
    sign_in(client, user)
    return user.person


@pytest.fixture
def coordinator(client):
    user = make_staff("coordinator")
    sign_in(client, user)
    return user


def read(client, name, *args, data=None, status=200, query=""):
    """Get the page (or post to it), follow where it leads, and return it as HTML."""
    address = reverse(f"events:{name}", args=args) + query
    if data is None:
        response = client.get(address)
    else:
        response = client.post(address, data, follow=True)
    assert response.status_code == status
    page = BeautifulSoup(response.content, "lxml")
    if status == 200:
        assert len(page.find_all("h1")) == 1
        assert len(response.content) < 100_000
    return page


def words(page):
    return " ".join(page.main.get_text(" ").split())


# --- the person's own pages -------------------------------------------------------------------
def test_my_bookings_shows_what_is_coming_waited_for_and_before(client, ada):
    coming = make_booking(make_event(title="Coming one"), ada)
    full = make_event(capacity=1, title="Full one")
    make_booking(full, make_person("Ben Low"))
    make_booking(full, ada)
    left = make_booking(make_event(title="Left one"), ada)
    actions.cancel_booking(booking=left, by=ada.user)
    page = read(client, "my_bookings")
    assert page.find("a", href=reverse("events:booking", args=[coming.key]))
    text = words(page)
    assert "Coming one" in text
    assert "On the waiting list" in text
    assert "Cancelled" in text
    assert "Ben" not in text


def test_booking_page_shows_joining_details_only_with_a_place(client, ada):
    event = make_event(capacity=1)
    mine = make_booking(event, ada)
    assert "join-4711" in words(read(client, "booking", mine.key))
    actions.cancel_booking(booking=mine, by=ada.user)
    make_booking(event, make_person("Ben Low"))
    waiting = make_booking(event, ada)
    for key in (mine.key, waiting.key):
        assert "join-4711" not in words(read(client, "booking", key))
    text = words(read(client, "booking", waiting.key))
    assert "You are number 1 in the list" in text
    assert "Ben" not in text


def test_booking_page_after_booking_says_what_happens_next_and_how_we_write(client, ada):
    mine = make_booking(make_event(), ada)
    page = read(client, "booking", mine.key, query="?done=yes")
    assert page.h1.get_text(strip=True) == "You have a place"
    assert "email with the details" in words(page)
    assert "What happens next" in words(page)


def test_booking_page_of_somebody_else_is_not_found(client, ada):
    theirs = make_booking(make_event(), make_person("Ben Low"))
    for name in ("booking", "cancel", "company", "booking_support", "booking_calendar", "decline"):
        read(client, name, theirs.key, status=404)
    read(client, "booking_needs", theirs.key, "format", status=404)
    assert client.post(reverse("events:accept", args=[theirs.key])).status_code == 404


def test_cancel_asks_first_and_then_gives_the_place_back(client, ada):
    event = make_event()
    mine = make_booking(event, ada)
    assert "Do you want to cancel your place?" in words(read(client, "cancel", mine.key))
    text = words(read(client, "cancel", mine.key, data={}))
    assert "Your place is cancelled" in text
    event.refresh_from_db()
    assert event.taken == 0
    again = read(client, "cancel", mine.key, data={})  # the button pressed twice
    assert not again.title.get_text().startswith("Error: ")
    assert Message.objects.filter(letter="events/booking_cancelled").count() == 1


def test_offer_is_shown_with_its_end_and_can_be_accepted(client, ada):
    with time_machine.travel(dt.datetime(2026, 7, 1, 13, 0, tzinfo=dt.UTC), tick=False):
        event = make_event(capacity=1)
        first = make_booking(event, make_person("Ben Low"))
        mine = make_booking(event, ada)
        actions.cancel_booking(booking=first, by=first.entered_by)
        sign_in(client, ada.user)
        page = read(client, "booking", mine.key)
        assert "until Friday 3 July 2026, 2pm" in words(page)
        for _press in range(2):
            done = read(client, "accept", mine.key, data={})
            assert done.h1.get_text(strip=True) == "You have a place"
        assert Message.objects.filter(letter="events/place_confirmed").count() == 1


def test_accepting_too_late_says_so_and_gives_nothing(client, ada):
    event = make_event(capacity=1)
    first = make_booking(event, make_person("Ben Low"))
    mine = make_booking(event, ada)
    actions.cancel_booking(booking=first, by=first.entered_by)
    Booking.objects.filter(pk=mine.pk).update(offer_ends_at=timezone.now())
    page = read(client, "accept", mine.key, data={})
    assert page.title.get_text().startswith("Error: ")
    assert "The time to answer has passed" in words(page)
    mine.refresh_from_db()
    assert mine.state == State.OFFERED


def test_an_offer_that_ran_out_does_not_ask_for_an_answer(client, ada):
    event = make_event(capacity=1)
    first = make_booking(event, make_person("Ben Low"))
    mine = make_booking(event, ada)
    actions.cancel_booking(booking=first, by=first.entered_by)
    Booking.objects.filter(pk=mine.pk).update(offer_ends_at=timezone.now())
    page = words(read(client, "booking", mine.key))
    assert "If you say yes" not in page
    assert "You can then ask for a place again." in page


def test_decline_asks_first(client, ada):
    event = make_event(capacity=1)
    first = make_booking(event, make_person("Ben Low"))
    mine = make_booking(event, ada)
    actions.cancel_booking(booking=first, by=first.entered_by)
    read(client, "decline", mine.key)
    mine.refresh_from_db()
    assert mine.state == State.OFFERED
    read(client, "decline", mine.key, data={})
    mine.refresh_from_db()
    assert mine.state == State.DECLINED


def test_change_company_keeps_what_was_typed_when_there_is_no_room(client, ada):
    event = make_event(capacity=1)
    mine = make_booking(event, ada)
    said = {"company": "together", "companion_name": "Zoë <script>alert(1)</script> 😀"}
    page = read(client, "company", mine.key, data=said)
    assert "There is no place for somebody else now" in words(page)
    assert page.find("input", {"name": "companion_name"})["value"] == said["companion_name"]
    mine.refresh_from_db()
    assert (mine.company, mine.places) == ("alone", 1)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Choose who is taking part"),
        ({"company": "alone\x00"}, "Choose who is taking part from the list"),
        ({"company": "together"}, "Enter the name of the person who comes with you"),
        ({"company": "together", "companion_name": "x" * 10_000}, "200 characters or fewer"),
        ({"company": "together", "companion_name": "a\x00b"}, "Delete it and type it again"),
    ],
)
def test_change_company_answers_bad_input_with_a_sentence(client, ada, said, sentence):
    mine = make_booking(make_event(), ada)
    assert sentence in words(read(client, "company", mine.key, data=said))


def test_change_needs_and_support(client, ada):
    event = make_event(support=["Briefing before", "Training in the video tool"])
    mine = make_booking(event, ada, needs=(NeedAnswer("bsl"), NeedAnswer("travel", "a lift")))
    read(client, "booking_needs", mine.key, "taking_part", data={"needs": ["breaks"]})
    assert set(mine.needs.values_list("code", flat=True)) == {"bsl", "breaks"}
    offer = event.support_offers.get(name="Briefing before")
    read(client, "booking_support", mine.key, data={"support": [str(offer.pk)]})
    assert mine.support.filter(ended_at__isnull=True).get().offer == offer
    read(client, "booking_support", mine.key, data={})
    assert not mine.support.filter(ended_at__isnull=True).exists()


def test_calendar_of_a_booking_is_private(client, ada):
    mine = make_booking(make_event(), ada)
    response = client.get(reverse("events:booking_calendar", args=[mine.key]))
    assert response["Content-Type"].startswith("text/calendar")
    assert b"join-4711" in response.content
    client.logout()
    assert client.get(reverse("events:booking_calendar", args=[mine.key])).status_code == 302


def test_own_calendar_address_shows_events_without_joining_details(client, ada):
    event = make_event(title="Charter workshop")
    make_booking(event, ada)
    mine = make_booking(make_event(title="Garden day"), ada)
    make_booking(make_event(title="Not mine"), make_person("Ben Low"))
    page = read(client, "feed", data={"do": "make"})
    address = page.find("input", id="address")
    assert address.has_attr("readonly")
    path = "/calendar/" + address["value"].split("/calendar/")[1]
    client.logout()
    body = client.get(path).content
    assert b"Charter workshop" in body
    assert b"Garden day" in body
    assert b"join-4711" not in body
    assert b"Not mine" not in body
    actions.move_event(event=event, starts_at=event.starts_at - dt.timedelta(hours=1), by=ada.user)
    actions.cancel_booking(booking=mine, by=ada.user)
    body = client.get(path).content
    assert f"DTSTART:{event.starts_at - dt.timedelta(hours=1):%Y%m%dT%H%M%SZ}".encode() in body
    assert b"SEQUENCE:1" in body
    assert b"Garden day" not in body
    actions.cancel_event(event=event, because="Illness", by=ada.user)
    assert b"Charter workshop" not in client.get(path).content
    actions.end_feed(person=ada, by=ada.user)
    assert client.get(path).status_code == 404
    assert client.get("/calendar/not-a-token.ics").status_code == 404


# --- staff ------------------------------------------------------------------------------------
def test_register_shows_what_is_to_do_and_is_audited(client, coordinator):
    event = make_event(support=["Briefing before"])
    offer = event.support_offers.get()
    make_booking(event, make_person("Ben Low"), needs=(NeedAnswer("bsl"),), support=(offer.pk,))
    text = words(read(client, "register", event.key))
    assert "Ben Low" in text
    assert "1 to meet" in text
    assert "1 to arrange" in text
    assert AuditEntry.objects.filter(action="events.register_seen", kind="look").exists()


def test_register_finds_by_name_and_by_needs(client, coordinator):
    event = make_event()
    make_booking(event, make_person("Ben Low"), needs=(NeedAnswer("bsl"),))
    make_booking(event, make_person("Cat Hill"))
    found = words(read(client, "register", event.key, query="?q=hill"))
    assert "Cat Hill" in found
    assert "Ben Low" not in found
    found = words(read(client, "register", event.key, query="?to_meet=yes"))
    assert "Ben Low" in found
    assert "Cat Hill" not in found
    read(client, "register", event.key, query="?q=%00&part=nonsense&page=-3")
    read(client, "register", event.key, query="?q=" + "x" * 3000)


def test_register_is_not_found_without_the_permission(client, ada):
    event = make_event()
    mine = make_booking(event, ada)
    for name in ("register", "register_print", "register_csv", "mark", "places"):
        read(client, name, event.key, status=404)
    for name in ("staff_booking", "staff_cancel", "move_up", "staff_company"):
        read(client, name, mine.key, status=404)


def test_staff_meet_a_need_and_arrange_support(client, coordinator):
    event = make_event(support=["Briefing before"])
    booking = make_booking(
        event,
        make_person("Ben Low"),
        needs=(NeedAnswer("bsl"),),
        support=(event.support_offers.get().pk,),
    )
    need, asked = booking.needs.get(), booking.support.get()
    assert "Must have" in words(read(client, "staff_booking", booking.key))
    text = words(read(client, "meet", need.key, data={"note": "Agency booked"}))
    assert "Agency booked" in text
    text = words(read(client, "unmeet", need.key, data={}))
    assert "Must have" in text
    page = read(client, "assign", asked.key, data={"to": ""})
    assert "Choose who gives the support" in words(page)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    said = {
        "to": coordinator.key,
        "arranged_for_day": str(tomorrow.day),
        "arranged_for_month": str(tomorrow.month),
        "arranged_for_year": str(tomorrow.year),
        "arranged_for_clock": "2pm",
    }
    assert coordinator.name in words(read(client, "assign", asked.key, data=said))
    assert "Given" in words(read(client, "given", asked.key, data={}))


def test_staff_change_and_cancel_on_behalf(client, coordinator):
    event = make_event(support=["Briefing before"])
    booking = make_booking(event, make_person("Ben Low"), how="phone")
    read(client, "staff_company", booking.key, data={"company": "if_room", "companion_name": "Al"})
    read(client, "staff_needs", booking.key, "support", data={"needs": ["more_time"]})
    offer = event.support_offers.get()
    read(client, "staff_support", booking.key, data={"support": [offer.pk]})
    booking.refresh_from_db()
    assert (booking.places, booking.needs.count(), booking.support.count()) == (2, 1, 1)
    read(client, "staff_cancel", booking.key)
    assert "The booking is cancelled" in words(read(client, "staff_cancel", booking.key, data={}))


def test_staff_write_down_an_answer_given_by_phone(client, coordinator):
    event = make_event(capacity=1)
    first = make_booking(event, make_person("Ben Low"))
    second = make_booking(event, make_person("Cat Hill"))
    actions.cancel_booking(booking=first, by=coordinator)
    assert "Cat Hill" in words(read(client, "register", event.key, query="?part=offered"))
    read(client, "staff_answer", second.key, data={"answer": "yes"})
    second.refresh_from_db()
    assert second.state == State.BOOKED
    page = read(client, "staff_answer", second.key, data={"answer": "no"})
    assert "already" in words(page)


def test_staff_let_somebody_go_first_only_with_a_reason(client, coordinator):
    event = make_event(capacity=1)
    make_booking(event, make_person("Ben Low"))
    make_booking(event, make_person("Cat Hill"))
    last = make_booking(event, make_person("Dan Moor"))
    page = read(client, "move_up", last.key, data={"because": ""})
    assert "Enter the reason for going out of order" in words(page)
    text = words(read(client, "move_up", last.key, data={"because": "Interpreter only that day"}))
    assert "They are next in the list" in text
    assert "Number 1 on the waiting list" in text
    assert "Interpreter only that day" in text


def test_places_cannot_go_below_those_taken(client, coordinator):
    event = make_event(capacity=3)
    for name in ("Ben Low", "Cat Hill"):
        make_booking(event, make_person(name))
    page = read(client, "places", event.key, data={"capacity": "1"})
    assert "2 places are already booked or on offer" in words(page)
    assert page.find("input", {"name": "capacity"})["value"] == "1"
    assert "2 of 2 places taken" in words(read(client, "places", event.key, data={"capacity": "2"}))


def test_mark_a_page_of_the_register(client, coordinator):
    now = timezone.now()
    event = make_event(starts_at=now + dt.timedelta(hours=1))
    ben, cat, dan = (
        make_booking(event, make_person(name), how="phone")
        for name in ("Ben Low", "Cat Hill", "Dan Moor")
    )
    with time_machine.travel(now + dt.timedelta(hours=3)):
        sign_in(client, coordinator)
        said = {
            f"{ben.key}-attendance": "attended",
            f"{ben.key}-minutes": "45",
            f"{cat.key}-attendance": "apologies",
            "rest": "on",
        }
        text = words(read(client, "mark", event.key, data=said))
        assert "3 people changed" in text
        assert dict(Involvement.objects.standing().values_list("person", "minutes")) == {
            ben.person_id: 45,
            dan.person_id: 90,
        }
        page = read(client, "mark", event.key, data={f"{ben.key}-minutes": "many"})
        assert "Enter the minutes for Ben Low in numbers" in words(page)
        assert page.find("input", {"name": f"{ben.key}-minutes"})["value"] == "many"


def test_printed_register_shows_needs_and_blank_lines(client, coordinator):
    event = make_event()
    make_booking(event, make_person("Ben Low"), needs=(NeedAnswer("bsl"),))
    text = words(read(client, "register_print", event.key))
    assert "British Sign Language interpreter (must have)" in text
    assert "People who came without a place" in text


def test_register_as_a_spreadsheet_runs_no_formula(client, coordinator):
    event = make_event()
    make_booking(event, make_person('=HYPERLINK("http://x")'), needs=(NeedAnswer("bsl"),))
    response = client.get(reverse("events:register_csv", args=[event.key]))
    body = b"".join(response.streaming_content).decode("utf-8-sig")
    head, row = body.split("\r\n")[:2]
    assert head.startswith('"Name","State"')
    assert row.startswith("\"'=HYPERLINK")
    assert "British Sign Language interpreter" in row


def test_register_needs_as_many_queries_for_many_as_for_few(
    client, coordinator, django_assert_max_num_queries
):
    event = make_event(capacity=100)
    for number in range(30):
        make_booking(event, make_person(f"Person {number}"), needs=(NeedAnswer("bsl"),))
    with django_assert_max_num_queries(12):
        read(client, "register", event.key)

"""Booking for somebody else, choosing, inviting, writing down who came."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from alongside.accounts.tests.factories import make_staff
from alongside.accounts.tests.signing import sign_in
from alongside.core.jobs import run_due
from alongside.core.models import Job
from alongside.events import actions as events
from alongside.events.models import Booking
from alongside.events.rules import Wish
from alongside.events.tests.factories import make_booking
from alongside.messaging.models import Message
from alongside.opportunities import actions
from alongside.opportunities.models import Invitation
from alongside.opportunities.tests.factories import make_opportunity
from alongside.opportunities.tests.reading import DAY, errors, soup, words
from alongside.organisation.tests.factories import make_topic
from alongside.people import actions as people
from alongside.people.models import Person
from alongside.people.tests.factories import make_person

pytestmark = pytest.mark.django_db


# --- staff: for somebody else -------------------------------------------------------------------
def test_a_paper_form_is_typed_in_for_somebody_with_no_email(client: Client, staff) -> None:
    advert = make_opportunity(pays_remote=True)
    base = f"/staff/opportunities/{advert.key}/book/"
    assert "We do not know anybody like that" in words(client.get(f"{base}?q=Pat+Post"))
    added = client.post(
        f"{base}new/",
        {
            "full_name": "Pat Post",
            "postal_address": "1 Road",
            "postcode": "me9 9zz",
            "connection": "carer",
            "how": "paper",
        },
    )
    person = Person.objects.get(full_name="Pat Post")
    assert added["Location"] == f"{base}{person.key}/"
    page = soup(client.get(added["Location"]))
    assert page.select_one("input[name=how][checked]")["value"] == "paper"
    assert "full_name" not in [box.get("name") for box in page.select("input")]
    assert errors(client.post(added["Location"], {})) == [
        "Choose how they asked",
        "Choose who is taking part",
    ]
    booked = client.post(
        added["Location"],
        {"how": "paper", "company": "alone", "needs_format": ["large_print"]},
        follow=True,
    )
    assert "Pat Post has a place. We are telling them." in words(booked)
    booking = Booking.objects.get()
    assert (booking.person, booking.entered_by, booking.entered_how) == (person, staff, "paper")
    assert booking.state == Booking.State.BOOKED
    assert Message.objects.get(person=person).channel == "post"


def test_somebody_we_may_know_is_shown_before_they_are_added_again(client: Client, staff) -> None:
    advert = make_opportunity()
    known = make_person("Pat Post", postcode="ME9 9ZZ")
    address = f"/staff/opportunities/{advert.key}/book/new/"
    sent = {"full_name": "Pat Post", "postcode": "ME9 9ZZ", "how": "phone"}
    answer = client.post(address, sent)
    assert "We may know this person" in words(answer)
    assert f"/staff/opportunities/{advert.key}/book/{known.key}/" in answer.content.decode()
    assert Person.objects.count() == 1
    client.post(address, {**sent, "new": "yes"})
    assert Person.objects.count() == 2


def test_booking_twice_for_somebody_is_told(client: Client, staff) -> None:
    advert = make_opportunity()
    person = make_person("Pat Post")
    make_booking(advert.event, person)
    answer = client.get(f"/staff/opportunities/{advert.key}/book/{person.key}/", follow=True)
    assert "Pat Post has asked already: has a place." in words(answer)


# --- staff: choosing --------------------------------------------------------------------------
def test_choosing_shows_how_often_and_never_needs(client: Client, staff) -> None:
    advert = make_opportunity(by_selection=True, criteria="New voices", capacity=1)
    ada = make_person("Ada Bright", needs=["makaton"], connection="carer")
    first = make_booking(advert.event, ada)
    second = make_booking(advert.event, make_person("Bo Fair"))
    base = f"/staff/opportunities/{advert.key}/choosing/"
    page = words(client.get(base))
    assert "New voices" in page
    assert "Ada Bright" in page
    assert "Makaton" not in page
    decide = f"{base}{first.key}/"
    assert "Makaton" not in words(client.get(decide))
    assert errors(client.post(decide, {})) == [
        "Say if you choose them",
        "Enter the reason for your decision",
    ]
    client.post(decide, {"choice": "choose", "because": "Has not been before"})
    client.post(f"{base}{second.key}/", {"choice": "not", "because": "Was there last time"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.decided_by) == (Booking.State.BOOKED, staff)
    assert second.state == Booking.State.NOT_CHOSEN
    assert "Was there last time" in words(client.get(base))
    assert client.get(decide)["Location"] == base
    events.cancel_booking(booking=first, by=staff)
    page = words(client.get(base))  # a decision stays on the page with who decided and why
    assert "Chosen, then cancelled Reason Has not been before" in page


def test_somebody_who_simply_came_was_not_chosen(client: Client) -> None:
    advert = make_opportunity(by_selection=True)
    with time_machine.travel(advert.event.starts_at + dt.timedelta(minutes=5)):
        boss = make_staff("coordinator")
        sign_in(client, boss)
        wish = Wish(category="volunteer")
        person = make_person("Cat Hill", connection="carer")
        actions.write_down(opportunity=advert, person=person, wish=wish, by=boss)
        page = words(client.get(f"/staff/opportunities/{advert.key}/choosing/"))
        assert "Cat Hill" not in page


def test_choosing_is_only_for_adverts_by_selection(client: Client, staff) -> None:
    advert = make_opportunity()
    assert client.get(f"/staff/opportunities/{advert.key}/choosing/").status_code == 404


# --- staff: inviting ----------------------------------------------------------------------------
def test_inviting_shows_how_many_and_starts_a_job(client: Client, staff) -> None:
    topic = make_topic("Carers")
    advert = make_opportunity(topics=(topic,))
    for number in range(3):
        person = make_person(email=f"p{number}@example.org", consent=True)
        people.follow_topics(person=person, topics=[topic], by=staff)
    address = f"/staff/opportunities/{advert.key}/invite/"
    page = words(client.get(address))
    assert "Carers" in page
    assert re.search(r"Email .*3", page)
    answer = client.post(address)
    job = Job.objects.get(task__contains="invite_people")
    assert answer["Location"] == f"/staff/jobs/{job.key}/"
    run_due()
    assert Invitation.objects.count() == 3
    assert "nobody left to invite" in words(client.get(address))
    assert "nobody left to invite" in words(client.post(address, follow=True))


# --- on the day -----------------------------------------------------------------------------------
def test_somebody_who_came_without_a_place_is_found_and_written_down(client: Client) -> None:
    advert = make_opportunity(capacity=1, categories=["volunteer", "contributor"])
    make_booking(advert.event, make_person("Ben Low"), how="phone")
    ada = make_person("Ada Bright", connection="carer")
    waiting = make_booking(advert.event, ada, how="phone")
    assert waiting.state == "waiting"
    with time_machine.travel(advert.event.starts_at + DAY):  # the paper register, the next day
        sign_in(client, make_staff("coordinator"))
        register = client.get(reverse("events:register", args=[advert.event.key]))
        link = soup(register).find("a", string=re.compile("came without a place"))["href"]
        find = client.get(link, follow=True)
        address = find.redirect_chain[-1][0]
        assert soup(find).h1.get_text(strip=True).endswith("Write down somebody who came")
        row = soup(client.get(address, {"q": "ada bright"})).select_one("td a")
        assert row.get_text(strip=True).startswith("They came")
        page = client.get(row["href"])
        assert "All 1 places are taken" not in words(page)
        assert "The only place is taken" in words(page)
        said = {"company": "alone", "category": "contributor", "minutes": "soon"}
        answer = client.post(row["href"], said)
        assert errors(answer) == ["Enter the minutes in numbers, like 90"]
        answer = client.post(row["href"], said | {"minutes": "30"}, follow=True)
        assert "Ada Bright is on the register, marked as attended" in words(answer)
        waiting.refresh_from_db()
        assert (waiting.state, waiting.attendance, waiting.minutes_attended) == (
            "booked",
            "attended",
            30,
        )
        assert "2 of 2 places taken" in words(
            client.get(reverse("events:register", args=[advert.event.key]))
        )
        again = client.get(row["href"], follow=True)
        assert "Ada Bright has a place" in soup(again).get_text()


def test_somebody_new_who_came_is_added_and_written_down(client: Client) -> None:
    advert = make_opportunity()
    with time_machine.travel(advert.event.starts_at + dt.timedelta(minutes=5)):
        sign_in(client, make_staff("coordinator"))
        add = reverse("opportunities:add_person", args=[advert.key])
        assert "How did they ask?" not in words(client.get(add))
        page = client.post(add, {"full_name": "Zed Quick"})
        answer = client.post(page["Location"], {"company": "alone", "connection": "carer"})
        assert answer.status_code == 302
    booking = Booking.objects.get(event=advert.event_id)
    assert (booking.entered_how, booking.attendance) == ("walked_in", "attended")
    assert (str(booking.person), booking.person.connection) == ("Zed Quick", "carer")


def test_nobody_is_written_down_where_it_was_cancelled(client: Client, staff) -> None:
    advert = make_opportunity()
    actions.cancel(opportunity=advert, because="Snow", by=staff)
    assert client.get(f"/staff/events/{advert.event.key}/book/", follow=True).status_code == 404

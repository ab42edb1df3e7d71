"""The pages where people arrive."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from alongside.accounts import access
from alongside.accounts.models import AuditEntry
from alongside.accounts.tests.factories import make_staff
from alongside.accounts.tests.signing import sign_in
from alongside.core.models import Job
from alongside.events.actions import cancel_booking
from alongside.events.tests.factories import make_booking, make_event
from alongside.opportunities.tests.factories import make_opportunity
from alongside.people.tests.factories import make_member

pytestmark = pytest.mark.django_db


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "lxml")


def test_public_home_shows_three_that_close_soonest():
    for number in range(4):
        make_opportunity(published=True, title=f"Workshop {number}")
    make_opportunity(published=False, title="Not for you yet")
    page = read(Client(), "/")
    titles = [link.get_text() for link in page.select(".app-cards a")]
    assert len(titles) == 3
    assert "Not for you yet" not in page.get_text()


def test_public_home_says_what_to_do_when_nothing_is_open():
    page = read(Client(), "/")
    assert "Nothing is open today" in page.get_text()


@pytest.mark.parametrize("address", ["/contact/", "/privacy/", "/accessibility/"])
def test_every_reader_finds_the_pages_each_site_must_have(address):
    assert read(Client(), "/").select_one(f'footer a[href="{address}"]')
    assert read(Client(), address).h1


def test_member_home_shows_what_i_am_part_of():
    member = make_member(email="ada@people.example")
    make_booking(make_event(), member.person)
    client = Client()
    sign_in(client, member)
    headings = [h2.get_text() for h2 in read(client, "/me/").select("main h2")]
    assert "What you are part of" in headings
    assert "Please answer" not in headings


def test_staff_home_menu_holds_only_what_a_role_may_do():
    links = {}
    for role in access.ROLES:
        client = Client()
        sign_in(client, make_staff(role))
        page = read(client, "/staff/")
        links[role] = {a["href"] for a in page.select("nav a")}
    assert "/staff/people/" in links["coordinator"]
    assert "/staff/people/" not in links["administrator"]
    assert "/staff/people/" not in links["executive"]
    assert "/staff/audit/" in links["governance"]
    assert "/staff/audit/" not in links["coordinator"]


def test_decide_job_tries_again_and_is_recorded():
    job = Job.objects.create(task="alongside.core.tasks.tidy_jobs", tries=8, state=Job.State.FAILED)
    client = Client()
    sign_in(client, make_staff("administrator"))
    assert "Try again" in read(client, "/staff/jobs/").get_text()
    client.post(f"/staff/jobs/{job.key}/decide/", {"again": "1"})
    job.refresh_from_db()
    assert job.state == Job.State.WAITING
    assert AuditEntry.objects.filter(action="home.job_tried_again").count() == 1


def test_job_page_is_not_found_for_a_member():
    job = Job.objects.create(task="alongside.core.tasks.tidy_jobs", tries=8)
    client = Client()
    sign_in(client, make_member(email="ada@people.example"))
    assert client.get(f"/staff/jobs/{job.key}/").status_code == 404


def test_two_events_of_one_name_are_told_apart_in_every_list():
    user = make_member()
    client = Client()
    sign_in(client, user)
    for days in (10, 20):
        starts = timezone.now() + timedelta(days=days)
        times = {"starts_at": starts, "ends_at": starts + timedelta(hours=1)}
        closes = timezone.now() + timedelta(days=5)
        event = make_event(title="Monthly forum", closes_at=closes, **times)
        make_booking(event, user.person)
    for address in ("/me/", "/me/bookings/"):
        links = [
            link.get_text()
            for link in read(client, address).select("main a")
            if link.get_text().startswith("Monthly forum")
        ]
        assert len(links) == len(set(links)) == 2, address


def test_somebody_who_gave_up_a_place_and_asked_again_sees_the_event_once():
    user = make_member()
    client = Client()
    sign_in(client, user)
    event = make_event(title="Monthly forum")
    cancel_booking(booking=make_booking(event, user.person), by=user)
    make_booking(event, user.person)
    main = read(client, "/me/bookings/").main.get_text()
    assert main.count("Monthly forum") == 1

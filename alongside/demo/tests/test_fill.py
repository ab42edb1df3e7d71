"""The demo trust: all there, as the documents say, and never where it should not be."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db.models import Sum
from django.test import Client, override_settings
from django.utils import timezone

from alongside.core.dates import LONDON
from alongside.demo import fill
from alongside.events.models import Booking, Event
from alongside.messaging.models import Message
from alongside.opportunities.models import Opportunity
from alongside.organisation.models import Area, Council, Team
from alongside.people.models import Involvement, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    with override_settings(DEMO=True):
        fill.fill()
        yield


def test_fill_lays_the_trust_its_people_and_what_there_is_to_do(demo):
    assert Person.objects.count() == fill.PEOPLE
    assert Person.objects.filter(email="").count() > 20
    assert Opportunity.objects.count() == 24
    assert Opportunity.objects.open().count() >= 8
    assert Opportunity.objects.past().count() >= 10
    assert 38 <= Team.objects.on(timezone.localdate()).count() <= 44
    assert set(Area.objects.values_list("name", flat=True)) >= {"East Kent", "West Kent"}
    assert set(Council.objects.values_list("name", flat=True)) == {
        "Kent County Council",
        "Medway Council",
    }
    assert Involvement.objects.count() > 100
    assert set(Message.objects.values_list("channel", flat=True)) >= {"email", "post", "phone"}


def test_fill_gives_the_charter_workshop_as_published(demo):
    workshop = Opportunity.objects.select_related("event").get(slug="refresh-our-carers-charter")
    event = workshop.event

    def london(moment):
        return moment.astimezone(LONDON).strftime("%A %Y-%m-%d %H:%M")

    assert workshop.published_at.astimezone(LONDON).date() == dt.date(2021, 12, 8)
    assert london(event.closes_at) == "Friday 2022-01-14 23:59"
    assert london(event.starts_at) == "Monday 2022-01-24 14:00"
    assert london(event.ends_at) == "Monday 2022-01-24 15:30"
    assert (event.mode, event.platform) == ("online", "Lifesize")
    assert (workshop.pays_involvement, workshop.pays_remote) == (False, True)
    assert workshop.trust_name == "Kent and Medway NHS and Social Care Partnership Trust"
    assert event.support_offers.count() == 3


def test_fill_never_oversells(demo):
    for event in Event.objects.all():
        held = event.bookings.filter(state__in=Booking.HOLDING).aggregate(n=Sum("places"))["n"]
        assert event.taken == (held or 0)


def test_fill_leaves_a_waiting_list_with_somebody_to_be(demo):
    waiting = Booking.objects.filter(event__opportunity__slug="elm-garden", state="waiting")
    assert waiting.filter(person__full_name="Tom Ashdown").exists()


def test_fill_refuses_a_second_time_and_outside_demo_mode(demo):
    with pytest.raises(fill.NotHere):
        fill.fill()
    with override_settings(DEMO=False), pytest.raises(fill.NotHere):
        fill.fill()
    call_command("fill_demo", "--if-empty")
    assert Person.objects.count() == fill.PEOPLE


@override_settings(DEMO=False)
def test_the_shoes_do_not_exist_outside_demo_mode():
    assert Client().get("/demo/").status_code == 404
    assert Client().post("/demo/coordinator/").status_code == 404


@pytest.mark.urls("alongside.demo.tests.addresses")
@pytest.mark.parametrize(
    ("code", "home"),
    [("carer", "/me/"), ("coordinator", "/staff/"), ("executive", "/staff/")],
)
def test_step_into_signs_in_as_one_of_the_cast(demo, code, home):
    client = Client()
    assert f"/demo/{code}/" in client.get("/demo/").content.decode()
    answer = client.post(f"/demo/{code}/")
    assert answer.url == home
    assert client.get(home).status_code == 200

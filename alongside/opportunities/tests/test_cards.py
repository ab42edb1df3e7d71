"""What this room says on home pages, in exports, and in the menu."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from alongside.accounts.tests.factories import make_staff
from alongside.events.tests.factories import make_booking
from alongside.opportunities import actions, cards
from alongside.opportunities.tests.factories import make_opportunity
from alongside.organisation.tests.factories import make_area, make_topic
from alongside.people import actions as people
from alongside.people import registry
from alongside.people.tests.factories import make_person

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def test_a_member_sees_what_fits_and_not_what_they_asked_for() -> None:
    topic = make_topic()
    person = make_person(area=make_area())
    people.follow_topics(person=person, topics=[topic], by=make_staff())
    assert [card.title for card in cards.for_member(person)] == ["Find a way to take part"]
    fits = make_opportunity(title="Fits", topics=(topic,))
    make_opportunity(title="Elsewhere", topics=(topic,), area=make_area())
    make_opportunity(title="Other topic")
    make_opportunity(title="Draft", topics=(topic,), published=False)
    assert [card.title for card in cards.for_member(person)] == ["Fits"]
    make_booking(fits.event, person)
    assert [card.title for card in cards.for_member(person)] == ["Find a way to take part"]


def test_a_coordinator_sees_what_closes_soon_own_drafts_and_what_to_decide() -> None:
    staff = make_staff()
    make_opportunity(title="Soon", closes_at=timezone.now() + 6 * DAY)
    make_opportunity(title="Later", closes_at=timezone.now() + 8 * DAY)
    make_opportunity(title="Mine", published=False, by=staff)
    make_opportunity(title="Theirs", published=False, by=make_staff())
    panel = make_opportunity(title="Panel", by_selection=True)
    make_booking(panel.event, make_person())
    make_booking(panel.event, make_person("Bo Fair"))
    assert [card.title for card in cards.for_staff(staff)] == ["Closes soon: Soon", "Your drafts"]
    actions.close_now(opportunity=panel, by=staff)
    shown = {card.title: card for card in cards.for_staff(staff)}
    assert shown["Your drafts"].count == 1
    assert shown["Choose who takes part: Panel"].count == 2


@pytest.mark.parametrize("role", ["administrator", "governance", "post_room", "executive"])
def test_other_staff_see_none_of_it(role: str) -> None:
    make_opportunity(closes_at=timezone.now() + DAY)
    assert cards.for_staff(make_staff(role)) == []


def test_the_export_says_what_somebody_was_invited_to() -> None:
    topic = make_topic()
    person = make_person(email="ada@example.org", consent=True)
    people.follow_topics(person=person, topics=[topic], by=make_staff())
    advert = make_opportunity(topics=(topic,))
    actions.invite(opportunity=advert, person=person, by=make_staff())
    rows = list(registry.HOLDINGS["opportunities"].export(person))
    assert [row["What you were invited to"] for row in rows] == [advert.title]


def test_take_part_is_in_the_menu(client: Client) -> None:
    assert 'href="/opportunities/"' in client.get("/opportunities/past/").content.decode()

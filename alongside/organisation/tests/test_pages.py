"""Post the form, read the page."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from alongside.accounts.tests.factories import make_staff
from alongside.accounts.tests.signing import sign_in
from alongside.organisation import actions, cards, names
from alongside.organisation.models import Area, Team, TrustName
from alongside.organisation.tests.factories import (
    make_area,
    make_council,
    make_service,
    make_team,
    make_topic,
    make_trust,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    user = make_staff("administrator")
    sign_in(client, user)
    return user


def read(answer):
    assert answer.status_code == 200, answer.status_code
    return BeautifulSoup(answer.content, "html.parser")


def day(name, value):
    return {
        f"{name}_day": str(value.day),
        f"{name}_month": str(value.month),
        f"{name}_year": str(value.year),
    }


def test_a_new_administrator_is_guided_to_name_the_trust(client, admin):
    first, second, *rest = cards.for_staff(admin)
    assert first.title == "Name your trust"
    answer = client.post(
        first.href, {"name": "Hollow Hill NHS Trust", "short_name": "Hollow Hill"}, follow=True
    )
    assert "Hollow Hill NHS Trust" in read(answer).get_text()
    client.post(second.href, {"contact_phone": "01632 960 000"})
    assert [card.title for card in rest] == ["Add your areas", "Add topics", "Add your teams"]
    assert cards.for_staff(admin) == rest
    for card in rest:
        assert client.get(card.href).status_code == 200
    make_area(), make_topic(), make_team()
    assert cards.for_staff(admin) == []


def test_staff_without_the_permission_get_no_card():
    assert cards.for_staff(make_staff("coordinator")) == []


def test_the_new_name_is_on_the_next_page(client, admin):
    make_trust("Old Trust")
    assert "Old Trust" in read(client.get(reverse("organisation:home"))).get_text()
    today = dt.date.today()  # noqa: DTZ011
    client.post(
        reverse("organisation:add_name"),
        {"name": "New Trust", "short_name": "New", **day("started_on", today)},
    )
    assert TrustName.objects.count() == 2
    assert "New Trust" in read(client.get(reverse("organisation:topics"))).get_text()


def test_the_frame_asks_the_database_only_now_and_then(rf, django_assert_num_queries):
    make_trust("Hollow Hill")
    names.forget_now()
    with django_assert_num_queries(2):
        assert names.frame_part(rf.get("/"))["trust"] == "Hollow Hill"
    with django_assert_num_queries(0):
        names.frame_part(rf.get("/"))


def test_each_required_field_says_what_to_enter(client, admin):
    page = read(client.post(reverse("organisation:add_team"), {"place": "Town"}))
    words = page.get_text()
    for sentence in [
        "Enter the name of the team",
        "Choose what kind of team it is",
        "Choose the service the team belongs to",
    ]:
        assert sentence in words
    assert page.title.get_text().startswith("Error: ")
    assert page.find("input", {"name": "place"})["value"] == "Town"


def test_add_and_merge_a_team_by_its_pages(client, admin):
    service, into = make_service(), make_team("Oak")
    answer = client.post(
        reverse("organisation:add_team"),
        {"name": "Elm", "kind": "crisis", "service": service.pk},
        follow=True,
    )
    assert "Elm" in read(answer).h1.get_text()
    elm = Team.objects.get(name="Elm")
    merge = reverse("organisation:merge_team", args=[elm.key])
    client.post(merge, {"into": into.pk, **day("on", dt.date(2025, 2, 1))})
    elm.refresh_from_db()
    assert elm.merged_into == into
    page = read(client.get(reverse("organisation:team", args=[elm.key])))
    assert "It became part of Oak" in page.get_text()
    assert actions.team_on(team=elm, day=dt.date(2025, 2, 1)) == into


def test_a_refusal_is_shown_and_what_was_typed_is_kept(client, admin):
    make_council("North")
    page = read(client.post(reverse("organisation:add_council"), {"name": "north"}))
    assert "There is already one with this name" in page.get_text()
    assert page.find("input", {"name": "name"})["value"] == "north"


def test_area_form_offers_councils_and_keeps_them(client, admin):
    council, area = make_council("North"), make_area("East")
    address = reverse("organisation:area", args=[area.key])
    answers = {"name": "East", "places": "Aton , Beeton,", "councils": [council.pk]}
    client.post(address, answers)
    area.refresh_from_db()
    assert area.places == "Aton, Beeton"
    assert page_ticks(read(client.get(address))) == [str(council.pk)]


def page_ticks(page):
    return [box["value"] for box in page.find_all("input", checked=True)]


def test_lists_can_be_searched_and_show_the_ended_only_when_asked(client, admin):
    make_area("East")
    make_area("West", ended_on=dt.date(2020, 1, 1))
    address = reverse("organisation:areas")

    def listed(query):
        rows = read(client.get(address + query)).select("tbody tr")
        return [row.find("a").get_text(strip=True) for row in rows]

    assert listed("") == ["East"]
    assert listed("?ended=on") == ["East", "West"]
    assert listed("?q=wes&ended=on") == ["West"]
    assert listed("?q=nowhere") == []


@pytest.mark.parametrize("role", ["coordinator", "governance", "post_room", "executive"])
def test_other_staff_do_not_find_the_pages(client, role):
    sign_in(client, make_staff(role))
    for name in ["home", "names", "contact", "areas", "add_area", "teams", "add_team"]:
        assert client.get(reverse(f"organisation:{name}")).status_code == 404
    assert client.post(reverse("organisation:add_area"), {"name": "X"}).status_code == 404
    assert not Area.objects.exists()

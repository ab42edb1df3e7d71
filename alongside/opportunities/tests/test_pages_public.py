"""What anybody reads of an advert."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.tests.factories import make_staff
from alongside.accounts.tests.signing import sign_in
from alongside.core import dates
from alongside.events.tests.factories import make_booking
from alongside.opportunities import actions
from alongside.opportunities.tests.factories import make_opportunity, the_workshop
from alongside.opportunities.tests.reading import DAY, errors, soup, words
from alongside.organisation.tests.factories import make_area, make_topic, make_trust
from alongside.people.tests.factories import make_member, make_person

pytestmark = pytest.mark.django_db


# --- the public -----------------------------------------------------------------------------------
def test_what_is_open_is_listed_and_nothing_else(client: Client) -> None:
    make_opportunity(title="Open one")
    make_opportunity(title="Draft one", published=False)
    make_opportunity(title="Closed one", closes_at=timezone.now() - DAY)
    page = words(client.get("/opportunities/"))
    assert "1 way to take part" in page
    assert "Open one" in page
    assert "Draft one" not in page
    assert "Closed one" not in page


def test_filters_find_what_fits_and_keep_the_choices(client: Client) -> None:
    here, there, crisis = make_area("Here"), make_area("There"), make_topic("Crisis care")
    make_opportunity(title="Fits", area=here, topics=(crisis,), mode="both")
    make_opportunity(title="Everywhere", topics=(crisis,), mode="in_person")
    make_opportunity(title="Wrong place", area=there, topics=(crisis,), mode="in_person")
    make_opportunity(title="Wrong way", area=here, topics=(crisis,), mode="online")
    make_opportunity(title="Wrong topic", area=here, mode="in_person")
    address = "/opportunities/?area=here&mode=in_person&topic=crisis-care"
    page = soup(client.get(address))
    titles = [link.get_text().split(",")[0] for link in page.select(".nhsuk-card__link")]
    assert titles == ["Fits", "Everywhere"]
    assert "2 ways to take part that fit your choices" in page.get_text()
    chosen = [option["value"] for option in page.select("option[selected]")]
    assert chosen == ["here", "in_person", "crisis-care"]


@pytest.mark.parametrize(
    "query", ["?area=nowhere", "?mode=x", "?topic=%00", "?page=x&area=" + "a" * 9000]
)
def test_a_choice_that_is_none_of_ours_shows_everything(client: Client, query: str) -> None:
    make_opportunity()
    answer = client.get(f"/opportunities/{query}")
    assert "1 way to take part" in words(answer)
    assert errors(answer) == []


def test_nothing_found_says_what_to_do(client: Client) -> None:
    make_trust()
    make_opportunity(mode="online")
    page = words(client.get("/opportunities/?mode=in_person"))
    assert "Nothing open fits your choices" in page
    assert "see all that is open" in page
    assert "01632 960 000" in page


def test_the_advert_says_all_of_it(client: Client) -> None:
    advert = make_opportunity(
        title="Panel",
        mode="both",
        venue="Oak House\n1 Road",
        getting_there="Step-free.",
        pays_involvement=True,
        pays_remote=True,
        categories=["volunteer", "coproducer"],
        level="coproduction",
        area=make_area("Medway"),
        topics=(make_topic("Carers"),),
        ask_by_email="us@example.org",
        ask_by_post="Team\n2 Road",
        limits="The date is fixed.",
        checks="A reference.",
        tasks="Read two pages.",
    )
    page = words(client.get(advert.get_absolute_url()))
    for said in [
        "To write a charter that says",
        "Family, friends and carers.",
        dates.when(advert.event.starts_at, advert.event.ends_at),
        "Oak House, 1 Road, or online, by Lifesize",
        "Step-free.",
        "There are 10 places. There are plenty left.",
        "Paid. You can also claim for taking part remotely",
        "You can always say no to payment",
        "Being paid may change your benefits",
        "Co-producer",
        "A briefing before",
        "A briefing after",
        "Training on the video system",
        "By phone: 01632 960 001",
        "us@example.org",
        "2 Road",
        "The date is fixed.",
        "A reference.",
        "Read two pages.",
        "Book a place",
        "About: Carers.",
    ]:
        assert said in page, said
    assert "join-4711" not in page


def test_the_workshop_of_2021_reads_as_it_was(client: Client) -> None:
    make_trust("Old Partnership Trust", "Old", started_on=dt.date(2006, 4, 1))
    make_trust("New Health Trust", "New", started_on=dt.date(2025, 10, 13))
    page = words(client.get(the_workshop().get_absolute_url()))
    assert "This closed on 14 January 2022. It took place on 24 January 2022." in page
    assert "Monday 24 January 2022, 2pm to 3:30pm" in page
    assert "Unpaid. You can claim for taking part remotely" in page
    assert "Published 8 December 2021 by Old Partnership Trust." in page
    assert "Book a place" not in page


@pytest.mark.parametrize(
    ("fields", "button"),
    [
        ({}, "Book a place"),
        ({"by_selection": True}, "Ask for a place"),
        ({"capacity": 1}, "Join the waiting list"),
    ],
)
def test_the_button_says_what_it_does(client: Client, fields: dict, button: str) -> None:
    advert = make_opportunity(**fields)
    if "capacity" in fields:
        make_booking(advert.event, make_person())
    page = soup(client.get(advert.get_absolute_url()))
    assert page.select_one("main a.nhsuk-button").get_text() == button


def test_a_closed_advert_says_when_and_has_no_button(client: Client) -> None:
    advert = make_opportunity(closes_at=timezone.now() - DAY)
    answer = client.get(advert.get_absolute_url())
    assert f"This closed on {dates.day(advert.event.closes_at)}" in words(answer)
    assert soup(answer).select("main .nhsuk-button") == []


def test_a_cancelled_advert_says_why(client: Client) -> None:
    advert = make_opportunity()
    actions.cancel(opportunity=advert, because="The room flooded.", by=make_staff())
    assert "The room flooded." in words(client.get(advert.get_absolute_url()))


def test_past_adverts_are_grouped_by_year_and_paged(client: Client) -> None:
    for month in range(1, 13):
        for year in (2021, 2022):
            start = dt.datetime(year, month, 5, 12, tzinfo=dt.UTC)
            make_opportunity(
                title=f"Forum {year}-{month}", starts_at=start, published_at=start - 40 * DAY
            )
    first, second = (
        soup(client.get("/opportunities/past/")),
        soup(client.get("/opportunities/past/?page=2")),
    )
    assert [h.get_text() for h in first.select("main h2") if h.get_text().isdigit()] == [
        "2022",
        "2021",
    ]
    assert len(first.select(".opp-card")) == 20
    assert len(second.select(".opp-card")) == 4


@pytest.mark.parametrize("name", ["advert", "calendar", "paper_form", "book"])
def test_what_is_not_published_is_not_found(client: Client, name: str) -> None:
    advert = make_opportunity(published=False)
    address = reverse(f"opportunities:{name}", args=[advert.slug])
    if name != "book":
        assert client.get(address).status_code == 404
    sign_in(client, make_member())
    assert client.get(address).status_code == 404


def test_the_calendar_entry_is_public_and_never_says_how_to_join(client: Client) -> None:
    advert = make_opportunity(title="Hostile\r\nATTENDEE:mailto:x@example.org")
    answer = client.get(reverse("opportunities:calendar", args=[advert.slug]))
    body = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Hostile ATTENDEE" in body
    assert not re.search(r"^ATTENDEE", body, re.M)
    assert "join-4711" not in body
    assert answer.has_header("Content-Disposition")


def test_the_paper_form_asks_the_same_questions(client: Client) -> None:
    advert = make_opportunity(
        ask_by_post="Team\n2 Road", pays_expenses=True, categories=["volunteer", "contributor"]
    )
    page = words(client.get(reverse("opportunities:paper_form", args=[advert.slug])))
    for said in [
        "Your full name",
        "Both of these",
        "both of us or neither",
        "Contributor",
        "I do not want to be paid or to claim",
        "A briefing before",
        "British Sign Language interpreter",
        "2 Road",
    ]:
        assert said in page


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_the_database_as_often_for_many_as_for_one(
    client: Client, django_assert_max_num_queries, rows: int
) -> None:
    make_trust()
    for number in range(rows):
        make_opportunity(title=f"Advert {number}", area=make_area())
    client.get("/opportunities/")
    with django_assert_max_num_queries(6):
        client.get("/opportunities/")


def test_the_advert_asks_the_database_six_times_at_most(
    client: Client, django_assert_max_num_queries
) -> None:
    advert = make_opportunity(topics=(make_topic(), make_topic()), area=make_area())
    with django_assert_max_num_queries(6):
        client.get(advert.get_absolute_url())

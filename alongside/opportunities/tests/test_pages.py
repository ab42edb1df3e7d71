"""What the public, members and staff see, and what happens when they post."""

import datetime as dt
import re

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.tests.factories import make_staff
from alongside.accounts.tests.signing import sign_in
from alongside.core import dates
from alongside.core.jobs import run_due
from alongside.core.models import Job
from alongside.events import actions as events
from alongside.events.models import Booking
from alongside.events.rules import Wish
from alongside.events.tests.factories import make_booking, make_event
from alongside.messaging.models import Message
from alongside.opportunities import actions
from alongside.opportunities.models import Invitation, Opportunity
from alongside.opportunities.tests.factories import make_opportunity, the_workshop
from alongside.organisation.tests.factories import make_area, make_topic, make_trust
from alongside.people import actions as people
from alongside.people.models import Person
from alongside.people.needs import NEEDS
from alongside.people.tests.factories import make_member, make_person

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
HARD = "<script>alert(1)</script> ‮ 🙂 مرحبا"


def soup(answer) -> BeautifulSoup:
    assert answer.status_code == 200, (answer.status_code, answer.get("Location"))
    return BeautifulSoup(answer.content, "lxml")


def words(answer) -> str:
    return re.sub(r"\s+", " ", soup(answer).main.get_text(" "))


def errors(answer) -> list[str]:
    return [item.get_text(strip=True) for item in soup(answer).select(".nhsuk-error-summary li")]


@pytest.fixture
def staff(client: Client):
    user = make_staff("coordinator")
    sign_in(client, user)
    return user


@pytest.fixture
def member(client: Client):
    user = make_member(connection="carer")
    sign_in(client, user)
    return user


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


# --- booking ------------------------------------------------------------------------------------
def test_booking_needs_sign_in_and_comes_back(client: Client) -> None:
    advert = make_opportunity()
    answer = client.get(reverse("opportunities:book", args=[advert.slug]))
    assert answer.status_code == 302
    assert f"next=/opportunities/{advert.slug}/book/" in answer["Location"]


def answer_all(client: Client, advert: Opportunity, needs=None, how=None):
    base = f"/opportunities/{advert.slug}/book/"
    first = client.post(f"{base}needs/", needs or {})
    assert first.status_code == 302, errors(first)
    second = client.post(f"{base}how/", {"company": "alone", **(how or {})})
    assert second.status_code == 302, errors(second)
    page = client.get(f"{base}check/")
    seal = soup(page).select_one("input[name=seal]")["value"]
    saw = soup(page).select_one("input[name=saw]")["value"]
    return page, {"seal": seal, "saw": saw}


def test_from_advert_to_confirmation_in_four_screens(client: Client, member) -> None:
    advert = make_opportunity(pays_remote=True)
    offer = advert.event.support_offers.first()
    start = client.get(f"/opportunities/{advert.slug}/book/")
    assert start["Location"] == f"/opportunities/{advert.slug}/book/needs/"
    page, confirm = answer_all(
        client,
        advert,
        needs={
            "support": [offer.pk],
            "needs_taking_part": ["travel", "breaks"],
            "detail_travel": "A taxi",
            "needs_professional": ["bsl"],
        },
        how={"declines_payment": "on"},
    )
    read = words(page)
    assert "Help with travel: A taxi" in read
    assert "You do not want to be paid or to claim" in read
    assert "We add what you need to your own details" in read
    done = client.post(f"/opportunities/{advert.slug}/book/check/", confirm)
    booking = Booking.objects.get()
    assert done["Location"] == reverse("events:booking", args=[booking.key]) + "?done=yes"
    assert booking.state == Booking.State.BOOKED
    assert booking.declines_payment
    assert {need.code for need in booking.needs.all()} == {"travel", "breaks", "bsl"}
    assert [request.offer for request in booking.support.all()] == [offer]
    assert {need.code for need in member.person.needs.standing()} == {"travel", "breaks", "bsl"}
    assert Message.objects.filter(person=member.person).count() == 1


def test_needs_and_support_cost_a_few_statements_however_many(
    client: Client, member, django_assert_max_num_queries
) -> None:
    advert = make_opportunity()
    offer = advert.event.support_offers.first()
    asked = {
        "support": [offer.pk],
        "needs_taking_part": ["travel", "breaks"],
        "needs_professional": ["bsl"],
        "needs_support": [code for code, need in NEEDS.items() if need.group == "support"],
    }
    _page, confirm = answer_all(client, advert, needs=asked)
    path = f"/opportunities/{advert.slug}/book/check/"
    with django_assert_max_num_queries(38):
        client.get(path)
        done = client.post(path, confirm)
        client.get(done["Location"])
    assert len(asked["needs_support"]) > 3


def test_somebody_with_no_needs_goes_on_in_one_click_and_sees_what_we_know(
    client: Client,
) -> None:
    user = make_member(needs=["large_print"], connection="carer")
    sign_in(client, user)
    advert = make_opportunity()
    page = soup(client.get(f"/opportunities/{advert.slug}/book/needs/"))
    ticked = [box["value"] for box in page.select("input[type=checkbox][checked]")]
    assert ticked == ["large_print"]
    assert [bool(part.get("open") is not None) for part in page.select("details")].count(True) == 1
    answer = client.post(f"/opportunities/{advert.slug}/book/needs/", {})
    assert answer["Location"].endswith("/book/how/")


def test_a_name_is_asked_only_where_we_have_none(client: Client) -> None:
    user = make_member(full_name="")
    sign_in(client, user)
    advert = make_opportunity(categories=["volunteer", "coproducer"])
    client.post(f"/opportunities/{advert.slug}/book/needs/", {})
    answer = client.post(f"/opportunities/{advert.slug}/book/how/", {})
    assert errors(answer) == [
        "Enter your full name",
        "Choose what best describes you",
        "Choose who is taking part",
        "Choose how you would like to take part",
    ]
    assert soup(answer).title.get_text().startswith("Error: ")
    _page, confirm = answer_all(
        client,
        advert,
        how={"full_name": HARD, "connection": "both", "category": "coproducer"},
    )
    client.post(f"/opportunities/{advert.slug}/book/check/", confirm)
    user.person.refresh_from_db()
    assert user.person.full_name == " ".join(HARD.replace("\u202e", "").split())
    booking = Booking.objects.get()
    assert (booking.capacity, booking.category) == ("both", "coproducer")


def test_a_companion_needs_a_name(client: Client, member) -> None:
    advert = make_opportunity()
    base = f"/opportunities/{advert.slug}/book/"
    client.post(f"{base}needs/", {})
    answer = client.post(f"{base}how/", {"company": "together"})
    assert errors(answer) == ["Enter the name of the person coming with you"]
    _page, confirm = answer_all(
        client, advert, how={"company": "together", "companion_name": "Bo Fair"}
    )
    client.post(f"{base}check/", confirm)
    booking = Booking.objects.get()
    assert (booking.places, booking.companion_name) == (2, "Bo Fair")


@pytest.mark.parametrize(
    ("post", "error"),
    [
        ({"detail_travel": "x" * 10_000}, "Help with travel: use 300 characters or fewer"),
        (
            {"detail_travel": "x\x00y"},
            "We cannot read part of “What would help?”. Delete it and type it again",
        ),
        (
            {"needs_support": ["made_up"]},
            "Choose from the list under “Help to hear, understand and say things”",
        ),
        (
            {"support": ["999999"]},
            "One of the kinds of support is not on offer any more. Choose from the ones shown",
        ),
        (
            {"support": ["x"]},
            "One of the kinds of support is not on offer any more. Choose from the ones shown",
        ),
    ],
)
def test_wrong_answers_about_needs_get_a_sentence(
    client: Client, member, post: dict, error: str
) -> None:
    advert = make_opportunity()
    answer = client.post(f"/opportunities/{advert.slug}/book/needs/", post)
    assert errors(answer) == [error]


def test_a_long_name_is_kept_and_refused(client: Client, member) -> None:
    advert = make_opportunity()
    base = f"/opportunities/{advert.slug}/book/"
    client.post(f"{base}needs/", {})
    name = "n" * 10_000
    answer = client.post(f"{base}how/", {"company": "together", "companion_name": name})
    assert errors(answer) == ["Their name must be 200 characters or fewer"]
    assert soup(answer).select_one("[name=companion_name]")["value"] == name


def test_steps_cannot_be_jumped(client: Client, member) -> None:
    advert = make_opportunity()
    base = f"/opportunities/{advert.slug}/book/"
    assert client.get(f"{base}check/")["Location"] == f"{base}needs/"
    assert client.get(f"{base}how/")["Location"] == f"{base}needs/"
    assert client.get(f"{base}unknown/").status_code == 404


def test_confirming_twice_books_once(client: Client, member) -> None:
    advert = make_opportunity()
    _page, confirm = answer_all(client, advert)
    address = f"/opportunities/{advert.slug}/book/check/"
    first = client.post(address, confirm)
    again = client.post(address, confirm)
    assert first["Location"].split("?")[0] == again["Location"]
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(("hours", "told"), [(0, True), (1, True), (2, False)])
def test_something_else_at_the_same_time_is_told_and_can_be_booked(
    client: Client, member, hours, told
) -> None:
    advert = make_opportunity()
    event = advert.event
    later = dt.timedelta(hours=hours)
    other = make_event(
        title="Choir practice",
        starts_at=event.starts_at + later,
        ends_at=event.starts_at + later + dt.timedelta(hours=1),
    )
    make_booking(other, member.person)
    make_booking(other, make_person("Somebody Else"))
    page, confirm = answer_all(client, advert)
    sentence = "You also have “Choir practice” at that time. You can still book."
    assert (sentence in words(page)) is told
    client.post(f"/opportunities/{advert.slug}/book/check/", confirm)
    assert Booking.objects.filter(event=event, person=member.person).exists()


def test_a_booking_given_up_or_called_off_is_no_clash(client: Client, member) -> None:
    advert = make_opportunity()
    hours = {"starts_at": advert.event.starts_at, "ends_at": advert.event.ends_at}
    given_up, called_off = make_event(title="Choir", **hours), make_event(title="Walk", **hours)
    booking = make_booking(given_up, member.person)
    make_booking(called_off, member.person)
    make_booking(make_event(title="Of somebody else", **hours), make_person("Somebody Else"))
    events.cancel_booking(booking=booking, by=member)
    events.cancel_event(event=called_off, because="The hall is closed.", by=make_staff())
    page, _confirm = answer_all(client, advert)
    assert "at that time" not in words(page)


def test_the_back_button_after_booking_shows_the_booking(client: Client, member) -> None:
    advert = make_opportunity()
    booking = make_booking(advert.event, member.person)
    mine = reverse("events:booking", args=[booking.key])
    for step in ["", "needs/", "how/", "check/"]:
        assert client.get(f"/opportunities/{advert.slug}/book/{step}")["Location"] == mine
    assert "You have a place." in words(client.get(advert.get_absolute_url()))


def test_closing_meanwhile_is_told_on_the_advert(client: Client, member) -> None:
    advert = make_opportunity()
    _page, confirm = answer_all(client, advert)
    actions.close_now(opportunity=advert, by=make_staff())
    answer = client.post(f"/opportunities/{advert.slug}/book/check/", confirm, follow=True)
    assert "Sorry, this has closed." in words(answer)
    assert not Booking.objects.exists()


def test_filling_up_meanwhile_leads_to_the_waiting_list_and_says_so(client: Client, member) -> None:
    advert = make_opportunity(capacity=1)
    _page, confirm = answer_all(client, advert)
    make_booking(advert.event, make_person("Bo Fair"))
    answer = client.post(f"/opportunities/{advert.slug}/book/check/", confirm, follow=True)
    assert "so you are on the waiting list" in words(answer)
    assert member.person.bookings.get().state == Booking.State.WAITING


def test_a_full_advert_says_so_before_confirming(client: Client, member) -> None:
    advert = make_opportunity(capacity=1)
    make_booking(advert.event, make_person("Bo Fair"))
    page, _confirm = answer_all(client, advert)
    assert "If you go on, you join the waiting list" in words(page)
    assert "Join the waiting list" in words(page)


def test_answers_changed_in_another_window_are_shown_again(client: Client, member) -> None:
    advert = make_opportunity()
    _page, confirm = answer_all(client, advert)
    client.post(f"/opportunities/{advert.slug}/book/needs/", {"needs_support": ["makaton"]})
    answer = client.post(f"/opportunities/{advert.slug}/book/check/", confirm)
    assert errors(answer) == ["Your answers have changed in another window. Check them again."]
    assert "Makaton" in words(answer)
    assert not Booking.objects.exists()


def test_the_whole_way_for_a_member_asks_the_database_as_seldom_as_we_say(
    client: Client, member, django_assert_max_num_queries
) -> None:
    advert = make_opportunity()
    make_trust()
    _page, confirm = answer_all(client, advert)
    # 30 statements; the rest is the test's own savepoints and the job that sends the message
    with django_assert_max_num_queries(35):
        client.get(f"/opportunities/{advert.slug}/book/check/")
        done = client.post(f"/opportunities/{advert.slug}/book/check/", confirm)
        client.get(done["Location"])


# --- staff: writing -------------------------------------------------------------------------------
def begun(**changes: str) -> dict[str, str]:
    return {
        "title": "Charter workshop",
        "mode": "online",
        "starts_at_day": "24",
        "starts_at_month": "1",
        "starts_at_year": "2040",
        "starts_at_clock": "2pm",
        "ends_clock": "3:30pm",
        "closes_on_day": "14",
        "closes_on_month": "1",
        "closes_on_year": "2040",
        "closes_clock": "11:59pm",
        "capacity": "20",
        **changes,
    }


def test_an_advert_is_begun_filled_in_and_published(client: Client, staff) -> None:
    topic = make_topic()
    client.post("/staff/opportunities/new/", begun())
    advert = Opportunity.objects.get()
    assert dates.when(advert.event.starts_at, advert.event.ends_at).endswith("2pm to 3:30pm")
    assert dates.clock(advert.event.closes_at) == "11:59pm"
    base = f"/staff/opportunities/{advert.key}/"
    about = {
        "version": advert.version,
        "title": "Charter workshop",
        "summary": "Help us.",
        "purpose": "A charter.",
        "who": "Carers.",
        "level": "coproduction",
        "topics": [topic.pk],
        "feedback": "By post.",
    }
    assert client.post(f"{base}edit/about/", about)["Location"] == base
    advert.refresh_from_db()
    payment = {"version": advert.version, "pays_remote": "on", "categories": ["volunteer"]}
    assert client.post(f"{base}edit/payment/", payment)["Location"] == base
    warned = words(client.get(f"{base}publish/"))
    assert "People can only ask for a place online" in warned
    assert "Publish it as it is" in warned
    client.post(f"{base}publish/")
    advert.refresh_from_db()
    assert advert.published_at is not None
    assert advert.event.level == "coproduction"
    assert advert.pays_remote
    assert not advert.pays_involvement
    assert client.get(advert.get_absolute_url()).status_code == 200


def test_every_part_of_the_beginning_has_its_own_error(client: Client, staff) -> None:
    assert errors(client.post("/staff/opportunities/new/", {"title": ""})) == [
        "Enter a title",
        "Choose if it is online or in person",
        "Enter when it starts",
        "Enter what time it ends",
        "Enter the last day to ask for a place",
        "Enter what time it closes",
        "Enter how many places there are",
    ]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"ends_clock": "1pm"}, "The session must end after it starts."),
        ({"capacity": "0"}, "There must be 1 place or more"),
        ({"capacity": "lots"}, "Enter the number of places in numbers, like 20"),
        ({"title": "t" * 161}, "The title must be 160 characters or fewer"),
        ({"starts_at_day": "31", "starts_at_month": "2"}, "The start must be a real date"),
        (
            {
                "closes_on_day": "25",
                "closes_on_month": "3",
                "closes_on_year": "2040",
                "closes_clock": "1:30am",
            },
            "The clocks go forward that night, so this time does not exist. "
            "Enter a time an hour earlier or later",
        ),
    ],
)
def test_nonsense_is_refused_in_a_sentence(
    client: Client, staff, changes: dict, error: str
) -> None:
    assert errors(client.post("/staff/opportunities/new/", begun(**changes))) == [error]
    assert not Opportunity.objects.exists()


def test_a_closing_after_the_session_is_warned_about_and_allowed(client: Client, staff) -> None:
    client.post("/staff/opportunities/new/", begun(closes_on_day="25"))
    advert = Opportunity.objects.get()
    page = words(client.get(f"/staff/opportunities/{advert.key}/publish/"))
    assert "It closes after the session starts" in page


def test_two_writers(client: Client, staff) -> None:
    advert = make_opportunity(published=False)
    address = f"/staff/opportunities/{advert.key}/edit/asking/"
    read = advert.version
    actions.change_advert(opportunity=advert, version=read, purpose="Hers", by=make_staff())
    mine = {"version": read, "ask_by_phone": "01632 960 999"}
    answer = client.post(address, mine)
    assert errors(answer)[0].startswith("Somebody else changed this advert")
    form = soup(answer)
    assert form.select_one("[name=ask_by_phone]")["value"] == "01632 960 999"
    mine["version"] = form.select_one("[name=version]")["value"]
    assert client.post(address, mine).status_code == 302
    advert.refresh_from_db()
    assert (advert.ask_by_phone, advert.purpose) == ("01632 960 999", "Hers")


@pytest.mark.parametrize("section", ["about", "when", "places", "payment", "asking"])
def test_each_section_saves_what_it_shows(client: Client, staff, section: str) -> None:
    advert = make_opportunity(
        topics=(make_topic(),), area=make_area(), criteria="Ideas", pays_expenses=True
    )
    address = f"/staff/opportunities/{advert.key}/edit/{section}/"
    form = soup(client.get(address)).select_one("main form")
    sent: dict[str, list[str]] = {}
    for box in form.select("input, textarea, select"):
        if box.name == "textarea":
            sent.setdefault(box["name"], []).append(box.get_text().lstrip("\n"))
        elif box.name == "select":
            picked = box.select_one("option[selected]")
            sent.setdefault(box["name"], []).append(picked["value"] if picked else "")
        elif box.get("type") not in {"radio", "checkbox"} or box.has_attr("checked"):
            sent.setdefault(box["name"], []).append(box.get("value", ""))
    answer = client.post(address, sent)
    assert answer.status_code == 302, errors(answer)
    after = Opportunity.objects.select_related("event").get(pk=advert.pk)
    # to the minute: a form shows no seconds
    moved = {"when", "places"} & {section}
    assert after.version == advert.version + bool(moved)
    assert after.title == advert.title
    assert after.event.closes_at.replace(second=0, microsecond=0) == (
        advert.event.closes_at.replace(second=0, microsecond=0)
    )


def test_moving_it_tells_everybody(client: Client, staff) -> None:
    advert = make_opportunity()
    make_booking(advert.event, make_person(email="ada@example.org"))
    when = {
        "version": advert.version,
        "starts_at_day": "24",
        "starts_at_month": "1",
        "starts_at_year": "2040",
        "starts_at_clock": "2pm",
        "ends_clock": "4pm",
        "mode": "in_person",
        "venue": "Oak House",
    }
    saved = client.post(f"/staff/opportunities/{advert.key}/edit/when/", when, follow=True)
    assert "We are telling everybody who has a place" in words(saved)
    run_due()
    advert.event.refresh_from_db()
    assert (advert.event.venue, advert.event.sequence) == ("Oak House", 1)
    assert Message.objects.filter(letter="events/event_moved").count() == 1


def test_support_is_added_and_taken_away(client: Client, staff) -> None:
    advert = make_opportunity(published=False)
    address = f"/staff/opportunities/{advert.key}/support/"
    assert errors(client.post(address, {"do": "add"})) == ["Enter what the support is"]
    assert errors(client.post(address, {"do": "add", "name": "a briefing before"})) == [
        "People can pick this support already."
    ]
    client.post(address, {"do": "add", "name": "A lift home", "detail": "In our bus"})
    assert "A lift home" in words(client.get(address))
    offer = advert.event.support_offers.get(name="A lift home")
    client.post(f"{address}{offer.key}/end/")
    assert "A lift home" not in words(client.get(address))
    client.post(address, {"version": advert.version, "support": "Ask us for anything."})
    advert.refresh_from_db()
    assert advert.support == "Ask us for anything."


def test_the_preview_is_what_the_public_will_see(client: Client, staff) -> None:
    advert = make_opportunity(published=False)
    preview = words(client.get(f"/staff/opportunities/{advert.key}/preview/"))
    assert "This is what everybody will see" in preview
    assert "Book a place" in preview
    assert "To write a charter" in preview


def test_closing_extending_places_cancelling_discarding(client: Client, staff) -> None:
    advert = make_opportunity()
    base = f"/staff/opportunities/{advert.key}/"
    later = {
        "closes_on_day": "1",
        "closes_on_month": "2",
        "closes_on_year": "2040",
        "closes_clock": "midday",
    }
    client.post(f"{base}closing/", later)
    advert.event.refresh_from_db()
    assert dates.day(advert.event.closes_at) == "1 February 2040"
    client.post(f"{base}close/")
    advert.event.refresh_from_db()
    assert advert.event.closes_at <= timezone.now()
    client.post(f"{base}places/", {"capacity": "3"})
    advert.event.refresh_from_db()
    assert advert.event.capacity == 3
    assert errors(client.post(f"{base}cancel/", {})) == ["Enter why it is cancelled"]
    client.post(f"{base}cancel/", {"because": "The room flooded."})
    advert.event.refresh_from_db()
    assert advert.event.cancelled_because == "The room flooded."
    for gone in ["closing", "close", "places", "cancel", "discard"]:
        assert client.get(f"{base}{gone}/").status_code == 404
    draft = make_opportunity(published=False)
    client.post(f"/staff/opportunities/{draft.key}/discard/")
    assert client.get(f"/staff/opportunities/{draft.key}/").status_code == 404


def test_a_copy_keeps_the_words(client: Client, staff) -> None:
    advert = make_opportunity()
    client.post(f"/staff/opportunities/{advert.key}/copy/", begun(title="Second workshop"))
    copy = Opportunity.objects.get(slug="second-workshop")
    assert (copy.purpose, copy.published_at) == (advert.purpose, None)


@pytest.mark.parametrize("show", ["open", "draft", "closed", "past", "nonsense"])
def test_staff_lists(client: Client, staff, show: str) -> None:
    make_opportunity(title="Is open")
    make_opportunity(title="Is draft", published=False)
    make_opportunity(title="Is closed", closes_at=timezone.now() - DAY)
    the_workshop()
    page = words(client.get(f"/staff/opportunities/?show={show}"))
    expected = {"draft": "Is draft", "closed": "Is closed", "past": "new charter for carers"}
    assert expected.get(show, "Is open") in page
    assert sum(title in page for title in ["Is open", "Is draft", "Is closed", "new charter"]) == 1


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


# --- doors --------------------------------------------------------------------------------------
STAFF_PAGES = [
    "",
    "edit/about/",
    "support/",
    "preview/",
    "publish/",
    "closing/",
    "copy/",
    "invite/",
    "choosing/",
    "book/",
    "book/new/",
]


@pytest.mark.parametrize("role", ["administrator", "governance", "post_room", "executive", None])
def test_staff_pages_are_not_found_for_others(client: Client, role: str | None) -> None:
    advert = make_opportunity(by_selection=True)
    sign_in(client, make_staff(role) if role else make_member())
    assert client.get("/staff/opportunities/").status_code == 404
    for page in STAFF_PAGES:
        assert client.get(f"/staff/opportunities/{advert.key}/{page}").status_code == 404, page


def test_staff_pages_open_for_coordinators(client: Client, staff) -> None:
    advert = make_opportunity(by_selection=True)
    for page in STAFF_PAGES:
        if page in {"publish/"}:
            continue  # it is published: leads back
        shown = soup(client.get(f"/staff/opportunities/{advert.key}/{page}"))
        assert len(shown.select("h1")) == 1, page


def test_hostile_words_are_shown_as_words(client: Client) -> None:
    advert = make_opportunity(title=HARD, purpose=HARD, venue=HARD, mode="both", criteria=HARD)
    page = client.get(advert.get_absolute_url())
    assert "<script>alert(1)" not in page.content.decode()
    assert HARD in soup(page).h1.get_text()


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


# --- over more than one day -----------------------------------------------------------------------
def test_a_session_over_two_days_stays_so_when_it_is_saved_again(client: Client, staff) -> None:
    advert = make_opportunity(published=False)
    path = f"/staff/opportunities/{advert.key}/edit/when/"
    starts = dates.london(advert.event.starts_at)
    last = (starts + DAY).date()
    said = {"version": advert.version, "mode": "online", "ends_clock": "11am"}
    said |= {f"starts_at_{part}": getattr(starts, part) for part in ("day", "month", "year")}
    said |= {f"ends_on_{part}": getattr(last, part) for part in ("day", "month", "year")}
    assert client.post(path, said | {"starts_at_clock": "10am"}).status_code == 302
    advert.refresh_from_db()
    assert dates.london(advert.event.ends_at).date() == last
    assert f"to {dates.long_day(last)}, 11am" in words(
        client.get(f"/staff/opportunities/{advert.key}/")
    )
    form = soup(client.get(path))
    assert form.find("input", {"name": "ends_on_day"})["value"] == str(last.day)
    before = said | {"starts_at_clock": "10am", "version": advert.version, "ends_clock": "10pm"}
    before |= {f"ends_on_{part}": getattr(starts - DAY, part) for part in ("day", "month", "year")}
    assert errors(client.post(path, before)) == ["The session must end after it starts."]
    same_day = before | dict.fromkeys(("ends_on_day", "ends_on_month", "ends_on_year"), "")
    client.post(path, same_day)
    advert.event.refresh_from_db()
    assert dates.london(advert.event.ends_at).date() == starts.date()

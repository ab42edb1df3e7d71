"""The booking journey, and what goes wrong on the way."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.tests.factories import make_staff
from alongside.accounts.tests.signing import sign_in
from alongside.events import actions as events
from alongside.events.models import Booking
from alongside.events.tests.factories import make_booking, make_event
from alongside.messaging.models import Message
from alongside.opportunities import actions
from alongside.opportunities.models import Opportunity
from alongside.opportunities.tests.factories import make_opportunity
from alongside.opportunities.tests.reading import HARD, errors, soup, words
from alongside.organisation.tests.factories import make_trust
from alongside.people.needs import NEEDS
from alongside.people.tests.factories import make_member, make_person

pytestmark = pytest.mark.django_db


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

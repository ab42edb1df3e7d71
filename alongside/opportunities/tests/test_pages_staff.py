"""Writing an advert and running it; who may open the pages of staff."""

import pytest
from django.test import Client
from django.utils import timezone

from alongside.accounts.tests.factories import make_staff
from alongside.accounts.tests.signing import sign_in
from alongside.core import dates
from alongside.core.jobs import run_due
from alongside.events.tests.factories import make_booking
from alongside.messaging.models import Message
from alongside.opportunities import actions
from alongside.opportunities.models import Opportunity
from alongside.opportunities.tests.factories import make_opportunity, the_workshop
from alongside.opportunities.tests.reading import DAY, HARD, errors, soup, words
from alongside.organisation.tests.factories import make_area, make_topic
from alongside.people.tests.factories import make_member, make_person

pytestmark = pytest.mark.django_db


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

"""The pages: what they show, take, refuse, and to whom they do not exist."""

import datetime as dt
import json
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import AuditEntry, User
from alongside.accounts.tests.factories import make_staff, make_user
from alongside.accounts.tests.signing import sign_in
from alongside.core.pointer import Pointer
from alongside.organisation.tests.factories import make_area, make_topic, make_trust
from alongside.people import actions, cards, registry
from alongside.people.models import AccessNeed, ContactConsent, EqualityCount, Person
from alongside.people.rules import NeedAnswer
from alongside.people.tests.factories import make_involvement, make_member, make_person

pytestmark = pytest.mark.django_db

LONG = "x" * 10_000
HOSTILE = "<script>alert(1)</script>\u202e😀"


@pytest.fixture(autouse=True)
def trust() -> None:
    make_trust()


@pytest.fixture
def member(client: Client) -> User:
    user = make_member()
    sign_in(client, user)
    return user


@pytest.fixture
def coordinator(client: Client) -> User:
    user = make_staff("coordinator")
    sign_in(client, user)
    return user


@pytest.fixture
def governance(client: Client) -> User:
    user = make_staff("governance")
    sign_in(client, user)
    return user


def read(answer: Any, status: int = 200) -> BeautifulSoup:
    assert answer.status_code == status, answer.content[:2000]
    soup = BeautifulSoup(answer.content, "lxml")
    assert len(soup.find_all("h1")) == 1
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    return soup


def words(answer: Any) -> str:
    return read(answer).main.get_text(" ", strip=True)


def errors(answer: Any) -> list[str]:
    soup = read(answer)
    assert soup.title.string.startswith("Error: ")
    summary = soup.find(class_="nhsuk-error-summary")
    return [item.get_text(strip=True) for item in summary.find_all("li")]


# --- a member's own -------------------------------------------------------------------------------

OWN = [
    ("people:me", []),
    ("people:change", ["name"]),
    ("people:change", ["reach"]),
    ("people:change", ["address"]),
    ("people:change", ["area"]),
    ("people:change", ["you"]),
    ("people:needs", []),
    ("people:need_group", ["contact"]),
    ("people:need_group", ["format"]),
    ("people:need_group", ["professional"]),
    ("people:need_group", ["support"]),
    ("people:need_group", ["taking_part"]),
    ("people:need_choices", []),
    ("people:contact", []),
    ("people:invitations", []),
    ("people:topics", []),
    ("people:pause", []),
    ("people:history", []),
    ("people:letter", []),
    ("people:equality", []),
    ("people:everything", []),
    ("people:close", []),
]


@pytest.mark.parametrize(("name", "args"), OWN)
def test_every_page_of_a_member_opens(client: Client, name: str, args: list[str]) -> None:
    make_area("Maidstone", places="Maidstone, Lenham")
    make_topic("Carers")
    user = make_member(needs=["bsl", NeedAnswer("travel", "A taxi", must=False, share=False)])
    make_involvement(user.person)
    sign_in(client, user)
    soup = read(client.get(reverse(name, args=args)))
    labelled = {label["for"] for label in soup.find_all("label")}
    for box in soup.main.find_all(["input", "textarea", "select"]):
        assert box.get("type") == "hidden" or box["id"] in labelled


@pytest.mark.parametrize(("name", "args"), OWN)
def test_nobody_who_is_not_signed_in_sees_them(client: Client, name: str, args: list[str]) -> None:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 302
    assert "next=" in answer["Location"]


def test_the_first_visit_makes_the_person(client: Client) -> None:
    user = make_staff("executive", email="new@example.org")
    sign_in(client, user)
    assert not Person.objects.exists()
    read(client.get(reverse("people:me")))
    assert Person.objects.get().user == user


def test_somebody_we_knew_from_paper_is_asked_to_check(client: Client) -> None:
    staff = make_staff()
    paper = actions.add_person(
        full_name="Ada Bright", email="ada@example.org", how="paper", by=staff
    )
    user = make_user("ada@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    sign_in(client, user)
    assert "We had some of these details already" in words(client.get(reverse("people:me")))
    paper.refresh_from_db()
    assert next(card.title for card in cards.for_member(paper)) == "Check your details"
    text = words(client.post(reverse("people:details_right"), follow=True))
    assert "We had some of these details already" not in text


def test_change_name(client: Client, member: User) -> None:
    address = reverse("people:change", args=["name"])
    assert errors(client.post(address, {"full_name": " "})) == ["Enter your full name"]
    answer = client.post(address, {"full_name": HOSTILE}, follow=True)
    soup = read(answer)
    assert HOSTILE.replace("\u202e", "") in soup.main.get_text()
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize(
    ("part", "data", "sentence"),
    [
        ("name", {"full_name": LONG}, "Use 200 characters or fewer"),
        (
            "name",
            {"full_name": "A\x00da"},
            "We cannot read part of “What is your full name?”",
        ),
        (
            "reach",
            {"email": "ada"},
            "Enter an email address in the right form, like name@example.com",
        ),
        (
            "reach",
            {"email": "a\x00da@example.org"},
            "Enter an email address in the right form, like name@example.com",
        ),
        ("reach", {"mobile": "12"}, "Enter a full phone number with its area code"),
        ("reach", {"phone": "call me"}, "Enter a phone number, like 01632 960 001"),
        ("address", {"postcode": "nowhere"}, "Enter a full postcode, like AB12 3CD"),
        ("address", {"postal_address": LONG}, "Use 500 characters or fewer"),
        ("area", {"area": "narnia"}, "Choose an area from the list"),
        ("area", {"area": "\x00"}, "Choose an area from the list"),
        ("you", {"connection": "wizard"}, "Choose what best describes you"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client: Client, member: User, part: str, data: dict[str, str], sentence: str
) -> None:
    answer = client.post(reverse("people:change", args=[part]), data)
    assert errors(answer)[0].startswith(sentence)
    typed = next(iter(data.values())).replace("\x00", "")
    if part not in {"area", "you"}:
        assert typed in answer.content.decode()


def test_change_area_and_connection(client: Client, member: User) -> None:
    area = make_area("Maidstone")
    client.post(reverse("people:change", args=["area"]), {"area": area.key})
    client.post(reverse("people:change", args=["you"]), {"connection": "carer"})
    member.person.refresh_from_db()
    assert (member.person.area, member.person.connection) == (area, "carer")
    client.post(reverse("people:change", args=["area"]), {"area": ""})
    member.person.refresh_from_db()
    assert member.person.area is None


def test_an_unknown_part_is_not_found(client: Client, member: User) -> None:
    assert client.get(reverse("people:change", args=["secrets"])).status_code == 404
    assert client.get(reverse("people:need_group", args=["secrets"])).status_code == 404


def test_needs_are_ticked_and_said_more_about(client: Client, member: User) -> None:
    address = reverse("people:need_group", args=["format"])
    answer = client.post(
        address, {"needs": ["large_print", "easy_read"], "more_large_print": "18 point"}
    )
    assert answer.status_code == 302
    text = words(client.get(reverse("people:needs")))
    assert "Large print: 18 point" in text
    assert "Easy Read" in text
    client.post(address, {})
    assert not member.person.needs.standing().exists()


def test_a_need_that_says_nothing_alone_asks_for_more(client: Client, member: User) -> None:
    answer = client.post(
        reverse("people:need_group", args=["taking_part"]), {"needs": ["language", "breaks"]}
    )
    assert errors(answer) == ["Enter the language"]
    soup = read(answer)
    ticked = {box["value"] for box in soup.find_all("input", checked=True)}
    assert ticked == {"language", "breaks"}
    assert not member.person.needs.exists()


def test_a_need_of_another_group_cannot_be_slipped_in(client: Client, member: User) -> None:
    answer = client.post(reverse("people:need_group", args=["format"]), {"needs": ["bsl"]})
    assert errors(answer) == ["Choose needs from the list"]


def test_changing_a_group_keeps_what_must_be_in_place(client: Client, member: User) -> None:
    actions.record_needs(
        person=member.person,
        needs=[NeedAnswer("breaks", must=False, share=False)],
        by=member,
    )
    client.post(reverse("people:need_group", args=["taking_part"]), {"needs": ["breaks", "diet"]})
    breaks = member.person.needs.standing().get(code="breaks")
    assert (breaks.must, breaks.share) == (False, False)


def test_what_must_be_in_place_and_what_is_passed_on(client: Client, member: User) -> None:
    actions.record_needs(
        person=member.person, needs=[NeedAnswer("bsl"), NeedAnswer("breaks")], by=member
    )
    client.post(reverse("people:need_choices"), {"must": ["bsl"], "share": ["breaks"]})
    standing = {need.code: (need.must, need.share) for need in member.person.needs.standing()}
    assert standing == {"bsl": (True, False), "breaks": (False, True)}


def test_still_right_reviews_every_need(client: Client, member: User) -> None:
    actions.record_needs(person=member.person, needs=[NeedAnswer("bsl")], by=member)
    AccessNeed.objects.update(review_on=timezone.localdate())
    assert "Is it still right?" in words(client.get(reverse("people:needs")))
    text = words(client.post(reverse("people:needs_right"), follow=True))
    assert "Is it still right?" not in text
    assert not AccessNeed.objects.due(timezone.localdate()).exists()


@pytest.mark.parametrize("name", ["needs_right", "details_right", "unpause"])
def test_a_link_alone_changes_nothing(client: Client, member: User, name: str) -> None:
    before = AuditEntry.objects.filter(kind="write").count()
    assert client.get(reverse(f"people:{name}")).status_code == 302
    assert AuditEntry.objects.filter(kind="write").count() == before


def test_invitations_yes_then_no(client: Client, member: User) -> None:
    address = reverse("people:invitations")
    assert errors(client.post(address, {})) == ["Choose yes or no"]
    text = words(client.post(address, {"answer": "yes"}, follow=True))
    assert "Yes, since" in text
    assert "online" in text
    text = words(client.post(address, {"answer": "no"}, follow=True))
    assert "No, since" in text
    assert member.person.consents.count() == 1


def test_topics(client: Client, member: User) -> None:
    topic = make_topic("Carers")
    text = words(client.post(reverse("people:topics"), {"topics": [topic.key]}, follow=True))
    assert "Carers" in text
    for wrong in ("x", "\x00"):
        answer = client.post(reverse("people:topics"), {"topics": [wrong]})
        assert errors(answer) == ["Choose topics from the list"]


def test_pause_and_start_again(client: Client, member: User) -> None:
    address = reverse("people:pause")
    until = timezone.localdate() + dt.timedelta(days=40)
    missing = errors(client.post(address, {}))
    assert missing == ["Enter the day when invitations should start again"]
    past = {"until_day": "1", "until_month": "1", "until_year": "2020"}
    assert errors(client.post(address, past)) == ["Choose a day in the future"]
    good = {"until_day": until.day, "until_month": until.month, "until_year": until.year}
    assert "No invitations before" in words(client.post(address, good, follow=True))
    assert "Not paused" in words(client.post(reverse("people:unpause"), follow=True))


def test_everything_and_both_files(client: Client, member: User) -> None:
    make_involvement(member.person)
    actions.record_needs(person=member.person, needs=[NeedAnswer("other", HOSTILE)], by=member)
    text = words(client.get(reverse("people:everything")))
    for said in ("Ada Bright", "Carers charter workshop", HOSTILE, "Recorded needs"):
        assert said in text
    page = client.get(reverse("people:keep_everything", args=["page"]))
    assert "attachment" in page["Content-Disposition"]
    assert "no-store" in page["Cache-Control"]
    assert "<script>alert" not in page.content.decode()
    found = json.loads(client.get(reverse("people:keep_everything", args=["json"])).content)
    assert found["record"] == member.person.key
    assert HOSTILE in json.dumps(found, ensure_ascii=False)
    assert client.get(reverse("people:keep_everything", args=["exe"])).status_code == 404


def test_equality_is_answered_once_and_says_so(client: Client, member: User) -> None:
    address = reverse("people:equality")
    soup = read(client.get(address))
    for fieldset in soup.main.find_all("fieldset"):
        assert "I prefer not to say" in fieldset.get_text()
    wrong = client.post(address, {"age": "1066", "answer": "send"})
    assert errors(wrong) == ["Choose an answer from the list"]
    both = client.post(address, {"condition": ["vision", "not_said"], "answer": "send"})
    assert errors(both) == ["Choose answers, or that you prefer not to say"]
    client.post(address, {"age": "25_34", "condition": ["vision"], "answer": "send"})
    assert EqualityCount.objects.filter(times=1).count() == 2
    assert "We ask only once" in words(client.get(address))
    client.post(address, {"age": "25_34", "answer": "send"})
    assert EqualityCount.objects.get(question="age", answer="25_34").times == 1


def test_equality_can_be_declined(client: Client, member: User) -> None:
    client.post(reverse("people:equality"), {"answer": "decline", "age": "25_34"})
    assert not EqualityCount.objects.exists()
    member.person.refresh_from_db()
    assert member.person.equality_asked_on


def test_close_asks_first_then_erases_and_signs_out(client: Client, member: User) -> None:
    address = reverse("people:close")
    assert "What stays" in words(client.get(address))
    assert errors(client.post(address, {})) == [
        "Tick the box if you want your details to be erased"
    ]
    answer = client.post(address, {"sure": "on"}, follow=True)
    assert "You are signed out" in words(answer)
    member.person.refresh_from_db()
    assert member.person.anonymised_at
    assert client.get(reverse("people:me")).status_code == 302


def test_close_says_what_to_cancel_first(
    client: Client, member: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "to_come", lambda person: ["Workshop on 1 May 2030"])
    soup = read(client.get(reverse("people:close")))
    assert "Workshop on 1 May 2030" in soup.main.get_text()
    assert soup.main.find("input", {"name": "sure"}) is None
    client.post(reverse("people:close"), {"sure": "on"})
    member.person.refresh_from_db()
    assert member.person.anonymised_at is None


def test_history_is_mine_alone(client: Client, member: User) -> None:
    make_involvement(member.person, minutes=90)
    somebody = make_person("Ben")
    make_involvement(somebody, source=Pointer("events.booking", "k", "Secret meeting"))
    text = words(client.get(reverse("people:history")))
    assert "Carers charter workshop" in text
    assert "Secret meeting" not in text
    letter = words(client.get(reverse("people:letter")))
    assert "1 activity" in letter
    assert "1 hour 30 minutes" in letter
    assert "Hollow Hill NHS Trust" in letter


def test_cards_ring_when_review_days_pass(member: User) -> None:
    person = member.person
    person.equality_asked_on = timezone.localdate()
    actions.record_needs(person=person, needs=[NeedAnswer("bsl")], by=member)
    actions.give_consent(person=person, purpose="invitations", how="online", by=member)
    assert not [card for card in cards.for_member(person) if card.order < 2]
    AccessNeed.objects.update(review_on=timezone.localdate())
    ContactConsent.objects.update(review_on=timezone.localdate())
    titles = [card.title for card in cards.for_member(person) if card.order < 2]
    assert titles == ["Is what you need still right?", "Shall we still send you invitations?"]


# --- staff ----------------------------------------------------------------------------------------

STAFF_PAGES = [
    "person",
    "person_details",
    "person_needs",
    "person_need_choices",
    "person_contact",
    "person_invitations",
    "person_topics",
    "person_pause",
    "person_letter",
]


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_every_staff_page_opens_and_every_look_is_written_down(
    client: Client, coordinator: User, name: str
) -> None:
    person = make_person("Ada Bright", needs=["bsl"], consent=True)
    make_involvement(person)
    for _ in range(2):
        read(client.get(reverse(f"people:{name}", args=[person.key])))
    looks = AuditEntry.objects.filter(kind="look", about_key=person.key, actor=coordinator)
    assert looks.count() == 2


@pytest.mark.parametrize("role", ["administrator", "executive", "post_room", None])
@pytest.mark.parametrize("name", [*STAFF_PAGES, "person_everything", "erase", "settle"])
def test_a_persons_record_does_not_exist_for_others(
    client: Client, role: str | None, name: str
) -> None:
    user = make_staff(role) if role else make_member("nosy@example.org")
    sign_in(client, user)
    person = make_person("Zqmarker")
    answer = client.get(reverse(f"people:{name}", args=[person.key]))
    assert answer.status_code == 404
    assert "Zqmarker" not in answer.content.decode()


def test_a_coordinator_may_not_erase_nor_export(client: Client, coordinator: User) -> None:
    person = make_person()
    for name in ("erase", "person_everything"):
        assert client.get(reverse(f"people:{name}", args=[person.key])).status_code == 404
    page = client.get(reverse("people:keep_everything", args=["json"]))
    assert person.key not in page.content.decode()


def test_find(client: Client, coordinator: User) -> None:
    actions.add_person(full_name="Zoë Bright", mobile="07700 900982", how="phone", by=coordinator)
    make_person("Ben Other")
    for text in ("zoe", "07700 900982", "BRIGHT zo"):
        said = words(client.get(reverse("people:list"), {"q": text}))
        assert "Zoë Bright" in said
        assert "Ben Other" not in said
    assert "Nobody was found" in words(client.get(reverse("people:list"), {"q": "nobody"}))
    assert "Ben Other" in words(client.get(reverse("people:list")))
    for hostile in (LONG, "\x00", HOSTILE, "%", "_", "' OR 1=1"):
        read(client.get(reverse("people:list"), {"q": hostile}))
    entry = AuditEntry.objects.filter(action="people.list_seen").latest("pk")
    assert "OR" not in str(entry.detail)


def test_find_costs_the_same_for_many(
    client: Client, coordinator: User, django_assert_max_num_queries: Any
) -> None:
    area = make_area()
    for number in range(60):
        make_person(f"Person {number:03}", area=area)
    with django_assert_max_num_queries(10):
        said = words(client.get(reverse("people:list")))
    assert "Person 049" in said
    assert "Person 050" not in said
    assert "Person 050" in words(client.get(reverse("people:list"), {"page": "2"}))


def test_add_somebody_without_email(client: Client, coordinator: User) -> None:
    address = reverse("people:add")
    assert errors(client.post(address, {})) == [
        "Enter the person's full name",
        "Choose how they told us",
    ]
    answer = client.post(address, {"full_name": "Ada Bright", "how": "paper"}, follow=True)
    text = words(answer)
    assert "Ada Bright was added" in text
    assert "on paper" in text
    person = Person.objects.get()
    assert (person.email, person.entered_by) == ("", coordinator)


def test_add_warns_of_somebody_alike_and_lets_staff_decide(
    client: Client, coordinator: User
) -> None:
    make_person("Ada Bright", email="both@example.org")
    data = {"full_name": "Ben Bright", "email": "both@example.org", "how": "phone"}
    answer = client.post(reverse("people:add"), data)
    assert errors(answer) == ["Look at the people below first. They may be the same person"]
    assert "Ada Bright" in words(answer)
    assert Person.objects.count() == 1
    client.post(reverse("people:add"), {**data, "anyway": "on"})
    assert Person.objects.filter(full_name="Ben Bright").exists()


def test_staff_correct_and_record_on_behalf(client: Client, coordinator: User) -> None:
    person = make_person("Ada Brite")
    client.post(
        reverse("people:person_details", args=[person.key]),
        {"full_name": "Ada Bright", "postcode": "me145aa"},
    )
    client.post(
        reverse("people:person_need_group", args=[person.key, "contact"]),
        {"needs": ["by_phone"], "more_by_phone": "Mornings"},
    )
    invitations = reverse("people:person_invitations", args=[person.key])
    assert errors(client.post(invitations, {"answer": "yes"})) == ["Choose how they told us"]
    client.post(invitations, {"answer": "yes", "how": "phone"})
    text = words(client.get(reverse("people:person", args=[person.key])))
    assert "ME14 5AA" in text
    assert "Phone me: Mornings" in text
    assert "Yes, since" in text
    consent = person.consents.get()
    assert (consent.given_how, consent.recorded_by) == ("phone", coordinator)


def test_governance_reads_but_does_not_write(client: Client, governance: User) -> None:
    person = make_person()
    soup = read(client.get(reverse("people:person", args=[person.key])))
    links = {link["href"] for link in soup.main.find_all("a")}
    assert reverse("people:person_details", args=[person.key]) not in links
    assert reverse("people:erase", args=[person.key]) in links
    assert client.get(reverse("people:person_details", args=[person.key])).status_code == 404


def test_governance_exports(client: Client, governance: User) -> None:
    person = make_person("Ada Bright")
    text = words(client.get(reverse("people:person_everything", args=[person.key])))
    assert "Ada Bright" in text
    answer = client.get(reverse("people:person_keep_everything", args=[person.key, "json"]))
    assert json.loads(answer.content)["record"] == person.key


def test_erase_takes_a_reason_then_a_check(client: Client, governance: User) -> None:
    person = make_person("Ada Bright")
    address = reverse("people:erase", args=[person.key])
    read(client.get(address))
    assert errors(client.post(address, {})) == ["Choose why you are erasing these details"]
    check = words(client.post(address, {"reason": "asked"}))
    assert "Check before you erase" in check
    assert "What stays" in check
    person.refresh_from_db()
    assert person.anonymised_at is None
    unsure = client.post(address, {"reason": "asked", "step": "sure"})
    assert errors(unsure) == ["Tick the box when you have checked"]
    done = client.post(address, {"reason": "asked", "step": "sure", "sure": "on"}, follow=True)
    assert "were erased" in words(done)
    person.refresh_from_db()
    assert person.anonymised_at
    assert client.get(reverse("people:person", args=[person.key])).status_code == 404


def test_other_rooms_fill_sections_of_the_page(
    client: Client, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sections = [
        lambda person, user: registry.Section("Pets", ["Name"], [[{"text": "Rex", "href": "/x"}]]),
        lambda person, user: registry.Section("Boats", empty="No boats."),
        lambda person, user: None,
    ]
    monkeypatch.setattr(registry, "STAFF_SECTIONS", sections)
    text = words(client.get(reverse("people:person", args=[make_person().key])))
    assert "Pets" in text
    assert "Rex" in text
    assert "No boats." in text


def test_doubts_are_shown_and_settled(client: Client, coordinator: User) -> None:
    make_person("Ada Bright", email="both@example.org")
    new = make_person("Ben", email="both@example.org", doubt_raised_on=timezone.localdate())
    assert "Records that may be of one person" in [
        card.title for card in cards.for_staff(coordinator)
    ]
    assert "Ben" in words(client.get(reverse("people:doubts")))
    assert "Ada Bright" in words(client.get(reverse("people:person", args=[new.key])))
    client.post(reverse("people:settle", args=[new.key]))
    new.refresh_from_db()
    assert new.doubt_raised_on is None
    assert "Nothing is waiting" in words(client.get(reverse("people:doubts")))


def test_people_who_do_not_sign_in_are_checked_by_staff(client: Client, coordinator: User) -> None:
    paper = make_person("Paper Person", needs=["bsl"])
    online = make_member(full_name="Online Person", needs=["bsl"]).person
    assert "Nobody is waiting" in words(client.get(reverse("people:reviews")))
    AccessNeed.objects.update(review_on=timezone.localdate())
    text = words(client.get(reverse("people:reviews")))
    assert paper.full_name in text
    assert online.full_name not in text
    card = next(
        card for card in cards.for_staff(coordinator) if card.title == "People to check with"
    )
    assert card.count == 1


# --- the counts -----------------------------------------------------------------------------------


def test_an_executive_sees_counts_and_never_who(client: Client) -> None:
    executive = make_staff("executive")
    sign_in(client, executive)
    for number in range(5):
        person = make_person(f"Zqmarker {number}")
        make_involvement(person, on=timezone.localdate(), minutes=90)
    answer = client.get(reverse("people:involvement"))
    text = words(answer)
    assert "Consultation 5" in text.replace("People ", "")
    assert "7 hours 30 minutes" in text
    assert "Fewer than" not in text
    assert "Zqmarker" not in answer.content.decode()
    assert "/rows/" not in answer.content.decode()
    rows = reverse("people:involvement_rows")
    assert client.get(rows, {"level": "consultation"}).status_code == 404


def test_an_executive_can_choose_whole_years_only(client: Client, coordinator: User) -> None:
    """From two times that overlap, a number of people too small to show would fall out."""
    with time_machine.travel(dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC), tick=False):
        sign_in(client, make_staff("executive"))
        page = client.get("/staff/involvement/?first=2026-05-01&last=2026-05-01")
        assert "From 1 April 2026 to 31 March 2027" in page.content.decode()
        page = client.get("/staff/involvement/?year=2024")
        assert "From 1 April 2024 to 31 March 2025" in page.content.decode()


def test_an_executive_is_told_no_small_count(client: Client, coordinator: User) -> None:
    for number in range(4):
        make_involvement(make_person(f"Ada {number}"), on=timezone.localdate(), minutes=97)
    address = reverse("people:involvement")
    assert "6 hours 28 minutes" in words(client.get(address))
    sign_in(client, make_staff("executive"))
    page = read(client.get(address)).main
    text = page.get_text(" ", strip=True)
    assert "Fewer than 5" in text
    assert "6 hours" not in text
    assert not any(word == "4" for word in text.split())


def test_a_coordinator_sees_the_rows_behind_a_count(client: Client, coordinator: User) -> None:
    make_involvement(make_person("Ada Bright"), on=timezone.localdate())
    make_involvement(make_person("Ben"), on=dt.date(2020, 5, 1))
    soup = read(client.get(reverse("people:involvement")))
    link = soup.main.find("a", href=lambda href: href and "/rows/" in href)
    text = words(client.get(link["href"]))
    assert "Ada Bright" in text
    assert "Ben" not in text


def test_another_period(client: Client, coordinator: User) -> None:
    make_involvement(make_person("Ben"), on=dt.date(2020, 5, 1))
    address = reverse("people:involvement")
    assert "Nobody took part" in words(client.get(address))
    period = {
        "first_day": "1",
        "first_month": "4",
        "first_year": "2020",
        "last_day": "31",
        "last_month": "3",
        "last_year": "2021",
    }
    assert "1 hour 30 minutes" in words(client.get(address, period))
    wrong = client.get(address, {**period, "last_year": "2019"})
    assert errors(wrong) == ["The last day must be the same as or after the first day"]
    assert errors(client.get(address, {**period, "last_day": "99"}))


def test_members_and_the_post_room_see_no_counts(client: Client) -> None:
    for user in (make_member("m@example.org"), make_staff("post_room")):
        sign_in(client, user)
        assert client.get(reverse("people:involvement")).status_code == 404

"""What people's actions change, refuse and record."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from alongside.accounts import audit, delivery
from alongside.accounts.models import AuditEntry, User
from alongside.accounts.tests.factories import make_staff, make_user
from alongside.accounts.tests.signing import sign_in
from alongside.core import jobs
from alongside.core.pointer import Pointer
from alongside.core.refused import Refused
from alongside.organisation.tests.factories import make_area, make_topic
from alongside.people import actions, registry
from alongside.people.equality import NOT_SAID, QUESTIONS
from alongside.people.models import (
    AccessNeed,
    ContactConsent,
    EqualityCount,
    Involvement,
    Level,
    Person,
)
from alongside.people.rules import NeedAnswer
from alongside.people.tests.factories import make_involvement, make_member, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    return make_staff("coordinator")


def said(person: Person) -> list[str]:
    return list(
        AuditEntry.objects.filter(about_key=person.key)
        .order_by("pk")
        .values_list("action", flat=True)
    )


def verified(email: str) -> User:
    user = make_user(email)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


# --- persons --------------------------------------------------------------------------------------


def test_person_for_makes_a_person_once() -> None:
    user = make_user("New@Example.org")
    person = actions.person_for(user=user, by=user)
    assert (person.email, person.full_name) == ("new@example.org", "")
    assert actions.person_for(user=user, by=user) == person
    assert said(person) == ["people.person_added"]


def test_person_for_takes_over_the_only_record_with_the_verified_email(staff: User) -> None:
    paper = actions.add_person(
        full_name="Ada Bright", email="ada@example.org", how="paper", by=staff
    )
    user = verified("ada@example.org")
    assert actions.person_for(user=user, by=user) == paper
    assert said(paper)[-1] == "people.sign_in_linked"


def test_person_for_takes_over_nothing_while_the_email_is_not_verified() -> None:
    paper = make_person(email="ada@example.org")
    user = make_user("ada@example.org")
    assert actions.person_for(user=user, by=user) != paper


def test_person_for_never_chooses_between_two_who_share_an_address() -> None:
    couple = [make_person(name, email="both@example.org") for name in ("Ada", "Ben")]
    user = verified("both@example.org")
    person = actions.person_for(user=user, by=user)
    assert person not in couple
    assert person.doubt_raised_on == timezone.localdate()


def test_person_for_leaves_a_record_somebody_else_signs_in_to() -> None:
    theirs = make_member("ada@example.org").person
    theirs.email = "both@example.org"
    theirs.save()
    user = verified("both@example.org")
    person = actions.person_for(user=user, by=user)
    assert person != theirs
    assert person.doubt_raised_on


def test_person_for_never_takes_over_an_erased_record() -> None:
    erased = make_person(email="ada@example.org")
    actions.erase_person(person=erased, reason="asked", by=audit.system())
    user = verified("ada@example.org")
    person = actions.person_for(user=user, by=user)
    assert person != erased
    assert person.doubt_raised_on is None


def test_add_person_needs_no_email_and_tidies(staff: User) -> None:
    person = actions.add_person(
        full_name="  Ada   Bright ",
        postcode="me145aa",
        postal_address=" 1 High St \n\n Maidstone",
        mobile="07700  900982",
        how="phone",
        by=staff,
    )
    assert person.full_name == "Ada Bright"
    assert person.postcode == "ME14 5AA"
    assert person.postal_address == "1 High St\nMaidstone"
    assert (person.entered_by, person.entered_how) == (staff, "phone")
    assert said(person) == ["people.person_added"]


def test_add_person_refuses_without_a_name(staff: User) -> None:
    with pytest.raises(Refused, match="full name"):
        actions.add_person(full_name=" ", how="phone", by=staff)


@pytest.mark.parametrize(
    "text",
    ["zoe", "ZOË bright", "zoe@EXAMPLE", "07700 900 982", "+447700900982", "me14 5aa", "ME145AA"],
)
def test_people_are_found_however_it_is_typed(staff: User, text: str) -> None:
    person = actions.add_person(
        full_name="Zoë Bright",
        email="Zoe@example.org",
        mobile="07700 900982",
        postcode="ME14 5AA",
        how="paper",
        by=staff,
    )
    make_person("Ben Other", email="ben@example.org")
    assert list(Person.objects.known().found_by(text)) == [person]


@pytest.mark.parametrize(
    ("given", "alike"),
    [
        ({"email": "ADA@example.org"}, True),
        ({"mobile": "+44 7700 900982"}, True),
        ({"phone": "07700900982"}, True),
        ({"full_name": "ada BRIGHT", "postcode": "me145aa"}, True),
        ({"full_name": "Ada Bright", "postcode": "ME14 5AB"}, False),
        ({"full_name": "Ada Bright"}, False),
        ({"email": "", "mobile": ""}, False),
    ],
)
def test_like_finds_who_may_be_the_same(given: dict[str, str], alike: bool) -> None:
    person = make_person(
        "Ada Bright", email="ada@example.org", mobile="07700 900982", postcode="ME14 5AA"
    )
    assert list(Person.objects.like(**given)) == ([person] if alike else [])


def test_correct_details_records_which_fields_not_what(staff: User) -> None:
    person = make_person("Ada Bright", email="old@example.org")
    area = make_area("Maidstone")
    actions.correct_details(
        person=person, by=staff, full_name="Ada Bright", email="NEW@example.org", area=area
    )
    person.refresh_from_db()
    assert (person.email, person.area) == ("new@example.org", area)
    assert person.details_reviewed_on == timezone.localdate()
    entry = AuditEntry.objects.get(action="people.details_corrected")
    assert entry.detail == {"fields": ["area", "email"]}
    assert list(Person.objects.found_by("new@example")) == [person]


def test_correct_details_refuses_to_take_the_name_away(staff: User) -> None:
    person = make_person("Ada Bright")
    with pytest.raises(Refused):
        actions.correct_details(person=person, by=staff, full_name="")
    person.refresh_from_db()
    assert person.full_name == "Ada Bright"


def test_nothing_about_an_erased_person_can_be_changed(staff: User) -> None:
    person = make_person()
    actions.erase_person(person=person, reason="asked", by=staff)
    changes: list[Any] = [
        lambda: actions.correct_details(person=person, by=staff, full_name="Back"),
        lambda: actions.record_needs(person=person, needs=[NeedAnswer("bsl")], by=staff),
        lambda: actions.give_consent(person=person, purpose="invitations", how="phone", by=staff),
        lambda: actions.follow_topics(person=person, topics=[make_topic()], by=staff),
    ]
    for change in changes:
        with pytest.raises(Refused, match="erased"):
            change()


# --- needs ----------------------------------------------------------------------------------------


def test_record_needs_makes_them_what_was_said(staff: User) -> None:
    person = make_person(needs=["bsl", "breaks", NeedAnswer("language", "Czech")])
    actions.record_needs(
        person=person,
        needs=[NeedAnswer("bsl"), NeedAnswer("language", "Polish"), NeedAnswer("travel", "A taxi")],
        by=staff,
    )
    standing = {need.code: need for need in person.needs.standing()}
    assert set(standing) == {"bsl", "language", "travel"}
    assert standing["language"].detail == "Polish"
    ended = person.needs.filter(ended_at__isnull=False)
    assert {(need.code, need.detail) for need in ended} == {("breaks", ""), ("language", "Czech")}
    entry = AuditEntry.objects.filter(action="people.needs_recorded").latest("pk")
    assert entry.detail == {"added": 1, "changed": 1, "ended": 1}


def test_record_needs_only_adds_when_told_so(staff: User) -> None:
    person = make_person(needs=["bsl", NeedAnswer("travel", "A taxi")])
    actions.record_needs(
        person=person, needs=[NeedAnswer("breaks"), NeedAnswer("travel")], by=staff, only_add=True
    )
    standing = {need.code: need.detail for need in person.needs.standing()}
    assert standing == {"bsl": "", "breaks": "", "travel": "A taxi"}


def test_record_needs_keeps_to_its_groups(staff: User) -> None:
    person = make_person(needs=["bsl", "breaks"])
    actions.record_needs(person=person, needs=[], groups=["taking_part"], by=staff)
    assert [need.code for need in person.needs.standing()] == ["bsl"]


def test_record_needs_refuses_what_is_not_on_the_list(staff: User) -> None:
    with pytest.raises(Refused):
        actions.record_needs(person=make_person(), needs=[NeedAnswer("yacht")], by=staff)


def test_a_need_said_again_is_reviewed(staff: User) -> None:
    person = make_person(needs=["bsl"])
    AccessNeed.objects.update(reviewed_on=dt.date(2020, 1, 1), review_on=dt.date(2021, 1, 1))
    actions.record_needs(person=person, needs=[NeedAnswer("bsl")], by=staff)
    need = person.needs.get()
    assert need.review_on > timezone.localdate()


def test_review_needs_moves_every_review_day(staff: User) -> None:
    person = make_person(needs=["bsl", "breaks"])
    AccessNeed.objects.update(review_on=dt.date(2021, 1, 1))
    assert actions.review_needs(person=person, by=staff) == 2
    assert not AccessNeed.objects.due(timezone.localdate()).exists()
    assert said(person)[-1] == "people.needs_reviewed"


# --- consent, topics, pause -----------------------------------------------------------------------


def test_give_consent_stands_once_and_is_dated(staff: User) -> None:
    person = make_person()
    first = actions.give_consent(person=person, purpose="invitations", how="phone", by=staff)
    again = actions.give_consent(person=person, purpose="invitations", how="phone", by=staff)
    assert first == again
    assert first.review_on > timezone.localdate() + dt.timedelta(days=700)
    assert said(person) == ["people.consent_given"]


def test_give_consent_again_later_is_a_new_fact(staff: User) -> None:
    person = make_person(consent=True)
    ContactConsent.objects.update(given_at=timezone.now() - dt.timedelta(days=800))
    actions.give_consent(person=person, purpose="invitations", how="phone", by=staff)
    assert person.consents.count() == 2
    assert person.consents.standing().get().given_how == "phone"
    assert said(person)[-1] == "people.consent_renewed"


def test_end_consent_keeps_when_it_stood(staff: User) -> None:
    person = make_person(consent=True)
    actions.end_consent(person=person, purpose="invitations", how="phone", by=staff)
    actions.end_consent(person=person, purpose="invitations", how="phone", by=staff)
    assert person.consents.get().ended_at
    assert said(person).count("people.consent_ended") == 1


def test_pause_and_unpause(staff: User) -> None:
    person = make_person()
    until = timezone.localdate() + dt.timedelta(days=30)
    actions.pause_invitations(person=person, until=until, by=staff)
    person.refresh_from_db()
    assert person.invitations_paused_until == until
    actions.pause_invitations(person=person, until=None, by=staff)
    person.refresh_from_db()
    assert person.invitations_paused_until is None
    assert said(person) == ["people.invitations_paused", "people.invitations_unpaused"]


def test_pause_refuses_a_day_that_is_past(staff: User) -> None:
    with pytest.raises(Refused, match="future"):
        actions.pause_invitations(person=make_person(), until=timezone.localdate(), by=staff)


def test_follow_topics_makes_them_these(staff: User) -> None:
    one, two, three = make_topic(), make_topic(), make_topic()
    person = make_person()
    actions.follow_topics(person=person, topics=[one, two], by=staff)
    actions.follow_topics(person=person, topics=[two, three], by=staff)
    actions.follow_topics(person=person, topics=[two, three], by=staff)
    followed = {interest.topic for interest in person.interests.standing()}
    assert followed == {two, three}
    assert said(person) == ["people.topics_followed"] * 2


# --- equality -------------------------------------------------------------------------------------


def test_equality_answers_are_counted_and_nothing_else_kept() -> None:
    member = make_member()
    actions.answer_equality(
        person=member.person,
        answers={"age": ["25_34"], "condition": ["vision", "stamina"], "sex": [NOT_SAID]},
        by=member,
    )
    raised = EqualityCount.objects.filter(times__gt=0)
    assert {(row.question, row.answer, row.times) for row in raised} == {
        ("age", "25_34", 1),
        ("condition", "vision", 1),
        ("condition", "stamina", 1),
        ("sex", NOT_SAID, 1),
    }
    assert {row.quarter_starts_on.day for row in raised} == {1}
    every = sum(len(question.choices) for question in QUESTIONS.values())
    assert EqualityCount.objects.count() == every
    entry = AuditEntry.objects.get(action="people.equality_asked")
    assert entry.detail == {}


def test_equality_counts_go_up() -> None:
    for number in range(3):
        member = make_member(f"m{number}@example.org")
        actions.answer_equality(person=member.person, answers={"age": ["25_34"]}, by=member)
    assert EqualityCount.objects.get(question="age", answer="25_34").times == 3


def test_equality_writes_every_row_of_the_quarter_so_that_files_tell_nothing(
    django_assert_num_queries: Any,
) -> None:
    first, second = make_member("a@example.org"), make_member("b@example.org")
    actions.answer_equality(person=first.person, answers={"age": ["25_34"]}, by=first)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as queries:
        actions.answer_equality(person=second.person, answers={"age": ["35_44"]}, by=second)
    updates = [
        query["sql"]
        for query in queries
        if query["sql"].startswith("UPDATE") and "equalitycount" in query["sql"]
    ]
    assert len(updates) == 1
    where = updates[0].rsplit("WHERE", 1)[1]
    assert "quarter_starts_on" in where
    assert "question" not in where


def test_equality_is_asked_once() -> None:
    member = make_member()
    actions.decline_equality(person=member.person, by=member)
    with pytest.raises(Refused, match="once"):
        actions.answer_equality(person=member.person, answers={"age": ["25_34"]}, by=member)
    assert not EqualityCount.objects.filter(times__gt=0).exists()


def test_equality_refuses_an_answer_that_is_not_on_the_list() -> None:
    member = make_member()
    with pytest.raises(Refused):
        actions.answer_equality(person=member.person, answers={"age": ["1066"]}, by=member)
    member.person.refresh_from_db()
    assert member.person.equality_asked_on is None


# --- the ledger -----------------------------------------------------------------------------------


def test_record_involvement_once_for_each_source(staff: User) -> None:
    person = make_person()
    source = Pointer("events.booking", "k1", "Workshop")
    facts: dict[str, Any] = {"person": person, "source": source, "by": staff}
    facts |= {
        "on": timezone.localdate(),
        "minutes": 90,
        "level": "consultation",
        "capacity": "carer",
        "category": "volunteer",
    }
    first = actions.record_involvement(**facts)
    assert actions.record_involvement(**facts) == first
    changed = actions.record_involvement(**{**facts, "minutes": 60})
    assert changed != first
    assert [row.minutes for row in Involvement.objects.standing()] == [60]
    assert Involvement.objects.count() == 2
    assert said(person) == [
        "people.involvement_recorded",
        "people.involvement_corrected",
        "people.involvement_recorded",
    ]


def test_correct_involvement_keeps_that_it_was_said(staff: User) -> None:
    row = make_involvement(make_person())
    assert actions.correct_involvement(source=row.source, by=staff) == row
    assert actions.correct_involvement(source=row.source, by=staff) is None
    assert not Involvement.objects.standing().exists()
    assert Involvement.objects.get().corrected_at


def test_taking_part_counts_as_being_in_touch() -> None:
    person = make_person(last_active_on=dt.date(2020, 1, 1), leaving_notice_on=dt.date(2023, 2, 1))
    make_involvement(person)
    person.refresh_from_db()
    assert person.last_active_on > dt.date(2026, 1, 1)
    assert person.leaving_notice_on is None


def test_counts_by_level_leave_out_what_was_corrected_and_other_days(staff: User) -> None:
    ada, ben = make_person("Ada"), make_person("Ben")
    day = dt.date(2026, 5, 1)
    make_involvement(ada, on=day, minutes=60)
    make_involvement(ada, on=day, minutes=30)
    make_involvement(ben, on=day, minutes=45, level="coproduction")
    make_involvement(ben, on=dt.date(2025, 5, 1))
    wrong = make_involvement(ben, on=day)
    actions.correct_involvement(source=wrong.source, by=staff)
    counts = Involvement.objects.standing().between(day, day).by_level()
    assert [(count.level, count.people, count.times, count.minutes) for count in counts] == [
        (Level.INFORMING, 0, 0, 0),
        (Level.CONSULTATION, 1, 2, 90),
        (Level.COLLABORATION, 0, 0, 0),
        (Level.COPRODUCTION, 1, 1, 45),
    ]


# --- erasing --------------------------------------------------------------------------------------

MARKER = "Zqmarker"


def test_erase_takes_out_every_word_and_leaves_the_facts(staff: User) -> None:
    member = make_member(
        "zqmarker@example.org",
        full_name=MARKER,
        mobile="07700900982",
        postal_address=MARKER,
        postcode="ZQ1 1ZQ",
        needs=[NeedAnswer("other", MARKER)],
        consent=True,
    )
    person = member.person
    actions.follow_topics(person=person, topics=[make_topic()], by=member)
    make_involvement(person)
    EmailAddress.objects.create(user=member, email=member.email, verified=True)
    before = Involvement.objects.standing().by_level()
    actions.erase_person(person=person, reason="asked_for_them", by=staff)
    assert person.anonymised_at
    assert str(person) == "Somebody whose details were erased"
    for model in (Person, AccessNeed, ContactConsent, Involvement, AuditEntry, User, EmailAddress):
        for row in model.objects.values():
            assert "zqmarker" not in str(row).lower()
            assert "07700900982" not in str(row)
    assert Involvement.objects.standing().by_level() == before
    assert not person.consents.standing().exists()
    assert person.consents.count() == 1
    entry = AuditEntry.objects.get(action="people.person_erased")
    assert (entry.about_key, entry.detail) == (person.key, {"reason": "asked_for_them"})


def test_erase_ends_every_session(client: Client, staff: User) -> None:
    member = make_member()
    sign_in(client, member)
    UserSession.objects.create(
        user=member, session_key=client.session.session_key, ip="127.0.0.1", user_agent="x"
    )
    other = SessionStore()
    other["_auth_user_id"] = str(member.pk)
    other["draft"] = "half a booking"
    other.create()
    somebody = make_member("ben@example.org")
    ben = Client()
    sign_in(ben, somebody)
    actions.erase_person(person=member.person, reason="asked", by=staff)
    assert list(Session.objects.values_list("session_key", flat=True)) == [ben.session.session_key]
    member.refresh_from_db()
    assert (member.email, member.is_active, member.name) == (None, False, "")


def test_erase_forgets_a_code_that_was_asked_for_and_never_typed(
    client: Client, staff: User
) -> None:
    person = make_person(email="ada@example.org")
    Client().post("/sign-in/", {"email": "ben@example.org"})
    client.post("/sign-in/", {"email": "Ada@example.org"})
    assert Session.objects.count() == 2
    actions.erase_person(person=person, reason="asked", by=staff)
    kept = [str(session.get_decoded()) for session in Session.objects.all()]
    assert len(kept) == 1
    assert "ben@example.org" in kept[0]
    assert "ada@example.org" not in str(delivery.kept_letters())


def test_erase_looks_again_for_what_came_late(staff: User) -> None:
    person = make_person()
    actions.erase_person(person=person, reason="asked", by=staff)
    AccessNeed.objects.create(
        person=person,
        group="support",
        code="other",
        detail=MARKER,
        recorded_by=staff,
        review_on=dt.date(2030, 1, 1),
    )
    assert jobs.run_due() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        jobs.run_due()
    assert not person.needs.exists()
    standing = make_person(needs=["bsl"])
    actions.erase_again(person=standing, by=staff)
    assert standing.needs.exists()


def test_erase_twice_is_once(staff: User) -> None:
    person = make_person()
    actions.erase_person(person=person, reason="asked", by=staff)
    actions.erase_person(person=person, reason="asked", by=staff)
    assert said(person).count("people.person_erased") == 1


def test_erase_refuses_an_unknown_reason(staff: User) -> None:
    with pytest.raises(Refused):
        actions.erase_person(person=make_person(), reason="because", by=staff)


def test_erase_refuses_staff_who_still_have_a_role(staff: User) -> None:
    person = make_person("Sam", user=staff)
    with pytest.raises(Refused, match="staff"):
        actions.erase_person(person=person, reason="asked", by=staff)


def test_erase_keeps_the_name_of_former_staff_for_the_log(staff: User) -> None:
    person = make_person("Sam", user=staff)
    staff.role_grants.update(ended_at=timezone.now())
    name = staff.name
    actions.erase_person(person=person, reason="asked", by=staff)
    staff.refresh_from_db()
    assert (staff.name, staff.email) == (name, None)


class Diary(registry.Holding):
    """A room upstairs, for the tests."""

    heading = "Your diary"
    goes = "Your diary."
    ahead: list[str] = []
    erased: list[Person] = []

    def export(self, person: Person) -> list[registry.Row]:
        return [{"Day": dt.date(2026, 1, 1), "Words": "Dear diary"}]

    def erase(self, person: Person, by: User) -> None:
        self.erased.append(person)

    def to_come(self, person: Person) -> list[str]:
        return self.ahead


@pytest.fixture
def diary(monkeypatch: pytest.MonkeyPatch) -> Diary:
    diary = Diary()
    diary.ahead, diary.erased = [], []
    monkeypatch.setitem(registry.HOLDINGS, "diary", diary)
    return diary


def test_erase_refuses_while_something_is_still_to_come(staff: User, diary: Diary) -> None:
    diary.ahead = ["Workshop on 1 May 2030"]
    person = make_person("Ada Bright")
    with pytest.raises(Refused, match=r"Ask an involvement coordinator .* Workshop on 1 May 2030"):
        actions.erase_person(person=person, reason="asked", by=staff)
    person.refresh_from_db()
    assert person.full_name == "Ada Bright"
    assert diary.erased == []


def test_erase_asks_every_room(staff: User, diary: Diary) -> None:
    person = make_person()
    actions.erase_person(person=person, reason="asked", by=staff)
    assert diary.erased == [person]


def test_everything_about_holds_own_rooms_and_who_looked(staff: User, diary: Diary) -> None:
    member = make_member(needs=[NeedAnswer("travel", "A taxi")], consent=True)
    person = member.person
    make_involvement(person)
    for _ in range(2):
        audit.look("people.person_seen", on=person, about=person, by=staff)
    audit.look("events.register_seen", about=person, by=staff)
    found = actions.everything_about(person)
    text = str(found)
    for words in ("Ada Bright", "A taxi", "Carers charter workshop", "Dear diary"):
        assert words in text
    looks = [(row["Who"], row["What"], row["How often"]) for row in found["looks_and_changes"]]
    assert ("A member of staff", "Looked at the record", 2) in looks
    assert ("A member of staff", "Looked at a register", 1) in looks
    assert ("You", "Recorded needs", 1) in looks
    assert staff.name not in text

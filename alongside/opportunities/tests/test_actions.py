"""Adverts: what changes, what is refused, what is written down."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.accounts.models import AuditEntry
from alongside.accounts.tests.factories import make_staff
from alongside.core.jobs import run_due
from alongside.core.refused import Refused
from alongside.events.models import Booking
from alongside.events.rules import Wish
from alongside.events.tests.factories import make_booking
from alongside.messaging.models import Message
from alongside.opportunities import actions, tasks
from alongside.opportunities.models import Invitation, Opportunity
from alongside.opportunities.rules import LONDON
from alongside.opportunities.tests.factories import make_opportunity, the_workshop
from alongside.organisation.tests.factories import make_area, make_topic, make_trust
from alongside.people import actions as people
from alongside.people.rules import NeedAnswer
from alongside.people.tests.factories import make_member, make_person

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def london(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=LONDON)


def audited(action: str) -> int:
    return AuditEntry.objects.filter(action=action).count()


# --- writing ------------------------------------------------------------------------------------
def test_a_draft_has_an_event_the_usual_support_and_our_address() -> None:
    make_trust(postal_address="1 Example Road")
    staff = make_staff()
    start = timezone.now() + 30 * DAY
    advert = actions.make_advert(
        title="Charter workshop",
        starts_at=start,
        ends_at=start + dt.timedelta(hours=1),
        closes_at=start - 7 * DAY,
        capacity=12,
        mode="online",
        by=staff,
    )
    assert advert.slug == "charter-workshop"
    assert advert.event.capacity == 12
    assert [offer.name for offer in advert.event.support_offers.order_by("pk")] == [
        "A briefing before",
        "A briefing after",
        "Training on the video system",
    ]
    assert advert.ask_by_phone == "01632 960 000"
    assert advert.ask_by_post == "1 Example Road"
    assert advert.written_by == staff
    assert audited("opportunities.advert_begun") == 1


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Charter workshop", "charter-workshop-2"),
        ("Past", "past-2"),
        ("مرحبا 🙂", "way-to-take-part"),
        ("<script>alert(1)</script>", "scriptalert1script"),
    ],
)
def test_addresses_are_readable_and_nobody_elses(title: str, slug: str) -> None:
    make_opportunity(title="Charter workshop")
    assert make_opportunity(title=title).slug == slug


def test_an_address_follows_the_title_of_a_draft_and_stays_once_published() -> None:
    staff = make_staff()
    advert = make_opportunity(published=False, title="First words")
    advert = actions.change_advert(
        opportunity=advert, version=advert.version, title="Better words", by=staff
    )
    assert advert.slug == "better-words"
    advert = actions.publish(opportunity=advert, by=staff)
    advert = actions.change_advert(
        opportunity=advert, version=advert.version, title="Other words", by=staff
    )
    assert (advert.title, advert.event.title, advert.slug) == (
        "Other words",
        "Other words",
        "better-words",
    )


def test_two_writers_cannot_undo_each_other_unseen() -> None:
    staff, other = make_staff(), make_staff()
    advert = make_opportunity(published=False)
    read = advert.version
    actions.change_advert(opportunity=advert, version=read, purpose="Hers", by=other)
    with pytest.raises(Refused, match="Somebody else changed this advert"):
        actions.change_advert(opportunity=advert, version=read, purpose="Mine", by=staff)
    advert.refresh_from_db()
    assert advert.purpose == "Hers"


def test_saving_without_a_change_changes_nothing() -> None:
    advert = make_opportunity(published=False)
    again = actions.change_advert(
        opportunity=advert, version=advert.version, title=advert.title, by=make_staff()
    )
    assert again.version == advert.version
    assert audited("opportunities.advert_changed") == 0


def test_one_save_changes_words_time_places_and_closing() -> None:
    advert = make_opportunity(published=False)
    start = advert.event.starts_at + DAY
    advert = actions.change_advert(
        opportunity=advert,
        version=advert.version,
        criteria="Ideas",
        starts_at=start,
        ends_at=start + dt.timedelta(hours=2),
        closes_at=start - DAY,
        capacity=4,
        by=make_staff(),
    )
    advert.event.refresh_from_db()
    assert (advert.criteria, advert.event.starts_at, advert.event.capacity) == ("Ideas", start, 4)
    assert advert.event.closes_at == start - DAY
    entry = AuditEntry.objects.get(action="opportunities.advert_changed")
    assert entry.detail == {"fields": ["capacity", "closes_at", "criteria", "ends_at", "starts_at"]}


def test_a_session_cannot_end_before_it_starts() -> None:
    advert = make_opportunity(published=False)
    with pytest.raises(Refused, match="must end after it starts"):
        actions.change_advert(
            opportunity=advert,
            version=advert.version,
            ends_at=advert.event.starts_at - DAY,
            by=make_staff(),
        )


def test_a_field_that_no_advert_has_is_a_fault() -> None:
    advert = make_opportunity(published=False)
    with pytest.raises(TypeError, match="slug"):
        actions.change_advert(
            opportunity=advert, version=advert.version, slug="mine", by=make_staff()
        )


# --- publishing -----------------------------------------------------------------------------------
def test_the_model_advert_holds_all_of_its_facts() -> None:
    make_trust("Old Partnership Trust", "Old", started_on=dt.date(2006, 4, 1))
    make_trust("New Health Trust", "New", started_on=dt.date(2025, 10, 13))
    advert = the_workshop()
    assert actions.warnings_of(advert) == [
        warn for warn in actions.warnings_of(advert) if warn.code == "no_topics"
    ]
    assert advert.trust_name == "Old Partnership Trust"
    assert advert.payment_in_brief == "Unpaid. You can claim for taking part remotely"
    assert advert.where == "Online, by Lifesize"


@pytest.mark.parametrize(
    ("closes", "starts", "warned"),
    [
        # Easter 2022: Good Friday 15 April, Easter Monday 18 April
        (london(2022, 4, 11, 23, 59), london(2022, 4, 21, 10), False),
        (london(2022, 4, 12, 23, 59), london(2022, 4, 20, 10), True),
        # over Christmas and New Year
        (london(2021, 12, 22, 23, 59), london(2022, 1, 4, 10), False),
        (london(2021, 12, 24, 23, 59), london(2022, 1, 4, 10), True),
        # the clocks go forward in between
        (london(2022, 3, 25, 23, 59), london(2022, 4, 4, 0, 30), False),
    ],
)
def test_working_days_before_a_session_leave_out_bank_holidays(
    closes: dt.datetime, starts: dt.datetime, warned: bool
) -> None:
    advert = make_opportunity(
        starts_at=starts,
        closes_at=closes,
        published_at=dt.datetime(2021, 11, 1, tzinfo=LONDON),
    )
    codes = [warn.code for warn in actions.warnings_of(advert)]
    assert ("closes_late" in codes) is warned


def test_publishing_twice_publishes_once() -> None:
    staff = make_staff()
    advert = make_opportunity(published=False)
    first = actions.publish(opportunity=advert, by=staff)
    again = actions.publish(opportunity=advert, by=staff)
    assert first.published_at == again.published_at
    assert audited("opportunities.advert_published") == 1


def test_an_advert_without_its_words_cannot_be_published() -> None:
    advert = make_opportunity(published=False, purpose="")
    with pytest.raises(Refused, match="Say what it is for"):
        actions.publish(opportunity=advert, by=make_staff())


def test_a_poor_advert_can_be_published() -> None:
    advert = make_opportunity(
        published=False,
        closes_at=timezone.now() + 60 * DAY,  # after the session
        support="",
        payment="",
        ask_by_phone="",
    )
    actions.publish(opportunity=advert, by=make_staff())
    detail = AuditEntry.objects.get(action="opportunities.advert_published").detail
    assert {"closes_after", "no_support_words", "no_payment", "online_only"} <= set(
        detail["warned"]
    )


# --- running it -----------------------------------------------------------------------------------
def test_extending_closing_and_reopening() -> None:
    staff = make_staff()
    advert = make_opportunity()
    later = advert.event.closes_at + DAY
    advert = actions.change_closing(opportunity=advert, closes_at=later, by=staff)
    assert advert.event.closes_at == later
    advert = actions.close_now(opportunity=advert, by=staff)
    assert not Opportunity.objects.open().exists()
    assert actions.close_now(opportunity=advert, by=staff).event.closes_at == advert.event.closes_at
    actions.change_closing(opportunity=advert, closes_at=later, by=staff)
    assert Opportunity.objects.open().get() == advert
    assert audited("opportunities.closing_changed") == 3


def test_a_published_advert_cannot_be_said_to_have_closed_earlier() -> None:
    staff = make_staff()
    advert = make_opportunity()
    before = advert.event.closes_at
    with pytest.raises(Refused, match="That time has passed"):
        actions.change_closing(opportunity=advert, closes_at=timezone.now() - DAY, by=staff)
    with pytest.raises(Refused, match="That time has passed"):
        actions.change_advert(
            opportunity=advert, version=advert.version, closes_at=timezone.now() - DAY, by=staff
        )
    advert.event.refresh_from_db()
    assert advert.event.closes_at == before


def test_raising_places_offers_them_to_those_who_wait() -> None:
    advert = make_opportunity(capacity=1)
    make_booking(advert.event, make_person())
    waiting = make_booking(advert.event, make_person("Bo Fair"))
    assert waiting.state == Booking.State.WAITING
    actions.change_places(opportunity=advert, capacity=2, by=make_staff())
    waiting.refresh_from_db()
    assert waiting.state == Booking.State.OFFERED


def test_places_cannot_go_below_what_is_taken() -> None:
    advert = make_opportunity(capacity=2)
    make_booking(advert.event, make_person())
    make_booking(advert.event, make_person("Bo Fair"))
    with pytest.raises(Refused, match="2 places are already booked"):
        actions.change_places(opportunity=advert, capacity=1, by=make_staff())


def test_cancelling_tells_everybody_and_ends_their_bookings() -> None:
    advert = make_opportunity()
    booking = make_booking(advert.event, make_person(email="ada@example.org"))
    actions.cancel(opportunity=advert, because="The room flooded.", by=make_staff())
    run_due()
    booking.refresh_from_db()
    assert booking.state == Booking.State.CANCELLED
    assert Message.objects.filter(letter="events/event_cancelled").count() == 1
    assert list(Opportunity.objects.past()) == [advert]
    assert audited("opportunities.advert_cancelled") == 1


def test_a_draft_is_thrown_away_and_a_published_advert_is_not() -> None:
    staff = make_staff()
    draft, advert = make_opportunity(published=False), make_opportunity()
    actions.discard_draft(opportunity=draft, by=staff)
    assert list(Opportunity.objects.for_staff()) == [advert]
    with pytest.raises(Refused, match="Cancel it instead"):
        actions.discard_draft(opportunity=advert, by=staff)
    with pytest.raises(Refused, match="thrown away"):
        actions.publish(opportunity=draft, by=staff)
    with pytest.raises(Refused, match="Throw it away instead"):
        actions.cancel(opportunity=make_opportunity(published=False), because="No", by=staff)


def test_the_database_refuses_what_is_both_published_and_thrown_away() -> None:
    advert = make_opportunity()
    advert.discarded_at = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        advert.save()


def test_a_copy_has_the_words_and_support_and_not_the_link() -> None:
    topic = make_topic()
    original = make_opportunity(
        topics=(topic,), criteria="Ideas", by_selection=True, pays_remote=True, venue="Here"
    )
    actions.end_support_offer(
        opportunity=original, offer=original.event.support_offers.first(), by=make_staff()
    )
    start = timezone.now() + 90 * DAY
    copy = actions.copy_advert(
        opportunity=original,
        title=original.title,
        starts_at=start,
        ends_at=start + dt.timedelta(hours=1),
        closes_at=start - 10 * DAY,
        capacity=5,
        mode="online",
        by=make_staff(),
    )
    assert copy.standing() == "draft"
    assert (copy.purpose, copy.criteria, copy.pays_remote) == (original.purpose, "Ideas", True)
    assert (copy.event.by_selection, copy.event.platform) == (True, "Lifesize")
    assert copy.event.joining == ""
    assert copy.slug == "charter-workshop-2"
    assert list(copy.topics.all()) == [topic]
    assert copy.event.support_offers.count() == 2


def test_support_is_offered_once_and_can_end() -> None:
    staff = make_staff()
    advert = make_opportunity()
    offer = actions.add_support_offer(opportunity=advert, name="A lift home", by=staff)
    with pytest.raises(Refused, match="already"):
        actions.add_support_offer(opportunity=advert, name="a lift HOME", by=staff)
    actions.end_support_offer(opportunity=advert, offer=offer, by=staff)
    offer.refresh_from_db()
    assert offer.ended_at is not None
    with pytest.raises(Refused, match="something else"):
        actions.end_support_offer(opportunity=make_opportunity(), offer=offer, by=staff)


# --- asking for a place -------------------------------------------------------------------------
def test_asking_keeps_what_was_told_on_the_way() -> None:
    user = make_member(full_name="", needs=["large_print"])
    advert = make_opportunity()
    booking = actions.ask_for_place(
        opportunity=advert,
        person=user.person,
        wish=Wish(needs=(NeedAnswer("breaks"),), capacity="carer"),
        full_name="Ada Bright",
        connection="carer",
        by=user,
    )
    user.person.refresh_from_db()
    assert booking.state == Booking.State.BOOKED
    assert (user.person.full_name, user.person.connection) == ("Ada Bright", "carer")
    assert {need.code for need in user.person.needs.standing()} == {"large_print", "breaks"}
    assert [need.code for need in booking.needs.all()] == ["breaks"]


def test_asking_does_not_change_a_name_we_know() -> None:
    user = make_member(full_name="Ada Bright")
    actions.ask_for_place(
        opportunity=make_opportunity(),
        person=user.person,
        wish=Wish(),
        full_name="Somebody Else",
        by=user,
    )
    user.person.refresh_from_db()
    assert user.person.full_name == "Ada Bright"


@pytest.mark.parametrize("published", [True, False])
def test_nobody_asks_online_for_what_is_not_open(published: bool) -> None:
    user = make_member()
    advert = make_opportunity(published=published, closes_at=timezone.now() - DAY)
    with pytest.raises(Refused, match=r"closed|not published"):
        actions.ask_for_place(opportunity=advert, person=user.person, wish=Wish(), by=user)
    assert not Booking.objects.exists()


def test_staff_may_book_for_a_letter_that_arrives_after_closing() -> None:
    advert = make_opportunity(closes_at=timezone.now() - DAY)
    booking = actions.ask_for_place(
        opportunity=advert, person=make_person(), wish=Wish(), how="paper", by=make_staff()
    )
    assert (booking.state, booking.entered_how) == (Booking.State.BOOKED, "paper")


# --- inviting -----------------------------------------------------------------------------------
def follower(name: str, topic: object, *, consent: bool = True, **fields: object):
    person = make_person(name, consent=consent, **fields)
    people.follow_topics(person=person, topics=[topic], by=make_staff())
    return person


def test_those_are_invited_who_follow_agreed_and_have_not_paused_or_answered() -> None:
    topic, here, there = make_topic(), make_area(), make_area()
    advert = make_opportunity(topics=(topic,), area=here)
    yes = follower("Yes Here", topic, area=here, email="yes@example.org")
    unsaid = follower("No Area", topic, email="noarea@example.org")
    follower("Elsewhere", topic, area=there)
    follower("No Consent", topic, consent=False)
    follower("Other Topic", make_topic())
    paused = follower("Paused", topic)
    people.pause_invitations(person=paused, until=timezone.localdate() + DAY, by=make_staff())
    booked = follower("Booked", topic)
    make_booking(advert.event, booked)
    ended = follower("No More", topic)
    people.end_consent(person=ended, purpose="invitations", how="phone", by=make_staff())
    everything = follower("All Topics", topic)
    people.follow_topics(person=everything, topics=[], by=make_staff())  # none is everything
    assert list(actions.who_to_invite(advert)) == [yes, unsaid, everything]


def test_a_pause_ends() -> None:
    topic = make_topic()
    person = follower("Paused", topic)
    people.pause_invitations(person=person, until=timezone.localdate() + DAY, by=make_staff())
    advert = make_opportunity(topics=(topic,))
    assert not actions.who_to_invite(advert).exists()
    with time_machine.travel(timezone.now() + DAY):  # on the day they named
        assert actions.who_to_invite(advert).get() == person
        actions.invite(opportunity=advert, person=person, by=make_staff())
    assert person.messages.get().state != "withheld"


def test_an_advert_for_everywhere_invites_people_of_every_area() -> None:
    topic = make_topic()
    person = follower("Somewhere", topic, area=make_area())
    assert actions.who_to_invite(make_opportunity(topics=(topic,))).get() == person


def test_each_is_invited_once_in_the_way_they_need() -> None:
    topic = make_topic()
    advert = make_opportunity(topics=(topic,))
    follower("Em Ail", topic, email="em@example.org")
    follower("Poppy Post", topic, needs=["by_post"], postal_address="1 Road", postcode="ME9 9ZZ")
    follower("Phil Phone", topic, needs=["by_phone"], phone="01632 960 010")
    follower("Nora Noway", topic, needs=["by_post"], email="nora@example.org")
    assert dict(actions.ways_to_invite(advert)) == {
        "Email": 1,
        "Post": 1,
        "Phone call": 1,
        "Needs somebody to find a way": 1,
    }
    staff = make_staff()
    for _twice in range(2):
        tasks.invite_people.enqueue(advert.key, staff.key)
        run_due()
    assert Invitation.objects.count() == 4
    sent = Message.objects.filter(letter="opportunities/invitation")
    assert sorted(sent.values_list("channel", flat=True)) == ["email", "none", "phone", "post"]
    assert audited("opportunities.person_invited") == 4
    assert actions.ways_to_invite(advert) == []


def test_inviting_stops_when_the_advert_closes_meanwhile() -> None:
    topic = make_topic()
    advert = make_opportunity(topics=(topic,))
    follower("Em Ail", topic, email="em@example.org")
    staff = make_staff()
    tasks.invite_people.enqueue(advert.key, staff.key)
    actions.close_now(opportunity=advert, by=staff)
    run_due()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("fields", [{"published": False}, {"closes_at": timezone.now() - DAY}])
def test_nobody_is_invited_to_what_is_not_open(fields: dict[str, object]) -> None:
    assert actions.why_not_invite(make_opportunity(**fields)) != ""  # type: ignore[arg-type]

"""What can happen to a message: what changed, what was refused, what was recorded."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import AuditEntry
from alongside.accounts.tests.factories import make_staff
from alongside.core.models import Job
from alongside.core.refused import Refused
from alongside.messaging import actions, cards, letters
from alongside.messaging.models import Message
from alongside.messaging.tests.factories import make_batch, make_call, make_letter, make_message
from alongside.organisation.models import TrustDetails, TrustName
from alongside.people import registry
from alongside.people.rules import NeedAnswer
from alongside.people.tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_letters(monkeypatch, tmp_path):
    found = {}
    for name, top in {
        "hello": "service",
        "hello.easy_read": "service",
        "invite": "invitations",
    }.items():
        file = tmp_path / f"{name}.letter"
        file.write_text(
            f"purpose: {top}\nsubject: About {{{{ title }}}}\ntext: {{{{ title }}}} is on.\n---\n"
            f"{name}: {{{{ title }}}} at {{{{ trust }}}}. Ask: {{{{ contact }}}}.\n",
            encoding="utf-8",
        )
        found[f"room/{name}"] = letters._read(f"room/{name}", file)
    found.pop("room/hello.easy_read")
    monkeypatch.setattr(letters, "all_letters", lambda: found)
    return found


@pytest.fixture
def sam():
    return make_staff()


@pytest.fixture
def set_up(settings):
    settings.EMAIL_HOST = "127.0.0.1"


def send(person, letter="room/hello", **facts):
    return actions.send(
        person=person, letter=letter, context={"title": "Tea"}, by=audit.system(), **facts
    )


def recorded(message):
    return list(AuditEntry.objects.filter(on_key=message.key).values_list("action", flat=True))


def test_send_keeps_the_words_and_queues_the_sending(set_up):
    TrustName.objects.create(name="Anytown NHS Trust", short_name="Anytown")
    TrustDetails.objects.create(contact_phone="01632 960000", contact_hours="9am to 5pm")
    person = make_person(email="ada@example.org")
    message = send(person, about=person)
    message.refresh_from_db()
    assert (message.channel, message.state, message.address) == (
        "email",
        "queued",
        "ada@example.org",
    )
    assert message.subject == "About Tea"
    assert message.short == "Tea is on."
    assert message.body.startswith("Dear Ada Bright,\n\nhello: Tea at Anytown NHS Trust.")
    assert "Ask: phone 01632 960000 (9am to 5pm)." in message.body
    assert message.body.endswith("The involvement team  \nAnytown NHS Trust")
    assert (message.about_label, message.about_key) == ("people.person", person.key)
    job = Job.objects.get(task="alongside.messaging.tasks.deliver")
    assert job.args == [message.key]
    assert recorded(message) == ["messaging.message_written"]


def test_send_keeps_the_message_here_when_no_channel_is_set_up():
    message = send(make_person(email="ada@example.org"))
    assert message.state == "kept"
    assert not Job.objects.filter(task="alongside.messaging.tasks.deliver").exists()


def test_what_was_kept_does_not_go_by_itself_when_a_channel_is_set_up_later(settings):
    from alongside.messaging import sending

    message = send(make_person(email="ada@example.org"))
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = 1
    assert sending.deliver(message.key) is False
    message.refresh_from_db()
    assert message.state == "kept"


def test_send_undone_with_its_transaction_leaves_nothing(set_up):
    person = make_person(email="ada@example.org")

    @transaction.atomic
    def refuse_after_sending():
        send(person)
        raise Refused("No.")

    with pytest.raises(Refused):
        refuse_after_sending()
    assert not Message.objects.exists()
    assert not Job.objects.filter(task="alongside.messaging.tasks.deliver").exists()


def test_send_once_says_it_once(set_up):
    person = make_person(email="ada@example.org")
    first = send(person, once="tea:1")
    assert send(person, once="tea:1").pk == first.pk
    assert Message.objects.count() == 1
    assert Job.objects.filter(task="alongside.messaging.tasks.deliver").count() == 1
    assert recorded(first) == ["messaging.message_written"]


def test_send_once_survives_a_lost_race(monkeypatch, set_up):
    person = make_person(email="ada@example.org")
    first = send(person, once="tea:1")
    real = Message.objects.filter
    looks = []

    def blind_at_first(*args, **facts):
        looks.append(facts)
        return Message.objects.none() if len(looks) == 1 else real(*args, **facts)

    monkeypatch.setattr(Message.objects, "filter", blind_at_first)
    assert send(person, once="tea:1").pk == first.pk
    monkeypatch.undo()
    assert Message.objects.count() == 1


def test_send_refuses_an_erased_person():
    person = make_person(anonymised_at=timezone.now())
    with pytest.raises(Refused, match="erased"):
        send(person)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"consent": True}, "queued"),
        ({}, "withheld"),
        ({"consent": True, "invitations_paused_until": dt.date(2999, 1, 1)}, "withheld"),
        ({"consent": True, "invitations_paused_until": dt.date(2020, 1, 1)}, "queued"),
    ],
)
def test_an_invitation_needs_standing_consent_and_no_pause(set_up, facts, state):
    person = make_person(email="ada@example.org", **facts)
    # Whatever the caller calls it, the letter says that it is an invitation.
    message = send(person, "room/invite", purpose="service")
    assert message.purpose == "invitations"
    assert message.state == state
    assert Job.objects.filter(task="alongside.messaging.tasks.deliver").exists() is (
        state == "queued"
    )


@pytest.mark.parametrize(
    ("needs", "channel", "state"),
    [
        (["by_post"], "post", "to_do"),
        (["by_phone"], "phone", "to_do"),
        (["by_text"], "text", "cannot_make"),  # email is set up, texts are not
        (["braille"], "post", "cannot_make"),
        ([NeedAnswer("large_print", "24 point")], "post", "to_do"),
        (["large_print", "by_email"], "email", "queued"),
    ],
)
def test_send_obeys_the_needs(set_up, needs, channel, state):
    person = make_person(
        email="ada@example.org",
        mobile="07700 900123",
        phone="01632 960000",
        postal_address="1 High Street\nMaidstone",
        postcode="ME1 1AA",
        needs=needs,
    )
    message = send(person)
    assert (message.channel, message.state) == (channel, state)
    if channel == "post":
        assert message.address == "1 High Street\nMaidstone\nME1 1AA"


def test_a_letter_written_in_easy_read_is_used(two_letters, set_up):
    person = make_person(email="ada@example.org", needs=["easy_read"])
    assert send(person).state == "cannot_make"
    two_letters["room/hello.easy_read"] = two_letters["room/hello"]
    message = send(person)
    assert (message.letter, message.state) == ("room/hello.easy_read", "queued")


def test_a_name_cannot_break_the_letter(set_up):
    person = make_person("Ada\r\nBcc: all@example.org", email="ada@example.org")
    assert send(person).body.startswith("Dear Ada Bcc: all@example.org,\n\n")
    assert send(make_person("", email="x@example.org")).body.startswith("Hello,\n\n")


# --- afterwards -------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["failed", "fate_unknown", "kept", "cannot_make", "sent"])
def test_send_again_makes_a_new_message_once(set_up, sam, state):
    old = make_message(state=state, calendar="BEGIN:VCALENDAR")
    new = actions.send_again(message=old, by=sam)
    assert actions.send_again(message=old, by=sam).pk == new.pk
    old.refresh_from_db()
    assert (new.resend_of_id, new.state, new.body, new.calendar) == (
        old.pk,
        "queued",
        old.body,
        old.calendar,
    )
    assert (old.state, old.handled_by, old.outcome) == (state, sam, "Sent again.")
    assert Job.objects.filter(task="alongside.messaging.tasks.deliver").count() == 1
    assert recorded(new) == ["messaging.message_sent_again"]


def test_send_again_goes_the_way_they_need_today(set_up, sam):
    old = make_letter(make_person(email="ada@example.org"))
    new = actions.send_again(message=old, by=sam)
    old.refresh_from_db()
    assert new.channel == "email"
    assert old.state == "withheld"  # and is not printed as well
    assert not Message.objects.to_post().exists()


@pytest.mark.parametrize("state", ["queued", "sending"])
def test_send_again_refuses_what_is_on_its_way(sam, state):
    with pytest.raises(Refused, match="on its way"):
        actions.send_again(message=make_message(state=state), by=sam)


def test_mark_arrived(sam):
    message = make_message(state="fate_unknown", sending_started_at=timezone.now())
    actions.mark_arrived(message=message, by=sam)
    message.refresh_from_db()
    assert (message.state, message.sent_at) == ("sent", message.sending_started_at)
    assert not Message.objects.problems().exists()
    assert recorded(message) == ["messaging.message_arrived"]
    with pytest.raises(Refused):
        actions.mark_arrived(message=message, by=sam)


def test_mark_done_takes_it_off_the_lists(sam):
    message = make_message(state="cannot_make", wanted_format="braille")
    actions.mark_done(message=message, note="Brailled by the library.", by=sam)
    message.refresh_from_db()
    assert (message.state, message.outcome) == ("sent", "Brailled by the library.")
    assert not Message.objects.problems().exists()
    with pytest.raises(Refused, match="seen to"):
        actions.mark_done(message=message, by=sam)


def test_set_aside_keeps_what_it_is(sam):
    failed, call = make_message(state="failed"), make_call()
    actions.set_aside(message=failed, by=sam)
    actions.set_aside(message=call, by=sam)
    failed.refresh_from_db()
    call.refresh_from_db()
    assert (failed.state, call.state) == ("failed", "withheld")
    assert not Message.objects.problems().exists()
    assert not Message.objects.to_call().exists()


@pytest.mark.parametrize(
    ("result", "state", "handled"),
    [("spoke", "sent", True), ("left_message", "to_do", False), ("no_answer", "to_do", False)],
)
def test_record_call(sam, result, state, handled):
    message = make_call()
    actions.record_call(message=message, result=result, note="At 2pm.", by=sam)
    message.refresh_from_db()
    assert (message.state, bool(message.handled_at), message.attempts) == (state, handled, 1)
    assert message.outcome.endswith("At 2pm.")
    entry = AuditEntry.objects.get(on_key=message.key)
    assert (entry.action, entry.detail["result"]) == ("messaging.call_made", result)


def test_record_call_twice_is_refused(sam):
    message = make_call()
    actions.record_call(message=message, result="spoke", by=sam)
    with pytest.raises(Refused):
        actions.record_call(message=message, result="spoke", by=sam)


def test_batch_takes_each_letter_once(sam):
    first = make_letter()
    make_letter(make_person("Grace Hope"))
    batch = actions.make_batch(by=sam)
    assert batch.messages.count() == 2
    with pytest.raises(Refused, match="No letters"):
        actions.make_batch(by=sam)
    actions.put_back(message=first, by=sam)
    assert actions.make_batch(by=sam).messages.get() == first


def test_mark_posted_twice_is_once(sam):
    letter = make_letter()
    batch = make_batch(letter)
    actions.mark_posted(batch=batch, by=sam)
    first = actions.mark_posted(batch=batch, by=make_staff()).posted_by
    letter.refresh_from_db()
    assert first == sam
    assert (letter.state, letter.sent_at is not None) == ("sent", True)
    assert recorded(letter) == ["messaging.letter_posted"]
    with pytest.raises(Refused, match="posted"):
        actions.put_back(message=letter, by=sam)


# --- forgetting ---------------------------------------------------------------------------------


def test_forget_words_blanks_the_old_and_keeps_the_rows():
    old = make_message(created_at=timezone.now() - dt.timedelta(days=1100), state="sent")
    young = make_message(old.person, state="sent")
    before = dt.date.today() - dt.timedelta(days=1095)  # noqa: DTZ011
    assert actions.forget_words(before, True) == 1
    assert Message.objects.with_words().count() == 2
    assert actions.forget_words(before, False) == 1
    assert actions.forget_words(before, False) == 0
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.body, old.subject, old.address, old.state) == ("", "", "", "sent")
    assert str(old) == "Words no longer kept"
    assert young.body


@pytest.mark.parametrize("state", ["queued", "to_do", "kept", "cannot_make"])
def test_erase_words_blanks_all_and_stops_what_waits(sam, state):
    person = make_person("Marker Person", email="marker@example.org")
    message = make_message(
        person, state=state, body="marker", short="marker", address="marker", outcome="marker",
        subject="marker", calendar="marker", wanted_detail="marker", what_went_wrong="marker",
    )  # fmt: skip
    other = make_message()
    registry.HOLDINGS["messaging"].erase(person, sam)
    message.refresh_from_db()
    other.refresh_from_db()
    held = [str(getattr(message, field.attname)) for field in Message._meta.concrete_fields]
    assert "marker" not in " ".join(held)
    assert message.state == "withheld"
    assert other.body


def test_holdings_export_says_what_we_wrote_without_our_marks():
    message = make_message(state="sent", body="You have a place.\n\n## When\n\n- Monday")
    (row,) = registry.HOLDINGS["messaging"].export(message.person)
    assert row["Words"] == "You have a place.\n\nWhen\n\n- Monday"
    assert row["Sent to"] == "ada@example.org"
    assert registry.RETENTIONS["messaging.messages"].days == 1095
    assert registry.teller() is actions.send


# --- cards --------------------------------------------------------------------------------------


def test_cards_by_what_staff_may_do(django_assert_num_queries):
    person = make_person()
    make_call(person)
    make_letter(person)
    make_batch(make_letter(person))
    make_message(person, state="failed")
    make_message(person, state="failed", handled_at=timezone.now())
    make_message(person, state="cannot_make", wanted_format="braille", channel="post")
    make_message(person, state="cannot_make", channel="none")
    make_message(person, state="sent")
    coordinator = make_staff("coordinator")
    cards.for_staff(coordinator)
    with django_assert_num_queries(1):
        shown = {card.title: card.count for card in cards.for_staff(coordinator)}
    assert shown == {
        "Phone calls to make": 1,
        "Make 1 message: braille": 1,
        "Messages that need you": 2,
        "Letters to print": 1,
        "Letters to mark as posted": 1,
        "Messages": None,
        "Post": None,
    }
    assert [card.title for card in cards.for_staff(make_staff("post_room"))] == [
        "Letters to print",
        "Letters to mark as posted",
        "Post",
    ]
    assert cards.for_staff(make_staff("executive")) == []


def test_send_costs_few_queries(set_up, django_assert_max_num_queries):
    person = make_person(email="ada@example.org")
    send(person)
    with django_assert_max_num_queries(11):
        send(person, once="x")

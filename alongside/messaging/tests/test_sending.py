"""Delivering: every phase of SMTP, and what an email looks like when it arrives."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from alongside.accounts.models import AuditEntry
from alongside.core import jobs
from alongside.core.models import Job
from alongside.messaging import mails, sending, tasks
from alongside.messaging.models import Message
from alongside.messaging.tests.factories import make_message
from alongside.messaging.tests.mail_server import HANG_UP, MailServer
from alongside.people.tests.factories import make_person

pytestmark = pytest.mark.django_db

INVITE = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:abc@example.org\r\n"
    "SUMMARY:Café workshop\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def mail(settings):
    """Set email up to go to a server of this test's own."""
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_USE_TLS = False
    settings.EMAIL_HOST_USER = ""
    settings.EMAIL_TIMEOUT = 5
    settings.DEFAULT_FROM_EMAIL = "Alongside <alongside@example.org>"
    settings.SITE_URL = "https://alongside.example.org"

    def start(**facts):
        server = MailServer(**facts)
        servers.append(server)
        server.__enter__()
        settings.EMAIL_PORT = server.port
        return server

    servers = []
    yield start
    for server in servers:
        server.__exit__(None, None, None)


def state_after(message):
    message.refresh_from_db()
    return message.state


def test_deliver_sends_once(mail):
    server, message = mail(), make_message()
    assert sending.deliver(message.key) is False
    assert state_after(message) == "sent"
    assert message.sent_at is not None
    assert message.attempts == 1
    sending.deliver(message.key)
    assert len(server.taken) == 1
    assert (
        AuditEntry.objects.filter(action="messaging.message_sent", on_key=message.key).count() == 1
    )


@pytest.mark.parametrize(
    ("answers", "state", "again"),
    [
        # before a word of it went: try again later
        ({"greet": HANG_UP}, "queued", True),
        ({"greet": "421 too busy"}, "queued", True),
        ({"greet": "554 no"}, "queued", True),
        ({"EHLO": HANG_UP}, "queued", True),
        ({"MAIL": "451 later"}, "queued", True),
        ({"MAIL": HANG_UP}, "queued", True),
        ({"RCPT": "450 greylisted"}, "queued", True),
        ({"RCPT": HANG_UP}, "queued", True),
        ({"DATA": "451 not now"}, "queued", True),
        ({"DATA": HANG_UP}, "queued", True),
        # it said no for good
        ({"MAIL": "550 not you"}, "failed", False),
        ({"RCPT": "550 no such person"}, "failed", False),
        ({"DATA": "554 no"}, "failed", False),
        ({"words": "554 spam"}, "failed", False),
        # it had the words, and said in so many words that it did not keep them
        ({"words": "451 disk full"}, "queued", True),
        # it had the words, and said nothing
        ({"words": HANG_UP}, "fate_unknown", False),
        # it has them, whatever happened afterwards
        ({"QUIT": HANG_UP}, "sent", False),
    ],
    ids=str,
)
def test_every_phase_of_smtp(mail, answers, state, again):
    mail(answers=answers)
    message = make_message()
    assert sending.deliver(message.key) is again
    assert state_after(message) == state
    assert bool(message.what_went_wrong) is (state != "sent")
    assert (message.sent_at is not None) is (state == "sent")


def test_a_bounce_says_what_the_server_said(mail):
    mail(answers={"RCPT": "550 no such person here"})
    message = make_message()
    sending.deliver(message.key)
    message.refresh_from_db()
    assert "address does not work" in message.what_went_wrong
    assert "550 no such person here" in message.what_went_wrong


def test_no_server_at_all_is_tried_again(settings, mail):
    mail()
    settings.EMAIL_PORT = 1
    message = make_message()
    assert sending.deliver(message.key) is True
    assert state_after(message) == "queued"


def test_silence_after_the_words_is_fate_unknown(settings, mail):
    mail(hold=True)
    settings.EMAIL_TIMEOUT = 0.2
    message = make_message()
    sending.deliver(message.key)
    assert state_after(message) == "fate_unknown"


def test_a_message_is_given_up_after_many_tries(mail):
    mail(answers={"greet": "421 too busy"})
    message = make_message(attempts=sending.MOST_TRIES - 1)
    assert sending.deliver(message.key) is False
    assert state_after(message) == "failed"


def test_a_message_somebody_was_sending_is_never_sent_again(mail):
    server = mail()
    message = make_message(state="sending", sending_started_at=timezone.now())
    sending.deliver(message.key)
    assert state_after(message) == "fate_unknown"
    assert server.taken == []


def test_the_slow_sender_knows_better_than_who_gave_it_up(mail):
    mail()
    message = make_message()
    taken = sending._take(message.key)
    sending.deliver(message.key)
    assert state_after(message) == "fate_unknown"
    sending._report(taken, "sent", sent_at=timezone.now())
    assert state_after(message) == "sent"


def test_find_lost_marks_messages_whose_sender_is_silent():
    now = timezone.now()
    lost = make_message(state="sending", sending_started_at=now - dt.timedelta(minutes=20))
    going = make_message(state="sending", sending_started_at=now - dt.timedelta(minutes=1))
    assert sending.find_lost(now=now) == 1
    assert state_after(lost) == "fate_unknown"
    assert state_after(going) == "sending"


def test_nothing_goes_when_no_channel_is_set_up(settings):
    settings.EMAIL_HOST = ""
    message = make_message()
    sending.deliver(message.key)
    assert state_after(message) == "kept"


def test_erased_words_do_not_go(mail):
    server = mail()
    message = make_message(body="", address="")
    sending.deliver(message.key)
    assert state_after(message) == "withheld"
    assert server.taken == []


def test_the_task_tries_again_with_back_off_and_then_sends_once(mail, settings):
    good = mail()
    message = make_message()
    tasks.deliver.enqueue(message.key)
    settings.EMAIL_PORT = 1
    assert jobs.run_due(raising=False) == 1
    job = Job.objects.get(task="alongside.messaging.tasks.deliver")
    assert job.due_at > timezone.now()
    assert state_after(message) == "queued"
    settings.EMAIL_PORT = good.port
    with time_machine.travel(job.due_at + dt.timedelta(seconds=1)):
        assert jobs.run_due() == 1
    assert state_after(message) == "sent"
    assert len(good.taken) == 1


# --- what arrives -----------------------------------------------------------------------------


def arrived(mail, **facts):
    server = mail()
    message = make_message(**facts)
    sending.deliver(message.key)
    assert state_after(message) == "sent"
    return message, server.mails()[0]


def test_email_has_the_words_twice_and_says_what_it_is(mail):
    message, got = arrived(mail)
    assert got["To"] == "ada@example.org"
    assert got["From"].addresses[0].addr_spec == "alongside@example.org"
    assert got["Subject"] == message.subject
    assert got["Message-ID"] == f"<{message.key}@example.org>"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["List-Unsubscribe"] is None
    plain = got.get_body(("plain",)).get_content()
    html = got.get_body(("html",)).get_content()
    assert "Dear Ada Bright," in plain
    assert "## " not in plain
    assert "When\r\n\r\nMonday 24 January 2022" in plain.replace("\r\n", "\n").replace("\n", "\r\n")
    assert '<html lang="en-GB">' in html
    assert '<a href="https://alongside.example.org/me/bookings/abc/"' in html
    assert "font-size: 12pt" in html
    for unwanted in ("<img", "http://", "utm_", "<script"):
        assert unwanted not in html


def test_hostile_words_stay_words(mail):
    body = 'Dear <script>alert(1)</script>,\n\n"Hi" & bye\n\n.\n\n.leading dot'
    _message, got = arrived(mail, body=body, subject="<b>Café</b> 😀 " + "x" * 200)
    html = got.get_body(("html",)).get_content()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert got["Subject"].startswith("<b>Café</b> 😀")
    assert ".leading dot" in got.get_body(("plain",)).get_content()


def test_large_print_email_is_large(mail):
    _message, got = arrived(mail, wanted_format="large_print", wanted_detail="24 point")
    assert "font-size: 24pt" in got.get_body(("html",)).get_content()


def test_invitations_say_how_to_stop_them(mail):
    _message, got = arrived(mail, purpose="invitations")
    assert got["List-Unsubscribe"] == "<https://alongside.example.org/me/contact/>"


@pytest.mark.parametrize(
    ("method", "filename"), [("REQUEST", "invite.ics"), ("CANCEL", "cancelled.ics")]
)
def test_calendar_entry_is_an_alternative_and_a_file(mail, method, filename):
    _message, got = arrived(mail, calendar=INVITE.replace("REQUEST", method))
    assert got.get_content_type() == "multipart/mixed"
    alternative, file = got.iter_parts()
    assert alternative.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in alternative.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    entry = list(alternative.iter_parts())[2]
    assert entry["Content-Type"].params["method"] == method
    assert entry["Content-Type"].params["charset"] == "utf-8"
    assert "SUMMARY:Café workshop" in entry.get_content()
    assert file.get_content_type() == "application/ics"
    assert file.get_filename() == filename
    assert b"SUMMARY:Caf\xc3\xa9 workshop\r\n" in file.get_content()


def test_text_goes_through_the_gateway(mail, settings):
    settings.TEXT_GATEWAY_DOMAIN = "texts.example.org"
    server = mail()
    message = make_message(channel="text", address="07700900123", short="You have a place – 2pm")
    sending.deliver(message.key)
    assert state_after(message) == "sent"
    assert (
        server.to == ["RCPT TO:<07700900123@texts.example.org>"]
        or "07700900123@texts.example.org" in server.to[0]
    )
    got = server.mails()[0]
    assert got.get_content_type() == "text/plain"
    assert got.get_content().strip() == "You have a place – 2pm"


@pytest.mark.parametrize(
    "address", ["no address", "a@b@c", "ada@example.org\r\nRCPT TO:<x@y.z>", "café@example.org"]
)
def test_an_address_no_email_can_go_to_fails_plainly(mail, address):
    server = mail()
    message = make_message(address=address)
    sending.deliver(message.key)
    assert state_after(message) == "failed"
    assert server.taken == []


def test_a_message_of_unknown_fate_keeps_its_identity_when_sent_again(settings):
    settings.DEFAULT_FROM_EMAIL = "alongside@example.org"
    first = make_message(state="fate_unknown")
    again = make_message(first.person, resend_of=first)
    assert mails.message_id(again) == mails.message_id(first)
    failed = make_message(state="failed")
    other = make_message(failed.person, resend_of=failed)
    assert mails.message_id(other) != mails.message_id(failed)


def test_everything_about_delivery_is_by_the_system(mail):
    mail()
    message = make_message(make_person("Grace Hope", email="grace@example.org"))
    sending.deliver(message.key)
    entry = AuditEntry.objects.get(on_key=message.key)
    assert entry.actor.is_system
    assert entry.about_key == message.person.key
    assert "grace" not in str(entry.detail).lower()
    assert Message.objects.get().state == "sent"

"""kill -9 between a step and its messages: nobody is told twice, nobody is left out."""

import http.client
import os
import re
import signal
from collections import Counter
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.tests.factories import make_staff
from alongside.accounts.tests.signing import sign_in
from alongside.core.models import Job
from alongside.core.tests.processes import children_of, free_port, manage, wait_for
from alongside.events import actions as events
from alongside.events.models import Booking
from alongside.messaging.models import Message
from alongside.messaging.tests.mail_server import MailServer
from alongside.opportunities import tasks
from alongside.opportunities.models import Invitation
from alongside.opportunities.tests.factories import make_opportunity
from alongside.organisation.tests.factories import make_topic
from alongside.people.models import ContactConsent, Interest, Person
from alongside.people.tests.factories import make_member

pytestmark = [pytest.mark.kill, pytest.mark.django_db(transaction=True)]
CROWD = 400
A_QUARTER = CROWD // 4


def all_of(process):
    """List a process and all it started."""
    return [process, *(one for child in children_of(process) for one in all_of(child))]


def killed_worker(tmp_path, how_many):
    """Start a worker, kill it when it is some way into its work; return how far it was."""
    with manage(tmp_path, "work") as worker:
        wait_for("it is some way in", lambda: how_many() >= A_QUARTER, tmp_path)
        worker.kill()
        worker.wait(timeout=10)
    return how_many()


def finished(tmp_path, task):
    """Let another worker finish the work, and return its job."""
    with manage(tmp_path, "work"):
        done = Job.objects.filter(task=task, state=Job.State.DONE)
        wait_for("another worker finished it", done.exists, tmp_path, seconds=90)
    return Job.objects.get(task=task)


def crowd():
    Person.objects.bulk_create(
        Person(full_name=f"Person {number}", email=f"p{number}@example.org")
        for number in range(CROWD)
    )
    return list(Person.objects.order_by("pk"))


def test_killed_while_everybody_is_told_each_is_told_once(tmp_path):
    by = audit.system()
    event = make_opportunity(capacity=CROWD).event
    now = timezone.now()
    Booking.objects.bulk_create(
        Booking(event=event, person=person, state="booked", booked_at=now, entered_by=by)
        for person in crowd()
    )
    events.cancel_event(event=event, because="Illness", by=by)

    told = Message.objects.filter(letter="events/event_cancelled")
    assert killed_worker(tmp_path, told.count) < CROWD
    job = finished(tmp_path, "alongside.events.tasks.tell_all")
    assert job.attempt == 2
    assert Counter(told.values_list("person", flat=True)) == Counter(
        Person.objects.values_list("pk", flat=True)
    )


def test_killed_while_people_are_invited_each_is_invited_once(tmp_path):
    by = make_staff("coordinator")
    topic = make_topic("Carers")
    advert = make_opportunity(topics=(topic,))
    people = crowd()
    Interest.objects.bulk_create(Interest(person=person, topic=topic) for person in people)
    ContactConsent.objects.bulk_create(
        ContactConsent(
            person=person,
            purpose="invitations",
            given_how="online",
            recorded_by=by,
            review_on=timezone.localdate(),
        )
        for person in people
    )
    tasks.invite_people.enqueue(advert.key, by.key)

    assert killed_worker(tmp_path, Invitation.objects.count) < CROWD
    assert finished(tmp_path, "alongside.opportunities.tasks.invite_people").attempt == 2
    everybody = Counter(person.pk for person in people)
    told = Message.objects.filter(letter="opportunities/invitation")
    assert Counter(told.values_list("person", flat=True)) == everybody
    assert Counter(Invitation.objects.values_list("person", flat=True)) == everybody


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc, so Linux only")
def test_web_killed_after_the_booking_the_booking_stands_and_its_message_goes(tmp_path):
    advert = make_opportunity()
    member = make_member("ada@example.org", full_name="Ada Bright", connection="carer")
    browser = Client()
    sign_in(browser, member)
    for step, said in (("needs", {}), ("how", {"company": "alone", "category": "volunteer"})):
        browser.post(reverse("opportunities:book_step", args=[advert.slug, step]), said)
    check = reverse("opportunities:book_check", args=[advert.slug])
    found = re.search(r'name="seal" value="(\w+)"', browser.get(check).content.decode())
    assert found, "the last question was not answered"

    port, token = free_port(), "a" * 32
    with MailServer() as server:
        mail = {
            "ALONGSIDE_SMTP_HOST": "127.0.0.1",
            "ALONGSIDE_SMTP_PORT": str(server.port),
            "ALONGSIDE_SMTP_TLS": "off",
        }
        with manage(tmp_path, "serve", "--jobs", "0", "--port", str(port), **mail) as serve:
            assert "ready" in serve.stdout.readline()
            web = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            web.request(
                "POST",
                check,
                urlencode({"seal": found[1], "csrfmiddlewaretoken": token}),
                {
                    "Cookie": f"session={browser.session.session_key}; csrf={token}",
                    "Content-Type": "application/x-www-form-urlencoded",
                },
            )
            answer = web.getresponse()
            for process in all_of(serve.pid):
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            serve.wait(timeout=10)
        assert answer.status == 302
        booking = Booking.objects.get(person=member.person)
        assert answer.headers["Location"].startswith(f"/me/bookings/{booking.key}/")
        assert booking.state == "booked"
        assert Message.objects.get().state == "queued"
        assert server.taken == []

        with manage(tmp_path, "work", **mail):
            wait_for("it went", lambda: Message.objects.get().state == "sent", tmp_path)
        assert len(server.taken) == 1

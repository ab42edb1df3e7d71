"""A worker is killed with -9 around a message: it goes once, or somebody knows that we do not know."""

import signal

import pytest

from alongside.accounts import audit
from alongside.core.tests.processes import manage, wait_for
from alongside.messaging import tasks
from alongside.messaging.models import Message
from alongside.messaging.tests.factories import make_message
from alongside.messaging.tests.mail_server import MailServer
from alongside.people.tests.factories import make_person

pytestmark = [pytest.mark.kill, pytest.mark.django_db(transaction=True)]


def mail_settings(server):
    return {
        "ALONGSIDE_SMTP_HOST": "127.0.0.1",
        "ALONGSIDE_SMTP_PORT": str(server.port),
        "ALONGSIDE_SMTP_TLS": "off",
    }


def state():
    return Message.objects.values_list("state", flat=True).get()


def test_killed_while_the_words_went_is_fate_unknown_and_never_sent_again(tmp_path):
    audit.system()
    tasks.deliver.enqueue(make_message().key)
    with MailServer(hold=True) as server:
        with manage(tmp_path, "work", **mail_settings(server)) as worker:
            wait_for("the words came", server.came.is_set, tmp_path)
            worker.kill()
            worker.wait(timeout=10)
        assert state() == "sending"

        server.hold = False
        with manage(tmp_path, "work", **mail_settings(server)):
            wait_for("somebody noticed", lambda: state() == "fate_unknown", tmp_path)
            # Another message goes by after it, so the worker had every chance to send it again.
            other = make_message()
            tasks.deliver.enqueue(other.key)
            wait_for(
                "the other went",
                lambda: Message.objects.get(pk=other.pk).state == "sent",
                tmp_path,
            )
        assert len(server.taken) == 2
    assert set(Message.objects.values_list("state", flat=True)) == {"fate_unknown", "sent"}


TELL = """
import os, signal
from django.db import transaction
from alongside.accounts import audit
from alongside.messaging import actions
from alongside.people.models import Person
with transaction.atomic():
    person = Person.objects.get()
    person.full_name = "Told"
    person.save()
    actions.send(person=person, letter="accounts/email_changed", context={{}}, by=audit.system())
    {before}
os.kill(os.getpid(), signal.SIGKILL)
"""
KILL = "os.kill(os.getpid(), signal.SIGKILL)"


@pytest.mark.parametrize(("before", "told"), [("pass", True), (KILL, False)])
def test_killed_around_the_commit_both_stand_or_neither(tmp_path, before, told):
    audit.system()
    person = make_person("Not told", email="ada@example.org")
    with MailServer() as server:
        facts = mail_settings(server)
        with manage(tmp_path, "shell", "-c", TELL.format(before=before), **facts) as process:
            assert process.wait(timeout=30) == -signal.SIGKILL
        person.refresh_from_db()
        assert (person.full_name == "Told") is told
        assert Message.objects.filter(state="queued").exists() is told
        assert server.taken == []

        with manage(tmp_path, "work", **facts):
            other = make_message()
            tasks.deliver.enqueue(other.key)
            wait_for(
                "all that was queued went",
                lambda: not Message.objects.exclude(state="sent").exists(),
                tmp_path,
            )
        assert len(server.taken) == (2 if told else 1)

"""What the invitation says."""

import datetime as dt

import pytest

from alongside.accounts.tests.factories import make_staff
from alongside.messaging.models import Message
from alongside.opportunities import actions
from alongside.opportunities.rules import LONDON
from alongside.opportunities.tests.factories import make_opportunity
from alongside.organisation.tests.factories import make_topic, make_trust
from alongside.people import actions as people
from alongside.people.tests.factories import make_person

pytestmark = pytest.mark.django_db


def invited(**fields: object) -> Message:
    make_trust()
    topic = make_topic()
    person = make_person(email="ada@example.org", consent=True)
    people.follow_topics(person=person, topics=[topic], by=make_staff())
    start = dt.datetime(2040, 1, 24, 14, tzinfo=LONDON)
    advert = make_opportunity(
        topics=(topic,),
        starts_at=start,
        ends_at=start + dt.timedelta(minutes=90),
        closes_at=dt.datetime(2040, 1, 14, 23, 59, tzinfo=LONDON),
        **fields,
    )
    assert actions.invite(opportunity=advert, person=person, by=make_staff())
    return Message.objects.get()


def test_an_invitation_says_what_when_where_and_how_to_say_yes() -> None:
    message = invited(ask_by_post="Involvement team\n1 Example Road", pays_remote=True)
    assert message.purpose == "invitations"
    assert message.subject == "Would you like to take part? Charter workshop"
    for words in [
        "Tuesday 24 January 2040, 2pm to 3:30pm",
        "Online, by Lifesize",
        "Unpaid. You can claim for taking part remotely",
        "11:59pm on Saturday 14 January 2040",
        "/opportunities/charter-workshop/",
        "01632 960 001",
        "1 Example Road",
        "pause them",
    ]:
        assert words in message.body
    assert "Reply by 14 January 2040" in message.short


def test_an_invitation_never_holds_how_to_join() -> None:
    message = invited()
    assert "join-4711" not in message.body + message.short


def test_an_invitation_to_a_selection_says_ask_and_not_book() -> None:
    body = invited(by_selection=True).body
    assert "ask for a place here" in body
    assert "book a place" not in body


def test_a_hostile_title_stays_words() -> None:
    message = invited(title="Come\r\nBcc: all@example.org <script>")
    assert "\n" not in message.subject
    assert "\r" not in message.subject

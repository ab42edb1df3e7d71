"""Every letter can be read, drawn and sent in every way somebody may need."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import jinja2.meta
import pytest
from django.utils import timezone

from alongside.messaging import letters
from tests.house import letters as letter_files

WHEN = timezone.now() + dt.timedelta(days=20)
LONG_NAME = " ".join(["عائشة 👩🏽‍🦽 O'Brien & Sons <b>Ltd</b>"] * 3)
# A true value for every word a letter may use. A new word fails until it stands here.
FACTS: dict[str, Any] = {
    "again": "https://alongside.example/again/",
    "address": "https://alongside.example/opportunities/x/",
    "arranged_for": WHEN,
    "because": "The room is shut.",
    "booking_address": "https://alongside.example/me/bookings/x/",
    "by_selection": True,
    "closes_at": WHEN,
    "code": "ABC-DEF",
    "companion": "Cy Bright",
    "days": 3,
    "email": "involvement@trust.example",
    "ends_at": WHEN + dt.timedelta(minutes=90),
    "event": "Charter workshop",
    "getting_there": "Bus 4 stops outside.\nThere is a lift.",
    "giver": "Sam Staff",
    "has_place": True,
    "joining": "https://video.example/join\nCode 1234",
    "last": WHEN.date(),
    "link": "https://alongside.example/link/",
    "minutes": 15,
    "mode": "both",
    "offer_ends_at": WHEN,
    "payment": "You can claim £5.",
    "phone": "01632 960 000",
    "place_changed": True,
    "places": 2,
    "platform": "Lifesize",
    "post": "1 Hill Road\nAton",
    "remind": True,
    "sign_in": "https://alongside.example/sign-in/",
    "site_url": "https://alongside.example",
    "starts_at": WHEN,
    "summary": "Help us write our charter.",
    "support": ["A briefing before the workshop", "Help with the video system"],
    "support_name": "A briefing before the workshop",
    "title": "Charter workshop",
    "trust": "Hollow Hill NHS Trust",
    "until": WHEN.date(),
    "venue": "Hill House\nAton",
    "wants_two": True,
    "was": "booked",
    "was_when": "Friday 20 January 2023, 2pm to 3:30pm",
    "what": "the app was removed",
    "where": "Online",
}
ALWAYS = {"name", "trust", "contact", "site_url"}
# What may be missing, as it is then.
NOTHING: dict[str, Any] = {
    **dict.fromkeys(
        ["companion", "getting_there", "joining", "platform", "venue", "because", "payment"], ""
    ),
    **dict.fromkeys(["email", "phone", "post", "giver", "where", "was_when"], ""),
    "place_changed": False,
    "support": [],
    "remind": False,
    "wants_two": False,
    "by_selection": False,
    "has_place": False,
    "places": 1,
    "arranged_for": None,
    "mode": "online",
    "was": "waiting",
}
NEVER = re.compile(r"\{\{|\}\}|\{%|Undefined|\bNone\b|\bTrue\b|\bFalse\b|\[\]|\['|&lt;|&amp;|  +\S")


def test_every_letter_file_is_found():
    assert set(letters.all_letters()) == set(letter_files())
    assert letter_files(), "there are no letters"


@pytest.mark.parametrize("code", letter_files())
def test_a_letter_is_short_and_plain(code):
    letter = letters.letter(code)
    words = letter.body.casefold()
    assert not re.search(r"^dear\b|yours (sincerely|faithfully)|kind regards", words, re.MULTILINE)
    assert "click here" not in words
    assert letter.purpose in {"service", "invitations"}


@pytest.mark.parametrize("facts", ["everything", "nothing", "hostile"])
@pytest.mark.parametrize("code", letter_files())
def test_a_letter_reads_well_whatever_is_known(code, facts):
    letter = letters.letter(code)
    environment = letters._environment()
    asked = set().union(
        *(
            jinja2.meta.find_undeclared_variables(environment.parse(part))
            for part in (letter.subject, letter.text, letter.body)
        )
    )
    assert asked <= set(FACTS) | ALWAYS, f"say what {asked - set(FACTS) - ALWAYS} is, in FACTS"
    context = {name: FACTS[name] for name in asked & set(FACTS)}
    if facts == "nothing":
        context |= {name: value for name, value in NOTHING.items() if name in context}
    if facts == "hostile":
        context |= {
            name: LONG_NAME
            for name, value in context.items()
            if name in {"event", "title", "companion", "because", "summary", "giver"} and value
        }
    words = letters.render(code, context, greeting="Hello Ada", ending="Hollow Hill NHS Trust")
    said = "\n".join([words.subject, words.short, words.body.replace("  \n", "\n")])
    assert "\n" not in words.subject
    assert "\n" not in words.short
    assert facts == "hostile" or len(words.subject) <= 90
    assert 0 < len(words.short) <= 306, "two joined text messages at most"
    found = NEVER.search(said.replace(LONG_NAME, "X"))
    assert found is None, f"{found and said[max(0, found.start() - 60) : found.end() + 20]!r}"
    if facts == "hostile" and "event" in asked:
        assert "<b>" in words.body, "plain text is not escaped in plain text"


WAYS = {
    "email": {"email": "ada@people.example"},
    "text": {"mobile": "07700 900 123", "needs": ["by_text"]},
    "post": {"postal_address": "1 Road\nAton", "postcode": "ZZ1 1ZZ", "needs": ["by_post"]},
    "phone": {"phone": "01632 960 111", "needs": ["by_phone"]},
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_every_letter_goes_every_way(way, settings):
    settings.TEXT_GATEWAY_DOMAIN = "text.example"
    from alongside.accounts import audit
    from alongside.messaging import actions, blocks, mails, paper
    from alongside.organisation.tests.factories import make_trust
    from alongside.people.tests.factories import make_person

    make_trust()
    person = make_person("Ada Bright", consent=True, **WAYS[way])
    made = [
        actions.send(person=person, letter=code, context=FACTS, by=audit.system())
        for code in letter_files()
        if not code.startswith("accounts/")  # codes and links go by email only, by another way
    ]
    assert {message.channel for message in made} == {way}
    for message in made:
        assert blocks.read(message.body)
        if way in {"email", "text"}:
            mail = mails.draw(message, house="Hollow Hill NHS Trust")
            assert mail["To"]
            assert "{{" not in mail.as_string()
    if way == "post":
        assert paper.pdf(made, title="Letters").startswith(b"%PDF")

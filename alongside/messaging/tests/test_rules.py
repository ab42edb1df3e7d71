"""Which way a person hears from us, as tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.messaging import rules
from alongside.messaging.rules import Addresses, Stated, choose_way
from alongside.people.needs import NEEDS

ALL = Addresses(
    email="ada@example.org",
    mobile="07700 900123",
    phone="01632 960000",
    post="1 High Street\nMaidstone\nME1 1AA",
)
ONLY_EMAIL = Addresses(email="ada@example.org")
ONLY_POST = Addresses(post="1 High Street")
ONLY_PHONE = Addresses(phone="01632 960000")
NOTHING = Addresses()


def way(*codes, to=ALL, **facts):
    stated = [Stated(*code) if isinstance(code, tuple) else Stated(code) for code in codes]
    facts = {"paused": False, "consent": True, **facts}
    return choose_way(stated, to, **facts)


@pytest.mark.parametrize(
    ("codes", "to", "channel", "state"),
    [
        # nothing stated: email, text, post, phone, or nobody can reach them
        ([], ALL, "email", "queued"),
        ([], Addresses(mobile="07700900123", phone="01632960000", post="1 High Street"), "text", "queued"),
        ([], Addresses(phone="01632960000", post="1 High Street"), "post", "to_do"),
        ([], ONLY_PHONE, "phone", "to_do"),
        ([], Addresses(mobile="01632 960000"), "phone", "to_do"),  # a landline in the wrong box
        ([], NOTHING, "none", "cannot_make"),
        # a stated way of contact wins
        (["by_email"], ALL, "email", "queued"),
        (["by_text"], ALL, "text", "queued"),
        (["by_post"], ALL, "post", "to_do"),
        (["by_phone"], ALL, "phone", "to_do"),
        (["text_relay"], ALL, "phone", "to_do"),
        ([("via_person", "Sam, 01632 960001")], ALL, "phone", "to_do"),
        ([("via_person", "Sam"), "by_email", "braille"], ALL, "phone", "to_do"),
        (["via_person"], ALL, "none", "cannot_make"),  # nobody said whom
        # several: the first that we have an address for
        (["by_post", "by_email"], ALL, "email", "queued"),
        (["by_post", "by_email"], ONLY_POST, "post", "to_do"),
        (["by_text", "by_phone"], ONLY_PHONE, "phone", "to_do"),
        # a stated way without an address is seen by somebody, not turned into an email
        (["by_post"], ONLY_EMAIL, "none", "cannot_make"),
        (["by_phone"], ONLY_EMAIL, "none", "cannot_make"),
        (["text_relay"], ONLY_EMAIL, "none", "cannot_make"),
        (["by_text"], Addresses(email="a@example.org", mobile="01632 960000"), "none", "cannot_make"),
        (["by_email"], ONLY_POST, "none", "cannot_make"),
        # large print: a letter, unless they asked for email
        (["large_print"], ALL, "post", "to_do"),
        (["large_print", "by_email"], ALL, "email", "queued"),
        (["large_print", "by_post"], ALL, "post", "to_do"),
        (["large_print", "by_text"], ALL, "text", "queued"),
        (["large_print"], ONLY_EMAIL, "email", "queued"),
        (["large_print", "by_post"], ONLY_EMAIL, "none", "cannot_make"),
        # a screen reader: never paper
        (["screen_reader"], ALL, "email", "queued"),
        (["screen_reader"], ONLY_PHONE, "phone", "to_do"),
        (["screen_reader"], ONLY_POST, "post", "cannot_make"),
        (["screen_reader", "by_post"], ALL, "post", "cannot_make"),
        # what we cannot make
        (["braille"], ALL, "post", "cannot_make"),
        (["braille"], ONLY_EMAIL, "email", "cannot_make"),
        (["braille"], ONLY_PHONE, "none", "cannot_make"),
        (["braille"], NOTHING, "none", "cannot_make"),
        (["braille", "by_email"], ALL, "email", "cannot_make"),
        (["braille", "by_phone"], ALL, "phone", "to_do"),
        (["audio"], ALL, "post", "cannot_make"),
        (["audio", "by_phone"], ALL, "phone", "to_do"),
        (["audio", "by_text"], ALL, "text", "cannot_make"),
        (["bsl_video"], ALL, "email", "cannot_make"),
        (["bsl_video", "by_phone"], ALL, "phone", "cannot_make"),
        (["bsl_video", "text_relay"], ALL, "phone", "cannot_make"),
        (["easy_read"], ALL, "email", "cannot_make"),
        (["easy_read", "by_post"], ALL, "post", "cannot_make"),
        (["easy_read", "by_phone"], ALL, "phone", "to_do"),
        (["coloured_paper"], ALL, "post", "cannot_make"),
        (["coloured_paper"], ONLY_EMAIL, "email", "cannot_make"),
        (["coloured_paper", "by_email"], ALL, "email", "queued"),
        # two formats: both must be answered
        (["large_print", "easy_read"], ALL, "email", "cannot_make"),
        (["large_print", "screen_reader"], ALL, "email", "queued"),
        (["braille", "by_email", "by_phone"], ALL, "phone", "to_do"),
    ],
)  # fmt: skip
def test_way_follows_what_was_stated(codes, to, channel, state):
    chosen = way(*codes, to=to)
    assert (chosen.channel, chosen.state) == (channel, state)
    if channel not in {"none"}:
        assert chosen.address
    if state == "cannot_make":
        assert chosen.why.endswith((".", "who."))


@pytest.mark.parametrize("code", sorted(NEEDS))
def test_every_need_people_can_state_has_an_answer(code):
    alone = way((code, "Sam, 01632 960001"))
    assert alone.state in {"queued", "to_do", "cannot_make"}
    group = NEEDS[code].group
    if group not in {"contact", "format"}:
        assert alone == way()


def test_no_format_is_ever_dropped_silently():
    formats = [code for code, need in NEEDS.items() if need.group == "format"]
    assert sorted(formats) == sorted(rules.FORMATS)
    assert {"by_email", "by_text", "by_post", "by_phone", "text_relay", "via_person"} == {
        code for code, need in NEEDS.items() if need.group == "contact"
    }


@given(
    codes=st.sets(st.sampled_from(sorted(NEEDS))),
    addresses=st.builds(
        Addresses,
        email=st.sampled_from(["", "ada@example.org"]),
        mobile=st.sampled_from(["", "07700 900123"]),
        phone=st.sampled_from(["", "01632 960000"]),
        post=st.sampled_from(["", "1 High Street"]),
    ),
)
def test_nothing_goes_by_itself_that_does_not_meet_the_needs(codes, addresses):
    chosen = way(*codes, to=addresses)
    if chosen.state == "queued":
        assert chosen.channel in {"email", "text"}
        assert chosen.address
        assert not codes & {"braille", "audio", "bsl_video", "easy_read", "via_person"}
        named = codes & set(rules.CONTACT)
        assert not named or chosen.channel in {rules.CONTACT[code] for code in named}
    if chosen.state == "to_do":
        assert chosen.channel in {"post", "phone"}
        assert chosen.address


def test_easy_read_goes_where_the_letter_was_written_in_it():
    chosen = way("easy_read", variants=frozenset({"easy_read"}))
    assert (chosen.channel, chosen.state, chosen.wanted_format) == ("email", "queued", "easy_read")


def test_large_print_keeps_the_size_they_said():
    chosen = way(("large_print", "24 point, bold"))
    assert (chosen.wanted_format, chosen.wanted_detail) == ("large_print", "24 point, bold")


def test_call_keeps_when_to_call_and_relay():
    assert way(("by_phone", "Mornings")).wanted_detail == "Mornings"
    relay = way("text_relay", ("by_phone", "Mornings"))
    assert relay.wanted_format == "text_relay"
    assert relay.wanted_detail == "Mornings"
    assert "18001" in relay.why


@pytest.mark.parametrize(
    ("purpose", "consent", "paused", "state"),
    [
        ("service", False, False, "queued"),
        ("service", False, True, "queued"),
        ("invitations", True, False, "queued"),
        ("invitations", True, True, "withheld"),
        ("invitations", False, False, "withheld"),
        ("invitations", False, True, "withheld"),
    ],
)
def test_consent_and_pause_hold_back_what_is_not_service(purpose, consent, paused, state):
    assert way(purpose=purpose, consent=consent, paused=paused).state == state


def test_what_is_held_back_is_never_a_task_for_staff():
    assert way("braille", purpose="invitations", consent=False).state == "withheld"


def test_texts_need_a_text_channel_where_email_goes():
    unstated = Addresses(mobile="07700 900123", post="1 High Street")
    assert way(to=unstated, texts=False).channel == "post"
    asked = way("by_text", texts=False)
    assert (asked.channel, asked.state) == ("text", "cannot_make")
    assert way("by_text", "by_email", texts=False).channel == "email"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("07700900123", "07700900123"),
        ("07700 900 123", "07700900123"),
        ("+44 7700 900123", "07700900123"),
        ("+44 (0)7700 900123", "07700900123"),
        ("0044 7700-900123", "07700900123"),
        ("(07700) 900–123", "07700900123"),
        ("07624 900123", "07624900123"),  # Isle of Man
        ("07612 900123", None),  # a pager
        ("07012 345678", None),  # a personal number
        ("01632 960000", None),
        ("0770090012", None),
        ("077009001234", None),
        ("+33 6 12 34 56 78", None),
        ("٠٧٧٠٠٩٠٠١٢٣", None),
        ("07700900123; DROP", None),
        ("", None),
    ],
)
def test_uk_mobile(written, number):
    assert rules.uk_mobile(written) == number


@pytest.mark.parametrize(
    ("said", "points"),
    [
        ("18 point", 18),
        ("24pt please", 24),
        ("Size 20, bold", 20),
        ("", 18),
        ("as big as you can", 18),
        ("8", 18),
        ("10 point", 14),
        ("99", 48),
        ("2024", 18),
    ],
)
def test_point_size(said, points):
    assert rules.point_size(said) == points


@pytest.mark.parametrize(
    ("state", "has_words", "erased", "refused"),
    [
        ("failed", True, False, False),
        ("fate_unknown", True, False, False),
        ("kept", True, False, False),
        ("sent", True, False, False),
        ("queued", True, False, True),
        ("sending", True, False, True),
        ("failed", False, False, True),
        ("failed", True, True, True),
    ],
)
def test_why_not_send_again(state, has_words, erased, refused):
    reason = rules.why_not_send_again(state=state, has_words=has_words, erased=erased)
    assert bool(reason) is refused

"""Letters as files, in every room."""

import datetime as dt
import re

import jinja2
import pytest
from jinja2 import meta

from alongside.core.dates import LONDON
from alongside.messaging import blocks, letters, rules

PURPOSES = {"service", "invitations"}
MOMENT = dt.datetime(2030, 1, 14, 14, 0, tzinfo=LONDON)
DATED = re.compile(r"(\w+)\s*\|\s*(?:day|long_day|clock|month)\b")
SPANNED = re.compile(r"(\w+)\s*\|\s*(?:when|span)\(\s*(\w+)")


def every_letter():
    return sorted(letters.all_letters().values(), key=lambda letter: letter.code)


def sample(source):
    """Return something of the right kind for every name a letter uses."""
    env = letters._environment()
    named = meta.find_undeclared_variables(env.parse(source))
    moments = {name for found in SPANNED.findall(source) for name in found}
    moments |= set(DATED.findall(source)) | {name for name in named if name.endswith("_at")}
    return {name: MOMENT if name in moments else f"words of {name}" for name in named}


@pytest.mark.parametrize("letter", every_letter(), ids=lambda letter: letter.code)
def test_every_letter_of_the_house_can_be_written(letter):
    assert letter.purpose in PURPOSES
    assert letter.subject
    plain = re.sub(r"{%.*?%}|{{.*?}}", "", letter.text)
    assert len(plain) <= rules.LONGEST_TEXT
    whole = f"{letter.subject}\n{letter.text}\n{letter.body}"
    written = letters.render(letter.code, sample(whole), greeting="Dear Ada,", ending="Bye")
    assert written.subject == written.subject.strip() != ""
    assert "\n" not in written.subject + written.short
    assert len(written.short) <= rules.LONGEST_TEXT
    read = blocks.read(written.body)
    assert read[0].text == "Dear Ada,"
    assert len(read) > 2
    assert not letter.body.startswith(("Dear", "Hello"))


def test_the_house_has_letters():
    assert {"events/place_booked", "opportunities/invitation"} <= set(letters.all_letters())


def read(tmp_path, text):
    file = tmp_path / "a.letter"
    file.write_text(text, encoding="utf-8")
    return letters._read("room/a", file)


def test_letter_is_read(tmp_path):
    found = read(tmp_path, "purpose: service\nsubject: Hello: you\ntext: Hi\n---\nBody\n")
    assert (found.purpose, found.subject, found.text, found.body) == (
        "service",
        "Hello: you",
        "Hi",
        "Body\n",
    )


@pytest.mark.parametrize(
    "text",
    [
        "purpose: service\nsubject: Hello\ntext: Hi\n",
        "purpose: service\nsubject: Hello\n---\nBody\n",
        "purpose: service\nsubject: Hello\ntext: Hi\n---\n\n",
        "purpose: service\nsubject: Hello\ntext: Hi\nreply: no\n---\nBody\n",
    ],
    ids=["no line", "no text", "no body", "a word we do not know"],
)
def test_a_letter_that_is_not_whole_is_refused(tmp_path, text):
    with pytest.raises(letters.LetterError):
        read(tmp_path, text)


@pytest.fixture
def one_letter(monkeypatch, tmp_path):
    def make(body, subject="S", text="T"):
        found = read(tmp_path, f"purpose: service\nsubject: {subject}\ntext: {text}\n---\n{body}\n")
        monkeypatch.setattr(letters, "all_letters", lambda: {"room/a": found})

    return make


def write(context):
    return letters.render("room/a", context, greeting="Dear Ada,", ending="Bye")


def test_a_name_nobody_gave_is_an_error(one_letter):
    one_letter("Hello {{ who }}")
    with pytest.raises(jinja2.UndefinedError):
        write({})


def test_words_are_not_escaped_and_do_not_start_headers(one_letter):
    one_letter("{{ event }}", subject="About {{ event }}")
    written = write({"event": "Tea & <b>cake</b>\r\nBcc: all@example.org"})
    assert written.subject == "About Tea & <b>cake</b> Bcc: all@example.org"
    assert "Tea & <b>cake</b>" in written.body


def test_the_lines_filter_keeps_an_address_on_its_lines(one_letter):
    one_letter("Come to:\n\n{{ venue|lines }}")
    written = write({"venue": "Hall\n\n 1 High Street \nMaidstone"})
    assert blocks.read(written.body)[2].lines == ("Hall", "1 High Street", "Maidstone")


def test_shorten_keeps_the_address_at_the_end():
    address = "https://alongside.example.org/me/bookings/abcdefghjkmnpqrstvwx/"
    short = letters.shorten(f"You have a place at {'a very long title ' * 30}: {address}")
    assert len(short) <= rules.LONGEST_TEXT
    assert short.endswith(f"... {address}")


@pytest.mark.parametrize("short", ["x" * 400, "word " * 100, "https://example.org/" + "x" * 400])
def test_shorten_never_goes_over(short):
    assert len(letters.shorten(short)) <= rules.LONGEST_TEXT


def test_shorten_makes_curly_marks_plain():
    assert letters.shorten("You’re “in” – come") == 'You\'re "in" - come'


def test_blocks():
    text = (
        "Dear Ada,\n\nOne line\nand more\n\n## When\nToday\n\nBring:\n- tea\n- cake and\n  jam\n\n"
        "https://example.org/a/\n\nBye,  \nThe team  \nTrust\n"
    )
    assert [(block.kind, block.lines) for block in blocks.read(text)] == [
        ("paragraph", ("Dear Ada,",)),
        ("paragraph", ("One line and more",)),
        ("heading", ("When",)),
        ("paragraph", ("Today",)),
        ("paragraph", ("Bring:",)),
        ("list", ("tea", "cake and jam")),
        ("link", ("https://example.org/a/",)),
        ("paragraph", ("Bye,", "The team", "Trust")),
    ]


@pytest.mark.parametrize("line", ["javascript:alert(1)", "https://a b", 'https://a"onclick="x'])
def test_only_web_addresses_become_links(line):
    assert blocks.read(line)[0].kind == "paragraph"

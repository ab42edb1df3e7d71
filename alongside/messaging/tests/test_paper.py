"""Letters on paper: tagged, sized, in the window, and never the source of anything."""

import datetime as dt
import io

import pypdf
import pytest

from alongside.messaging import paper
from alongside.messaging.tests.factories import make_letter, make_message
from alongside.organisation.models import TrustDetails, TrustName
from alongside.people.tests.factories import make_person

pytestmark = pytest.mark.django_db
MILLIMETRE = 25.4 / 72  # in points


def read(*letters):
    return pypdf.PdfReader(io.BytesIO(paper.pdf(letters, title="Letters of 14 January 2030")))


def test_pdf_is_tagged_titled_and_in_english():
    pdf = read(make_letter())
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert pdf.metadata.title == "Letters of 14 January 2030"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_letter_says_who_it_is_from_to_whom_and_the_words():
    TrustName.objects.create(name="Anytown NHS Trust", short_name="Anytown")
    TrustDetails.objects.create(contact_phone="01632 960000", postal_address="Trust House\nAnytown")
    text = read(make_letter()).pages[0].extract_text()
    for words in ("Anytown NHS Trust", "Trust House", "01632 960000", "Ada Bright", "ME1 1AA"):
        assert words in text
    assert "You have a place: Carers charter workshop" in text
    assert "Monday 24 January 2022, 2pm to 3:30pm" in text


def placed(page):
    """Return the pieces of text on a page with where they stand (mm from the top left) and size."""
    found = []
    height = float(page.mediabox.height)

    def visit(text, at, inner, _font, size):
        x = inner[4] * at[0] + inner[5] * at[2] + at[4]
        y = inner[4] * at[1] + inner[5] * at[3] + at[5]
        found.append((text.strip(), x * MILLIMETRE, (height - y) * MILLIMETRE, size))

    page.extract_text(visitor_text=visit)
    return found


def test_large_print_is_as_large_as_they_said():
    usual = read(make_letter())
    large = read(make_letter(wanted_format="large_print", wanted_detail="24 point"))
    assert len(large.pages) > len(usual.pages)
    for pdf, size in ((usual, 12), (large, 24)):
        assert {piece[3] for piece in placed(pdf.pages[0]) if "Dear Ada" in piece[0]} == {size}
    assert "Page 1 of 2" in large.pages[0].extract_text()
    assert paper.size_of(make_letter(wanted_format="large_print")) == 18
    assert paper.size_of(make_letter()) == 12


def test_address_shows_in_the_window():
    pieces = placed(read(make_letter()).pages[0])
    for line in ("Ada Bright", "1 High Street", "Maidstone", "ME1 1AA"):
        _text, x, y, _size = next(piece for piece in pieces if piece[0] == line)
        assert 20 <= x <= 110
        assert 57 <= y <= 81


def test_every_letter_starts_on_a_new_sheet():
    pdf = read(
        make_letter(make_person("First Person")),
        make_letter(make_person("Second Person"), wanted_format="large_print"),
        make_letter(make_person("Third Person")),
    )
    starts = [
        number
        for number, page in enumerate(pdf.pages)
        if any(f"{name} Person" in page.extract_text() for name in ("First", "Second", "Third"))
    ]
    assert len(starts) == 3
    assert all(number % 2 == 0 for number in starts)


@pytest.mark.parametrize(
    "name",
    [
        '#panic("x") $x$ *b* @a <b>',
        "نور עברית",
        "中文 😀 👩‍👩‍👧",
        "\x07\u202e",
        "x" * 200,
        "",
    ],
)
def test_hostile_names_are_printed_as_words(name):
    letter = make_letter(make_person(name), body=f"Dear {name},\n\nHello {name}.", subject=name)
    pdf = read(letter)
    assert "/StructTreeRoot" in pdf.trailer["/Root"]
    if name.startswith("#"):
        assert '#panic("x") $x$ *b* @a <b>' in pdf.pages[0].extract_text()


def test_long_addresses_are_folded_into_the_window():
    letter = make_letter(address="\n".join(f"Line {number}" for number in range(12)))
    lines = paper.window_lines(letter)
    assert len(lines) == paper.MOST_WINDOW_LINES
    assert lines[-1] == "Line 11"
    assert "Line 4, Line 5" in lines[-2]


def test_an_old_letter_keeps_the_old_name():
    TrustName.objects.create(name="Old Trust", short_name="Old", ended_on=dt.date(2025, 4, 30))
    TrustName.objects.create(name="New Trust", short_name="New", started_on=dt.date(2025, 5, 1))
    old = make_message(created_at=dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC))
    assert "Old Trust" in read(old).pages[0].extract_text()
    assert "New Trust" in read(make_message()).pages[0].extract_text()

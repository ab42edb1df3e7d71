import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.exports import csv_stream

DANGEROUS = "=+-@\t\r\n|%＝＋－＠"


def read(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def cell_for(value) -> str:
    return read(csv_stream("x.csv", ["Head"], [[value]]))[1][0]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Ada Bright", "Ada Bright"),
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://example.org")', '\'=HYPERLINK("http://example.org")'),
        ("+44 7700 900000", "'+44 7700 900000"),
        ("-5 people", "'-5 people"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("＝1", "'＝1"),
        ("|cmd", "'|cmd"),
        ("", ""),
        ("   ", "   "),
        (None, ""),
        (-5, "-5"),
        (Decimal("2.50"), "2.50"),
        (True, "Yes"),
        (False, "No"),
        (date(2022, 1, 24), "2022-01-24"),
        (datetime(2022, 7, 24, 13, tzinfo=UTC), "2022-07-24 14:00"),
        ("a\x00b", "ab"),
        ("\x00=1", "'=1"),
        ("one\ntwo; =three", "one\ntwo; =three"),
        ("שלום 👋", "שלום 👋"),
    ],
)
def test_cell(value, shown):
    assert cell_for(value) == shown


def test_heads_are_made_safe_too():
    assert read(csv_stream("x.csv", ["=1"], [])) == [["'=1"]]


def test_file_is_utf8_with_its_mark_and_windows_lines():
    response = csv_stream("the register.csv", ["Name"], [["Zoë"]])
    assert b"".join(response.streaming_content) == '\ufeff"Name"\r\n"Zoë"\r\n'.encode()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="the register.csv"'
    assert response["Cache-Control"] == "private, no-store"


def test_rows_are_sent_as_they_are_read():
    read_so_far = []

    def rows():
        for number in range(10_000):
            read_so_far.append(number)
            yield [number]

    stream = iter(csv_stream("x.csv", ["Number"], rows()))
    next(stream)
    assert 0 < len(read_so_far) < 1000


@given(st.text(max_size=50))
def test_no_text_starts_a_formula(text):
    shown = cell_for(text)
    assert not shown.lstrip(" \u00a0\ufeff\u200b").startswith(tuple(DANGEROUS))
    assert shown in {text.replace("\x00", ""), "'" + text.replace("\x00", "")}

"""Rules: tables of cases, no database."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.people import rules

DAY = dt.date(2026, 3, 10)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2027, 12, 31), 2, dt.date(2028, 2, 29)),
        (dt.date(2028, 2, 29), 12, dt.date(2029, 2, 28)),
        (dt.date(2026, 11, 22), 12, dt.date(2027, 11, 22)),
        (dt.date(2026, 11, 22), 24, dt.date(2028, 11, 22)),
        (dt.date(2026, 11, 22), 0, dt.date(2026, 11, 22)),
    ],
)
def test_months_later(day: dt.date, months: int, later: dt.date) -> None:
    assert rules.months_later(day, months) == later


@given(
    st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2100, 1, 1)),
    st.integers(min_value=0, max_value=240),
)
def test_months_later_never_leaves_its_month_nor_goes_past_the_day(
    day: dt.date, months: int
) -> None:
    later = rules.months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert later.day == day.day or (later + dt.timedelta(days=1)).day == 1


@given(st.dates(max_value=dt.date(9000, 1, 1)))
def test_a_need_is_looked_at_again_within_a_year_and_consent_within_two(day: dt.date) -> None:
    assert 365 - 1 <= (rules.need_review_day(day) - day).days <= 366
    assert 730 - 1 <= (rules.consent_review_day(day) - day).days <= 731


@pytest.mark.parametrize(
    ("until", "why"),
    [
        (DAY, "Choose a day in the future"),
        (DAY - dt.timedelta(days=1), "Choose a day in the future"),
        (DAY + dt.timedelta(days=1), ""),
        (dt.date(2028, 3, 10), ""),
        (
            dt.date(2028, 3, 11),
            "Choose a day in the next 2 years. You can also stop invitations altogether",
        ),
    ],
)
def test_why_not_pause(until: dt.date, why: str) -> None:
    assert rules.why_not_pause(today=DAY, until=until) == why


@pytest.mark.parametrize(
    ("until", "paused"),
    [(None, False), (DAY, False), (DAY + dt.timedelta(days=1), True)],
)
def test_invitations_start_again_on_the_day_itself(until: dt.date | None, paused: bool) -> None:
    assert rules.is_paused(today=DAY, until=until) is paused


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (dt.date(2026, 3, 31), dt.date(2025, 4, 1), dt.date(2026, 3, 31)),
        (dt.date(2026, 4, 1), dt.date(2026, 4, 1), dt.date(2027, 3, 31)),
        (dt.date(2026, 12, 31), dt.date(2026, 4, 1), dt.date(2027, 3, 31)),
    ],
)
def test_financial_year(day: dt.date, first: dt.date, last: dt.date) -> None:
    assert rules.financial_year(day) == (first, last)


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (dt.date(2026, 1, 1), dt.date(2026, 1, 1)),
        (dt.date(2026, 6, 30), dt.date(2026, 4, 1)),
        (dt.date(2026, 12, 31), dt.date(2026, 10, 1)),
    ],
)
def test_quarter_start(day: dt.date, start: dt.date) -> None:
    assert rules.quarter_start(day) == start


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("me145aa", "ME14 5AA"),
        (" m1  1ae ", "M1 1AE"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("nowhere much", "NOWHERE MUCH"),
        ("", ""),
    ],
)
def test_tidy_postcode(text: str, tidy: str) -> None:
    assert rules.tidy_postcode(text) == tidy


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("ME14 5AA", True),
        ("m11ae", True),
        ("EC1A 1BB", True),
        ("ME14", False),
        ("MAIDSTONE", False),
        ("ME١٤ 5AA", False),
        ("ME14 5AA\x00", False),
    ],
)
def test_why_not_postcode(text: str, good: bool) -> None:
    assert bool(rules.why_not_postcode(text)) is not good


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("07700 900 982", "07700900982"),
        ("+44 7700 900982", "07700900982"),
        ("0044 (0)7700 900982", "07700900982"),
        ("01632 960001 ext 12", "0163296000112"),
        ("", ""),
    ],
)
def test_digits_compare_however_a_number_is_written(text: str, number: str) -> None:
    assert rules.digits(text) == number


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("01632 960 001", True),
        ("+44 (0)1632 960001", True),
        ("01632 960001 ext. 12", True),
        ("960001", False),
        ("ring me", False),
        ("٠٧٧٠٠٩٠٠٩٨٢", False),
        ("0" * 40, False),
    ],
)
def test_why_not_phone(text: str, good: bool) -> None:
    assert bool(rules.why_not_phone(text)) is not good


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Zoë  BRIGHT", ["zoe", "bright"]),
        ("07700 900 982", ["07700900982"]),
        ("+44 7700 900982", ["07700900982"]),
        ("me14 5aa", ["me145aa"]),
        ("Ada@Example.org", ["ada@example.org"]),
        ("", []),
        ("\x00", []),
        ("a b c d e f g h", ["a", "b", "c", "d", "e", "f"]),
    ],
)
def test_search_terms(text: str, terms: list[str]) -> None:
    assert rules.search_terms(text) == terms


@given(st.text(max_size=60))
def test_whoever_is_named_is_found_by_their_name(name: str) -> None:
    line = rules.sought(full_name=name, email="", mobile="", phone="", postcode="")
    terms = rules.search_terms(rules.tidy_words(name))
    if not any(character.isdigit() for character in rules.plain(name)):
        assert all(term in line for term in terms)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (90, "1 hour 30 minutes"),
        (120, "2 hours"),
        (72_061, "1,201 hours 1 minute"),
    ],
)
def test_hours(minutes: int, words: str) -> None:
    assert rules.hours(minutes) == words


@pytest.mark.parametrize(
    ("words", "joined"),
    [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_join(words: list[str], joined: str) -> None:
    assert rules.join(words) == joined


@pytest.mark.parametrize(
    ("people", "names", "shown"),
    [(0, False, True), (1, False, False), (4, False, False), (5, False, True), (1, True, True)],
)
def test_may_show(people: int, names: bool, shown: bool) -> None:
    assert rules.may_show(people, names=names) is shown

"""Adverts: what is poor, what is nonsense, and how things are said."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from alongside.opportunities import rules
from alongside.opportunities.rules import Standing

LONDON = ZoneInfo("Europe/London")


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=LONDON)


# The December 2021 workshop: published 8 December, closed 14 January 23:59, held 24 January.
WORKSHOP = rules.Advert(
    opens_at=at(2021, 12, 8, 9),
    closes_at=at(2022, 1, 14, 23, 59),
    starts_at=at(2022, 1, 24, 14),
    ends_at=at(2022, 1, 24, 15, 30),
    working_days_before=5,
    has_support_words=True,
    support_offers=3,
    has_payment_words=True,
    pays=True,
    ask_by_phone=True,
    ask_by_post=True,
    by_selection=False,
    has_criteria=False,
    has_topics=True,
    tells_what_happens=True,
)


def codes(**changes: object) -> list[str]:
    return [warn.code for warn in rules.warnings(replace(WORKSHOP, **changes))]


def test_the_workshop_advert_is_a_good_one() -> None:
    assert codes() == []
    assert rules.days_open(WORKSHOP.opens_at, WORKSHOP.closes_at) == 37


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"opens_at": at(2022, 1, 1, 9)}, ["open_short"]),
        ({"opens_at": at(2021, 12, 31, 23, 59)}, []),
        ({"opens_at": at(2022, 1, 15)}, ["closes_past"]),
        ({"closes_at": at(2022, 1, 24, 14, 1)}, ["closes_after"]),
        ({"closes_at": at(2022, 1, 24, 14)}, []),
        ({"working_days_before": 4}, ["closes_late"]),
        ({"has_support_words": False, "support_offers": 0}, ["no_support"]),
        ({"support_offers": 0}, ["no_offers"]),
        ({"has_support_words": False}, ["no_support_words"]),
        ({"has_payment_words": False, "pays": False}, ["no_payment"]),
        ({"has_payment_words": False}, []),
        ({"pays": False}, []),
        ({"ask_by_phone": False, "ask_by_post": False}, ["online_only"]),
        ({"ask_by_phone": False}, []),
        ({"by_selection": True}, ["no_criteria"]),
        ({"by_selection": True, "has_criteria": True}, []),
        ({"has_topics": False}, ["no_topics"]),
        ({"tells_what_happens": False}, ["no_feedback"]),
    ],
)
def test_warnings(changes: dict[str, object], expected: list[str]) -> None:
    assert codes(**changes) == expected


@pytest.mark.parametrize(
    ("opens", "closes", "days"),
    [
        # the clocks go forward on 27 March 2022: 13 days and 23 hours are still 14 days
        (at(2022, 3, 20, 12), at(2022, 4, 3, 12), 14),
        # the clocks go back on 30 October 2022: 14 days and an hour are not 15
        (at(2022, 10, 20, 23, 30), at(2022, 11, 3, 23, 59), 14),
        # just before midnight in London is the next day nowhere but here
        (at(2022, 6, 1, 0, 30), at(2022, 6, 14, 23, 59), 13),
        (dt.datetime(2022, 5, 31, 23, 30, tzinfo=dt.UTC), at(2022, 6, 15, 23, 59), 14),
    ],
)
def test_days_open_go_by_the_london_calendar(
    opens: dt.datetime, closes: dt.datetime, days: int
) -> None:
    assert rules.days_open(opens, closes) == days


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"published_at": None}, Standing.DRAFT),
        ({"published_at": None, "discarded_at": at(2022, 1, 1)}, Standing.DISCARDED),
        ({}, Standing.OPEN),
        ({"now": at(2022, 1, 14, 23, 58)}, Standing.OPEN),
        ({"now": at(2022, 1, 14, 23, 59)}, Standing.CLOSED),
        ({"now": at(2022, 1, 24, 15, 30)}, Standing.OVER),
        ({"cancelled_at": at(2022, 1, 1)}, Standing.CANCELLED),
        # closing after the session does not keep it open for ever
        ({"closes_at": at(2023, 1, 1), "now": at(2022, 2, 1)}, Standing.OVER),
    ],
)
def test_standing(facts: dict[str, object], expected: Standing) -> None:
    usual: dict[str, object] = {
        "now": at(2022, 1, 10),
        "published_at": WORKSHOP.opens_at,
        "discarded_at": None,
        "closes_at": WORKSHOP.closes_at,
        "ends_at": WORKSHOP.ends_at,
        "cancelled_at": None,
    }
    assert rules.standing(**{**usual, **facts}) == expected  # type: ignore[arg-type]


def test_only_an_open_advert_can_be_asked_for() -> None:
    assert [place for place in Standing if not rules.why_not_ask(place)] == [Standing.OPEN]


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({}, []),
        ({"purpose": "  "}, ["purpose"]),
        ({"who": ""}, ["who"]),
        ({"summary": ""}, ["summary"]),
        ({"cancelled": True}, ["cancelled"]),
    ],
)
def test_why_not_publish(facts: dict[str, object], codes: list[str]) -> None:
    usual: dict[str, object] = {"purpose": "a", "who": "b", "summary": "c", "cancelled": False}
    found = rules.why_not_publish(**{**usual, **facts})  # type: ignore[arg-type]
    assert [warn.code for warn in found] == codes


@pytest.mark.parametrize(
    ("starts", "ends", "fine"),
    [
        (at(2022, 1, 24, 14), at(2022, 1, 24, 15, 30), True),
        (at(2022, 1, 24, 14), at(2022, 1, 24, 14), False),
        (at(2022, 1, 24, 14), at(2022, 1, 24, 13), False),
        # 1:30am summer time is before 1:15am winter time on the night the clocks go back
        (at(2022, 10, 30, 1, 30), at(2022, 10, 30, 1, 15).replace(fold=1), True),
        (at(2022, 10, 30, 1, 30).replace(fold=1), at(2022, 10, 30, 1, 45), False),
        (at(2022, 1, 1, 9), at(2022, 1, 20, 9), False),
    ],
)
def test_times_that_are_nonsense(starts: dt.datetime, ends: dt.datetime, fine: bool) -> None:
    assert (rules.why_not_times(starts_at=starts, ends_at=ends) == "") is fine


@pytest.mark.parametrize(
    ("capacity", "left", "selection", "words"),
    [
        (1, 1, False, "There is 1 place."),
        (1, 0, False, "There is 1 place. It is taken. You can join the waiting list."),
        (20, 20, False, "There are 20 places. There are plenty left."),
        (20, 6, False, "There are 20 places. There are plenty left."),
        (20, 5, False, "There are 20 places. Only a few are left."),
        (20, 1, False, "There are 20 places. The last one is still free."),
        (
            20,
            0,
            False,
            "There are 20 places. All of them are taken. You can join the waiting list.",
        ),
        (1200, 900, False, "There are 1,200 places. There are plenty left."),
        (
            8,
            0,
            True,
            "There are 8 places. We will choose who takes part from everybody who asks.",
        ),
    ],
)
def test_places_in_words(capacity: int, left: int, selection: bool, words: str) -> None:
    said = rules.places_in_words(capacity=capacity, left=left, by_selection=selection)
    assert said == words


@pytest.mark.parametrize(
    ("involvement", "expenses", "remote", "words"),
    [
        (False, False, False, "Unpaid"),
        (True, False, False, "Paid"),
        (False, True, False, "Unpaid. You can claim expenses"),
        (False, False, True, "Unpaid. You can claim for taking part remotely"),
        (False, True, True, "Unpaid. You can claim expenses and for taking part remotely"),
        (True, True, False, "Paid. You can also claim expenses"),
        (True, False, True, "Paid. You can also claim for taking part remotely"),
        (True, True, True, "Paid. You can also claim expenses and for taking part remotely"),
    ],
)
def test_payment_is_three_independent_switches(
    involvement: bool, expenses: bool, remote: bool, words: str
) -> None:
    said = rules.payment_in_brief(involvement=involvement, expenses=expenses, remote=remote)
    assert said == words


@pytest.mark.parametrize(
    ("count", "filtered", "words"),
    [
        (0, False, "Nothing is open at the moment"),
        (0, True, "Nothing open fits your choices"),
        (1, False, "1 way to take part"),
        (1, True, "1 way to take part that fits your choices"),
        (12, False, "12 ways to take part"),
        (1200, True, "1,200 ways to take part that fit your choices"),
    ],
)
def test_found_in_words(count: int, filtered: bool, words: str) -> None:
    assert rules.found_in_words(count, filtered=filtered) == words

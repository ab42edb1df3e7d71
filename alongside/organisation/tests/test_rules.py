"""Tables of cases: days that touch, names that overlap, teams that merge."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.organisation import rules
from alongside.organisation.rules import TeamFacts

JAN, FEB, MAR = dt.date(2025, 1, 1), dt.date(2025, 2, 1), dt.date(2025, 3, 1)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("a", "b", "shared"),
    [
        ((None, None), (None, None), True),
        ((JAN, FEB), (FEB, MAR), True),
        ((JAN, FEB - DAY), (FEB, MAR), False),
        ((FEB, MAR), (JAN, FEB - DAY), False),
        ((None, JAN), (FEB, None), False),
        ((None, FEB), (FEB, None), True),
        ((JAN, JAN), (JAN, JAN), True),
        ((JAN, MAR), (FEB, FEB), True),
        ((None, None), (FEB, FEB), True),
    ],
)
def test_overlap(a, b, shared):
    assert rules.overlap(a, b) is shared
    assert rules.overlap(b, a) is shared


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (None, None, False),
        (JAN, None, False),
        (None, JAN, False),
        (JAN, JAN, False),
        (JAN, FEB, False),
        (FEB, JAN, True),
    ],
)
def test_why_not_these_days(first, last, refused):
    assert bool(rules.why_not_these_days(first, last)) is refused


@pytest.mark.parametrize(
    ("name", "days", "other", "refused"),
    [
        ("North", (None, None), ("South", None, None), False),
        ("North", (None, None), ("North", None, None), True),
        ("  nORTH ", (None, None), ("North", None, None), True),
        ("North  West", (None, None), ("north west", None, None), True),
        ("North", (FEB, None), ("North", None, FEB - DAY), False),
        ("North", (FEB, None), ("North", None, FEB), True),
        ("Straße", (None, None), ("STRASSE", None, None), True),
    ],
)
def test_why_not_this_name(name, days, other, refused):
    assert bool(rules.why_not_this_name(name, days, [other])) is refused


@pytest.mark.parametrize(
    ("starts", "days"),
    [
        ([], []),
        ([None], [(None, None)]),
        ([JAN], [(JAN, None)]),
        ([MAR, None, JAN], [(None, JAN - DAY), (JAN, MAR - DAY), (MAR, None)]),
    ],
)
def test_days_of_names(starts, days):
    assert rules.days_of_names(starts) == days


@given(
    st.sets(st.dates(min_value=dt.date(1900, 1, 2), max_value=dt.date(2100, 1, 1))), st.booleans()
)
def test_every_day_from_the_first_has_one_name(starts, always):
    days = rules.days_of_names([*starts, *([None] if always else [])])
    for before, after in itertools.pairwise(days):
        assert before[1] + DAY == after[0]
    assert all(last is not None for _first, last in days[:-1])
    assert not days or days[-1][1] is None


@pytest.mark.parametrize(
    ("first", "others", "refused"),
    [
        (None, [], False),
        (JAN, [], False),
        (JAN, [None], False),
        (JAN, [FEB], False),
        (JAN, [JAN], True),
        (None, [JAN], False),
        (None, [None, JAN], True),
    ],
)
def test_why_not_name_trust(first, others, refused):
    assert bool(rules.why_not_name_trust(first, others)) is refused


A, B, C = TeamFacts(1), TeamFacts(2), TeamFacts(3)
A_ENDED = TeamFacts(1, ended_on=JAN)
A_INTO_B = TeamFacts(1, ended_on=FEB - DAY, merged_into=2)
B_INTO_A_LATER = TeamFacts(2, ended_on=MAR - DAY, merged_into=1)
B_INTO_C = TeamFacts(2, ended_on=MAR - DAY, merged_into=3)


@pytest.mark.parametrize(
    ("team", "into", "on", "says"),
    [
        (A, B, FEB, ""),
        (A, A, FEB, "into itself"),
        (A_INTO_B, C, FEB, "already merged"),
        (TeamFacts(1, started_on=FEB), B, FEB, "did not exist the day before"),
        (TeamFacts(1, started_on=FEB), B, FEB + DAY, ""),
        (A_ENDED, B, FEB, "did not exist the day before"),
        (A_ENDED, B, JAN + DAY, ""),
        (A, TeamFacts(2, started_on=MAR), FEB, "does not exist on that day"),
        (A, TeamFacts(2, started_on=FEB), FEB, ""),
        (A, TeamFacts(2, ended_on=JAN), FEB, "does not exist on that day"),
        (A, B_INTO_A_LATER, FEB, "due to merge into this one"),
        (A, B_INTO_C, FEB, ""),
    ],
)
def test_why_not_merge(team, into, on, says):
    teams = {one.number: one for one in (A, B, C, team, into)}
    answer = rules.why_not_merge(team, into, on, teams)
    assert (says in answer) if says else answer == ""


def test_why_not_merge_sees_a_longer_circle():
    teams = {
        1: TeamFacts(1),
        2: TeamFacts(2, ended_on=dt.date(2026, 1, 1), merged_into=3),
        3: TeamFacts(3, ended_on=dt.date(2026, 6, 1), merged_into=1),
    }
    assert "due to merge" in rules.why_not_merge(teams[1], teams[2], FEB, teams)


CHAIN = {1: A_INTO_B, 2: B_INTO_C, 3: C}


@pytest.mark.parametrize(
    ("number", "day", "answer"),
    [
        (1, JAN, 1),
        (1, FEB - DAY, 1),
        (1, FEB, 2),
        (1, MAR - DAY, 2),
        (1, MAR, 3),
        (2, JAN, 2),
        (2, MAR, 3),
        (3, MAR, 3),
    ],
)
def test_team_on(number, day, answer):
    assert rules.team_on(CHAIN[number], day, CHAIN) == answer


def test_team_on_ends_even_in_a_circle():
    circle = {
        1: TeamFacts(1, ended_on=JAN, merged_into=2),
        2: TeamFacts(2, ended_on=JAN, merged_into=1),
    }
    assert rules.team_on(circle[1], MAR, circle) in circle


@pytest.mark.parametrize(
    ("on", "started", "ended", "last", "says"),
    [
        (FEB, None, None, None, ""),
        (MAR + DAY, None, None, None, "today or in the past"),
        (MAR, None, None, None, ""),
        (JAN, JAN, None, None, "after the team's first day"),
        (JAN + DAY, JAN, None, None, ""),
        (FEB, None, JAN, None, "had ended"),
        (JAN, None, JAN, None, ""),
        (FEB, None, None, FEB, "last renamed"),
        (FEB + DAY, None, None, FEB, ""),
    ],
)
def test_why_not_rename(on, started, ended, last, says):
    answer = rules.why_not_rename(on, MAR, started, ended, last)
    assert (says in answer) if says else answer == ""


@pytest.mark.parametrize(
    ("day", "name"), [(JAN, "Elm"), (FEB - DAY, "Elm"), (FEB, "Oak"), (MAR, "Ash")]
)
def test_name_on(day, name):
    earlier = [("Oak", FEB, MAR - DAY), ("Elm", None, FEB - DAY)]
    assert rules.name_on(day, "Ash", earlier) == name


@pytest.mark.parametrize(("teams", "says"), [(0, ""), (1, "1 team goes"), (7, "7 teams go")])
def test_why_not_end(teams, says):
    assert rules.why_not_end(teams).startswith(says)
    assert bool(rules.why_not_end(teams)) is bool(says)

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.rules import LONGEST_WAIT, period_of, wait_before_retry, why_not_period

DAY = timedelta(days=1)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attempt", "luck", "seconds"),
    [(1, 0.5, 10), (2, 0.5, 40), (3, 0.5, 160), (1, 0, 5), (1, 1, 15), (4, 0.5, 640)],
)
def test_wait_before_retry(attempt, luck, seconds):
    assert wait_before_retry(attempt=attempt, luck=luck) == timedelta(seconds=seconds)


@given(st.integers(1, 30_000), st.floats(0, 1))
def test_wait_never_passes_one_and_a_half_of_the_longest(attempt, luck):
    assert timedelta(seconds=5) <= wait_before_retry(attempt=attempt, luck=luck)
    assert wait_before_retry(attempt=attempt, luck=luck) <= LONGEST_WAIT * 1.5


@pytest.mark.parametrize(
    ("every", "at", "fine"),
    [
        (timedelta(minutes=1), None, True),
        (timedelta(days=7), None, True),
        (DAY, time(9), True),
        (timedelta(days=8), None, False),
        (timedelta(seconds=59), None, False),
        (timedelta(hours=1), time(9), False),
    ],
)
def test_why_not_period(every, at, fine):
    assert (why_not_period(every=every, at=at) == "") is fine


@pytest.mark.parametrize(
    ("now", "every", "at", "name"),
    [
        (utc(2022, 1, 24, 14, 3), timedelta(minutes=5), None, "2022-01-24T14:00Z"),
        (utc(2022, 1, 24, 14, 5), timedelta(minutes=5), None, "2022-01-24T14:05Z"),
        (utc(2022, 1, 24, 8, 59), DAY, time(9), "2022-01-23"),
        (utc(2022, 1, 24, 9), DAY, time(9), "2022-01-24"),
        (utc(2022, 7, 24, 8), DAY, time(9), "2022-07-24"),  # 9am is 8 in Greenwich in summer
        (utc(2022, 7, 24, 7, 59), DAY, time(9), "2022-07-23"),
    ],
)
def test_period_of(now, every, at, name):
    assert period_of(now=now, every=every, at=at) == name


@pytest.mark.parametrize("start", [utc(2022, 3, 26), utc(2022, 10, 29)])
@pytest.mark.parametrize("at", [time(1, 30), time(3, 30), time(0), time(23, 59)])
def test_daily_work_comes_round_once_a_day_through_the_clock_changes(start, at):
    names = [period_of(now=start + timedelta(minutes=n), every=DAY, at=at) for n in range(3 * 1440)]
    assert names == sorted(names)  # never back to a day that was
    assert 3 <= len(set(names)) <= 4


@given(st.integers(0, 10**6), st.integers(1, 7))
def test_periods_of_days_are_as_long_as_they_say(minutes, days):
    start = utc(2022, 1, 1) + timedelta(minutes=minutes)
    every = timedelta(days=days)
    names = {
        period_of(now=start + timedelta(hours=6 * n), every=every, at=time(12))
        for n in range(days * 4)
    }
    assert 1 <= len(names) <= 2

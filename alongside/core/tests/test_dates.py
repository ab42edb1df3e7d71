from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from alongside.core import dates

ANY_MOMENT = st.integers(946684800, 4102444799).map(lambda n: datetime.fromtimestamp(n, UTC))
ANY_DAY = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (utc(2022, 1, 24, 14), "2pm"),
        (utc(2022, 1, 24, 14, 30), "2:30pm"),
        (utc(2022, 1, 24, 9, 5), "9:05am"),
        (utc(2022, 1, 24, 12), "midday"),
        (utc(2022, 1, 24, 12, 1), "12:01pm"),
        (utc(2022, 1, 24, 0), "midnight"),
        (utc(2022, 1, 24, 0, 1), "12:01am"),
        (utc(2022, 7, 24, 13), "2pm"),  # summer time
        (utc(2022, 3, 27, 0, 59), "12:59am"),  # the minute before the clocks go forward
        (utc(2022, 3, 27, 1), "2am"),  # and the one after
        (utc(2022, 10, 29, 23, 59), "12:59am"),
        (utc(2022, 10, 30, 0, 30), "1:30am (before the clocks go back)"),
        (utc(2022, 10, 30, 1, 30), "1:30am (after the clocks go back)"),
        (utc(2022, 10, 30, 2), "2am"),
    ],
)
def test_clock(moment, words):
    assert dates.clock(moment) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (utc(2022, 1, 24, 14), utc(2022, 1, 24, 15, 30), "Monday 24 January 2022, 2pm to 3:30pm"),
        (utc(2022, 1, 24, 14), utc(2022, 1, 24, 14), "Monday 24 January 2022, 2pm"),
        (utc(2022, 1, 24, 21), utc(2022, 1, 25, 0), "Monday 24 January 2022, 9pm to midnight"),
        (
            utc(2022, 1, 24, 21),
            utc(2022, 1, 25, 1),
            "Monday 24 January 2022, 9pm, to Tuesday 25 January 2022, 1am",
        ),
        (utc(2022, 3, 27, 0), utc(2022, 3, 27, 1), "Sunday 27 March 2022, midnight to 2am"),
        (
            utc(2022, 10, 30, 0),
            utc(2022, 10, 30, 2),
            "Sunday 30 October 2022, 1am (before the clocks go back) to 2am",
        ),
        (utc(2022, 6, 30, 23), utc(2022, 7, 1, 22, 59), "Friday 1 July 2022, midnight to 11:59pm"),
    ],
)
def test_when(start, end, words):
    assert dates.when(start, end) == words


def test_days_of_moments_are_days_in_london():
    late_on_the_last_of_june = utc(2022, 6, 30, 23, 30)
    assert dates.day(late_on_the_last_of_june) == "1 July 2022"
    assert dates.long_day(late_on_the_last_of_june) == "Friday 1 July 2022"
    assert dates.month(late_on_the_last_of_june) == "July 2022"
    with time_machine.travel(late_on_the_last_of_june, tick=False):
        assert dates.today() == date(2022, 7, 1)


def test_moments_without_a_zone_are_refused():
    with pytest.raises(ValueError, match="time zone"):
        dates.day(datetime(2022, 1, 24, 14))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("on", "moment"),
    [
        (date(2022, 1, 14), utc(2022, 1, 14, 23, 59)),
        (date(2022, 7, 14), utc(2022, 7, 14, 22, 59)),
        (date(2022, 3, 27), utc(2022, 3, 27, 22, 59)),  # begins in winter time, ends in summer time
        (date(2022, 10, 30), utc(2022, 10, 30, 23, 59)),
    ],
)
def test_end_of_day(on, moment):
    assert dates.end_of_day(on) == moment


def test_a_time_the_clocks_jump_over_is_refused():
    with pytest.raises(ValueError, match="clocks go forward"):
        dates.at(date(2022, 3, 27), time(1, 30))


def test_a_time_that_comes_twice_is_the_first():
    assert dates.at(date(2022, 10, 30), time(1, 30)).astimezone(UTC) == utc(2022, 10, 30, 0, 30)


@given(ANY_DAY)
def test_every_day_ends_in_itself_and_before_the_next(on):
    end = dates.end_of_day(on)
    assert dates.london(end).date() == on
    assert dates.london(end + timedelta(minutes=1)).date() == on + timedelta(days=1)


@given(ANY_MOMENT)
def test_day_and_clock_lead_back_to_the_moment(moment):
    moment = moment.replace(second=0, microsecond=0)
    local = dates.london(moment)
    there = dates.at(local.date(), local.time().replace(fold=0))
    repeated = "after the clocks go back" in dates.clock(moment)
    assert there.astimezone(UTC) + timedelta(hours=repeated) == moment


@pytest.mark.parametrize("start", [utc(2022, 3, 26, 20), utc(2022, 10, 29, 20)])
def test_no_two_times_of_a_clock_change_night_read_the_same(start):
    minutes = [start + timedelta(minutes=ahead) for ahead in range(12 * 60)]
    words = [dates.long_day(moment) + dates.clock(moment) for moment in minutes]
    assert len(set(words)) == len(words)
    offsets = {dates.london(moment).utcoffset() for moment in minutes}
    assert len(offsets) == 2


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2022, 1, 14), date(2022, 1, 24), 5),  # Friday to Monday week: the five between
        (date(2022, 1, 14), date(2022, 1, 17), 0),
        (date(2022, 1, 14), date(2022, 1, 14), 0),
        (date(2022, 1, 24), date(2022, 1, 14), 0),
        (date(2022, 4, 14), date(2022, 4, 20), 1),  # Good Friday and Easter Monday are out
        (date(2022, 12, 23), date(2023, 1, 3), 3),  # Christmas on a Sunday, New Year's Day too
        (date(2022, 5, 30), date(2022, 6, 6), 2),  # the Jubilee took a Thursday and a Friday
        (utc(2022, 1, 14, 23, 59), date(2022, 1, 24), 5),
    ],
)
def test_working_days_between(first, last, days):
    assert dates.working_days_between(first, last) == days


@given(ANY_DAY, st.integers(0, 40), st.integers(0, 40))
def test_working_days_add_up(start, one, two):
    middle, end = start + timedelta(days=one), start + timedelta(days=one + two)
    together = dates.working_days_between(start, middle) + dates.working_days_between(middle, end)
    inner = bool(one and two and dates.is_working_day(middle))
    assert dates.working_days_between(start, end) == together + inner


def test_months_and_days_have_their_english_names():
    year = [date(2030, number, 1) for number in range(1, 13)]
    assert [dates.month(on) for on in year] == [f"{on:%B %Y}" for on in year]
    week = [date(2030, 1, number) for number in range(1, 8)]
    assert [dates.long_day(on) for on in week] == [f"{on:%A} {on.day} January 2030" for on in week]

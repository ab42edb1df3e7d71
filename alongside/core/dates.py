"""Days and times as people in England read them: London time, "14 January 2030", "2pm to 3:30pm".

Every moment is kept with its zone and shown in London. Naive moments are a fault in the program.
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MIDNIGHT = time(0)
_MIDDAY = time(12)


def london(moment: datetime) -> datetime:
    """Return the moment in London time. Raises ValueError where it has no zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone")
    return moment.astimezone(LONDON)


def _date(value: date | datetime) -> date:
    return london(value).date() if isinstance(value, datetime) else value


def today() -> date:
    """Return the day it is in London."""
    return timezone.now().astimezone(LONDON).date()


def day(value: date | datetime) -> str:
    """Return "14 January 2030"."""
    on = _date(value)
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def long_day(value: date | datetime) -> str:
    """Return "Monday 24 January 2022"."""
    on = _date(value)
    return f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]} {on.year}"


def month(value: date | datetime) -> str:
    """Return "January 2030"."""
    on = _date(value)
    return f"{_MONTHS[on.month - 1]} {on.year}"


def clock(moment: datetime) -> str:
    """Return "2pm", "2:30pm", "midday" or "midnight".

    In the hour that comes twice when summer time ends, says which of the two it is.
    """
    local = london(moment)
    at = local.time().replace(second=0, microsecond=0, fold=0)
    if at == _MIDNIGHT:
        words = "midnight"
    elif at == _MIDDAY:
        words = "midday"
    else:
        hour = at.hour % 12 or 12
        minutes = f":{at.minute:02}" if at.minute else ""
        words = f"{hour}{minutes}{'am' if at.hour < 12 else 'pm'}"
    if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        words += " (after the clocks go back)" if local.fold else " (before the clocks go back)"
    return words


def span(start: datetime, end: datetime) -> str:
    """Return "2pm to 3:30pm"; only the start where both read the same moment."""
    return clock(start) if start == end else f"{clock(start)} to {clock(end)}"


def when(start: datetime, end: datetime) -> str:
    """Return "Monday 24 January 2022, 2pm to 3:30pm", or both days where it runs over midnight."""
    first, last = london(start), london(end)
    ends_at_midnight = last.time() == _MIDNIGHT and last.date() - first.date() == timedelta(days=1)
    if first.date() == last.date() or ends_at_midnight:
        return f"{long_day(start)}, {span(start, end)}"
    return f"{long_day(start)}, {clock(start)}, to {long_day(end)}, {clock(end)}"


def at(on: date, clock_time: time) -> datetime:
    """Return the moment of a clock time in London on a day; the first of two where it comes twice.

    Raises ValueError where the clocks jump over it.
    """
    moment = datetime.combine(on, clock_time.replace(tzinfo=None), tzinfo=LONDON)
    if moment.astimezone(ZoneInfo("UTC")).astimezone(LONDON).replace(tzinfo=None) != moment.replace(
        tzinfo=None
    ):
        raise ValueError("The clocks go forward over this time")
    return moment


def end_of_day(on: date) -> datetime:
    """Return 11:59pm in London on that day."""
    return at(on, time(23, 59))


@lru_cache(maxsize=200)
def _bank_holidays(year: int) -> frozenset[date]:
    import holidays  # slow to import and seldom needed

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(on: date) -> bool:
    """Whether it is neither a weekend nor a bank holiday in England."""
    return on.weekday() < 5 and on not in _bank_holidays(on.year)


def working_days_between(first: date | datetime, last: date | datetime) -> int:
    """Count the clear working days in England: after the first day and before the last."""
    start, end = _date(first), _date(last)
    return sum(
        is_working_day(start + timedelta(days=ahead)) for ahead in range(1, (end - start).days)
    )

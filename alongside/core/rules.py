"""When work is tried again, and how often it comes round."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_LONDON = ZoneInfo("Europe/London")
_UTC = ZoneInfo("UTC")
_EPOCH = datetime(1970, 1, 1, tzinfo=_UTC)

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=3)
LONGEST_PERIOD = timedelta(days=7)


def wait_before_retry(*, attempt: int, luck: float) -> timedelta:
    """Return how long to wait after this failed attempt: four times longer each time, to 3 hours.

    ``luck`` from 0 to 1 moves it between half and one and a half, so that many jobs that failed
    together do not all come back together.
    """
    steady: timedelta = min(FIRST_WAIT * int(4 ** min(attempt - 1, 10)), LONGEST_WAIT)
    return steady * (0.5 + luck)


def why_not_period(*, every: timedelta, at: time | None) -> str:
    """Return why work cannot come round like this, or nothing."""
    if not timedelta(minutes=1) <= every <= LONGEST_PERIOD:
        return "Work comes round every minute to every 7 days"
    if at is not None and every % timedelta(days=1):
        return "Only work that comes round in whole days has a time of day"
    return ""


def period_of(*, now: datetime, every: timedelta, at: time | None = None) -> str:
    """Name the period that ``now`` is in: the same words for every worker that asks.

    With ``at`` the period begins at that time in London, both clock changes included; without it,
    at a multiple of ``every`` since 1970.
    """
    if at is None:
        return (_EPOCH + (now - _EPOCH) // every * every).strftime("%Y-%m-%dT%H:%MZ")
    on = now.astimezone(_LONDON).date()
    begins = datetime.combine(on, at, tzinfo=_LONDON)
    # In Greenwich: clocks of one zone compare by their hands, and one hour comes twice.
    if now.astimezone(_UTC) < begins.astimezone(_UTC):
        on -= timedelta(days=1)
    return date.fromordinal(on.toordinal() // every.days * every.days).isoformat()

"""What the trust is called and how to reach it: asked on every page and in every letter."""

import datetime as dt
import time
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from alongside.organisation.models import TrustDetails, TrustName

UNNAMED = TrustName(name="Our trust", short_name="our trust")


def trust_name(day: dt.date | None = None) -> TrustName:
    """Return what the trust was called on that day (today where none is given).

    A day before the first name we know gets the first name. A trust nobody has named yet gets
    words that read well in a sentence, and no row. One query, never kept: for letters and
    documents, which must be right.
    """
    day = day or timezone.localdate()
    names = sorted(TrustName.objects.all(), key=lambda one: one.started_on or dt.date.min)
    begun = [one for one in names if (one.started_on or dt.date.min) <= day]
    answer: TrustName = (begun or names[:1] or [UNNAMED])[-1]
    return answer


def contact() -> TrustDetails:
    """Return how to reach the involvement team; empty where nobody has said yet."""
    return TrustDetails.objects.first() or TrustDetails()


@dataclass(frozen=True)
class _Shown:
    """What the page frame shows, when it was read, and for which day."""

    name: TrustName
    contact: TrustDetails
    day: dt.date
    read_at: float


# The frame of every page needs these two rows, and they change once in years. So each process
# keeps them for KEPT_FOR seconds and forgets them as soon as it writes one itself. Another process
# may show the old words for at most that long; whatever is kept for good (letters, adverts) asks
# ``trust_name`` and ``contact`` and is never late. It is not in the cache table because reading
# that would be a query too.
KEPT_FOR = 15
_shown: _Shown | None = None


def forget() -> None:
    """Read the names again for the next page: now, and once this transaction has been kept."""
    forget_now()
    transaction.on_commit(forget_now)


def forget_now() -> None:
    """Drop what this process keeps."""
    global _shown
    _shown = None


def lately() -> tuple[TrustName, TrustDetails]:
    """Return today's name and how to reach us, as they were at most KEPT_FOR seconds ago."""
    global _shown
    shown, day, now = _shown, timezone.localdate(), time.monotonic()
    if shown is None or shown.day != day or now - shown.read_at > KEPT_FOR:
        shown = _shown = _Shown(trust_name(day), contact(), day, now)
    return shown.name, shown.contact


def frame_part(request: HttpRequest) -> dict[str, object]:
    """Return ``trust`` (its name) and ``contact`` (how to reach it) for the page frame."""
    name, reach = lately()
    return {"trust": name.name if name.pk else "", "contact": reach}

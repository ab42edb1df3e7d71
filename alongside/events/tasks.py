"""What the worker does for events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from alongside.accounts import audit
from alongside.core.tasks import periodic, progress, task
from alongside.events.models import Event


@periodic(every=dt.timedelta(minutes=1))
def end_offers() -> None:
    """End offers whose time has passed and offer the places to the next in line."""
    from alongside.events import actions

    actions.expire_offers(now=timezone.now(), by=audit.system())


@periodic(every=dt.timedelta(hours=1))
def remind() -> None:
    """Remind people of what they are coming to, 2 days before."""
    from alongside.events import actions

    after = 0
    while rows := actions.remind_some(now=timezone.now(), after=after, by=audit.system()):
        after = rows[-1]


@task()
def offer_the_rest(event_key: str) -> None:
    """Offer more free places than fit in one step to those who wait."""
    from alongside.events import actions

    event = Event.objects.get(key=event_key)
    actions.offer_freed_places(event=event, by=audit.system())


@task()
def tell_all(
    event_key: str, letter: str, sequence: int, was: Sequence[int] = (), place_changed: bool = False
) -> None:
    """Tell everybody concerned that an event moved or was cancelled, each once.

    ``was`` is when it began and ended before (seconds since 1970), where that changed, so that
    nobody has to guess what is new.
    """
    from alongside.events import actions
    from alongside.events.actions.running import people_to_tell

    event = Event.objects.get(key=event_key)
    of = people_to_tell(event, letter).count()
    after = done = 0
    while told := actions.tell_some(
        event=event,
        letter=letter,
        sequence=sequence,
        after=after,
        was=was,
        place_changed=place_changed,
        by=audit.system(),
    ):
        after, done = told[-1], done + len(told)
        progress(done, of)

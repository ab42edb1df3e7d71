"""How rooms say what a worker does: ``@task()`` and ``@periodic(every=...)``.

A room keeps its tasks in ``tasks.py``. Each is a plain function whose docstring says to staff what
it does, whose arguments are keys, and which is safe to run twice. An error means "try again later";
``Again`` says so without noise, ``GiveUp`` says that trying again would not help.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from alongside.core import jobs
from alongside.core.django6 import Task
from alongside.core.django6 import task as django_task
from alongside.core.jobs import Again, GiveUp, progress
from alongside.core.models import WorkerHeartbeat

__all__ = ["Again", "GiveUp", "periodic", "progress", "task"]


def task(
    *, tries: int = jobs.DEFAULT_TRIES, priority: int = 0, takes_context: bool = False
) -> Callable[[Callable[..., Any]], Task[..., Any]]:
    """Make the function a task: ``function.enqueue(key)`` writes a job in this transaction.

    ``tries`` is how often it is attempted before it is given up and shown to staff.
    """

    def mark(function: Callable[..., Any]) -> Task[..., Any]:
        function.__dict__["tries"] = tries
        made: Task[..., Any] = django_task(  # type: ignore[call-overload]
            priority=priority, takes_context=takes_context
        )(function)
        return made

    return mark


def periodic(
    *, every: timedelta, at: time | None = None, tries: int = 3
) -> Callable[[Callable[[], Any]], Task[..., Any]]:
    """Make the function a task the worker does once a period, from 1 minute to 7 days.

    ``at`` is the time of day in London for work that comes round in whole days. Periods missed while
    no worker ran are not made up for.
    """

    def mark(function: Callable[[], Any]) -> Task[..., Any]:
        made = task(tries=tries)(function)
        jobs.comes_round(made, every=every, at=at)
        return made

    return mark


@periodic(every=timedelta(days=1), at=time(3, 30))
def tidy_jobs() -> None:
    """Forget old jobs that were done, and workers long gone."""
    now = timezone.now()
    jobs.tidy(now=now)
    WorkerHeartbeat.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()

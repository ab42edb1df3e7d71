"""Background work: a table of jobs behind Django's tasks API.

A job is written in the caller's transaction, so it exists exactly when the thing it follows does.
A worker takes it by one conditional update, which gives it a lease and a new attempt number. Only
the newest attempt may report how it ended. A worker that dies stops renewing its lease, and when
that has run out the job is taken up again. So a job runs at least once, and its task must be safe
to run twice; see ``docs/running/jobs.md``.
"""

from __future__ import annotations

import logging
import random
import re
import traceback
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules, import_string

from alongside.core import rules
from alongside.core.django6 import (
    BaseTaskBackend,
    Task,
    TaskContext,
    TaskError,
    TaskResult,
    TaskResultDoesNotExist,
    TaskResultStatus,
    task_enqueued,
    task_finished,
    task_started,
)
from alongside.core.models import Job
from alongside.core.refused import Refused

logger = logging.getLogger(__name__)

DEFAULT_TRIES = 8
KEPT_FOR = timedelta(days=30)
_ERRORS_KEPT = 5
_AT_ONCE = 5
_LIST = 200
_WORDLESS = re.compile(r"[A-Za-z0-9:_./+-]{0,200}")


class Again(Exception):  # noqa: N818  (it is an answer, not an accident)
    """A task says: not now, try again. ``after`` is how long to wait; None backs off as usual."""

    def __init__(self, after: timedelta | None = None) -> None:
        super().__init__("Try again")
        self.after = after


class GiveUp(Exception):  # noqa: N818
    """A task says: trying again would not help. Staff see the job as failed."""


class LeaseLost(Exception):  # noqa: N818
    """The job was taken up by somebody else in the meantime; this attempt ends here."""


# --- asking for work --------------------------------------------------------------------------


def _wordless(value: Any) -> Any:
    """Return the argument as JSON has it. Raises ValueError for anything that could be words."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str) and _WORDLESS.fullmatch(value):
        return str(value)
    if isinstance(value, Mapping):
        return {_wordless(name): _wordless(held) for name, held in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_wordless(held) for held in value]
    raise ValueError("A job's arguments are keys, codes and numbers: no words, nothing but JSON")


class JobTableBackend(BaseTaskBackend):
    """Keeps tasks in the job table."""

    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[..., Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Write the job in the caller's transaction."""
        self.validate_task(task)
        job = _job_for(task, args, kwargs)
        job.save(force_insert=True)
        result = _result_of(job, task)
        task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """Return where the job stands. Raises TaskResultDoesNotExist."""
        job = Job.objects.filter(key=result_id).first()
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return _result_of(job, import_string(job.task))


def _job_for(task: Task[..., Any], args: Any, kwargs: Any, once: str = "") -> Job:
    return Job(
        task=task.module_path,
        args=_wordless(list(args)),
        kwargs=_wordless(dict(kwargs)),
        queue=task.queue_name,
        priority=task.priority,
        due_at=task.run_after or timezone.now(),
        tries=getattr(task.func, "tries", DEFAULT_TRIES),
        once=once,
    )


_STATUS = {
    Job.State.WAITING: TaskResultStatus.READY,
    Job.State.RUNNING: TaskResultStatus.RUNNING,
    Job.State.DONE: TaskResultStatus.SUCCESSFUL,
    Job.State.FAILED: TaskResultStatus.FAILED,
}


def _result_of(job: Job, task: Task[..., Any]) -> TaskResult[Any]:
    result: TaskResult[Any] = TaskResult(
        task=task,
        id=job.key,
        status=_STATUS[Job.State(job.state)],
        enqueued_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.started_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=task.backend,
        errors=[
            TaskError(exception_class_path=error["kind"], traceback=error["where"])
            for error in job.errors
        ],
        worker_ids=[job.worker] * job.attempt,
    )
    object.__setattr__(result, "_return_value", job.answer)
    return result


# --- work that comes round ----------------------------------------------------------------------


@dataclass(frozen=True)
class Period:
    """A task and how often it comes round."""

    task: Task[..., Any]
    every: timedelta
    at: time | None


PERIODS: dict[str, Period] = {}


def comes_round(task: Task[..., Any], *, every: timedelta, at: time | None) -> None:
    """Note that the worker should enqueue the task once in each period."""
    reason = rules.why_not_period(every=every, at=at)
    if reason:
        raise ValueError(f"{task.module_path}: {reason}")
    PERIODS[task.module_path] = Period(task, every, at)


def enqueue_periodic(*, now: datetime, known: dict[str, str] | None = None) -> int:
    """Enqueue what is due in this period and not enqueued yet, by any worker; return how many asked.

    ``known`` remembers what this worker asked for already, so that it asks the database once.
    """
    known = {} if known is None else known
    fresh = []
    for path, period in PERIODS.items():
        name = rules.period_of(now=now, every=period.every, at=period.at)
        if known.get(path) != name:
            known[path] = name
            fresh.append(_job_for(period.task, [], {}, once=f"{path}@{name}"))
    if fresh:
        Job.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


# --- doing the work -----------------------------------------------------------------------------


def lease() -> timedelta:
    """Return how long a worker may be silent before its job is given to another."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def claim(*, worker: str, now: datetime | None = None) -> Job | None:
    """Take the next job that is due, or return None. Never the same attempt to two workers."""
    now = now or timezone.now()
    take_back_lost(now=now)
    waiting = Job.objects.due(now).order_by("-priority", "due_at", "pk")
    for number, attempt in waiting.values_list("pk", "attempt")[:_AT_ONCE]:
        taken = (
            Job.objects.due(now)
            .filter(pk=number, attempt=attempt)
            .update(
                state=Job.State.RUNNING,
                attempt=F("attempt") + 1,
                worker=worker,
                lease_until=now + lease(),
                started_at=now,
            )
        )
        if taken:
            return Job.objects.get(pk=number)
    return None


def take_back_lost(*, now: datetime) -> int:
    """Put jobs of silent workers back in the queue, or give them up; return how many."""
    taken_back = 0
    for job in Job.objects.lost(now).order_by("pk")[:_AT_ONCE]:
        error = {"kind": "alongside.core.jobs.LeaseLost", "where": job.worker}
        taken_back += _report(
            Job.objects.lost(now).filter(pk=job.pk, attempt=job.attempt),
            job=job,
            error=error,
            due_at=None if job.attempt >= job.tries else now,
        )
    return taken_back


def renew(job: Job) -> bool:
    """Renew the lease; say whether the job is still ours."""
    held = Job.objects.held(number=job.pk, attempt=job.attempt)
    return bool(held.update(lease_until=timezone.now() + lease()))


def _report(held: Any, *, job: Job, error: dict[str, str], due_at: datetime | None) -> int:
    """Write that an attempt failed: due again then, or given up where ``due_at`` is None."""
    now = timezone.now()
    error = {**error, "at": now.isoformat(timespec="seconds")}
    facts: dict[str, Any] = {
        "errors": [*job.errors, error][-_ERRORS_KEPT:],
        "lease_until": None,
    }
    if due_at is None:
        facts.update(state=Job.State.FAILED, finished_at=now)
        logger.error("Job %s of %s failed for good: %s", job.key, job.task, error["kind"])
    else:
        facts.update(state=Job.State.WAITING, due_at=due_at)
    written: int = held.update(**facts)
    return written


_current: ContextVar[Job | None] = ContextVar("current_job", default=None)


def run(job: Job) -> bool:
    """Run a job that was claimed and write how it ended; say whether it was done."""
    token = _current.set(job)
    failure: BaseException | None = None
    answer: Any = None
    task: Task[..., Any] | None = None
    try:
        task = import_string(job.task)
        result = _result_of(job, task)
        task_started.send(JobTableBackend, task_result=result)
        given = [TaskContext(task_result=result), *job.args] if task.takes_context else job.args
        answer = _wordless(task.func(*given, **job.kwargs))
    except Exception as error:
        failure = error
    finally:
        _current.reset(token)
    held = Job.objects.held(number=job.pk, attempt=job.attempt)
    now = timezone.now()
    if failure is None:
        written = held.update(
            state=Job.State.DONE, finished_at=now, lease_until=None, answer=answer
        )
    else:
        written = _report(
            held, job=job, error=_place_of(failure), due_at=_when_again(job, failure, now)
        )
    if not written:
        logger.warning("Job %s of %s was taken up by another worker", job.key, job.task)
    elif task is not None and task_finished.has_listeners(JobTableBackend):
        job.refresh_from_db()
        if job.state in {Job.State.DONE, Job.State.FAILED}:
            task_finished.send(JobTableBackend, task_result=_result_of(job, task))
    if failure is not None and not isinstance(failure, Again | LeaseLost):
        _tell_log(job, failure)
    return bool(written) and failure is None


def _when_again(job: Job, failure: BaseException, now: datetime) -> datetime | None:
    """Return when to try again, or None to give up."""
    if isinstance(failure, GiveUp | Refused) or job.attempt >= job.tries:
        return None
    if isinstance(failure, Again) and failure.after is not None:
        return now + failure.after
    luck = random.random()  # noqa: S311  (spreads load; keeps no secret)
    return now + rules.wait_before_retry(attempt=job.attempt, luck=luck)


def _place_of(failure: BaseException) -> dict[str, str]:
    """Return the kind of error and where it was; its words may name people, so they stay out."""
    frames = traceback.extract_tb(failure.__traceback__)
    root = f"{settings.BASE_DIR}/"
    where = "\n".join(
        f"{frame.filename.removeprefix(root)}:{frame.lineno} {frame.name}" for frame in frames[-8:]
    )
    kind = type(failure)
    return {"kind": f"{kind.__module__}.{kind.__qualname__}", "where": where}


def _tell_log(job: Job, failure: BaseException) -> None:
    place = _place_of(failure)
    logger.warning(
        "Job %s of %s, attempt %s of %s: %s at %s",
        job.key,
        job.task,
        job.attempt,
        job.tries,
        place["kind"],
        place["where"].rpartition("\n")[2],
        exc_info=failure if settings.DEBUG else None,
    )


def progress(done: int, of: int) -> None:
    """Say inside a task how far it is. Outside a job it does nothing.

    Renews the lease as well. Raises LeaseLost where another worker has the job now.
    """
    job = _current.get()
    if job is None:
        return
    held = Job.objects.held(number=job.pk, attempt=job.attempt)
    if not held.update(done=done, of=of, lease_until=timezone.now() + lease()):
        raise LeaseLost


def discover() -> None:
    """Find the tasks of every room."""
    autodiscover_modules("tasks")


def run_due(*, worker: str = "here", most: int = 1000, raising: bool = True) -> int:
    """Run all jobs that are due now, here and in turn; return how many. For tests and commands.

    ``raising``: raise when a job does not end well, so that a test sees it.
    """
    for ran in range(most):
        job = claim(worker=worker)
        if job is None:
            return ran
        if not run(job) and raising:
            job.refresh_from_db()
            raise RuntimeError(f"{job.task}: {job.errors}")
    return most


# --- watching it --------------------------------------------------------------------------------


@dataclass(frozen=True)
class JobView:
    """What staff see of a job."""

    key: str
    title: str
    state: str
    state_words: str
    done: int
    of: int
    percent: int | None
    attempt: int
    tries: int
    asked_at: datetime
    due_at: datetime
    finished_at: datetime | None
    trouble: str  # the kind of the last error: a word for support, not for members

    @property
    def over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state in {Job.State.DONE, Job.State.FAILED}

    @property
    def failed(self) -> bool:
        """Whether it was given up."""
        return self.state == Job.State.FAILED


def _title(path: str) -> str:
    """Return the first line of what the task says it does."""
    try:
        words: str = import_string(path).func.__doc__ or ""
    except (ImportError, AttributeError):
        words = ""
    return words.strip().split("\n")[0].rstrip(".") or path.rpartition(".")[2].replace("_", " ")


def _view(job: Job) -> JobView:
    return JobView(
        key=job.key,
        title=_title(job.task),
        state=job.state,
        state_words=Job.State(job.state).label,
        done=job.done,
        of=job.of,
        percent=min(100, job.done * 100 // job.of) if job.of else None,
        attempt=job.attempt,
        tries=job.tries,
        asked_at=job.created_at,
        due_at=job.due_at,
        finished_at=job.finished_at,
        trouble=job.errors[-1]["kind"].rpartition(".")[2] if job.errors else "",
    )


def watch(key: str) -> JobView | None:
    """Return where a job stands, or None where there is no such job."""
    job = Job.objects.filter(key=key).first()
    return _view(job) if job else None


def failed() -> list[JobView]:
    """List jobs given up that nobody has set aside, newest first (200 at most)."""
    return [_view(job) for job in Job.objects.failed().order_by("-pk")[:_LIST]]


def under_way() -> list[JobView]:
    """List jobs waiting or running, the next first (200 at most)."""
    standing = Job.objects.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])
    return [_view(job) for job in standing.order_by("due_at", "pk")[:_LIST]]


def try_again(key: str) -> bool:
    """Put a job that was given up back in the queue, with all its tries; say whether it was."""
    put_back = Job.objects.filter(key=key, state=Job.State.FAILED).update(
        state=Job.State.WAITING,
        tries=F("attempt") + DEFAULT_TRIES,
        due_at=timezone.now(),
        finished_at=None,
        set_aside_at=None,
    )
    return bool(put_back)


def set_aside(key: str) -> bool:
    """Take a job that was given up off the list; say whether it was there."""
    return bool(Job.objects.failed().filter(key=key).update(set_aside_at=timezone.now()))


def tidy(*, now: datetime) -> int:
    """Forget jobs that were done, or failed and were set aside, 30 days ago; return how many."""
    old = now - KEPT_FOR
    done, _ = Job.objects.filter(state=Job.State.DONE, finished_at__lt=old).delete()
    seen, _ = Job.objects.filter(state=Job.State.FAILED, set_aside_at__lt=old).delete()
    return done + seen

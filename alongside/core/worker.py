"""The process that does background work."""

import logging
import os
import secrets
import signal
import socket
import threading
import time
from datetime import datetime, timedelta
from types import FrameType

from django.db import DatabaseError, connections
from django.utils import timezone

from alongside.core import jobs
from alongside.core.models import Job, WorkerHeartbeat

logger = logging.getLogger(__name__)

POLL = 0.5  # seconds between looks at an empty table
ROUND = 5.0  # seconds between looks at work that comes round
AFTER_TROUBLE = 2.0  # seconds to leave a database alone that did not answer
LONGEST_JOB = timedelta(minutes=30)
STUCK = 70  # the exit code of a worker that ended itself


def new_name() -> str:
    """Return a name for this worker that no other has."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


def say_alive(name: str) -> None:
    """Write that the worker is alive."""
    now = timezone.now()
    if not WorkerHeartbeat.objects.filter(worker=name).update(seen_at=now):
        WorkerHeartbeat.objects.create(worker=name, seen_at=now)


def is_any_alive(now: datetime) -> bool:
    """Whether a worker was heard of within a lease."""
    return WorkerHeartbeat.objects.filter(seen_at__gt=now - jobs.lease()).exists()


class Worker:
    """Takes jobs one at a time until told to stop, then finishes the one in hand."""

    def __init__(self) -> None:
        self.name = new_name()
        self.stopping = False
        self._job: Job | None = None
        self._job_since = 0.0
        self._quiet = threading.Event()
        self._periods: dict[str, str] = {}
        self._round_at = 0.0

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Ask the worker to stop after the job in hand; also what a signal calls."""
        self.stopping = True

    def obey_signals(self) -> None:
        """Stop when the system or somebody at the keyboard says so."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)

    def work(self) -> None:
        """Work until stopped."""
        jobs.discover()
        pulse = threading.Thread(target=self._pulse, name="pulse", daemon=True)
        pulse.start()
        while not self.stopping:
            try:
                busy = self.step()
            except DatabaseError as error:
                logger.error("The database did not answer a worker: %s", type(error).__name__)
                connections.close_all()
                time.sleep(AFTER_TROUBLE)
                continue
            if not busy:
                time.sleep(POLL)
        self._quiet.set()
        pulse.join(timeout=5)
        self._sign_off()

    def step(self) -> bool:
        """Do one job if one is due; say whether one was."""
        if time.monotonic() >= self._round_at:
            jobs.enqueue_periodic(now=timezone.now(), known=self._periods)
            self._round_at = time.monotonic() + ROUND
        job = jobs.claim(worker=self.name)
        if job is None:
            return False
        self._job_since, self._job = time.monotonic(), job
        try:
            jobs.run(job)
        finally:
            self._job = None
        return True

    def _pulse(self) -> None:
        """Say that the worker is alive and renew the lease of its job, from a thread of its own.

        A job that never ends would keep its lease for ever, so the worker that holds one ends
        itself: its supervisor starts another, and the job is taken up again until its tries are up.
        """
        while True:
            job = self._job
            if job and time.monotonic() - self._job_since > LONGEST_JOB.total_seconds():
                logger.critical("Job %s of %s is stuck: ending this worker", job.key, job.task)
                os._exit(STUCK)
            try:
                say_alive(self.name)
                if job:
                    jobs.renew(job)
            except DatabaseError as error:
                logger.error("A worker could not say it is alive: %s", type(error).__name__)
                connections.close_all()
            if self._quiet.wait(jobs.lease().total_seconds() / 4):
                connections.close_all()
                return

    def _sign_off(self) -> None:
        try:
            WorkerHeartbeat.objects.filter(worker=self.name).delete()
        except DatabaseError:
            logger.warning("A worker stopped without signing off")
        connections.close_all()

"""What keeps the processes going, as far as it can be tested without starting any."""

from types import SimpleNamespace

import pytest
from django.db import OperationalError

from alongside.core import worker as worker_module
from alongside.core.supervise import LONGEST_PAUSE, STEADY, Child
from alongside.core.tests.factories import make_job
from alongside.core.worker import LONGEST_JOB, STUCK, Worker, new_name


def test_a_process_that_dies_at_once_again_and_again_is_started_ever_more_slowly():
    child = Child("web", lambda: 0)
    pauses = []
    for now in range(8):
        child.started_at = now
        pauses.append(child.died(now + 0.5))
    assert pauses == [0, 1, 3, 7, 15, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]


def test_a_process_that_ran_well_before_it_died_is_started_at_once():
    child = Child("web", lambda: 0, pid=5, failures=6, started_at=100)
    assert child.died(101 + STEADY) == 0
    assert child.pid == 0


def test_no_two_workers_have_one_name():
    assert len({new_name() for _ in range(100)}) == 100


@pytest.mark.parametrize(("seconds", "ends"), [(-1, False), (1, True)])
def test_a_worker_whose_job_is_stuck_ends_itself(db, monkeypatch, seconds, ends):
    codes = []

    def end(code):
        codes.append(code)
        raise SystemExit(code)

    monkeypatch.setattr(worker_module.os, "_exit", end)
    monkeypatch.setattr(worker_module, "connections", SimpleNamespace(close_all=lambda: None))
    monkeypatch.setattr(worker_module.time, "monotonic", lambda: 10_000.0)
    worker = Worker()
    worker._job = make_job()
    worker._job_since = 10_000.0 - LONGEST_JOB.total_seconds() - seconds
    worker._quiet.set()  # so that the pulse beats once
    if ends:
        with pytest.raises(SystemExit):
            worker._pulse()
    else:
        worker._pulse()
    assert codes == [STUCK] * ends


def test_a_worker_outlives_a_database_that_is_away_for_a_while(db, monkeypatch):
    worker = Worker()
    tries = []

    def step():
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("gone")
        worker.stop()
        return False

    closed = []
    monkeypatch.setattr(worker, "step", step)
    monkeypatch.setattr(worker, "_pulse", lambda: None)
    monkeypatch.setattr(worker_module, "AFTER_TROUBLE", 0)
    monkeypatch.setattr(worker_module, "POLL", 0)
    everywhere = SimpleNamespace(close_all=lambda: closed.append(1))
    monkeypatch.setattr(worker_module, "connections", everywhere)
    worker.work()
    assert len(tries) == 3
    assert len(closed) == 3  # after each trouble, and when it signed off

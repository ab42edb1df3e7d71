"""Background work: what a job is promised. The whole file runs on both databases."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from alongside.core import jobs
from alongside.core.django6 import TaskResultStatus
from alongside.core.models import Job, WorkerHeartbeat
from alongside.core.refused import Refused
from alongside.core.tests import work
from alongside.core.tests.factories import make_job
from alongside.core.worker import Worker

pytestmark = pytest.mark.django_db
NOON = datetime(2022, 1, 24, 12, tzinfo=UTC)
WORK = "alongside.core.tests.work"


@pytest.fixture(autouse=True)
def _nothing_noted():
    work.noted.clear()


def test_enqueue_writes_a_job_that_runs_and_answers():
    result = work.note.enqueue("abc")
    assert result.status == TaskResultStatus.READY
    assert work.noted == []

    assert jobs.run_due() == 1

    result.refresh()
    assert (result.status, result.return_value) == (TaskResultStatus.SUCCESSFUL, "abc")
    assert work.noted == ["abc"]
    assert jobs.run_due() == 0


@pytest.mark.django_db(transaction=True)
def test_enqueue_is_rolled_back_with_the_transaction():
    @transaction.atomic
    def refuse_after_asking() -> None:
        work.note.enqueue("abc")
        raise Refused("No.")

    with pytest.raises(Refused):
        refuse_after_asking()
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "argument",
    ["Ada Bright", "ada@example.org", "x" * 201, "שלום", b"key", NOON, {"name": "Ada Bright"}],
)
def test_enqueue_refuses_arguments_that_could_be_words_about_people(argument):
    with pytest.raises(ValueError, match="no words"):
        work.note.enqueue(argument)
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "argument", ["abc2", 5, None, True, 1.5, ["a", 1], {"to": "a-b"}, "2030-01-14T14:00:00+00:00"]
)
def test_enqueue_takes_keys_codes_and_numbers(argument):
    work.note.enqueue(argument)
    assert Job.objects.get().args == [argument]


def test_a_task_for_later_waits():
    work.note.using(run_after=timezone.now() + timedelta(hours=1)).enqueue("late")
    assert jobs.run_due() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=1)):
        assert jobs.run_due() == 1


def test_higher_priority_goes_first_then_the_longest_waiting():
    for word, priority in [("low", -5), ("first", 0), ("second", 0), ("high", 5)]:
        work.note.using(priority=priority).enqueue(word)
    jobs.run_due()
    assert work.noted == ["high", "first", "second", "low"]


def test_a_failure_is_tried_again_later_and_later_then_shown_to_staff():
    work.stumble.enqueue()
    waits = []
    with time_machine.travel(NOON, tick=False) as clock:
        Job.objects.update(due_at=NOON)
        for _ in range(3):
            assert jobs.run_due(raising=False) == 1
            job = Job.objects.get()
            waits.append(job.due_at - timezone.now())
            clock.move_to(job.due_at + timedelta(seconds=1))
        assert jobs.run_due(raising=False) == 0
    assert timedelta(seconds=5) <= waits[0] <= timedelta(seconds=15)
    assert timedelta(seconds=20) <= waits[1] <= timedelta(seconds=60)
    assert (job.state, job.attempt) == (Job.State.FAILED, 3)
    [shown] = jobs.failed()
    assert (shown.title, shown.trouble) == ("Fail each time", "RuntimeError")
    assert len(jobs.failed()) == 1


def test_what_is_kept_of_an_error_holds_none_of_its_words(caplog):
    work.stumble.enqueue()
    jobs.run_due(raising=False)
    kept = str(Job.objects.values().get())
    assert "RuntimeError" in kept
    assert "core/tests/work.py" in kept
    assert "Ada" not in kept + caplog.text
    assert "ada@example.org" not in kept + caplog.text


def test_a_task_may_say_when_to_come_back():
    with time_machine.travel(NOON, tick=False):
        work.come_back.enqueue()
        jobs.run_due(raising=False)
    assert Job.objects.get().due_at == NOON + timedelta(hours=1)


@pytest.mark.parametrize("task", [work.give_up, work.refuse])
def test_a_failure_that_cannot_mend_is_not_tried_again(task):
    task.enqueue()
    jobs.run_due(raising=False)
    assert (Job.objects.get().state, Job.objects.get().attempt) == (Job.State.FAILED, 1)


def test_a_task_that_is_gone_fails_and_is_shown_by_its_name():
    make_job(task="alongside.core.tests.work.was_here", tries=1)
    jobs.run_due(raising=False)
    assert [shown.title for shown in jobs.failed()] == ["was here"]


def test_staff_can_have_a_failed_job_tried_again_or_set_aside():
    work.give_up.enqueue()
    jobs.run_due(raising=False)
    key = Job.objects.get().key

    assert jobs.try_again(key)
    assert jobs.watch(key).state == Job.State.WAITING
    assert not jobs.try_again(key)

    jobs.run_due(raising=False)
    assert jobs.set_aside(key)
    assert jobs.failed() == []
    assert not jobs.set_aside(key)
    assert jobs.watch(key).failed


def test_progress_can_be_watched():
    seen = []
    result = work.walk.enqueue(4)
    work.each_step = lambda: seen.append(jobs.watch(result.id).percent)
    try:
        jobs.run_due()
    finally:
        work.each_step = None
    assert seen == [25, 50, 75, 100]
    shown = jobs.watch(result.id)
    assert (shown.state_words, shown.over, shown.done, shown.of) == ("Done", True, 4, 4)


def test_progress_outside_a_job_does_nothing():
    jobs.progress(1, 2)
    assert not Job.objects.exists()


def test_watch_knows_no_other_key():
    assert jobs.watch("nosuchkey") is None


# --- leases and the fence -------------------------------------------------------------------------


def test_a_job_under_way_is_not_taken_by_another_worker():
    make_job()
    assert jobs.claim(worker="one") is not None
    assert jobs.claim(worker="two") is None


def test_a_job_whose_lease_ran_out_is_taken_up_again():
    make_job(due_at=NOON)
    first = jobs.claim(worker="one", now=NOON)
    assert jobs.claim(worker="two", now=NOON + jobs.lease()) is None
    second = jobs.claim(worker="two", now=NOON + jobs.lease() + timedelta(seconds=1))
    assert (first.attempt, second.attempt) == (1, 2)
    assert second.errors[0]["kind"].endswith("LeaseLost")


def test_a_worker_that_lost_its_lease_cannot_finish_nor_renew():
    make_job(due_at=NOON)
    slow = jobs.claim(worker="one", now=NOON)
    quick = jobs.claim(worker="two", now=NOON + jobs.lease() * 2)

    assert not jobs.renew(slow)
    assert not jobs.run(slow)
    assert Job.objects.get().state == Job.State.RUNNING

    assert jobs.run(quick)
    assert Job.objects.get().state == Job.State.DONE


def test_a_worker_that_lost_its_lease_stops_at_its_next_progress():
    make_job(due_at=NOON, task=f"{WORK}.walk", args=[3])
    slow = jobs.claim(worker="one", now=NOON)
    jobs.claim(worker="two", now=NOON + jobs.lease() * 2)
    assert not jobs.run(slow)
    standing = Job.objects.get()
    assert (standing.worker, standing.attempt, standing.done) == ("two", 2, 0)


def test_a_worker_that_renews_keeps_its_job():
    make_job()
    job = jobs.claim(worker="one")
    with time_machine.travel(timezone.now() + jobs.lease() * 0.75, tick=False):
        assert jobs.renew(job)
    with time_machine.travel(timezone.now() + jobs.lease() * 1.5, tick=False):
        assert jobs.claim(worker="two") is None


def test_a_job_that_kills_every_worker_is_given_up():
    make_job(due_at=NOON, tries=2)
    assert jobs.claim(worker="one", now=NOON)
    assert jobs.claim(worker="two", now=NOON + jobs.lease() * 2)
    assert jobs.claim(worker="three", now=NOON + jobs.lease() * 4) is None
    assert len(jobs.failed()) == 1


def test_the_database_refuses_a_running_job_without_a_lease():
    job = make_job()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)


# --- periodic work --------------------------------------------------------------------------------


@pytest.fixture
def hourly(monkeypatch):
    monkeypatch.setattr(jobs, "PERIODS", {})
    jobs.comes_round(work.note, every=timedelta(hours=1), at=None)


@pytest.mark.usefixtures("hourly")
def test_periodic_work_is_enqueued_once_a_period_by_however_many_workers():
    for minute in (0, 1, 30, 59):
        for known in ({}, {}):
            jobs.enqueue_periodic(now=NOON + timedelta(minutes=minute), known=known)
    assert Job.objects.get().once == f"{WORK}.note@2022-01-24T12:00Z"
    jobs.enqueue_periodic(now=NOON + timedelta(hours=1), known={})
    assert Job.objects.count() == 2


@pytest.mark.usefixtures("hourly")
def test_a_worker_asks_once_a_period(django_assert_num_queries):
    known = {}
    jobs.enqueue_periodic(now=NOON, known=known)
    with django_assert_num_queries(0):
        jobs.enqueue_periodic(now=NOON + timedelta(minutes=59), known=known)


@pytest.mark.usefixtures("hourly")
def test_periods_missed_are_not_made_up_for():
    jobs.enqueue_periodic(now=NOON, known={})
    jobs.enqueue_periodic(now=NOON + timedelta(days=3), known={})
    assert Job.objects.count() == 2


def test_the_database_refuses_a_second_job_for_a_period():
    make_job(once="x@1")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_job(once="x@1")


def test_a_period_that_cannot_be_is_refused_when_it_is_written():
    with pytest.raises(ValueError, match="7 days"):
        jobs.comes_round(work.note, every=timedelta(days=30), at=None)


def test_tidying_forgets_old_jobs_that_were_done_and_keeps_the_rest():
    old, new = NOON - timedelta(days=31), NOON - timedelta(days=29)
    make_job(state=Job.State.DONE, finished_at=old)
    make_job(state=Job.State.FAILED, finished_at=old, set_aside_at=old)
    kept = [
        make_job(state=Job.State.DONE, finished_at=new),
        make_job(state=Job.State.FAILED, finished_at=old),
        make_job(due_at=old),
    ]
    assert jobs.tidy(now=NOON) == 2
    assert set(Job.objects.values_list("pk", flat=True)) == {job.pk for job in kept}


def test_the_house_tidies_its_jobs_every_day():
    jobs.discover()
    assert "alongside.core.tasks.tidy_jobs" in jobs.PERIODS


# --- the worker -----------------------------------------------------------------------------------


def test_a_worker_does_one_job_at_a_time(monkeypatch):
    monkeypatch.setattr(jobs, "PERIODS", {})
    work.note.enqueue("one")
    work.note.enqueue("two")
    worker = Worker()
    assert (worker.step(), work.noted) == (True, ["one"])
    assert (worker.step(), work.noted) == (True, ["one", "two"])
    assert not worker.step()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_workers_that_race_do_every_job_once():
    for number in range(60):
        work.note.enqueue(str(number))
    start = threading.Barrier(4)
    troubles = []

    def labour(name: str) -> None:
        start.wait()
        try:
            while Job.objects.due(timezone.now()).exists():
                job = jobs.claim(worker=name)
                if job:
                    jobs.run(job)
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=labour, args=[f"worker {number}"]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert troubles == []
    assert sorted(work.noted, key=int) == [str(number) for number in range(60)]
    assert set(Job.objects.values_list("state", "attempt")) == {(Job.State.DONE, 1)}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("hourly")
def test_workers_that_race_enqueue_a_period_once():
    start = threading.Barrier(4)

    def ask() -> None:
        start.wait()
        try:
            jobs.enqueue_periodic(now=NOON, known={})
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert Job.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_worker_renews_its_lease_while_it_works_and_signs_off_when_it_stops(settings):
    settings.JOB_LEASE_SECONDS = 1
    worker = Worker()
    leases = []

    def look() -> bool:
        leases.append(Job.objects.values_list("lease_until", flat=True).get(task=f"{WORK}.linger"))
        if len(set(leases)) >= 3:
            worker.stop()
        return worker.stopping

    work.each_step = look
    work.linger.enqueue()
    thread = threading.Thread(target=worker.work)
    thread.start()
    thread.join(timeout=30)
    work.each_step = None

    assert not thread.is_alive()
    assert leases == sorted(leases)
    assert Job.objects.get(task=f"{WORK}.linger").state == Job.State.DONE
    assert not WorkerHeartbeat.objects.exists()

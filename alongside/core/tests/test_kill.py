"""Processes are started, killed and stopped; what they were doing is not lost and not done twice."""

import os
import signal
import socket
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from alongside.core.models import Job, WorkerHeartbeat
from alongside.core.tests import work
from alongside.core.tests.processes import children_of, free_port, manage, wait_for

pytestmark = [pytest.mark.kill, pytest.mark.django_db(transaction=True)]


def job() -> Job:
    return Job.objects.get(task__startswith="alongside.core.tests.work.")


def test_a_job_whose_worker_is_killed_is_taken_up_again(tmp_path):
    work.hang_the_first_time.enqueue()
    with manage(tmp_path, "work") as worker:
        wait_for("the job is under way", lambda: job().done == 1, tmp_path)
        worker.kill()
        worker.wait(timeout=10)
    assert job().state == Job.State.RUNNING

    with manage(tmp_path, "work"):
        wait_for("the job is done", lambda: job().state == Job.State.DONE, tmp_path)
    assert (job().attempt, job().answer) == (2, "done_at_attempt_2")


def test_a_worker_told_to_stop_finishes_the_job_in_hand_and_takes_no_other(tmp_path):
    work.until_asked.enqueue(str(tmp_path / "go"))
    with manage(tmp_path, "work") as worker:
        wait_for("the job is under way", lambda: job().done == 1, tmp_path)
        waiting = work.note.enqueue("another")
        worker.send_signal(signal.SIGTERM)
        (tmp_path / "go").touch()
        assert worker.wait(timeout=15) == 0
    assert job_named("until_asked").state == Job.State.DONE
    waiting.refresh()
    assert waiting.started_at is None
    assert not WorkerHeartbeat.objects.exists()


def job_named(name: str) -> Job:
    return Job.objects.get(task=f"alongside.core.tests.work.{name}")


def ask(port: int, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc, so Linux only")
def test_serve_restarts_what_dies_and_stops_it_all_together(tmp_path):
    port = free_port()
    with manage(tmp_path, "serve", "--port", str(port)) as serve:
        assert serve.stdout.readline() == f"Alongside is ready at http://127.0.0.1:{port}/\n"
        wait_for("a worker is alive", lambda: ask(port, "/readyz") == 200, tmp_path)
        first = set(children_of(serve.pid))
        assert len(first) == 2

        for child in first:
            os.kill(child, signal.SIGKILL)
        wait_for(
            "both are back",
            lambda: len(set(children_of(serve.pid)) - first) == 2 and ask(port, "/healthz") == 200,
            tmp_path,
        )
        work.note.enqueue("after")
        wait_for("the new worker works", lambda: job().state == Job.State.DONE, tmp_path)

        second = children_of(serve.pid)
        serve.send_signal(signal.SIGTERM)
        assert serve.wait(timeout=30) == 0
        assert [child for child in second if Path(f"/proc/{child}").exists()] == []
        assert ask(port, "/healthz") == 0


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc, so Linux only")
def test_nothing_is_left_behind_when_the_supervisor_itself_is_killed(tmp_path):
    port = free_port()
    with manage(tmp_path, "serve", "--port", str(port)) as serve:
        serve.stdout.readline()
        left = children_of(serve.pid)
        serve.kill()
        serve.wait(timeout=10)
        wait_for(
            "its processes ended",
            lambda: not any(Path(f"/proc/{child}").exists() for child in left),
            tmp_path,
        )


def test_serve_says_plainly_when_the_port_is_taken(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with manage(tmp_path, "serve", "--port", str(port)) as serve:
            assert serve.wait(timeout=20) == 1
    assert f"Cannot listen on 127.0.0.1 port {port}" in (tmp_path / "log").read_text()

"""Tasks for the tests of background work."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from alongside.core.django6 import TaskContext
from alongside.core.refused import Refused
from alongside.core.tasks import Again, GiveUp, progress, task

noted: list[str] = []
each_step: Callable[[], object] | None = None


@task(tries=3)
def note(word: str = "done") -> str:
    """Note a word."""
    noted.append(word)
    return word


@task(tries=3)
def stumble() -> None:
    """Fail each time."""
    raise RuntimeError("Ada Bright, ada@example.org")


@task(tries=3)
def come_back() -> None:
    """Ask to be run again in an hour."""
    raise Again(after=timedelta(hours=1))


@task(tries=3)
def give_up() -> None:
    """Say that trying again would not help."""
    raise GiveUp("There is no such letter")


@task()
def walk(steps: int) -> int:
    """Say how far it is after each step."""
    for step in range(steps):
        progress(step + 1, steps)
        if each_step:
            each_step()
    return steps


@task()
def refuse() -> None:
    """Meet an action that refuses."""
    raise Refused("There is no place left.")


@task()
def linger() -> None:
    """Work until the test has seen enough, 20 seconds at most."""
    for _ in range(400):
        if each_step and each_step():
            return
        time.sleep(0.05)


@task(takes_context=True)
def hang_the_first_time(context: TaskContext) -> str:
    """Hang at the first attempt, so that the test can kill the worker."""
    progress(1, 2)
    if context.attempt == 1:
        time.sleep(60)
    return f"done_at_attempt_{context.attempt}"


@task()
def until_asked(path: str) -> None:
    """Work until the file is there, 20 seconds at most."""
    progress(1, 2)
    for _ in range(400):
        if Path(path).exists():
            return
        time.sleep(0.05)

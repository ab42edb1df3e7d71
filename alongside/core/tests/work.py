"""Tasks for the tests of background work."""

import time
from collections.abc import Callable
from datetime import timedelta

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

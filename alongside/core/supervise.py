"""Keeps processes running: starts them, restarts those that die, stops all of them together."""

import contextlib
import ctypes
import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

logger = logging.getLogger(__name__)

GRACE = 40.0  # seconds to finish what is in hand; longer than gunicorn's own
LONGEST_PAUSE = 30.0
STEADY = 60.0  # seconds after which a process counts as having started well
_TICK = 0.1
_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """A process to keep running. ``start`` runs in it and returns its exit code."""

    name: str
    start: Callable[[], int | None]
    pid: int = 0
    started_at: float = 0.0
    start_after: float = 0.0
    failures: int = 0

    def died(self, now: float) -> float:
        """Note that it died; return how long to wait before it is started again, in seconds."""
        self.failures = 1 if now - self.started_at > STEADY else self.failures + 1
        pause = min(2.0 ** (self.failures - 1) - 1, LONGEST_PAUSE)
        self.pid, self.start_after = 0, now + pause
        return pause


def die_with_parent() -> None:
    """Ask the system to end this process when the one that forked it is killed (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Forks the children after everything is loaded, so that they share its memory."""

    def __init__(self, children: list[Child], each_tick: Callable[[], None] = lambda: None) -> None:
        self.children = children
        self.each_tick = each_tick
        self.stopping = False

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def run(self) -> None:
        """Supervise until SIGTERM or SIGINT, then stop every child gracefully."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        gc.collect()
        gc.freeze()
        while not self.stopping:
            self._start_due()
            self.each_tick()
            time.sleep(_TICK)
            self._bury()
        self._stop_all()

    def _start_due(self) -> None:
        for child in self.children:
            if not child.pid and time.monotonic() >= child.start_after:
                self._fork(child)

    def _fork(self, child: Child) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        pid = os.fork()
        if pid:
            child.pid, child.started_at = pid, time.monotonic()
            return
        code = 1
        try:
            os.setsid()  # Ctrl-C goes to the supervisor, which stops the others in good order
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            die_with_parent()
            if os.getppid() == parent:
                code = child.start() or 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:
            logger.exception("%s could not run", child.name)
        finally:
            with contextlib.suppress(Exception):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)

    def _bury(self) -> None:
        for child in self.children:
            if not child.pid:
                continue
            pid, status = os.waitpid(child.pid, os.WNOHANG)
            if pid and not self.stopping:
                pause = child.died(time.monotonic())
                code = os.waitstatus_to_exitcode(status)
                logger.error("%s ended (%s); starting it again in %.0f s", child.name, code, pause)
            elif pid:
                child.pid = 0

    def _stop_all(self) -> None:
        for child in self.children:
            self._signal(child, signal.SIGTERM)
        until = time.monotonic() + GRACE
        while any(child.pid for child in self.children) and time.monotonic() < until:
            self._bury()
            time.sleep(_TICK)
        for child in self.children:
            self._signal(child, signal.SIGKILL)
            if child.pid:
                os.waitpid(child.pid, 0)

    @staticmethod
    def _signal(child: Child, number: int) -> None:
        if child.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child.pid, number)

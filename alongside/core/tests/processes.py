"""Starts the product as processes of its own on the test's database, to kill them."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

LEASE_SECONDS = 2


def database_url() -> str:
    """Return the address of the database this test is on."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    user, host = quote(facts["USER"] or ""), quote(facts["HOST"] or "", safe="")
    password = f":{quote(facts['PASSWORD'])}" if facts["PASSWORD"] else ""
    port = f":{facts['PORT']}" if facts["PORT"] else ""
    return f"postgres://{user}{password}@{host}{port}/{facts['NAME']}"


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextlib.contextmanager
def manage(folder: Path, *command: str, **more: str) -> Iterator["subprocess.Popen[str]"]:
    """Run a management command beside the test; kill its whole group at the end."""
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "DATABASE_URL": database_url(),
        "ALONGSIDE_DATA_DIR": str(folder),
        "ALONGSIDE_SECRET_KEY": "for-tests-only",
        "ALONGSIDE_HTTPS": "off",
        "ALONGSIDE_JOB_LEASE_SECONDS": str(LEASE_SECONDS),
        "ALONGSIDE_WEB_WORKERS": "1",
        "PYTHONUNBUFFERED": "1",
        **more,
    }
    with (folder / "log").open("a", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)
        if process.stdout:
            process.stdout.close()


def wait_for(what: str, question: Callable[[], object], folder: Path, seconds: float = 30) -> None:
    """Wait until it is so; fail with what the process said where it is not so in time."""
    until = time.monotonic() + seconds
    while not question():
        if time.monotonic() > until:
            raise AssertionError(f"Not in {seconds} s: {what}\n{(folder / 'log').read_text()}")
        time.sleep(0.05)


def children_of(process: int) -> list[int]:
    """List the processes that this one started (Linux)."""
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        found += [int(number) for number in (task / "children").read_text().split()]
    return found

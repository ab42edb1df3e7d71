"""A private PostgreSQL for tests: made, used and thrown away.

Run from the system's binaries as an ordinary user, reached through a socket only, in a folder with
a short path outside home folders, with no thought for power cuts.

    python scripts/postgres.py COMMAND ...    runs the command with DATABASE_URL set to it
"""

import contextlib
import glob
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

OLDEST = 15
ORDINARY_USERS = ("postgres", "nobody")


class NoPostgres(Exception):  # noqa: N818
    """There is no PostgreSQL to test with; the words say why."""


def find_binaries() -> str:
    """Return the folder of the newest PostgreSQL on this machine. Raises NoPostgres."""
    found = {
        int(path.split("/")[4]): path
        for path in glob.glob("/usr/lib/postgresql/*/bin")
        if path.split("/")[4].isdigit() and os.path.exists(f"{path}/initdb")
    }
    if found and max(found) >= OLDEST:
        return found[max(found)]
    on_path = shutil.which("initdb")
    if on_path:
        return os.path.dirname(os.path.realpath(on_path))
    raise NoPostgres(f"PostgreSQL {OLDEST} or later is not installed")


def ordinary_user() -> str:
    """Return the user to run it as: ourselves, or another when we are root. Raises NoPostgres."""
    if os.geteuid():
        return ""
    for name in ORDINARY_USERS:
        with contextlib.suppress(KeyError):
            pwd.getpwnam(name)
            return name
    raise NoPostgres("we are root and there is no ordinary user to run PostgreSQL as")


def _run_as(user: str) -> dict[str, Any]:
    if not user:
        return {}
    who = pwd.getpwnam(user)
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


def stop_in_good_order() -> None:
    """Let SIGTERM unwind us as Ctrl-C does, so that what was started is stopped."""

    def unwind(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, unwind)


@contextlib.contextmanager
def private_postgres() -> Iterator[str]:
    """Start one, give its DATABASE_URL, stop it and remove it. Raises NoPostgres."""
    binaries, user = find_binaries(), ordinary_user()
    folder = tempfile.mkdtemp(prefix="along-pg-", dir="/tmp")
    how: dict[str, Any] = {
        "cwd": folder,
        "stdin": subprocess.DEVNULL,
        "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
        **_run_as(user),
    }
    try:
        if user:
            shutil.chown(folder, user)
        data = f"{folder}/data"
        made = subprocess.run(
            [
                *(f"{binaries}/initdb", "-D", data, "-U", "alongside", "-A", "trust"),
                *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
            ],
            capture_output=True,
            text=True,
            **how,
        )
        if made.returncode:
            raise NoPostgres(f"initdb did not succeed: {made.stderr.strip()[-300:]}")
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": folder,
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": "200",
            "shared_buffers": "64MB",
            "autovacuum": "on",
            "log_min_messages": "fatal",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with open(f"{folder}/log", "wb") as log:
            server = subprocess.Popen(
                [f"{binaries}/postgres", "-D", data, *options], stdout=log, stderr=log, **how
            )
        try:
            _wait_until_ready(binaries, folder, server)
            yield f"postgres://alongside@{quote(folder, safe='')}/postgres"
        finally:
            server.terminate()
            try:
                server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(binaries: str, folder: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(100):
        if server.poll() is not None:
            with open(f"{folder}/log", encoding="utf-8", errors="replace") as log:
                raise NoPostgres(f"PostgreSQL did not start: {log.read().strip()[-300:]}")
        asked = subprocess.run(
            [f"{binaries}/pg_isready", "-q", "-h", folder, "-t", "1"], check=False
        )
        if asked.returncode == 0:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(timeout=0.1)
    raise NoPostgres("PostgreSQL did not answer within 10 seconds")


def main() -> int:
    """Run a command with a private PostgreSQL."""
    stop_in_good_order()
    try:
        with private_postgres() as url:
            return subprocess.run(
                sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False
            ).returncode
    except NoPostgres as reason:
        sys.stderr.write(f"No PostgreSQL: {reason}.\n")
        return 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)

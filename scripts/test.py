"""``make test``: every test, on SQLite and on PostgreSQL side by side.

Arguments go to pytest. Says plainly what it had to leave out, and ends with one honest line.
"""

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from environment import ROOT, CannotSetUp, ensure
from postgres import NoPostgres, private_postgres, stop_in_good_order

COUNTED = [("passed",), ("failed", "error", "errors"), ("skipped",)]


@dataclass
class Run:
    """The tests on one database."""

    name: str
    process: "subprocess.Popen[str]"
    lines: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether every test that ran passed, and some did."""
        return self.process.returncode == 0

    @property
    def summary(self) -> str:
        """Return pytest's own last words, such as "512 passed, 3 skipped"."""
        for line in reversed(self.lines):
            counted = re.search(r"\d+ (passed|failed|error|skipped|deselected).*", line)
            if counted:
                return counted.group(0).strip(" =")
        return f"ended without a summary (exit code {self.process.returncode})"

    def count(self, words: tuple[str, ...]) -> int:
        """Return how many tests ended in one of these words."""
        found = re.findall(r"(\d+) (\w+)", self.summary)
        return sum(int(number) for number, word in found if word in words)

    def follow(self, started: float) -> None:
        """Show what the tests say as they say it, with the database in front."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            sys.stdout.write(f"{self.name:>10} | {line}")
            sys.stdout.flush()
        self.process.wait()
        self.seconds = time.monotonic() - started


def start(name: str, python: str, database_url: str, folder: str, arguments: list[str]) -> Run:
    """Start the tests on a database, away from whatever this shell has set."""
    ours = ("ALONGSIDE_", "DATABASE_URL", "DJANGO_", "PYTEST_", "HOST", "PORT")
    environment = {n: v for n, v in os.environ.items() if not n.startswith(ours)}
    data = Path(folder) / name
    data.mkdir()
    environment.update(ALONGSIDE_DATA_DIR=str(data), TMPDIR=str(data))
    environment["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop beside Django's test server
    if database_url:
        environment["DATABASE_URL"] = database_url
    process = subprocess.Popen(
        [python, "-m", "pytest", "-rfEs", "-p", "no:cacheprovider", "--color=no", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    return Run(name, process)


def ensure_node_tools() -> str:
    """Install what checks pages in a browser; return why not where it cannot."""
    lock, npm = ROOT / "package-lock.json", shutil.which("npm")
    if not npm or not lock.exists():
        return "npm is not installed, so pages were not checked by axe and the Nu validator"
    mark = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = ROOT / "node_modules" / ".installed"
    if stamp.exists() and stamp.read_text(encoding="ascii") == mark:
        return ""
    ran = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=ROOT,
        check=False,
    )
    if ran.returncode:
        return "npm ci did not succeed, so pages were not checked by axe and the Nu validator"
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(mark, encoding="ascii")
    return ""


def run_all(python: str, arguments: list[str]) -> tuple[list[Run], list[str]]:
    """Run the tests on both databases at once; return the runs and what was left out."""
    left_out = [reason for reason in [ensure_node_tools()] if reason]
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="along-"))
        started = time.monotonic()
        runs = [start("SQLite", python, "", folder, arguments)]
        try:
            url = stack.enter_context(private_postgres())
            runs.append(start("PostgreSQL", python, url, folder, arguments))
        except NoPostgres as reason:
            left_out.append(f"PostgreSQL: {reason}")
        followers = [threading.Thread(target=run.follow, args=[started]) for run in runs]
        try:
            for follower in followers:
                follower.start()
            for follower in followers:
                follower.join()
        except BaseException:
            for run in runs:
                run.process.terminate()
            raise
    return runs, left_out


def main() -> int:
    """Set up, test, and sum up."""
    stop_in_good_order()
    try:
        python = str(ensure("dev"))
    except CannotSetUp as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    runs, left_out = run_all(python, sys.argv[1:])
    sys.stdout.write("\n")
    for words in left_out:
        sys.stdout.write(f"LEFT OUT: {words}.\n")
    told = "; ".join(f"{run.name}: {run.summary}" for run in runs)
    fine = all(run.passed for run in runs)
    verdict = "FAILED" if not fine else "PASSED, but not everything ran" if left_out else "PASSED"
    sys.stdout.write(f"{verdict}. {told}.\n")
    passed, failed, skipped = (sum(run.count(of) for run in runs) for of in COUNTED)
    sys.stdout.write(f"Tests: {passed} passed, {failed} failed, {skipped} skipped\n")
    return 0 if fine else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)

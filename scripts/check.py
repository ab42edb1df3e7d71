"""``make check``: format, lint, types, walls, templates, migrations, settings, secrets.

Runs every check, two at a time, shows what the failing ones say, and ends with one line.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from environment import ROOT, CannotSetUp, ensure

SAFE = {  # as a trust would run it, so that Django's own deployment check has something to check
    "ALONGSIDE_SECRET_KEY": "-".join(["checked", "for", "its", "length", "only"] * 3),
    "ALONGSIDE_HOSTS": "alongside.example",
    "ALONGSIDE_SITE_URL": "https://alongside.example",
    "ALONGSIDE_SSL_REDIRECT": "on",
    "ALONGSIDE_BEHIND_PROXY": "on",
}


@dataclass
class Check:
    """One thing to look at. Either a command, or a function that returns complaints."""

    name: str
    command: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    why_not: str = ""


def checks(python: str) -> list[Check]:
    """List the checks, the slowest first."""
    tools = Path(python).parent

    def tool(name: str, *arguments: str) -> list[str]:
        return [str(tools / name), *arguments]

    def manage(*arguments: str) -> list[str]:
        return [python, "manage.py", *arguments]

    npm = "" if shutil.which("npm") else "npm is not installed"
    return [
        Check("types", tool("mypy", "alongside", "scripts")),
        Check("secrets", [python, "scripts/kept_out.py"]),
        Check("format", tool("ruff", "format", "--check", "--quiet", ".")),
        Check("lint", tool("ruff", "check", "--quiet", "--output-format=concise", ".")),
        Check("walls", tool("lint-imports")),
        Check("templates", [python, "scripts/templates.py"]),
        Check("template lint", tool("djlint", "alongside", "--lint", "--quiet")),
        Check("migrations", manage("makemigrations", "--check", "--dry-run")),
        Check(
            "deployment",
            manage("check", "--deploy", "--fail-level", "WARNING"),
            environment=SAFE,
        ),
        Check(
            "vendored files",
            [python, "scripts/vendor_nhsuk.py", "--check"],
            why_not=npm,
        ),
        Check("words", [python, "scripts/words.py"]),
    ]


def run(check: Check) -> tuple[Check, bool, str, float]:
    """Run a check; return whether it passed, what it said, and how long it took in seconds."""
    started = time.monotonic()
    if check.why_not:
        return check, True, "", 0.0
    environment = {n: v for n, v in os.environ.items() if not n.startswith("ALONGSIDE_")}
    environment.pop("DATABASE_URL", None)
    environment.update(ALONGSIDE_DATA_DIR=str(ROOT / ".cache" / "check"), **check.environment)
    ran = subprocess.run(
        check.command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return check, ran.returncode == 0, ran.stdout.strip(), time.monotonic() - started


def main() -> int:
    """Run the checks that are named, or all of them."""
    try:
        python = str(ensure("dev"))
    except CannotSetUp as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    wanted = re.compile("|".join(map(re.escape, sys.argv[1:])))
    chosen = [check for check in checks(python) if wanted.match(check.name)]
    failed = []
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        for check, passed, said, seconds in pool.map(run, chosen):
            if check.why_not:
                sys.stdout.write(f"left out  {check.name}: {check.why_not}\n")
                continue
            sys.stdout.write(
                f"{'ok    ' if passed else 'FAILED'}    {check.name} ({seconds:.0f} s)\n"
            )
            if not passed:
                failed.append(check.name)
                sys.stdout.write(f"{said}\n\n")
            sys.stdout.flush()
    if failed:
        sys.stdout.write(f"\nFAILED: {', '.join(failed)}.\n")
        return 1
    sys.stdout.write("\nAll checks passed.\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)

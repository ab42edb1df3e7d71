"""The project's own virtual environment, made once and kept in step with its lock file.

    python3 scripts/environment.py run    what the product needs
    python3 scripts/environment.py dev    and what testing and checking it needs

Needs only Python 3.11 or later. Prints the path of the environment's Python.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)


class CannotSetUp(Exception):  # noqa: N818
    """The environment cannot be made; the words say why and what to do."""


def ensure(kind: str) -> Path:
    """Return the Python of an environment that has what ``kind`` needs. Raises CannotSetUp."""
    if sys.version_info < OLDEST:
        raise CannotSetUp("Alongside needs Python 3.11 or later. Name one: make PYTHON=python3.12")
    if PYTHON.exists() and _kept(kind) == _mark(kind):
        return PYTHON
    if not _works():
        _make()
    _say(f"Installing what requirements/{kind}.txt names ...")
    _pip("install", "--require-hashes", "--no-compile", "-r", str(_lock(kind)))
    _compile()
    # What a developer's environment holds, the product's own does too.
    for fulfilled in ["run", "dev"] if kind == "dev" else ["run"]:
        _stamp(fulfilled).write_text(_mark(fulfilled), encoding="ascii")
    return PYTHON


def _lock(kind: str) -> Path:
    return ROOT / "requirements" / f"{kind}.txt"


def _mark(kind: str) -> str:
    """Return a mark that changes with the lock file and with Python."""
    return hashlib.sha256(_lock(kind).read_bytes() + sys.version.encode()).hexdigest()


def _stamp(kind: str) -> Path:
    return VENV / f".installed-{kind}"


def _kept(kind: str) -> str:
    stamp = _stamp(kind)
    return stamp.read_text(encoding="ascii") if stamp.exists() else ""


def _works() -> bool:
    """Whether an environment is there, runs, and is of this Python."""
    if not PYTHON.exists():
        return False
    asked = subprocess.run(
        [PYTHON, "-c", "import pip, sys; print(sys.version)"],
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.returncode == 0 and asked.stdout.strip() == sys.version


def _make() -> None:
    _say(f"Making a virtual environment in {VENV.name} ...")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise CannotSetUp(
            "Python could not make a virtual environment. On Debian and Ubuntu, install "
            f"python3-venv first.\n{made.stdout.strip()[-500:]}{made.stderr.strip()[-500:]}"
        )


def _pip(*arguments: str) -> None:
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    ran = subprocess.run(
        [PYTHON, "-m", "pip", *arguments, *quiet],
        env={**os.environ, "PIP_USER": "0", "PIP_ROOT_USER_ACTION": "ignore"},
        check=False,
    )
    if ran.returncode:
        raise CannotSetUp("pip could not install what the lock file names; see above.")


def _compile() -> None:
    """Compile to byte code now: where Python is told not to write it, each start would again."""
    code = [*VENV.glob("lib/python3*/site-packages"), ROOT / "alongside"]
    subprocess.run(
        [PYTHON, "-m", "compileall", "-q", "-q", "-j", "0", *code],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,  # some packages carry files for other versions of Python
    )


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def main() -> int:
    """Make it, and print where its Python is."""
    try:
        sys.stdout.write(f"{ensure(sys.argv[1] if len(sys.argv) > 1 else 'run')}\n")
    except CannotSetUp as reason:
        _say(str(reason))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""``make run``: from a fresh clone to a page in the browser.

Reads HOST and PORT, and everything in docs/running/settings.md. Unless told otherwise it is a
demo without TLS: for looking at, not for real people's data.
"""

import os
import subprocess
import sys

from environment import ROOT, CannotSetUp, ensure

OURSELVES = ["127.0.0.1", "localhost", "[::1]"]
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
YES = {"1", "on", "true", "yes"}


def settings_for(host: str, port: str, given: dict[str, str]) -> dict[str, str]:
    """Return the environment to run in: what was given, and what a demo on this address needs."""
    shown = ANYWHERE.get(host, host)
    name = f"[{shown}]" if ":" in shown else shown
    chosen = {
        "ALONGSIDE_DEMO": "on",
        "ALONGSIDE_HTTPS": "off",
        "ALONGSIDE_SITE_URL": f"http://{name}:{port}",
        **given,
    }
    if "ALONGSIDE_HOSTS" not in chosen:
        if host in ANYWHERE and chosen["ALONGSIDE_DEMO"].lower() in YES:
            chosen["ALONGSIDE_HOSTS"] = "*"  # any name this machine has; a demo holds nobody's data
        else:
            chosen["ALONGSIDE_HOSTS"] = ",".join(dict.fromkeys([*OURSELVES, name]))
    return chosen


def main() -> int:
    """Set up, prepare the database and the static files, and serve."""
    host = os.environ.get("HOST", "").strip("[]") or "127.0.0.1"
    port = os.environ.get("PORT", "") or "8000"
    try:
        python = str(ensure("run"))
    except CannotSetUp as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    environment = settings_for(host, port, dict(os.environ))
    os.chdir(ROOT)
    prepared = subprocess.run([python, "manage.py", "prepare"], env=environment, check=False)
    if prepared.returncode == 0:
        serve = [python, "manage.py", "serve", "--host", host, "--port", port]
        os.execve(python, serve, environment)  # noqa: S606  (the same process: signals arrive)
    return prepared.returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)

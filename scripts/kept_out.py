"""No password or key in a commit, by detect-secrets.

What only looks like one is listed in ``.secrets.baseline``, by file and hash; look at each before
you accept it with ``python scripts/kept_out.py --accept``.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BASELINE = ROOT / ".secrets.baseline"
# Hashes of packages and of vendored files are not secrets.
NOT_THESE = r"(^requirements/|package-lock\.json$|/vendored\.json$|/static/|^\.secrets\.baseline$|(^|/)tests/)"

Found = dict[str, dict[str, str]]


def found() -> tuple[Found, dict[str, int]]:
    """Return what looks like a secret, by file and hash, and the line of each."""
    scanned = subprocess.run(
        [
            *(
                sys.executable,
                "-c",
                "from detect_secrets.main import main; raise SystemExit(main())",
            ),
            *("scan", "--exclude-files", NOT_THESE),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    kept: Found = {}
    lines: dict[str, int] = {}
    for name, secrets in sorted(json.loads(scanned.stdout)["results"].items()):
        for secret in secrets:
            kept.setdefault(name, {})[secret["hashed_secret"]] = secret["type"]
            lines[name + secret["hashed_secret"]] = secret["line_number"]
    return kept, lines


def main() -> int:
    """Compare with what was accepted, or accept what is there."""
    now, lines = found()
    if "--accept" in sys.argv[1:]:
        BASELINE.write_text(json.dumps(now, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        return 0
    accepted: Found = json.loads(BASELINE.read_text(encoding="utf-8"))
    new = [
        f"{name}:{lines[name + secret]}: {kind}"
        for name, secrets in now.items()
        for secret, kind in secrets.items()
        if secret not in accepted.get(name, {})
    ]
    sys.stdout.write("".join(f"{line}\n" for line in new))
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main())

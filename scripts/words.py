"""No file of the project names a package registry or a folder of somebody's machine.

Lock files and vendored files must work behind any mirror, and a path of one machine is true on no
other. The words are put together here, so that this file does not hold them itself.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 5_000_000

REGISTRIES = [
    ("py" + "pi", "org"),
    ("python" + "hosted", "org"),
    ("registry.npm" + "js", "org"),
    ("npm" + "js", "com"),
    ("registry.yarn" + "pkg", "com"),
]
FOLDERS = ["wo" + "rk", "ro" + "ot", "ho" + "me/[a-z]", "Us" + "ers/[A-Za-z]"]
TOOLS = ["fa" + "rm", "dupli" + "cates"]
FORBIDDEN = re.compile(
    "|".join(
        [
            *(rf"\b{re.escape(name)}\.{end}\b" for name, end in REGISTRIES),
            *(rf"(?<![\w./<])/{folder}(?:/|\b(?=[\s\"'`,;)]))" for folder in FOLDERS[:2]),
            *(rf"(?<![\w./<])/{folder}" for folder in FOLDERS[2:]),
            *(rf"\b{tool}-[a-z]" for tool in TOOLS[:1]),
        ]
    )
)


def main() -> int:
    """List every place; fail where there is one."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = 0
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if not path.is_file() or path.stat().st_size > LONGEST:
            continue
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # a picture or a font
        for number, line in enumerate(lines, start=1):
            hit = FORBIDDEN.search(line)
            if hit:
                found += 1
                sys.stdout.write(f"{name}:{number}: {hit.group(0)}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""Every page of everybody is valid HTML, by the Nu checker."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from conftest import cast_names
from tests.visits import visits

JAR = Path(settings.BASE_DIR) / "node_modules/vnu-jar/build/dist/vnu.jar"
# Markup of the NHS components that the checker is stricter about than readers are:
# roles of table parts said aloud, because a table that becomes cards on a phone (display: block)
# loses them in some browsers; and the role "text", which joins the words of a warning's heading.
HARMLESS = re.compile(
    r"must not be used on a “(tr|td|th)” element which has a “table” ancestor"
    r"|Bad value “text” for attribute “role” on element “span”"
    r"|role is unnecessary"
)


def test_every_page_is_valid_html(world, tmp_path):
    if shutil.which("java") is None:
        pytest.skip("SKIPPED: HTML is not checked, because Java is not installed")
    if not JAR.exists():
        pytest.skip("SKIPPED: HTML is not checked, because `npm ci` was not run")
    where: dict[str, str] = {}
    kept: set[int] = set()
    for who in cast_names():
        for seen in visits(world, who):
            plain = re.sub(rb'(name="csrfmiddlewaretoken" value=)"[^"]*"', rb'\1"x"', seen.content)
            if seen.is_page and hash(plain) not in kept:
                kept.add(hash(plain))
                file = tmp_path / f"{len(kept)}.html"
                file.write_bytes(plain)
                where[file.as_uri().removeprefix("file:").lstrip("/")] = str(seen)
    assert len(where) > 50, "there were hardly any pages"
    ran = subprocess.run(
        [
            "java",
            "-Xss8m",
            "-jar",
            JAR,
            "--stdout",
            "--format",
            "json",
            "--exit-zero-always",
            tmp_path,
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    said = json.loads(ran.stdout)["messages"]
    faults = {
        f"{where.get(one.get('url', '').removeprefix('file:').lstrip('/'), one.get('url'))}: "
        f"{one['message']} [{one.get('extract', '').strip()[:80]}]"
        for one in said
        if one["type"] == "error" or one.get("subType") == "warning"
        if not HARMLESS.search(one["message"])
    }
    short = sorted({re.sub(r"(?<=/)[a-z0-9]{20}(?=/)", "KEY", fault) for fault in faults})
    assert not short, f"{len(short)} faults\n" + "\n".join(short[:80])

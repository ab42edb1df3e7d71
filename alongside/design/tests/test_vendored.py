"""The NHS files are the ones the script wrote: nobody edited them by hand."""

import hashlib
import json
from pathlib import Path

DESIGN = Path(__file__).resolve().parent.parent
ROOT = DESIGN.parent.parent


def test_committed_files_are_those_of_the_manifest() -> None:
    manifest = json.loads((DESIGN / "vendored.json").read_text(encoding="utf-8"))
    static = DESIGN / "static" / "design"
    assert len(manifest["files"]) > 2
    for name, expected in manifest["files"].items():
        assert hashlib.sha256((static / name).read_bytes()).hexdigest() == expected, name
    stray = {path.name for path in (static / "images").iterdir()}
    assert {f"images/{name}" for name in stray} <= set(manifest["files"])


def test_the_version_is_the_one_asked_for() -> None:
    manifest = json.loads((DESIGN / "vendored.json").read_text(encoding="utf-8"))
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    package = locked["packages"]["node_modules/nhsuk-frontend"]
    asked = {**wanted.get("dependencies", {}), **wanted.get("devDependencies", {})}
    assert asked["nhsuk-frontend"] == manifest["version"] == package["version"]
    assert manifest["integrity"] == package["integrity"]


def test_the_script_starts_itself_and_the_styles_name_no_font_of_theirs() -> None:
    script = (DESIGN / "static/design/nhsuk-frontend.js").read_text(encoding="utf-8")
    assert script.rstrip().endswith("initAll();")
    css = (DESIGN / "static/design/nhsuk-frontend.css").read_text(encoding="utf-8")
    assert "@font-face" not in css
    assert "font-family:arial,sans-serif" in css

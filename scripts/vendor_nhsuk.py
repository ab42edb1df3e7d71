#!/usr/bin/env python3
"""Copy the NHS design system's CSS and JavaScript into alongside/design/static/design/.

Run it after changing the version in package.json and running ``npm install --package-lock-only``::

    python3 scripts/vendor_nhsuk.py          # fetch, change, write
    python3 scripts/vendor_nhsuk.py --check  # fetch, and fail when the committed files differ

It needs npm; running Alongside does not. What it changes, and why:

- the Frutiger font and its name go (we may not use it, and it is fetched from another server)
- addresses beginning /assets/ become relative, so that they work under any address
- source map comments go, because hashed static files look for the file they name
- only the icons the CSS names are copied: no NHS logo, no lozenge
- the JavaScript marks the page as supported and starts itself, so that no page needs an inline script

What was written is listed with its SHA-256 in alongside/design/vendored.json; a test compares.
"""

import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "alongside" / "design" / "static" / "design"
MANIFEST = ROOT / "alongside" / "design" / "vendored.json"
PACKAGE = "nhsuk-frontend"
STARTS_ITSELF = (
    '\ndocument.body.classList.add("js-enabled","nhsuk-frontend-supported");initAll();\n'
)


def main(arguments: list[str]) -> int:
    """Write the files, or compare them."""
    version, integrity = _locked()
    with tempfile.TemporaryDirectory() as folder:
        archive = _fetch(version, Path(folder))
        _must_match(archive, integrity)
        made = _made(archive, version)
    manifest = {
        "package": PACKAGE,
        "version": version,
        "integrity": integrity,
        "files": {name: hashlib.sha256(made[name]).hexdigest() for name in sorted(made)},
    }
    wanted = {STATIC / name: content for name, content in made.items()}
    wanted[MANIFEST] = (json.dumps(manifest, indent=2) + "\n").encode()
    if "--check" in arguments:
        differ = [path for path, content in wanted.items() if not _same(path, content)]
        for path in differ:
            sys.stdout.write(f"differs: {path.relative_to(ROOT)}\n")
        return 1 if differ else 0
    for path, content in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        sys.stdout.write(f"wrote {path.relative_to(ROOT)} ({len(content):,} bytes)\n")
    return 0


def _locked() -> tuple[str, str]:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    package = lock["packages"][f"node_modules/{PACKAGE}"]
    return package["version"], package["integrity"]


def _fetch(version: str, folder: Path) -> Path:
    subprocess.run(
        ["npm", "pack", "--silent", "--pack-destination", str(folder), f"{PACKAGE}@{version}"],
        check=True,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    return next(folder.glob("*.tgz"))


def _must_match(archive: Path, integrity: str) -> None:
    algorithm, _, expected = integrity.partition("-")
    found = base64.b64encode(hashlib.new(algorithm, archive.read_bytes()).digest()).decode()
    if found != expected:
        raise SystemExit(f"{PACKAGE}: the package is not the one in package-lock.json")


def _made(archive: Path, version: str) -> dict[str, bytes]:
    with tarfile.open(archive) as package:

        def read(name: str) -> bytes:
            file = package.extractfile(f"package/dist/nhsuk/{name}")
            if file is None:
                raise SystemExit(f"{PACKAGE} {version} has no {name}")
            return file.read()

        css = _css(read("nhsuk-frontend.min.css").decode())
        script = _without_map(read("nhsuk-frontend.min.js").decode()) + STARTS_ITSELF
        icons = sorted(set(re.findall(r"images/([a-z0-9-]+\.svg)", css)))
        made = {
            "nhsuk-frontend.css": (_words(version) + css).encode(),
            "nhsuk-frontend.js": (_words(version) + script).encode(),
        }
        made.update({f"images/{icon}": read(f"assets/images/{icon}") for icon in icons})
    for name, content in made.items():
        if re.search(
            rb"https?://(?!www\.w3\.org/)|frutiger|lozenge|sourceMappingURL", content, re.I
        ):
            raise SystemExit(f"{name} still holds a remote address, a font or a source map")
    return made


def _css(css: str) -> str:
    css, fonts = re.subn(r"@font-face\{[^}]*Frutiger[^}]*\}", "", css)
    css, names = re.subn(r"Frutiger W01,\s*", "", css)
    if fonts != 2 or names != 1:
        raise SystemExit("The fonts are not where they were: look at the CSS before going on")
    return _without_map(css.replace("/assets/images/", "images/"))


def _without_map(text: str) -> str:
    return re.sub(r"(/\*|//)# sourceMappingURL=\S+( \*/)?\s*$", "", text).rstrip() + "\n"


def _words(version: str) -> str:
    return (
        f"/*! nhsuk-frontend {version}, Crown copyright (NHS England), MIT licence."
        " Changed by scripts/vendor_nhsuk.py. */\n"
    )


def _same(path: Path, content: bytes) -> bool:
    return path.exists() and path.read_bytes() == content


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Every template compiles, and holds nothing the content security policy would stop."""

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
os.environ["ALONGSIDE_DEMO"] = "on"  # so that the demo's templates are found

STOPPED = {
    re.compile(r"<style|\sstyle="): "inline style",
    re.compile(r"<script(?![^>]*\ssrc=)"): "inline script",
    re.compile(r"\son[a-z]+="): "inline event",
    re.compile(r"javascript:"): "script in an address",
    re.compile(r"\|\s*safe\b"): "unescaped words",
}
EMAIL = "email.jinja"  # mail programs have no style sheet of ours
FRAME = "design/page.jinja"  # its one inline script is allowed by hash, see design/headers.py


def complaints() -> list[str]:
    """List what is wrong with each template."""
    import django
    from django.template import engines
    from jinja2 import TemplateSyntaxError

    django.setup()
    environment = engines.all()[0].env  # type: ignore[attr-defined]
    found = []
    for path in sorted(ROOT.glob("alongside/*/jinja2/**/*.jinja")):
        name = path.relative_to(ROOT)
        source = path.read_text(encoding="utf-8")
        try:
            environment.compile(source, filename=str(name))
        except TemplateSyntaxError as error:
            found.append(f"{name}:{error.lineno}: {error.message}")
        for pattern, words in STOPPED.items():
            if path.name == EMAIL or (str(path).endswith(FRAME) and words == "inline script"):
                continue
            for number, line in enumerate(source.splitlines(), start=1):
                if pattern.search(line):
                    found.append(f"{name}:{number}: {words}")
    return found


if __name__ == "__main__":
    found = complaints()
    sys.stdout.write("".join(f"{line}\n" for line in found))
    sys.exit(1 if found else 0)

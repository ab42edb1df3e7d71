"""What the documents say about settings is what the settings are."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings

ROOT = Path(django_settings.BASE_DIR)
READ = re.compile(r"""_(?:text|yes)\(\s*["']([A-Z_]+)["']""")
SETTINGS = (ROOT / "alongside/config/settings.py").read_text(encoding="utf-8")
DOCUMENT = (ROOT / "docs/running/settings.md").read_text(encoding="utf-8")
# Read by the scripts behind `make`, not by the product.
OF_MAKE = {"HOST", "PORT", "PYTHON", "ARGS", "ONLY", "BENCH_OUT"}


def described() -> set[str]:
    return set(re.findall(r"^\| `([A-Z_]+)` \|", DOCUMENT, flags=re.MULTILINE))


def test_every_variable_is_described_and_every_description_is_of_one():
    assert described() == set(READ.findall(SETTINGS)) | OF_MAKE


def test_nothing_else_reads_the_environment():
    readers = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "alongside").rglob("*.py")
        if "tests" not in path.parts
        and re.search(
            r"os\.environ(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE\")|getenv", path.read_text()
        )
    ]
    assert readers == ["alongside/config/settings.py"]


def settings_with(tmp_path: Path, expression: str, **environment: str) -> str:
    """Read the settings in a process with nothing set but this."""
    return subprocess.run(
        [sys.executable, "-c", f"from alongside.config import settings as s; print({expression})"],
        cwd=ROOT,
        env={"ALONGSIDE_DATA_DIR": str(tmp_path / "data"), **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("s.DEBUG", "False"),
        ("s.DEMO", "False"),
        ("s.HTTPS", "True"),
        ("s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE", "True True"),
        ("'alongside.demo' in s.INSTALLED_APPS", "False"),
        ("s.EMAIL_HOST", ""),
        ("'*' in s.ALLOWED_HOSTS", "False"),
    ],
)
def test_settings_are_safe_when_nothing_is_set(tmp_path, expression, value):
    assert settings_with(tmp_path, expression) == value


def test_the_signing_key_is_made_once_and_kept_where_only_we_can_read_it(tmp_path):
    first = settings_with(tmp_path, "s.SECRET_KEY")
    assert len(first) >= 50
    assert settings_with(tmp_path, "s.SECRET_KEY") == first
    assert (tmp_path / "data/secret-key").stat().st_mode & 0o777 == 0o600


def test_a_secret_may_come_from_a_file(tmp_path):
    (tmp_path / "key").write_text("from-a-file\n")
    given = {"ALONGSIDE_SECRET_KEY_FILE": str(tmp_path / "key")}
    assert settings_with(tmp_path, "s.SECRET_KEY", **given) == "from-a-file"


PRAGMAS = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
        cursor.execute(f"PRAGMA {name}")
        print(name, cursor.fetchone()[0])
print(connection.transaction_mode)
"""


def test_the_embedded_database_keeps_a_confirmed_booking_through_a_power_cut(tmp_path):
    said = subprocess.run(
        [sys.executable, "-c", PRAGMAS],
        cwd=ROOT,
        env={
            "ALONGSIDE_DATA_DIR": str(tmp_path / "data"),
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        },
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    assert said[:5] == [
        "journal_mode wal",
        "synchronous 2",  # FULL
        "foreign_keys 1",
        "busy_timeout 20000",
        "IMMEDIATE",
    ]

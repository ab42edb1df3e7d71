"""The scripts behind ``make``: what can be tested without a fresh machine."""

import importlib.util
import os
import sys
from io import StringIO
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

ROOT = Path(django_settings.BASE_DIR)


def script(name: str) -> ModuleType:
    """Load a script by its file, as ``python scripts/NAME.py`` would."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        spec = importlib.util.spec_from_file_location(f"script_{name}", ROOT / f"scripts/{name}.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(ROOT / "scripts"))


OURSELVES = "127.0.0.1,localhost,[::1]"


@pytest.mark.parametrize(
    ("host", "given", "hosts", "site"),
    [
        ("127.0.0.1", {}, OURSELVES, "http://127.0.0.1:8000"),
        ("::1", {}, OURSELVES, "http://[::1]:8000"),
        ("10.0.0.5", {}, f"{OURSELVES},10.0.0.5", "http://10.0.0.5:8000"),
        ("fe80::1", {}, f"{OURSELVES},[fe80::1]", "http://[fe80::1]:8000"),
        ("0.0.0.0", {}, "*", "http://127.0.0.1:8000"),
        ("::", {}, "*", "http://[::1]:8000"),
        ("0.0.0.0", {"ALONGSIDE_DEMO": "off"}, OURSELVES, "http://127.0.0.1:8000"),
        ("0.0.0.0", {"ALONGSIDE_HOSTS": "a.example"}, "a.example", "http://127.0.0.1:8000"),
        (
            "127.0.0.1",
            {"ALONGSIDE_SITE_URL": "https://a.example"},
            OURSELVES,
            "https://a.example",
        ),
    ],
)
def test_run_answers_to_the_names_of_its_address(host, given, hosts, site):
    chosen = script("run").settings_for(host, "8000", given)
    assert chosen["ALONGSIDE_HOSTS"] == hosts
    assert chosen["ALONGSIDE_SITE_URL"] == site


def test_run_is_a_demo_without_tls_unless_told_otherwise():
    run = script("run")
    assert run.settings_for("::1", "1", {})["ALONGSIDE_DEMO"] == "on"
    assert run.settings_for("::1", "1", {})["ALONGSIDE_HTTPS"] == "off"
    given = {"ALONGSIDE_DEMO": "off", "ALONGSIDE_HTTPS": "on"}
    assert run.settings_for("::1", "1", given).items() >= given.items()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("https://files.py" + "thonhosted.org/packages/x.whl", True),
        ("see https://py" + "pi.org/project/django/", True),
        ("/ro" + "ot/.pyenv", True),
        ("cd /wo" + "rk/main", True),
        ("/ho" + "me/ada/alongside", True),
        ("path('staff/work/', views.work)", False),
        ("<a href='/home'>", False),
        ("a homework/rooted thing", False),
        ("/opt/alongside", False),
    ],
)
def test_words_that_no_file_may_hold(line, found):
    assert bool(script("words").FORBIDDEN.search(line)) is found


@pytest.mark.skipif(os.name != "posix", reason="reads the mode of a file")
def test_ci_can_be_run():
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_prepare_gathers_static_files_only_where_they_changed(db, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.DEMO = False
    call_command("prepare", stdout=StringIO())
    gathered = sorted(path for path in settings.STATIC_ROOT.rglob("*") if path.is_file())
    assert len(gathered) > 1
    times = [path.stat().st_mtime_ns for path in gathered]

    call_command("prepare", stdout=StringIO())
    assert [path.stat().st_mtime_ns for path in gathered] == times

    (settings.STATIC_ROOT / ".mark").write_text("another")
    gathered[-1].write_text("stale")
    call_command("prepare", stdout=StringIO())
    assert gathered[-1].read_text(errors="replace") != "stale"

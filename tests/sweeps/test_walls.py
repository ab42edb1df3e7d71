"""Knowledge goes downstairs only: imports by their linter, foreign keys here."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from tests.house import FLOORS, floor_of, tables

ROOT = Path(settings.BASE_DIR)


def test_every_app_is_placed():
    rooms = [name.removeprefix("alongside.") for name in settings.ROOMS]
    assert rooms == [room for room in reversed(FLOORS) if room in rooms]
    assert set(rooms) == set(FLOORS)
    folders = {
        folder.name
        for folder in (ROOT / "alongside").iterdir()
        if (folder / "__init__.py").exists()
    }
    assert folders - {"config"} == set(FLOORS)
    unplaced = {table._meta.app_label for table in tables() if floor_of(table._meta.app_label) < 0}
    assert not unplaced


@pytest.mark.parametrize("table", tables(), ids=lambda table: table._meta.label)
def test_foreign_keys_go_downstairs(table):
    here = floor_of(table._meta.app_label)
    for field in table._meta.get_fields():
        if field.is_relation and field.concrete and field.related_model is not None:
            there = floor_of(field.related_model._meta.app_label)
            label = field.related_model._meta.label
            assert there <= here, f"{table._meta.label}.{field.name} climbs up to {label}"


@pytest.mark.parametrize(
    "table",
    [table for table in tables() if table.__module__.startswith("alongside.")],
    ids=lambda table: table._meta.label,
)
def test_tables_follow_the_house(table):
    from django.db import models

    for field in table._meta.local_fields:
        if isinstance(field, models.ForeignKey) and not table._meta.auto_created:
            assert field.remote_field.on_delete is models.PROTECT, f"{field} may delete"
    assert not table._meta.ordering, "order where you list"
    assert "save" not in vars(table), "no save() of its own"


def test_lint_imports_passes():
    linter = Path(sys.executable).with_name("lint-imports")
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = config["tool"]["importlinter"]["contracts"]
    layers = next(one for one in contracts if one["type"] == "layers" and one.get("exhaustive"))
    named = [
        part.strip(" ()").removeprefix("alongside.")
        for layer in layers["layers"]
        for part in layer.replace("|", ":").split(":")
    ]
    assert [room for room in named if room in FLOORS] == FLOORS[::-1]
    ran = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-1000:]

"""The house as it stands: every address, the door of each, every form, every letter."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from alongside.accounts.access import Permission

# Floors, lowest first: the same order as the layers in pyproject.toml, which a test compares.
FLOORS = [
    "core",
    "design",
    "accounts",
    "organisation",
    "people",
    "messaging",
    "events",
    "opportunities",
    "home",
    "demo",
]
# Tables of libraries belong to the floor that brings the library in.
LIBRARIES = {
    "auth": "accounts",
    "contenttypes": "core",
    "sessions": "core",
    "account": "accounts",
    "mfa": "accounts",
    "usersessions": "accounts",
    "messages": "design",
    "staticfiles": "design",
}


@dataclass(frozen=True)
class Address:
    """One address: its full name, its pattern, the function behind it, what it must be told."""

    name: str
    route: str
    view: Any
    asks: tuple[str, ...]

    @property
    def room(self) -> str:
        """The room whose page it is, or the library's."""
        module = getattr(self.view, "__module__", "")
        parts = module.split(".")
        return parts[1] if parts[0] == "alongside" else parts[0]

    @property
    def door(self) -> Any:
        """ "public", "member" or a Permission, as the view says; None where it says nothing."""
        # Core stands below accounts and cannot name a door: its pages are for machines.
        kept = "public" if self.room == "core" and self.is_open else None
        return getattr(self.view, "door", kept)

    @property
    def is_open(self) -> bool:
        """Whether the login-required default lets everybody through."""
        return not getattr(self.view, "login_required", True)


def addresses() -> list[Address]:
    """Walk the whole url configuration."""
    return sorted(_walk(get_resolver().url_patterns, "", "", ()), key=lambda one: one.route)


def _walk(
    patterns: list[URLPattern | URLResolver], space: str, route: str, asks: tuple[str, ...]
) -> Iterator[Address]:
    for one in patterns:
        here = route + (
            str(one.pattern._route)
            if isinstance(one.pattern, RoutePattern)
            else str(one.pattern.regex.pattern)
        )
        told = asks + tuple(one.pattern.regex.groupindex)
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, inner, here, told)
        else:
            yield Address(f"{space}{one.name or ''}", here, one.callback, told)


def form_classes() -> list[type[Any]]:
    """Every form of the house, private bases left out."""
    from django import forms

    for room in FLOORS:
        _import_all(f"alongside.{room}")
    found: set[type[Any]] = set()
    waiting: list[type[Any]] = [forms.BaseForm]
    while waiting:
        for one in waiting.pop().__subclasses__():
            waiting.append(one)
            module = one.__module__
            if module.startswith("alongside.") and ".tests" not in module:
                found.add(one)
    shown = [one for one in found if not one.__name__.startswith("_")]
    return sorted(
        (one for one in shown if one.__module__ != "alongside.design.forms"),
        key=lambda one: (one.__module__, one.__qualname__),
    )


def _import_all(package: str) -> None:
    try:
        module = importlib.import_module(package)
    except ModuleNotFoundError as missing:
        if missing.name != package:
            raise
        return
    for found in pkgutil.walk_packages(module.__path__, f"{package}."):
        if not any(part in found.name for part in (".tests", ".migrations", ".management")):
            importlib.import_module(found.name)


def letters() -> list[str]:
    """Every letter, as "room/name"."""
    root = Path(settings.BASE_DIR) / "alongside"
    return sorted(
        f"{file.parent.parent.name}/{file.stem}" for file in root.glob("*/letters/*.letter")
    )


def floor_of(label: str) -> int:
    """Return the floor of an app, the lowest first; -1 where it has none."""
    name = LIBRARIES.get(label, label)
    return FLOORS.index(name) if name in FLOORS else -1


def tables() -> list[Any]:
    """Every table, joining tables too."""
    return list(apps.get_models(include_auto_created=True))


def may_pass(door: Any, who: str) -> bool:
    """Whether the door opens for one of the cast."""
    from alongside.accounts.access import ROLES
    from conftest import NOBODY

    if door == "public":
        return True
    if door == "member":
        return who != NOBODY
    return isinstance(door, Permission) and who in ROLES and door in ROLES[who].permissions

"""A real browser on a real server: phone or desktop, with scripts or without, and a scanner."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from conftest import NOBODY, make_cast
from tests.world import World

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
AXE = Path(django_settings.BASE_DIR) / "node_modules/axe-core/axe.min.js"
# wcag22aa must be named, or the size of targets is not looked at.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs a browser: say so on each."""
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker("journey")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The system's Chromium."""
    if not os.path.exists(CHROMIUM):
        pytest.skip("SKIPPED: no browser journeys, because Chromium is not installed")
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, which Django would otherwise refuse to work in.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Journey:
    """Somebody at a browser. Faults of the page itself (scripts, missing files) are kept."""

    page: Any
    server: str
    scripts: bool
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open an address."""
        self.page.goto(f"{self.server}{path}")

    def press(self, words: str) -> None:
        """Press a button or follow a link by its words."""
        begins = re.compile(f"^{re.escape(words)}")
        named = self.page.get_by_role("button", name=begins)
        named = named.or_(self.page.get_by_role("link", name=begins))
        self.page.locator("main").locator(named).first.click()
        self.page.wait_for_load_state()

    def sees(self, words: str) -> bool:
        """Whether the words are on the page."""
        return words in self.page.locator("main").inner_text()

    @property
    def heading(self) -> str:
        """The heading of the page."""
        return " ".join(self.page.locator("h1").inner_text().split())

    def scan(self) -> list[str]:
        """Return what the scanner finds against WCAG 2.2 AA, and whether the page is too wide."""
        found = [f"{self.page.url}: {fault}" for fault in self.faults]
        # Not innerWidth: a phone zooms out to fit what is too wide.
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > self.page.viewport_size["width"]:
            found.append(f"{self.page.url}: scrolls sideways, {wide} pixels wide")
        if not self.scripts:
            return found  # the scanner is a script itself
        if not AXE.exists():
            pytest.skip("SKIPPED: no accessibility scan, because `npm ci` was not run")
        if not self.page.evaluate("typeof window.axe === 'object'"):
            self.page.evaluate(AXE.read_text("utf-8"))
        said = self.page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
        )
        return found + [
            f"{self.page.url}: {one['id']}: {node['target']} {node['failureSummary'][:200]}"
            for one in said["violations"]
            for node in one["nodes"]
        ]


Opener = Callable[..., Journey]


@pytest.fixture
def live_world(transactional_db: None, live_server: Any, settings: Any) -> World:
    """One of everything, behind a real server without TLS."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "session", "csrf"
    settings.SECURE_HSTS_SECONDS = 0
    settings.SITE_URL = live_server.url
    return World(make_cast())


@pytest.fixture
def sit_down(chromium: Any, live_server: Any, live_world: World) -> Iterator[Opener]:
    """Seat one of the cast at a browser: ``sit_down("member", phone=True, scripts=False)``."""
    opened = []

    def open_(who: str = NOBODY, *, phone: bool = False, scripts: bool = True) -> Journey:
        context = chromium.new_context(
            **(PHONE if phone else DESKTOP),
            java_script_enabled=scripts,
            bypass_csp=False,
            locale="en-GB",
            timezone_id="Pacific/Auckland",  # what is shown is London's time all the same
            reduced_motion="reduce",
        )
        opened.append(context)
        for name, cookie in live_world.cast[who].cookies.items():
            context.add_cookies([{"name": name, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        journey = Journey(page, live_server.url, scripts)
        page.on("pageerror", lambda error: journey.faults.append(f"script: {error}"))
        page.on(
            "requestfailed",
            lambda request: journey.faults.append(f"did not load: {request.url}"),
        )
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((live_server.url, "data:"))
                else journey.faults.append(f"leaves the machine: {request.url}")
            ),
        )
        return journey

    yield open_
    for context in opened:
        context.close()

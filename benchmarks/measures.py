"""Every measure, by the name its line bears. Each is made of what people really do."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from django.conf import settings
from django.db import connection, connections
from django.test.utils import override_settings
from django.urls import reverse

from alongside.events.models import Booking
from alongside.messaging.models import Message
from benchmarks.browser import Browser, WrongAnswer, hidden_fields
from benchmarks.meter import Figures, percentile, processor, repeat, statements
from benchmarks.world import World, sign_in

__all__ = ["ALL", "World"]

Measure = Callable[[World], Figures]
ALL: dict[str, Measure] = {}


def measure(function: Measure) -> Measure:
    """Put a measure on the list under its own name."""
    ALL[function.__name__] = function
    return function


# --- the ceilings -------------------------------------------------------------------------------


@measure
def bare_page(world: World) -> Figures:
    """The least a page can cost here: one row, no frame."""
    browser, key = Browser(), world.event.key
    with override_settings(ROOT_URLCONF="benchmarks.bare"):
        return repeat("bare_page", lambda _: browser.get(f"/page/{key}/"), n=400, warm=20)


@measure
def bare_booking(world: World) -> Figures:
    """The least a signed-in booking can cost here: form, two statements, confirmation."""
    key, n = world.event.key, 60
    browsers = [sign_in(world.member(), strong=False) for _ in range(n + 6)]

    def once(turn: int) -> None:
        browser = browsers[turn]
        browser.get(f"/book/{key}/")
        browser.get(browser.post(f"/book/{key}/").location)

    with override_settings(ROOT_URLCONF="benchmarks.bare"):
        return repeat("bare_booking", once, n=n)


# --- what people do -----------------------------------------------------------------------------


@measure
def public_page(world: World) -> Figures:
    """Anybody opens an advert."""
    path = reverse("opportunities:advert", args=[world.advert.slug])
    browser = Browser()
    size = len(browser.get(path).content)
    return repeat("public_page", lambda _: browser.get(path), n=300, warm=20, bytes=size)


@measure
def booking_journey(world: World) -> Figures:
    """Somebody signed in reads their answers, confirms, and sees what happens next."""
    n, warm = 60, 5
    ready = [world.at_check(world.advert) for _ in range(n + warm + 1)]

    def once(turn: int) -> None:
        browser, path = ready[turn]
        page = browser.get(path)
        browser.get(browser.post(path, hidden_fields(page)).location)

    before = Message.objects.count()
    figures = repeat("booking_journey", once, n=n, warm=warm)
    figures.more["messages"] = (Message.objects.count() - before) / (n + warm + 1)
    return figures


@measure
def booking_whole(world: World) -> Figures:
    """The same from the first question: every screen asked and answered."""
    n = 20
    ready = [sign_in(world.member(), strong=False) for _ in range(n + 3)]

    def once(turn: int) -> None:
        browser, path = world.at_check(world.advert, ready[turn])
        page = browser.get(path)
        browser.get(browser.post(path, hidden_fields(page)).location)

    return repeat("booking_whole", once, n=n, warm=2)


@measure
def race(world: World) -> Figures:
    """200 people press the button at the same moment for 50 places."""
    people, places, at_once = 200, 50, 50
    advert = world.make_advert(capacity=places)
    ready = [world.at_check(advert) for _ in range(people)]
    fields = [hidden_fields(browser.get(path)) for browser, path in ready]
    connections.close_all()
    gate, all_done = threading.Barrier(at_once), threading.Barrier(at_once)
    queue = list(zip(ready, fields, strict=True))
    lock, times, errors = threading.Lock(), [], []

    def press() -> None:
        connection.ensure_connection()
        gate.wait()
        while True:
            with lock:
                if not queue:
                    break
                (browser, path), seal = queue.pop()
            began = time.perf_counter()
            try:
                browser.post(path, seal)
            except WrongAnswer as wrong:
                errors.append(str(wrong)[:300])
            times.append((time.perf_counter() - began) * 1000)
        all_done.wait()  # the database's processes must live until they are counted

    with processor() as cpu, ThreadPoolExecutor(at_once) as threads:
        for future in [threads.submit(press) for _ in range(at_once)]:
            future.result()
    for error in errors[:3]:
        print(error)
    standing = advert.event.bookings.standing()
    booked = standing.filter(state=Booking.State.BOOKED)
    waiting = standing.filter(state=Booking.State.WAITING)
    keys = list(standing.values_list("person_id", flat=True))
    told = Message.objects.filter(
        person__in=waiting.values("person"), letter="events/on_waiting_list"
    )
    outcome = {
        "booked": booked.count(),
        "told": told.values("person").distinct().count(),
        "twice": len(keys) - len(set(keys)),
        "errors": len(errors),
    }
    return Figures(
        name="race",
        database=connection.vendor,
        n=people,
        cpu_ms=cpu() * 1000 / people,
        sql=_sql_of_one_more(world, advert),
        p50_ms=percentile(times, 0.5),
        p99_ms=percentile(times, 0.99),
        more=outcome,
    )


def _sql_of_one_more(world: World, advert: Any) -> int:
    """Count the statements of one more press of the button, with the race over."""
    browser, path = world.at_check(advert)
    fields = hidden_fields(browser.get(path))
    with statements() as counted:
        browser.post(path, fields)
    return len(counted.sent)


def _staff_list(world: World, name: str, size: int, n: int) -> Figures:
    advert = world.crowd(size)
    path = reverse("events:register", args=[advert.event.key])
    browser = world.coordinator
    heaviest = len(browser.get(path).content)
    return repeat(name, lambda _: browser.get(path), n=n, warm=3, bytes=heaviest)


_ten_thousand: list[Figures] = []


@measure
def staff_list_10k(world: World) -> Figures:
    """A coordinator opens the register of 10,000 bookings."""
    figures = _staff_list(world, "staff_list_10k", 10_000, n=60)
    _ten_thousand.append(figures)
    return figures


@measure
def staff_list_50k(world: World) -> Figures:
    """A coordinator opens the register of 50,000 bookings."""
    figures = _staff_list(world, "staff_list_50k", 50_000, n=60)
    if _ten_thousand:
        figures.more["times_10k"] = round(figures.cpu_ms / _ten_thousand[0].cpu_ms, 2)
    return figures


@measure
def register_csv_10k(world: World) -> Figures:
    """A coordinator downloads the register of 10,000 bookings."""
    advert = world.crowd(10_000)
    path = reverse("events:register_csv", args=[advert.event.key])
    browser = world.coordinator
    lines = browser.get(path).content.count(b"\r\n")
    return repeat("register_csv_10k", lambda _: browser.get(path), n=5, warm=1, lines=lines)


# --- memory -------------------------------------------------------------------------------------


@measure
def worker_memory(world: World) -> Figures:
    """How much memory a web worker holds after it has drawn 300 pages."""
    path, requests = reverse("opportunities:advert", args=[world.advert.slug]), 300
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = Path(settings.BASE_DIR)
    manage = [sys.executable, str(root / "manage.py")]
    subprocess.run([*manage, "prepare"], cwd=root, check=True)
    serving = subprocess.Popen(
        [*manage, "serve", "--port", str(port), "--jobs", "0"],
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        times = []
        for turn in range(requests + 1):
            for attempt in range(200):
                began = time.perf_counter()
                try:
                    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as page:
                        page.read()
                    break
                except OSError:
                    if turn or attempt == 199:
                        raise
                    time.sleep(0.1)
            times.append((time.perf_counter() - began) * 1000)
        workers = [pid for pid in _family(serving.pid) if not _family(pid)[1:]]
        held = [_memory(pid) for pid in workers]
    finally:
        os.killpg(serving.pid, signal.SIGTERM)
        serving.wait(timeout=20)
    return Figures(
        name="worker_memory",
        database=connection.vendor,
        n=requests,
        cpu_ms=0.0,
        sql=0,
        p50_ms=percentile(times, 0.5),
        p99_ms=percentile(times, 0.99),
        more={
            "mib": max(rss for rss, _pss in held),
            "mib_shared_fairly": max(pss for _rss, pss in held),
            "workers": len(workers),
        },
    )


def _family(pid: int) -> list[int]:
    """Return a process and all it started."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text("ascii").split():
            found += _family(int(child))
    return found


def _memory(pid: int) -> tuple[float, float]:
    """Return MiB resident, and MiB with shared pages shared out among those who share them."""
    kib = {"Rss": 0, "Pss": 0}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
        name, _, rest = line.partition(":")
        if name in kib:
            kib[name] = int(rest.split()[0])
    return round(kib["Rss"] / 1024, 1), round(kib["Pss"] / 1024, 1)

"""Counts processor time, statements and waiting."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, connections


@dataclass
class Figures:
    """What one measure says. ``n`` is how often it was done; ``cpu_ms`` is for each time."""

    name: str
    database: str
    n: int
    cpu_ms: float
    sql: int
    p50_ms: float
    p99_ms: float
    more: dict[str, Any] = field(default_factory=dict)

    def line(self) -> dict[str, Any]:
        """Return the JSON object: the seven agreed names, then whatever else was measured."""
        facts = asdict(self)
        more = facts.pop("more")
        for name in ("cpu_ms", "p50_ms", "p99_ms"):
            facts[name] = round(facts[name], 2)
        return facts | more


def database_pids() -> list[int]:
    """Return the server processes that work for our connections (PostgreSQL), or none."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select pid from pg_stat_activity where datname = current_database()"
            " and backend_type = 'client backend'"
        )
        return [row[0] for row in cursor.fetchall()]


def _cpu_of(pid: int) -> float:
    """Return the seconds of processor time a process has had."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text("ascii").split()[0]) / 1e9
    except (OSError, ValueError, IndexError):
        pass
    try:
        parts = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return 0.0


@contextmanager
def processor() -> Iterator[Callable[[], float]]:
    """Give a function that says, once the block is over, the seconds of processor time it took.

    Processor time of this process (all threads) and of the database's processes. Connections
    opened inside the block must still be open when it ends: their processes count whole.
    """
    before = {pid: _cpu_of(pid) for pid in database_pids()}
    own = time.process_time()
    taken: list[float] = []
    yield lambda: taken[0]
    own = time.process_time() - own
    database = sum(_cpu_of(pid) - before.get(pid, 0.0) for pid in database_pids())
    taken.append(own + database)


class Statements:
    """Counts what is sent to the database."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        self.sent.append(sql)
        return execute(sql, params, many, context)


@contextmanager
def statements() -> Iterator[Statements]:
    """Count the statements of a block."""
    counter = Statements()
    with connections["default"].execute_wrapper(counter):
        yield counter


def percentile(times: list[float], part: float) -> float:
    """Return the time that this part of all stayed within (nearest rank)."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, max(0, round(part * len(ordered) + 0.5) - 1))]


def repeat(name: str, once: Callable[[int], Any], *, n: int, warm: int = 5, **more: Any) -> Figures:
    """Do a thing ``warm`` times unmeasured, once with its statements counted, then ``n`` times.

    ``once`` gets a number that is different each time.
    """
    for turn in range(warm):
        once(turn)
    with statements() as counted:
        once(warm)
    if os.environ.get("BENCH_SQL"):
        for line in counted.sent:
            print("   ", line[:200])
    times = []
    with processor() as cpu:
        for turn in range(warm + 1, warm + 1 + n):
            began = time.perf_counter()
            once(turn)
            times.append((time.perf_counter() - began) * 1000)
    return Figures(
        name=name,
        database=connection.vendor,
        n=n,
        cpu_ms=cpu() * 1000 / n,
        sql=len(counted.sent),
        p50_ms=percentile(times, 0.5),
        p99_ms=percentile(times, 0.99),
        more=more,
    )

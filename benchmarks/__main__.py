"""Run the benchmarks: ``python -m benchmarks``.

Variables: ``ONLY`` (one name), ``BENCH_OUT`` (where the lines go), ``BENCH_SQL`` (print statements).
"""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from scripts.postgres import NoPostgres, private_postgres

ROOT = Path(__file__).resolve().parent.parent
# What we want, as in the issue: processor milliseconds (or MiB), statements, bytes.
GOALS: dict[str, dict[str, float]] = {
    "public_page": {"cpu_ms": 9.5, "sql": 6},
    "booking_journey": {"cpu_ms": 83, "sql": 30},
    "staff_list_10k": {"cpu_ms": 90, "sql": 12, "bytes": 100_000},
    "staff_list_50k": {"cpu_ms": 90, "sql": 12, "bytes": 100_000, "times_10k": 1.2},
    "register_csv_10k": {"cpu_ms": 700},
    "worker_memory": {"mib": 90},
    "race": {"booked": 50, "told": 150, "twice": 0, "errors": 0},
}
EXACT = {"booked", "told", "twice", "errors"}


def main() -> int:
    """Measure on every database, print a table, write the lines."""
    out = Path(os.environ.get("BENCH_OUT") or ROOT / "benchmarks" / "latest.jsonl")
    lines: list[dict[str, Any]] = []
    broken = False
    with ExitStack() as open_until_the_end:
        databases = {"sqlite": ""}
        try:
            databases["postgresql"] = open_until_the_end.enter_context(private_postgres())
        except NoPostgres as why:
            print(f"No PostgreSQL: {why}. Measuring on SQLite only.")
        for name, url in databases.items():
            with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
                found, went_well = _measure(name, url, folder)
            lines += found
            broken = broken or not went_well
    _print_table(lines)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    print(f"\n{len(lines)} lines in {out}")
    return 1 if broken or not lines or _race_lost(lines) else 0


def _measure(name: str, url: str, folder: str) -> tuple[list[dict[str, Any]], bool]:
    """Run the measures in a process of their own, on this database."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("ALONGSIDE_")}
    env.pop("DATABASE_URL", None)
    env |= {"ALONGSIDE_DATA_DIR": folder, "ALONGSIDE_HOSTS": "localhost,127.0.0.1"}
    # With a mail server named, messages are queued for the worker, as in use. No worker runs here.
    env["ALONGSIDE_SMTP_HOST"] = "127.0.0.1"
    if url:
        env["DATABASE_URL"] = url
    kept = Path(folder, "lines.jsonl")
    print(f"Measuring on {name} ...", flush=True)
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.child", str(kept)], cwd=ROOT, env=env, check=False
    )
    text = kept.read_text("utf-8") if kept.exists() else ""
    return [json.loads(line) for line in text.splitlines()], ran.returncode == 0


def _over(line: dict[str, Any]) -> list[str]:
    goals = GOALS.get(line["name"], {})
    return [
        name
        for name, goal in goals.items()
        if name in line and (line[name] != goal if name in EXACT else line[name] > goal)
    ]


def _race_lost(lines: list[dict[str, Any]]) -> bool:
    return any(line["name"] == "race" and _over(line) for line in lines)


def _print_table(lines: list[dict[str, Any]]) -> None:
    head = ["name", "database", "n", "cpu_ms", "sql", "p50_ms", "p99_ms"]
    rows = []
    for line in lines:
        goals = GOALS.get(line["name"], {})
        others = {key: value for key, value in line.items() if key not in head}
        over = _over(line)
        rows.append(
            [
                *(
                    ""
                    if line[name] is None
                    else f"{line[name]:,}"
                    if name == "n"
                    else str(line[name])
                    for name in head
                ),
                ", ".join(f"{key} {value:,}" for key, value in others.items()),
                ", ".join(
                    f"{key} {'=' if key in EXACT else '≤'} {value:,g}"
                    for key, value in goals.items()
                ),
                f"OVER: {', '.join(over)}" if over else "",
            ]
        )
    table = [[*head, "also", "goal", ""], *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    print()
    for row in table:
        cells = [
            cell.rjust(width) if 2 <= column <= 6 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())


if __name__ == "__main__":
    sys.exit(main())

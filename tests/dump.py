"""Everything a database holds, as text."""

from __future__ import annotations

from typing import Any

from tests.house import tables


def dump(connection: Any, only: set[str] | None = None) -> str:
    """Return every value of every row of every table, one row a line, its table's name first.

    Tables are taken from the database itself, so that one no model knows is read too.
    """
    lines = []
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        for name in sorted(set(names) & only if only else names):
            cursor.execute(f"select * from {connection.ops.quote_name(name)}")  # noqa: S608
            for row in cursor.fetchall():
                values = (bytes(one) if isinstance(one, memoryview) else one for one in row)
                lines.append(f"{name}: " + " | ".join(str(value) for value in values))
    known = {table._meta.db_table for table in tables() if table._meta.managed}
    missing = (only or known) - set(names)
    if missing:
        raise LookupError(f"no such tables: {', '.join(sorted(missing))}")
    return "\n".join(lines)

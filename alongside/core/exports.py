"""Tables for spreadsheets, streamed, that cannot run anything when they are opened."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from alongside.core.dates import london

# A cell that starts with one of these is a formula to some spreadsheet, full-width forms included.
_FORMULA = frozenset("=+-@|%\t\r\n＝＋－＠")
_ROWS_AT_ONCE = 200


def _cell(value: Any) -> str:
    if isinstance(value, str):
        words = value.replace("\x00", "")
        first = words.lstrip(" \u00a0\ufeff\u200b")[:1]
        return f"'{words}" if first in _FORMULA and first else words
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return f"{london(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)
    return _cell(str(value))


class _Lines:
    """What the csv writer writes to: keeps the lines until they are taken."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    def write(self, line: str) -> None:
        self.kept.append(line)

    def take(self) -> bytes:
        text, self.kept = "".join(self.kept), []
        return text.encode("utf-8", "replace")


def _stream(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    lines = _Lines()
    # Every cell in quotes: where a spreadsheet splits at semicolons, a cell stays whole.
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    lines.write("\ufeff")
    writer.writerow([_cell(cell) for cell in head])
    for number, row in enumerate(rows, start=1):
        writer.writerow([_cell(cell) for cell in row])
        if number % _ROWS_AT_ONCE == 0:
            yield lines.take()
    yield lines.take()


def csv_stream(
    filename: str, head: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """Answer with a CSV file: UTF-8 with its mark, CRLF, no formulas, kept by no cache.

    Text that a spreadsheet would take for a formula gets an apostrophe in front. Days are written
    2030-01-14, moments 2030-01-14 14:00 in London time, yes and no as words.
    """
    response = StreamingHttpResponse(_stream(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=filename
    )
    response["Cache-Control"] = "private, no-store"
    return response

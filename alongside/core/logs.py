"""What the log may say: kinds and places of errors, addresses without their secrets.

The words of an error can hold what somebody typed, and those of a database name the row they are
about, so they stay out. So does what stands after the question mark of an address (staff search by
name), and any part of an address that is itself a key to something: the link to choose a password,
a private calendar. Where ``ALONGSIDE_DEBUG`` is on, errors are written in full; and so is a line logged
with ``extra=IN_FULL``, which is meant for whoever sets the product up.
"""

import logging
import re
import traceback
from types import TracebackType

from django.conf import settings

Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

IN_FULL = {"in_full": True}
_MOST = 6  # errors that led to one another
_QUESTION = re.compile(r"(?<=\S)\?[^\s\"'<>]*=[^\s\"'<>]*")
# A random part of an address is long and has capitals, or one long run; our keys and slugs do not.
_SECRET = re.compile(r"(?<=/)(?=[\w-]{28})(?=[\w-]*(?:[A-Z]|[0-9a-z]{24}))[\w-]+", re.ASCII)


def discreet(line: str) -> str:
    """Return the line without what must not lie about in a log."""
    return _SECRET.sub("…", _QUESTION.sub("?…", line))


class Lines(logging.Formatter):
    """Writes log lines in which nobody can be found."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one line, and the places of its error below it."""
        record.exc_text = None  # what another formatter made of it holds the words
        line = super().format(record)
        return line if record.__dict__.get("in_full") else discreet(line)

    def formatException(self, ei: Fault) -> str:  # noqa: N802  (the library's name)
        """Write the kind of each error and where it was, the last first."""
        if settings.DEBUG:
            return super().formatException(ei)
        faults: list[BaseException] = []
        fault = ei[1]
        while fault is not None and fault not in faults and len(faults) < _MOST:
            faults.append(fault)
            fault = fault.__cause__ or fault.__context__
        return "\n".join(_places(fault) for fault in faults)


def _places(fault: BaseException) -> str:
    kind = type(fault)
    frames = traceback.extract_tb(fault.__traceback__)
    lines = [f"{kind.__module__}.{kind.__qualname__}"]
    lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join(lines)

"""Letters as files: found in every room, read once, rendered for one person.

A letter is ``<room>/letters/<name>.letter``: ``purpose:``, ``subject:`` and ``text:`` on top, a line
``---``, then plain paragraphs, ``## `` headings, ``- `` bullets, and addresses on lines of their
own. Lines of one paragraph are joined; the filter ``lines`` keeps an address on its lines.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from django.apps import apps

from alongside.core import dates
from alongside.core.money import money
from alongside.messaging import rules

HARD_BREAK = "  \n"  # two spaces before the end of a line keep it, as in Markdown
TOP = ("purpose", "subject", "text")


class LetterError(Exception):
    """A letter file that cannot be used. A fault in the product, never the reader's."""


@dataclass(frozen=True)
class Letter:
    """One message we send, before it is about anybody."""

    code: str  # room/name
    purpose: str
    subject: str
    text: str
    body: str
    file: Path


@dataclass(frozen=True)
class Words:
    """One letter rendered for one person."""

    subject: str
    short: str
    body: str


def _lines(value: object) -> str:
    """Keep the lines of an address or a list of lines."""
    parts = value if isinstance(value, list | tuple) else str(value).splitlines()
    return HARD_BREAK.join(str(part).strip() for part in parts if str(part).strip())


@functools.cache
def _environment() -> jinja2.Environment:
    # Letters are plain text: autoescape belongs to the HTML they are later drawn in.
    env = jinja2.Environment(
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701
    )
    env.filters["lines"] = _lines
    for name in ("day", "long_day", "clock", "span", "when", "month"):
        env.filters[name] = getattr(dates, name)
    env.filters["money"] = money
    return env


def _read(code: str, file: Path) -> Letter:
    top, found, body = file.read_text(encoding="utf-8").partition("\n---\n")
    if not found:
        raise LetterError(f"{file}: no line of three dashes after the top")
    said: dict[str, str] = {}
    for line in top.splitlines():
        if not line.strip():
            continue
        name, colon, value = line.partition(":")
        if not colon or name.strip() not in TOP:
            raise LetterError(f"{file}: this line on top says nothing we know: {line}")
        said[name.strip()] = value.strip()
    missing = [name for name in TOP if not said.get(name)]
    if missing or not body.strip():
        raise LetterError(f"{file}: missing {', '.join(missing) or 'body'}")
    return Letter(code, said["purpose"], said["subject"], said["text"], body.strip() + "\n", file)


@functools.cache
def all_letters() -> dict[str, Letter]:
    """Return every letter of every room by its code, Easy Read variants included."""
    found: dict[str, Letter] = {}
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "letters").glob("*.letter")):
            code = f"{app.label}/{file.name.removesuffix('.letter')}"
            found[code] = _read(code, file)
    return found


def letter(code: str) -> Letter:
    """Return one letter, or raise LetterError."""
    try:
        return all_letters()[code]
    except KeyError:
        raise LetterError(f"There is no letter {code}") from None


def variants(code: str) -> frozenset[str]:
    """Return the formats this letter was also written in."""
    return frozenset({"easy_read"} if f"{code}.easy_read" in all_letters() else ())


@functools.cache
def _template(source: str) -> jinja2.Template:
    return _environment().from_string(source)


def one_line(words: str) -> str:
    """Return the words on one line: a subject or a name must not start a new header."""
    return re.sub(r"\s+", " ", words).strip()


def render(code: str, context: Mapping[str, Any], *, greeting: str, ending: str) -> Words:
    """Fill in the letter. A name the letter uses and nobody gave is an error."""
    source = letter(code)
    subject = one_line(_template(source.subject).render(context))
    short = one_line(_template(source.text).render(context))
    body = _template(source.body).render(context)
    body = re.sub(r"\n{3,}", "\n\n", body).strip()
    return Words(
        subject=subject[:300],
        short=shorten(short),
        body=f"{greeting}\n\n{body}\n\n{ending}",
    )


_LAST_ADDRESS = re.compile(r"\s*(https?://\S+)$")
_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


def shorten(short: str) -> str:
    """Cut a text message at a word so that it goes as two joined messages at most.

    An address at its end is kept whole: half an address leads nowhere. Curly quotes and dashes
    become plain, because one of them would halve what a text can hold.
    """
    short = short.translate(_PLAIN)
    if len(short) <= rules.LONGEST_TEXT:
        return short
    address = _LAST_ADDRESS.search(short)
    end = f" {address.group(1)}" if address else ""
    words = short[: address.start()] if address else short
    room = rules.LONGEST_TEXT - len(end) - len("...")
    if room < 0:
        return short[: rules.LONGEST_TEXT]
    cut = words[:room]
    cut = (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,.;:")
    return f"{cut}...{end}"

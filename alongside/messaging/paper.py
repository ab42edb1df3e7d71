"""Letters on paper: the tagged PDF the post room prints."""

from __future__ import annotations

import functools
import json
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typst

from alongside.core import dates
from alongside.messaging import blocks, rules
from alongside.messaging.models import Message
from alongside.organisation import names

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
USUAL_SIZE = 12  # points
MOST_WINDOW_LINES = 7  # what the window of an envelope shows
UNDRAWN = "\u25a1"  # an empty box, for a letter or picture our font does not have


def pdf(messages: Iterable[Message], *, title: str) -> bytes:
    """Return one PDF of all the letters, each on pages of its own and in the size it needs."""
    letters = [_letter(message) for message in messages]
    data = {"title": title, "house": names.trust_name().name, "letters": letters}
    made: bytes = typst.compile(
        HERE / "letter.typ",
        format="pdf",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_drawable(data))},
        pdf_standards="ua-1",
    )
    return made


def size_of(message: Message) -> int:
    """Return the size of print this person needs, in points."""
    if message.wanted_format != "large_print":
        return USUAL_SIZE
    return rules.point_size(message.wanted_detail)


def window_lines(message: Message) -> list[str]:
    """Return name and address as the envelope shows them."""
    lines = [line.strip() for line in message.address.splitlines() if line.strip()]
    lines.insert(0, message.person.full_name or "The person at this address")
    if len(lines) > MOST_WINDOW_LINES:
        kept = MOST_WINDOW_LINES - 2
        lines = [*lines[:kept], ", ".join(lines[kept:-1]), lines[-1]]
    return lines


def sender_lines() -> list[str]:
    """Return our own address and number, for the top of a letter."""
    us = names.contact()
    lines = [line.strip() for line in us.postal_address.splitlines() if line.strip()]
    if us.contact_phone:
        lines.append(f"Phone {us.contact_phone}")
    if us.contact_email:
        lines.append(us.contact_email)
    return lines


def _letter(message: Message) -> dict[str, Any]:
    return {
        "key": message.key,
        "size": size_of(message),
        "house": names.trust_name(dates.london(message.created_at).date()).name,
        "sender": sender_lines(),
        "to": window_lines(message),
        "written_on": dates.day(message.created_at),
        "subject": message.subject or "Letter",
        "blocks": [
            {"kind": block.kind, "lines": list(block.lines)} for block in blocks.read(message.body)
        ],
    }


# --- what our font can draw -------------------------------------------------------------------
# A letter our font lacks would make the whole batch fail the standard, so it becomes a box.


def _drawable(value: Any) -> Any:
    if isinstance(value, str):
        return "".join(mark if ord(mark) in _drawn() else UNDRAWN for mark in value)
    if isinstance(value, dict):
        return {name: _drawable(held) for name, held in value.items()}
    if isinstance(value, list):
        return [_drawable(held) for held in value]
    return value


@functools.cache
def _drawn() -> frozenset[int]:
    """Return the characters both weights of our font have."""
    regular = _characters(FONTS / "DejaVuSans.ttf")
    return regular & _characters(FONTS / "DejaVuSans-Bold.ttf")


def _characters(file: Path) -> frozenset[int]:
    """Read the character map (format 12) of a TrueType font."""
    font = file.read_bytes()
    (tables,) = struct.unpack_from(">H", font, 4)
    cmap = next(
        offset
        for tag, _sum, offset, _length in (
            struct.unpack_from(">4sIII", font, 12 + 16 * index) for index in range(tables)
        )
        if tag == b"cmap"
    )
    (maps,) = struct.unpack_from(">H", font, cmap + 2)
    found: set[int] = set()
    for index in range(maps):
        _platform, _encoding, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * index)
        (kind,) = struct.unpack_from(">H", font, cmap + offset)
        if kind != 12:
            continue
        (groups,) = struct.unpack_from(">I", font, cmap + offset + 12)
        for group in range(groups):
            first, last, _glyph = struct.unpack_from(">III", font, cmap + offset + 16 + 12 * group)
            found.update(range(first, last + 1))
    return frozenset(found)

"""The words of a letter as blocks: what every way of drawing it starts from. No Django."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, a list, or a link on a line of its own.

    ``lines`` are the lines of a paragraph, the items of a list, or one line.
    """

    kind: str  # heading, paragraph, list, link
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words on one line."""
        return " ".join(self.lines)


def read(body: str) -> list[Block]:
    """Read the words of a letter."""
    blocks: list[Block] = []
    for chunk in re.split(r"\n[ \t]*\n", body.replace("\r\n", "\n").strip("\n")):
        blocks.extend(_chunk(chunk))
    return blocks


def _chunk(chunk: str) -> list[Block]:
    found: list[Block] = []
    words: list[str] = []  # lines of the paragraph so far, joined but where a break is kept
    items: list[str] = []
    keep_break = False

    def end() -> None:
        nonlocal words, items
        if words:
            found.append(Block("paragraph", tuple(words)))
        if items:
            found.append(Block("list", tuple(items)))
        words, items = [], []

    for line in chunk.split("\n"):
        said = line.strip()
        if not said:
            continue
        if said.startswith("## "):
            end()
            found.append(Block("heading", (said.removeprefix("## ").strip(),)))
        elif _ADDRESS.fullmatch(said):
            end()
            found.append(Block("link", (said,)))
        elif said.startswith("- "):
            if words:
                end()
            items.append(said.removeprefix("- ").strip())
        elif items:
            items[-1] += f" {said}"
        elif words and not keep_break:
            words[-1] += f" {said}"
        else:
            words.append(said)
        keep_break = line.endswith("  ")
    end()
    return found


def spoken(blocks: list[Block]) -> list[Block]:
    """Return what to say of a letter: without the greeting at its start and the names at its end."""
    start = 1 if blocks and blocks[0].text.startswith(("Dear ", "Hello,")) else 0
    end = -1 if len(blocks) > 1 and blocks[-1].text.startswith("With best wishes,") else len(blocks)
    return blocks[start:end]


def plain(blocks: list[Block]) -> str:
    """Return the words as a plain-text email has them."""
    drawn = []
    for block in blocks:
        if block.kind == "list":
            drawn.append("\n".join(f"- {item}" for item in block.lines))
        else:
            drawn.append("\n".join(block.lines))
    return "\n\n".join(drawn) + "\n"

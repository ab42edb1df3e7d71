"""Going round the house: every address, with everything it can be told, as anybody."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from django.urls import NoReverseMatch, reverse

from tests.house import Address, addresses
from tests.pages import Visit
from tests.world import QUERIES, World


def paths(world: World, *, every_state: bool = True) -> Iterator[tuple[Address, str]]:
    """Yield every address with every path it has in this world.

    What has no path is left out: ``test_every_address_has_a_path`` fails for it.
    """
    for address in addresses():
        try:
            told = world.told(address)
            for kwargs in told if every_state else told[:1]:
                path = reverse(address.name, kwargs=kwargs)
                yield address, path + QUERIES.get(address.name, "")
        except (LookupError, NoReverseMatch):
            continue


def without_path(world: World) -> list[str]:
    """Say for which addresses nobody has said what to tell them."""
    missing = []
    for address in addresses():
        try:
            for kwargs in world.told(address):
                reverse(address.name, kwargs=kwargs)
        except (LookupError, NoReverseMatch) as wrong:
            missing.append(f"{address.route}: {wrong}")
    return missing


def visit(world: World, who: str, address: Address, path: str, **how: Any) -> Visit:
    """Open one path as one of the cast. A fault in the page is an answer of 500, not a crash."""
    client = world.cast[who]
    client.raise_request_exception = False
    return Visit(who, address.name, path, client.get(path, **how))


def visits(world: World, who: str, *, every_state: bool = True) -> Iterator[Visit]:
    """Open every path as one of the cast."""
    for address, path in paths(world, every_state=every_state):
        yield visit(world, who, address, path)


def words_in(answer: Visit) -> str:
    """Return everything readable in an answer: text as it is, the words of a PDF."""
    if answer.answer.headers.get("Content-Type", "").startswith("application/pdf"):
        from pypdf import PdfReader

        return "\n".join(
            page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages
        )
    headers = "\n".join(f"{name}: {value}" for name, value in answer.answer.headers.items())
    return f"{headers}\n{answer.text}"

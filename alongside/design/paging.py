"""Long lists in pages, without counting the whole table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

FURTHEST = 100_000  # rows: beyond this a reader should search, not turn pages


@dataclass(frozen=True)
class Page:
    """One page of a list. ``total`` is None unless counting was asked for."""

    items: Sequence[Any]
    number: int
    per_page: int
    has_next: bool
    total: int | None = None

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def last_number(self) -> int | None:
        """The number of the last page, where counting was asked for."""
        if self.total is None:
            return None
        return max(1, -(-self.total // self.per_page))


def page_of(
    queryset: "QuerySet[Any] | Sequence[Any]",
    request: HttpRequest,
    per_page: int = 50,
    *,
    count: bool = False,
) -> Page:
    """Return the page that ``?page=`` names. The queryset must be ordered.

    A number that is no page is the first; a page after the end is the last.
    """
    number = _number(request.GET.get("page", ""), per_page)
    items = _slice(queryset, number, per_page)
    if not items and number > 1:
        number = max(1, -(-_count(queryset) // per_page))
        items = _slice(queryset, number, per_page)
    total = _count(queryset) if count else None
    return Page(items[:per_page], number, per_page, len(items) > per_page, total)


def _number(text: str, per_page: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return 1
    return max(1, min(int(text), FURTHEST // per_page))


def _slice(queryset: "QuerySet[Any] | Sequence[Any]", number: int, per_page: int) -> list[Any]:
    start = (number - 1) * per_page
    return list(queryset[start : start + per_page + 1])


def _count(queryset: "QuerySet[Any] | Sequence[Any]") -> int:
    return queryset.count() if isinstance(queryset, QuerySet) else len(queryset)


def page_address(query: Any, number: int) -> str:
    """Return "?..." for another page of the same list, with the filters kept."""
    kept = QueryDict(mutable=True)
    pairs = query.lists() if isinstance(query, QueryDict) else query.items()
    for name, value in pairs:
        if name != "page" and value not in (None, "", []):
            kept.setlist(name, value if isinstance(value, list) else [str(value)])
    kept["page"] = str(number)
    return f"?{kept.urlencode()}"

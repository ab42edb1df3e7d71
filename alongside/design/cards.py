"""A thing for somebody's home page: each room offers cards, ``home`` gathers them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """One thing to know or do. ``order``: 0 act now, 1 soon, 2 good to know.

    ``hidden`` tells its link from another of the same title, for those who hear links one by one.
    """

    title: str
    text: str
    href: str
    order: int = 2
    tag: str = ""
    count: int | None = None
    hidden: str = ""

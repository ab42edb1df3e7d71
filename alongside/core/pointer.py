"""A reference across a wall: what it is, its key, and the title it had."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alongside.core.models import Record


@dataclass(frozen=True)
class Pointer:
    """Names a record of another room without a foreign key.

    ``label`` is ``room.model``; ``key`` its random key; ``title`` the words to show.
    """

    label: str = ""
    key: str = ""
    title: str = ""

    @classmethod
    def to(cls, record: "Record", title: str = "") -> "Pointer":
        """Point to the record."""
        return cls(record._meta.label_lower, record.key, title or str(record))

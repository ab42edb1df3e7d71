"""Who is behind a session: read on every page, so read in one statement."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef

from alongside.accounts.models import RoleGrant, User

_also: list[str] = []


def also_read(*relations: str) -> None:
    """Read these with the sign-in: a room upstairs names what it hangs on one, in ``ready``."""
    _also.extend(relation for relation in relations if relation not in _also)


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Signs in as the library does; finds the reader with all that every page asks of them."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the sign-in, with whether it holds any role: most hold none."""
        roles = RoleGrant.objects.standing().filter(user=OuterRef("pk"))
        found = User.objects.filter(pk=user_id).annotate(holds_a_role=Exists(roles))
        if _also:
            found = found.select_related(*_also)
        user: User | None = found.first()
        return user if user is not None and self.user_can_authenticate(user) else None

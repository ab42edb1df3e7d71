"""The single-use link with which staff choose a password.

The link dies when the password changes, when the email address changes, and after
``PASSWORD_RESET_TIMEOUT`` seconds. The page it leads to keeps it out of its own address.
"""

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse

from alongside.accounts.models import User


class _Links(PasswordResetTokenGenerator):
    key_salt = "alongside.accounts.password-link"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        # Unlike Django's, without the last sign-in: staff may sign in as a member in between.
        return f"{user.pk}{user.password}{user.email}{user.is_active}{timestamp}"


_links = _Links()


def password_link(user: User) -> str:
    """Return the whole address of a page where this person, and nobody else, chooses a password."""
    path = reverse("accounts:password_link", args=[user.key, _links.make_token(user)])
    return f"{settings.SITE_URL}{path}"


def user_of(key: str, token: str) -> User | None:
    """Return whose link this is, or None where it has run out or was used."""
    user = User.objects.filter(key=key, is_active=True, is_system=False).first()
    return user if user and _links.check_token(user, token) else None

"""The smallest true sign-in records."""

from itertools import count

from alongside.accounts import audit
from alongside.accounts.models import RoleGrant, User

_numbers = count(1)


def make_user(email: str = "", password: str | None = None, **fields: object) -> User:
    """Make a sign-in record; without a password it can sign in by emailed code only."""
    email = email or f"person{next(_numbers)}@example.org"
    return User.objects.create_user(email, password, **fields)


def make_staff(role: str = "coordinator", email: str = "", **fields: object) -> User:
    """Make a member of staff who holds the role."""
    number = next(_numbers)
    fields.setdefault("name", f"Sam Staff {number}")
    user = make_user(email or f"staff{number}@example.org", **fields)
    RoleGrant.objects.create(user=user, role=role, granted_by=audit.system())
    return user

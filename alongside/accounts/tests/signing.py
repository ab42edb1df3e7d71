"""Sign a test client in, as somebody would be after the sign-in pages."""

from django.test import Client

from alongside.accounts import strength
from alongside.accounts.models import User


def sign_in(client: Client, user: User, *, strong: bool = True) -> None:
    """Sign the client in: staff with their second step done, members by emailed code.

    ``strong=False`` signs staff in as a member signs in.
    """
    client.force_login(user)
    is_staff = user.role_grants.filter(ended_at__isnull=True).exists()
    session = client.session
    strength.vouch(session, user, strong=strong and is_staff)
    session.save()

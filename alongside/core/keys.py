"""Random keys for addresses."""

import secrets

ALPHABET = "abcdefghjkmnpqrstvwxyz23456789"  # no letter that can be read as another


def new_key() -> str:
    """Return 20 random characters (about 98 bits) that can be read aloud and typed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(20))

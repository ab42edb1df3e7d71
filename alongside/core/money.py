"""Money is whole pence; here is how it reads."""


def money(pence: int) -> str:
    """Return "£5.00", "£1,234.50" or "−£5.00"."""
    pounds, rest = divmod(abs(pence), 100)
    return f"{'−' if pence < 0 else ''}£{pounds:,}.{rest:02}"

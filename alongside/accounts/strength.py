"""How strongly somebody signed in."""

from django.http import HttpRequest, HttpResponse


def ask_for_second_step(request: HttpRequest) -> HttpResponse | None:
    """Return where to send staff who have not shown a second step, or None when they have."""
    return None

"""Security headers on every answer, asserted whole by ``tests/test_headers.py``.

``SecurityHeaders`` stands outermost, so that static files, redirects and error pages have them too.
The content security policy is ``settings.SECURE_CSP``, named and shaped as in Django 6; there
Django's own middleware sends it, and ours steps aside for that one header when it finds it set.
No page needs an inline script or style. ``Strict-Transport-Security`` is sent by Django's own
``SecurityMiddleware``.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

POLICY = "Content-Security-Policy"
ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), payment=(), usb=()"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
PRIVATE = "private, no-store"


class SecurityHeaders:
    """Put the security headers on every answer, and keep private pages out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers[name] = value
        response.headers.setdefault(POLICY, policy())
        if "Cache-Control" not in response.headers and _is_for_one_reader(request, response):
            response.headers["Cache-Control"] = PRIVATE
        return response


def policy() -> str:
    """Return the content security policy as one line."""
    directives: dict[str, Any] = settings.SECURE_CSP
    return _line(
        tuple(
            (name, () if sources is True else tuple(sources))
            for name, sources in directives.items()
            if sources not in (None, False)
        )
    )


@lru_cache(maxsize=8)
def _line(directives: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    return "; ".join(" ".join((name, *sources)) for name, sources in directives)


def _is_for_one_reader(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the answer may hold something of the reader's own.

    Somebody signed in, anybody half way through a journey, and whoever was just given a cookie. The
    session is looked at only where the page itself looked, so that public pages stay cheap.
    """
    if response.cookies:
        return True
    session = getattr(request, "session", None)
    if session is None or not getattr(session, "accessed", False):
        return settings.SESSION_COOKIE_NAME in request.COOKIES
    return not session.is_empty()

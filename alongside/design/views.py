"""Pages for when something is not right: what happened, and what to do now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from alongside.design.frame import bare


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what came could not be read."""
    return _problem(
        request,
        400,
        "Sorry, we could not read that",
        "What your browser sent did not make sense to us. Go back and try again.",
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not allowed."""
    return _problem(
        request,
        403,
        "You cannot open this page",
        "Your sign-in does not let you do this. If you think it should, ask the person who set it up.",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 too: the form was too old, or the browser keeps no cookies."""
    return _problem(
        request,
        403,
        "This page was open too long",
        "For safety we could not accept what you sent. Nothing was changed. "
        "Go back, refresh the page and send it again.",
        "If it happens again, check that your browser allows cookies from this website.",
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing for this reader."""
    return _problem(
        request,
        404,
        "Page not found",
        "If you typed the address, check that it is right. "
        "If you copied it, check that you copied all of it.",
        "The page may also have moved, or you may need to sign in to see it.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Touches neither the database nor the session, which may be what is broken."""
    page: dict[str, Any] = {
        **bare(),
        "title": "Sorry, something went wrong",
        "request": request,
        "csrf_input": "",
    }
    try:
        html = str(render_to_string("design/server_error.jinja", page))
    except Exception:  # the page that tells of a fault must not be one
        html = _LAST_RESORT
    return HttpResponse(html, status=500)


def _problem(request: HttpRequest, status: int, title: str, *sentences: str) -> HttpResponse:
    page = {"title": title, "sentences": sentences}
    return render(request, "design/problem.jinja", page, status=status)


_LAST_RESORT = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Sorry, something went wrong'
    "</title></head><body><main><h1>Sorry, something went wrong</h1><p>Try again in a few minutes."
    "</p></main></body></html>"
)

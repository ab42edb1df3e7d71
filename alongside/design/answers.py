"""No address leads to a blank page."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from alongside.design.views import not_found

NOT_ALLOWED = 405


class NoBlankPages:
    """Say "not found" where somebody opens an address that only takes answers.

    They come back to it by the back button, by a bookmark, or because they had to sign in first.
    Django's own answer is a blank page, and tells a stranger that there is something there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == NOT_ALLOWED and request.method in {"GET", "HEAD"}:
            return not_found(request)
        return response

"""Who may open a page: everybody, anybody signed in (the default), or staff with a permission."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from alongside.accounts import access, strength
from alongside.accounts.models import User

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Open the page to everybody."""
    opened: View = login_not_required(view)
    opened.__dict__["door"] = "public"
    return opened


def member(view: View) -> View:
    """Open the page to anybody signed in. The default, said aloud."""
    view.__dict__["door"] = "member"
    return view


def staff(*, may: access.Permission) -> Callable[[View], View]:
    """Open the page to staff who hold the permission and signed in strongly.

    Others are told it does not exist. Staff who have not shown their second step in this session
    are sent to do it.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not isinstance(request.user, User) or not access.may(request.user, may):
                raise Http404
            answer: HttpResponse | None = strength.ask_for_second_step(request)
            return answer or view(request, *args, **kwargs)

        guarded.__dict__["door"] = may
        guarded.__dict__["login_url"] = "account_login"  # not the page where members sign in
        return guarded

    return mark

"""Step into somebody's shoes."""

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from alongside.accounts import access, strength
from alongside.accounts.doors import public
from alongside.accounts.models import User
from alongside.demo import trust

BACKEND = "alongside.accounts.backends.Backend"


@public
def shoes(request: HttpRequest) -> HttpResponse:
    """Everybody whose shoes can be stepped into, one button each."""
    return render(request, "demo/shoes.jinja", {"title": "Whose shoes?", "cast": trust.CAST})


@require_POST
@public
def step_into(request: HttpRequest, code: str) -> HttpResponse:
    """Sign in as one of the cast, as if by their own sign-in pages."""
    one = next((one for one in trust.CAST if one["code"] == code), None)
    if one is None:
        raise Http404
    user = get_object_or_404(User, email=one["email"])
    login(request, user, backend=BACKEND)
    staff = access.is_staff(user)
    strength.vouch(request.session, user, strong=staff)
    return redirect("home:staff" if staff else "home:member")

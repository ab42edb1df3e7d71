"""Setting up the second step: an app, a passkey, recovery codes."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import delete_and_cleanup, post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import flows as recovery
from allauth.mfa.totp.internal import flows as apps
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.internal import flows as passkey_flows
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from alongside.accounts import access, actions, forms, strength
from alongside.accounts.doors import member
from alongside.accounts.models import User
from alongside.accounts.views.entrance import posted, where_next, with_next

NEXT = "accounts.next"  # where staff were going before they had to set up a second step
View = Callable[..., HttpResponseBase]


def setting_up(view: View) -> View:
    """Open the page to staff who signed in strongly, or who have no second step yet.

    Others would take over an account whose password they know.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if not isinstance(user, User) or not access.is_staff(user):
            raise Http404
        if not strength.is_strong(request) and (
            not strength.gave_password(request) or strength.has_second_step(user)
        ):
            return redirect(with_next("account_login", strength.here(request)))
        strength.keep_alive(request.session)
        if address := where_next(request):
            request.session[NEXT] = address
        return view(request, *args, **kwargs)

    return member(never_cache(guarded))


def _steps(user: User) -> list[Authenticator]:
    rows = Authenticator.objects.filter(user_id=user.pk, type__in=strength.SECOND_STEPS)
    return list(rows.order_by("created_at", "pk"))


@setting_up
def index(request: HttpRequest) -> HttpResponse:
    """The second steps somebody has, or which one to set up first."""
    user = cast(User, request.user)
    steps = _steps(user)
    codes = Authenticator.objects.filter(
        user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES
    ).first()
    page = {
        "title": "Your second step" if steps else "Set up a second step",
        "steps": [
            {
                "pk": step.pk,
                "name": "Authenticator app" if step.type == "totp" else f"Passkey: {step}",
                "since": step.created_at,
                "used": step.last_used_at,
            }
            for step in steps
        ],
        "has_app": any(step.type == Authenticator.Type.TOTP for step in steps),
        "back": reverse("accounts:sessions") if steps else "",
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
    }
    return render(request, "mfa/index.jinja", page)


@setting_up
def set_up_app(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app: scan the picture, type the code."""
    user = cast(User, request.user)
    if any(step.type == Authenticator.Type.TOTP for step in _steps(user)):
        return redirect("mfa_index")
    raise_if_reauthentication_required(request, app="allauth.mfa")
    form = forms.AppCodeForm(posted(request), user=user)
    if form.is_valid():
        with transaction.atomic():
            authenticator, codes = apps.activate_totp(request, form)
            actions.note_second_step(user=user, kind="totp", what="added", by=user)
        return _done(request, authenticator, codes)
    address = get_adapter().build_totp_url(user, form.secret)
    picture = get_adapter().build_totp_svg(address).encode()
    page = {
        "title": "Set up an authenticator app",
        "form": form,
        "back": reverse("mfa_index"),
        "picture": f"data:image/svg+xml;base64,{base64.b64encode(picture).decode()}",
        "secret": " ".join(form.secret[at : at + 4] for at in range(0, len(form.secret), 4)),
    }
    return render(request, "mfa/totp/activate_form.jinja", page)


@setting_up
def set_up_passkey(request: HttpRequest) -> HttpResponse:
    """Set up a passkey: give it a name, then let the device make it."""
    user = cast(User, request.user)
    raise_if_reauthentication_required(request, app="allauth.mfa")
    form = forms.PasskeyNameForm(posted(request))
    if form.is_valid():
        with transaction.atomic():
            authenticator, codes = passkey_flows.add_authenticator(
                request,
                name=form.cleaned_data["name"],
                credential=form.cleaned_data["credential"],
            )
            actions.note_second_step(user=user, kind="webauthn", what="added", by=user)
        return _done(request, authenticator, codes)
    page = {
        "title": "Set up a passkey",
        "form": form,
        "back": reverse("mfa_index"),
        "options": json.dumps(passkeys.begin_registration(user, passwordless=True)),
    }
    return render(request, "mfa/webauthn/add_form.jinja", page)


def _done(
    request: HttpRequest, authenticator: Authenticator, codes: Authenticator | None
) -> HttpResponse:
    """Count what was just set up as shown in this sign-in, and go on."""
    post_authentication(request, authenticator)
    strength.keep_alive(request.session)
    if codes:
        return redirect("mfa_view_recovery_codes")
    messages.success(request, "Your new second step is set up.")
    return redirect("mfa_index")


@setting_up
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Show recovery codes, once."""
    codes, can_view = recovery.view_recovery_codes(request)
    if codes is None:
        return redirect("mfa_index")
    unused = codes.get_unused_codes()
    page = {
        "title": "Your recovery codes",
        "codes": [f"{code[:4]} {code[4:]}" for code in unused] if can_view else [],
        "left": len(unused),
        "onward": request.session.get(NEXT) or "/staff/",
    }
    return render(request, "mfa/recovery_codes/index.jinja", page)


@setting_up
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes; the old ones no longer work."""
    user = cast(User, request.user)
    if request.method != "POST" or not recovery.can_generate_recovery_codes(user):
        return redirect("mfa_index")
    with transaction.atomic():
        recovery.generate_recovery_codes(request)
        actions.note_second_step(user=user, kind="recovery_codes", what="added", by=user)
    return redirect("mfa_view_recovery_codes")


@setting_up
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a second step, as long as one is left."""
    user = cast(User, request.user)
    steps = Authenticator.objects.filter(user_id=user.pk, type__in=strength.SECOND_STEPS)
    step = get_object_or_404(steps, pk=pk)
    name = "authenticator app" if step.type == Authenticator.Type.TOTP else f"passkey {step}"
    can = get_adapter().can_delete_authenticator(step)
    if request.method == "POST" and can:
        raise_if_reauthentication_required(request, app="allauth.mfa")
        with transaction.atomic():
            kind = step.type
            delete_and_cleanup(request, step)
            actions.note_second_step(user=user, kind=kind, what="removed", by=user)
        messages.success(request, f"We removed your {name}.")
        return redirect("mfa_index")
    page = {"title": f"Remove your {name}?", "back": reverse("mfa_index"), "can": can}
    return render(request, "mfa/remove.jinja", page)

"""The way in for staff: a password and a second step, or a passkey; and choosing a password."""

from __future__ import annotations

import json
from typing import cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows import reauthentication
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from alongside.accounts import access, actions, delivery, forms, strength
from alongside.accounts.adapters import SecondStepStage
from alongside.accounts.doors import member, public
from alongside.accounts.models import User
from alongside.accounts.tokens import user_of
from alongside.accounts.views.entrance import NOT_SENT, posted, too_many, where_next, with_next

PASSWORD_FOR = "accounts.password_for"  # noqa: S105  (where the link is kept, not a password)
WRONG = "The email address or the password is not right. Check both, then try again."


def _leave(request: HttpRequest) -> None:
    """End a weaker sign-in before a stronger one begins, so that the two never mix."""
    if request.user.is_authenticated:
        logout(request)


@public
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a password, or a passkey."""
    address = where_next(request)
    if strength.is_strong(request):
        return redirect(address or get_adapter().get_login_redirect_url(request))
    if not ratelimit.consume(request, action="login"):
        return too_many(request)
    known = request.user.email if isinstance(request.user, User) else ""
    form = forms.PasswordForm(posted(request), initial={"email": known})
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            user = get_adapter().authenticate(
                request, email=email, password=form.cleaned_data["password"]
            )
        except ValidationError as fault:
            form.add_error(None, fault.messages[0])
        else:
            if user:
                _leave(request)
                login = Login(user=user, redirect_url=address or None)
                answer: HttpResponse = perform_password_login(request, {}, login)
                return answer
            form.add_error(None, WRONG)
    page = {
        "title": "Staff sign in",
        "form": form,
        "next": address,
        "passkey_failed": "passkey" in request.GET,
        "weak": request.user.is_authenticated,
    }
    return render(request, "account/login.jinja", page)


@public
@never_cache
def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """Ask the device for a passkey (GET, by script), and let in whoever shows one (POST)."""
    if not ratelimit.consume(request, action="login"):
        return too_many(request)
    if request.method != "POST":
        if request.headers.get("Accept") != "application/json":
            return redirect("account_login")
        return JsonResponse(passkeys.begin_authentication(user=None))
    address = where_next(request)
    form = forms.PasskeySignInForm(request.POST)
    if not form.is_valid():
        return redirect(with_next("account_login", address) + ("&" if address else "?") + "passkey")
    authenticator = form.cleaned_data["credential"]
    _leave(request)
    login = Login(user=authenticator.user, redirect_url=address or None)
    answer: HttpResponse = perform_passwordless_login(request, authenticator, login)
    return answer


@public
@never_cache
@login_stage_required(stage=SecondStepStage.key, redirect_urlname="account_login")
def second_step(request: HttpRequest) -> HttpResponse:
    """Show the second step, after the right password."""
    stage = request._login_stage  # type: ignore[attr-defined]
    user = cast(User, stage.login.user)
    by_passkey = "credential" in request.POST
    form = forms.SecondStepForm(None if by_passkey else posted(request), user=user)
    passkey_form = forms.PasskeyStepForm(request.POST if by_passkey else None, user=user)
    shown = passkey_form if by_passkey else form
    if request.method == "POST" and shown.is_valid():
        shown.save()
        return stage.exit()  # type: ignore[no-any-return]
    options = ""
    kinds = set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
    if Authenticator.Type.WEBAUTHN in kinds:
        options = json.dumps(passkeys.begin_authentication(user))
    page = {
        "title": "Your second step",
        "form": form,
        "back": reverse("account_login"),
        "has_app": Authenticator.Type.TOTP in kinds,
        "options": options,
        "passkey_failed": by_passkey,
    }
    return render(request, "mfa/authenticate.jinja", page)


@public
@never_cache
def ask_for_password(request: HttpRequest) -> HttpResponse:
    """Ask for a link to choose a password."""
    form = forms.StaffEmailForm(posted(request))
    if form.is_valid():
        email = form.cleaned_data["email"]
        if not ratelimit.consume(request, action="reset_password", key=email):
            return too_many(request)
        try:
            actions.ask_for_password(email=email)
        except delivery.NotDelivered:
            form.add_error(None, NOT_SENT)
        else:
            page = {
                "title": "Check your email",
                "email": email,
                "has_channel": delivery.has_channel(),
            }
            return render(request, "account/password_reset_done.jinja", page)
    page = {"title": "Choose a new password", "form": form, "back": reverse("account_login")}
    return render(request, "account/password_reset.jinja", page)


@public
@never_cache
def open_password_link(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Take the link out of the address before a page is shown."""
    request.session[PASSWORD_FOR] = [key, token]
    return redirect("account_set_password")


@public
@never_cache
@sensitive_post_parameters("password")
def choose_password(request: HttpRequest) -> HttpResponse:
    """Choose a password with the link from the email, then go on with the second step."""
    key, token = request.session.get(PASSWORD_FOR, ("", ""))
    user = user_of(key, token)
    if user is None:
        spent = {"title": "This link does not work any more"}
        return render(request, "account/password_link_spent.jinja", spent, status=410)
    form = forms.NewPasswordForm(posted(request), user=user)
    if form.is_valid():
        del request.session[PASSWORD_FOR]
        user = actions.set_password(user=user, password=form.cleaned_data["password"], by=user)
        _leave(request)
        answer: HttpResponse = perform_password_login(request, {}, Login(user=user))
        return answer
    page = {"title": "Choose a password", "form": form, "email": user.email}
    return render(request, "account/password_set.jinja", page)


@member
@never_cache
@sensitive_post_parameters("password")
def password_again(request: HttpRequest) -> HttpResponse:
    """Ask for the password once more, before something about signing in changes."""
    address = where_next(request)
    user = request.user
    if not isinstance(user, User) or not access.is_staff(user) or not strength.gave_any(request):
        raise Http404
    form = forms.PasswordAgainForm(posted(request))
    if form.is_valid():
        try:
            right = get_adapter().reauthenticate(user, form.cleaned_data["password"])
        except ValidationError as fault:
            form.add_error(None, fault.messages[0])
        else:
            if right:
                reauthentication.reauthenticate_by_password(request)
                answer = reauthentication.resume_request(request)
                return answer or redirect("mfa_index")
            form.add_error("password", "This is not your password. Check it, then try again.")
    page = {"title": "Enter your password again", "form": form, "next": address}
    return render(request, "account/reauthenticate.jinja", page)

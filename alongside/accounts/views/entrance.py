"""The way in for members: an email address, a code, done. And the way out."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.models import Login
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from alongside.accounts import actions, delivery, forms
from alongside.accounts.adapters import is_here
from alongside.accounts.codes import MINUTES, EmailedCode, TooOften
from alongside.accounts.doors import public

NOT_SENT = "We could not send the email just now. Wait a few minutes, then try again."


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, an empty form included, or None where a page was only opened."""
    return request.POST if request.method == "POST" else None


def where_next(request: HttpRequest) -> str:
    """Return where the reader was going, if that is on this site."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    return address if is_here(request, address) else ""


def with_next(name: str, address: str) -> str:
    """Return the address of a page that then leads on."""
    return reverse(name) + (f"?{urlencode({'next': address})}" if address else "")


def too_many(request: HttpRequest) -> HttpResponse:
    """Tell somebody to wait."""
    return render(request, "429.jinja", {"title": "Wait 5 minutes, then try again"}, status=429)


def shown_in_demo(process: EmailedCode) -> str:
    """Return the code where this is a demonstration and nothing is emailed."""
    digits = process.code if settings.DEMO and not delivery.has_channel() else ""
    return f"{digits[:4]} {digits[4:]}" if digits else ""


@public
@never_cache
def ask_for_code(request: HttpRequest) -> HttpResponse:
    """What is your email address?"""
    address = where_next(request)
    if request.user.is_authenticated:
        return redirect(address or settings.LOGIN_REDIRECT_URL)
    before = EmailedCode.resume(request, "sign_in")
    form = forms.EmailForm(posted(request), initial={"email": before.email if before else ""})
    if form.is_valid():
        try:
            EmailedCode.start(request, "sign_in", form.cleaned_data["email"])
            return redirect(with_next("account_confirm_login_code", address))
        except TooOften:
            return too_many(request)
        except delivery.NotDelivered:
            form.add_error(None, NOT_SENT)
    page = {"title": "What is your email address?", "question": True, "form": form}
    return render(request, "account/request_login_code.jinja", {**page, "next": address})


@public
@never_cache
def give_code(request: HttpRequest) -> HttpResponse:
    """Enter the code we emailed."""
    address = where_next(request)
    if request.user.is_authenticated:
        return redirect(address or settings.LOGIN_REDIRECT_URL)
    process = EmailedCode.resume(request, "sign_in")
    if process is None:
        return redirect(with_next("account_request_login_code", address))
    try:
        form = code_form(request, process)
    except TooOften:
        return too_many(request)
    if form.is_valid() and "again" not in request.POST:
        process.finish()
        user = actions.open_sign_in(email=process.email)
        record_authentication(request, user, method="code")
        answer: HttpResponse = perform_login(
            request, Login(user=user, redirect_url=address or None)
        )
        return answer
    page = code_page(request, process, form, with_next("account_request_login_code", address))
    return render(request, "account/confirm_login_code.jinja", {**page, "next": address})


def code_form(request: HttpRequest, process: EmailedCode) -> forms.CodeForm:
    """Return the form with what is wrong about the code, having sent a new one where asked."""
    if "again" in request.POST:
        form = forms.CodeForm()
        try:
            process.send()
        except delivery.NotDelivered:
            form = forms.CodeForm({"code": request.POST.get("code", "")})
            form.add_error(None, NOT_SENT)
        return form
    form = forms.CodeForm(posted(request))
    if form.is_valid():
        reason = process.why_not(form.cleaned_data["code"])
        if reason:
            form.add_error("code", reason)
    return form


def code_page(
    request: HttpRequest, process: EmailedCode, form: forms.CodeForm, back: str
) -> dict[str, Any]:
    """Return what the page that asks for a code shows."""
    return {
        "title": "Check your email",
        "form": form,
        "back": back,
        "email": process.email,
        "minutes": MINUTES,
        "sent_again": "again" in request.POST and not form.errors,
        "demo_code": shown_in_demo(process),
        "has_channel": delivery.has_channel(),
    }


@public
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, after asking where nobody pressed the button."""
    if request.method == "POST":
        logout(request)
        return redirect("/")
    if not request.user.is_authenticated:
        return redirect("/")
    return render(request, "account/logout.jinja", {"title": "Do you want to sign out?"})


@public
def closed(request: HttpRequest) -> HttpResponse:
    """Say that the account is closed, to somebody who showed that it is theirs."""
    return render(request, "account/account_inactive.jinja", {"title": "Your account is closed"})

"""One's own sign-in: where I am signed in, and the address codes go to."""

from __future__ import annotations

from typing import cast

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from alongside.accounts import access, actions, delivery, forms, rules, strength
from alongside.accounts.access import Permission
from alongside.accounts.codes import EmailedCode, TooOften
from alongside.accounts.doors import member, staff
from alongside.accounts.models import User
from alongside.accounts.views.entrance import NOT_SENT, code_form, code_page, posted, too_many
from alongside.design.forms import attempt


@member
@never_cache
def sessions(request: HttpRequest) -> HttpResponse:
    """Where I am signed in."""
    user = cast(User, request.user)
    mine = UserSession.objects.purge_and_list(user)
    page = {
        "title": "How you sign in",
        "email": user.email,
        "is_staff": access.is_staff(user),
        "places": [
            {
                "pk": session.pk,
                "words": rules.device_words(session.user_agent),
                "at": session.created_at,
                "here": session.session_key == request.session.session_key,
            }
            for session in sorted(mine, key=lambda each: each.created_at, reverse=True)
        ],
    }
    return render(request, "usersessions/usersession_list.jinja", page)


@member
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out in one other place."""
    mine = UserSession.objects.filter(user_id=request.user.pk)
    session = get_object_or_404(mine.exclude(session_key=request.session.session_key), pk=pk)
    if request.method == "POST":
        actions.end_session(session=session, by=cast(User, request.user))
        messages.success(request, f"Signed out: {rules.device_words(session.user_agent)}.")
    return redirect("accounts:sessions")


@member
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    user = cast(User, request.user)
    if request.method == "POST":
        actions.end_sessions(user=user, by=user, spare=request.session.session_key or "")
        messages.success(request, "You are signed out everywhere else.")
    return redirect("accounts:sessions")


@member
@never_cache
def change_email(request: HttpRequest) -> HttpResponse:
    """What is your new email address?"""
    if access.is_staff(request.user) and (answer := strength.ask_for_second_step(request)):
        return answer
    before = EmailedCode.resume(request, "new_email")
    form = forms.NewEmailForm(posted(request), initial={"email": before.email if before else ""})
    if form.is_valid():
        try:
            EmailedCode.start(request, "new_email", form.cleaned_data["email"])
            return redirect("accounts:confirm_email")
        except TooOften:
            return too_many(request)
        except delivery.NotDelivered:
            form.add_error(None, NOT_SENT)
    page = {
        "title": "What is your new email address?",
        "question": True,
        "form": form,
        "back": reverse("accounts:sessions"),
    }
    return render(request, "account/email_change.jinja", page)


@member
@never_cache
def confirm_email(request: HttpRequest) -> HttpResponse:
    """Enter the code we emailed to the new address."""
    user = cast(User, request.user)
    if access.is_staff(user) and (answer := strength.ask_for_second_step(request)):
        return answer
    process = EmailedCode.resume(request, "new_email")
    if process is None:
        return redirect("accounts:change_email")
    try:
        form = code_form(request, process)
    except TooOften:
        return too_many(request)
    if form.is_valid() and "again" not in request.POST:
        process.finish()
        before = user.email
        if attempt(form, actions.change_email, user=user, email=process.email, by=user):
            if before and before != process.email:
                actions.tell_old_address(email=before)
            messages.success(request, f"From now on you sign in with {process.email}.")
            return redirect("accounts:sessions")
    page = code_page(request, process, form, reverse("accounts:change_email"))
    return render(request, "account/confirm_email_verification_code.jinja", page)


@staff(may=Permission.STAFF_HOME)
@never_cache
@sensitive_post_parameters("password")
def change_password(request: HttpRequest) -> HttpResponse:
    """Choose another password."""
    user = cast(User, request.user)
    raise_if_reauthentication_required(request, app="allauth.mfa")
    form = forms.NewPasswordForm(posted(request), user=user)
    if form.is_valid():
        user = actions.set_password(
            user=user,
            password=form.cleaned_data["password"],
            by=user,
            spare=request.session.session_key or "",
        )
        _keep_this_session(request, user)
        messages.success(request, "You have a new password.")
        return redirect("accounts:sessions")
    page = {
        "title": "Choose a new password",
        "form": form,
        "email": user.email,
        "back": reverse("accounts:sessions"),
    }
    return render(request, "account/password_change.jinja", page)


def _keep_this_session(request: HttpRequest, user: User) -> None:
    """Stay signed in here: a new password gives the session a new key, and the list follows."""
    before = request.session.session_key
    update_session_auth_hash(request, user)
    request.session.save()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)

"""Staff and their roles, for the system administrator."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from alongside.accounts import actions, delivery, forms, strength
from alongside.accounts.access import ROLES, Permission
from alongside.accounts.doors import staff
from alongside.accounts.models import RoleGrant, User
from alongside.accounts.views.entrance import posted
from alongside.core import dates
from alongside.core.refused import Refused
from alongside.design.forms import attempt
from alongside.design.paging import page_of

NOT_SENT = "We could not send them the email. Open their page and choose to send it again in a few minutes."
NO_CHANNEL = (
    "No email was sent, because this server has no email set up. "
    "Whoever runs the server finds the link in its log."
)
door = staff(may=Permission.ACCESS_WRITE)


def _staff() -> QuerySet[User]:
    """Everybody who is, or ever was, a member of staff. Never members."""
    return User.objects.filter(
        Exists(RoleGrant.objects.filter(user=OuterRef("pk"))), is_system=False
    )


def _user(key: str) -> User:
    return get_object_or_404(_staff(), key=key)


def _role_name(role: str) -> str:
    return ROLES[role].name if role in ROLES else role


@door
def staff_list(request: HttpRequest) -> HttpResponse:
    """Staff, by name."""
    form = forms.StaffSearchForm(request.GET if {"q", "closed"} & request.GET.keys() else None)
    asked = form.cleaned_data if form.is_valid() else {}
    standing = RoleGrant.objects.standing().order_by("pk")
    people = _staff().prefetch_related(Prefetch("role_grants", standing, to_attr="standing"))
    if not asked.get("closed"):
        people = people.filter(Exists(standing.filter(user=OuterRef("pk")).order_by()))
    if asked.get("q"):
        people = people.filter(
            Q(name__icontains=asked["q"].strip()) | Q(email__icontains=asked["q"].strip())
        )
    found = page_of(people.order_by("name", "pk"), request)
    page = {
        "title": "Staff and roles",
        "form": form,
        "wide": True,
        "back": reverse("home:staff"),
        "found": found,
        "rows": [
            [
                {
                    "text": user.name or user.email,
                    "href": reverse("accounts:staff_member", args=[user.key]),
                },
                user.email or "",
                {"lines": [_role_name(grant.role) for grant in user.standing] or ["None now"]},
                "Open" if user.is_active else "Closed",
            ]
            for user in found
        ],
    }
    return render(request, "accounts/staff_list.jinja", page)


@door
def add_staff(request: HttpRequest) -> HttpResponse:
    """Add a member of staff and email them how to begin."""
    form = forms.StaffForm(posted(request))
    if form.is_valid():
        by = cast(User, request.user)
        user = attempt(form, actions.add_staff, **form.cleaned_data, by=by)
        if user:
            _welcome(request, user)
            return redirect("accounts:staff_member", user.key)
    page = {"title": "Add a member of staff", "form": form, "back": reverse("accounts:access")}
    return render(request, "accounts/add_staff.jinja", page)


def _welcome(request: HttpRequest, user: User) -> None:
    if not actions.send_welcome(user=user, by=cast(User, request.user)):
        messages.error(request, NOT_SENT)
    elif not delivery.has_channel():
        messages.warning(request, NO_CHANNEL)
    elif user.has_usable_password():
        messages.success(request, f"We have emailed {user.email} a link to choose a password.")
    else:
        messages.success(request, f"We have emailed {user.email} how to set up their account.")


@door
def staff_member(request: HttpRequest, key: str) -> HttpResponse:
    """One member of staff: how far they are, their roles now and before."""
    user = _user(key)
    grants = list(
        user.role_grants.select_related("granted_by", "ended_by").order_by("-granted_at", "-pk")
    )
    page = {
        "title": user.name or user.email or "Somebody whose details were erased",
        "caption": "Staff and roles",
        "back": reverse("accounts:access"),
        "wide": True,
        "person": user,
        "is_self": user.pk == request.user.pk,
        "has_password": user.has_usable_password(),
        "has_second_step": strength.has_second_step(user),
        "standing": [_standing_row(user, grant) for grant in grants if not grant.ended_at],
        "history": [
            [
                _role_name(grant.role),
                _by(grant.granted_at, grant.granted_by),
                _by(grant.ended_at, grant.ended_by),
            ]
            for grant in grants
        ],
        "more": len({grant.role for grant in grants if not grant.ended_at}) < len(ROLES),
    }
    return render(request, "accounts/staff_member.jinja", page)


def _standing_row(user: User, grant: RoleGrant) -> dict[str, Any]:
    name = _role_name(grant.role)
    end = reverse("accounts:end_role", args=[user.key, grant.pk])
    value = f"Since {dates.day(grant.granted_at)}"
    return {"key": name, "value": value, "actions": [{"href": end, "text": "End", "hidden": name}]}


def _by(moment: dt.datetime | None, who: User | None) -> dict[str, Any] | str:
    return {"lines": [dates.day(moment), f"by {who}"]} if moment else "Now"


@door
def grant_role(request: HttpRequest, key: str) -> HttpResponse:
    """Give one more role."""
    user = _user(key)
    form = forms.RoleForm(posted(request))
    held = set(user.role_grants.standing().values_list("role", flat=True))
    form.leave_out(held)
    if form.is_valid():
        role = form.cleaned_data["role"]
        attempt(form, actions.grant_role, user=user, role=role, by=cast(User, request.user))
        if not form.errors:
            messages.success(request, f"{user.name} now has the role {_role_name(role)}.")
            return redirect("accounts:staff_member", user.key)
    back = reverse("accounts:staff_member", args=[user.key])
    page = {"title": "Which role?", "caption": user.name, "question": True, "back": back}
    return render(request, "accounts/grant_role.jinja", {**page, "form": form})


@door
def confirm(request: HttpRequest, key: str, what: str) -> HttpResponse:
    """Ask before something that shuts somebody out, then do it."""
    user = _user(key)
    name = user.name or user.email
    questions = {
        "close": (
            f"Close the account of {name}?",
            "They are signed out everywhere at once, and their roles end today. "
            "What they did stays on record. You can open the account again.",
            "Close the account",
        ),
        "second-step": (
            f"Remove the second step of {name}?",
            "Do this only when they have lost their phone, their passkeys and their recovery codes, "
            "and you are sure that it is them who asks. They are signed out everywhere, and set up "
            "a new second step when they next sign in with their password.",
            "Remove their second step",
        ),
    }
    title, words, button = questions[what]
    back = reverse("accounts:staff_member", args=[user.key])
    refused = ""
    if request.method == "POST":
        act = actions.close_account if what == "close" else actions.reset_second_step
        try:
            act(user=user, by=cast(User, request.user))
        except Refused as fault:
            refused = fault.sentence
        else:
            done = "The account is closed." if what == "close" else "Their second step is removed."
            messages.success(request, done)
            return redirect(back)
    page = {"title": title, "words": words, "button_text": button, "back": back}
    return render(request, "accounts/confirm.jinja", {**page, "refused": refused})


@door
def end_role(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Ask, then take a role away."""
    user = _user(key)
    grant = get_object_or_404(user.role_grants.standing(), pk=pk)
    name = _role_name(grant.role)
    back = reverse("accounts:staff_member", args=[user.key])
    refused = ""
    if request.method == "POST":
        try:
            actions.end_role(grant=grant, by=cast(User, request.user))
        except Refused as fault:
            refused = fault.sentence
        else:
            messages.success(request, f"{user.name or user.email} no longer has the role {name}.")
            return redirect(back)
    page = {
        "title": f"End the role {name} of {user.name or user.email}?",
        "words": "It ends now. That they held it, and from when until when, stays on record.",
        "button_text": "End the role",
        "back": back,
        "refused": refused,
    }
    return render(request, "accounts/confirm.jinja", page)


@door
def open_account(request: HttpRequest, key: str) -> HttpResponse:
    """Open a closed account again."""
    user = _user(key)
    if request.method == "POST":
        try:
            actions.open_account(user=user, by=cast(User, request.user))
            messages.success(request, "The account is open again. Give it a role.")
        except Refused as fault:
            messages.error(request, fault.sentence)
    return redirect("accounts:staff_member", user.key)


@door
def send_welcome(request: HttpRequest, key: str) -> HttpResponse:
    """Send the link to choose a password again."""
    user = _user(key)
    if request.method == "POST" and user.is_active and user.role_grants.standing().exists():
        _welcome(request, user)
    return redirect("accounts:staff_member", user.key)

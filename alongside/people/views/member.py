"""A member's own pages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.accounts.doors import public
from alongside.design.forms import Form, attempt
from alongside.people import actions, registry
from alongside.people.doors import member_person
from alongside.people.forms import (
    AddressForm,
    AreaForm,
    CloseForm,
    ConnectionForm,
    CorrectForm,
    EqualityForm,
    NameForm,
    ReachForm,
)
from alongside.people.views import places
from alongside.people.views.places import Place

PARTS: dict[str, tuple[type[Form], str, bool]] = {
    "name": (NameForm, "What is your full name?", True),
    "reach": (ReachForm, "How can we reach you?", False),
    "address": (AddressForm, "Where should we post letters to?", False),
    "area": (AreaForm, "Which area do you live in, or take an interest in?", True),
    "you": (ConnectionForm, "Which best describes you?", True),
}


def _place(request: HttpRequest) -> Place:
    return Place(request.user.person, request.user)


@member_person
def me(request: HttpRequest) -> HttpResponse:
    """Your details, each with a way to change it."""
    person = _place(request).person
    page = {
        "title": "Your details",
        "back": reverse("home:member"),
        "person": person,
        "from_paper": bool(person.entered_by_id) and person.details_reviewed_on is None,
    }
    return render(request, "people/me.jinja", page)


@member_person
def details_right(request: HttpRequest) -> HttpResponseBase:
    """Say that your details are right."""
    place = _place(request)
    if request.method == "POST":
        actions.review_details(person=place.person, by=place.by)
        messages.success(request, "Thank you. We have noted that your details are right")
    return redirect("people:me")


@member_person
def change(request: HttpRequest, part: str) -> HttpResponseBase:
    """Change one of your details."""
    if part not in PARTS:
        raise Http404
    place = _place(request)
    form_class, title, question = PARTS[part]
    now = CorrectForm.of(place.person)
    form = form_class(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        saved = attempt(
            form, actions.correct_details, person=place.person, by=place.by, **form.cleaned_data
        )
        if saved:
            messages.success(request, "Saved")
            return redirect("people:me")
    page = place.page(title, title, form=form, back=reverse("people:me"), question=question)
    return render(request, "people/form.jinja", page)


@member_person
def needs(request: HttpRequest) -> HttpResponse:
    """What you need."""
    return places.needs(request, _place(request))


@member_person
def need_group(request: HttpRequest, group: str) -> HttpResponseBase:
    """One group of what you need."""
    return places.need_group(request, _place(request), group)


@member_person
def need_choices(request: HttpRequest) -> HttpResponseBase:
    """What must be in place and what may be passed on."""
    return places.need_choices(request, _place(request))


@member_person
def needs_right(request: HttpRequest) -> HttpResponseBase:
    """Say that what you need is still right."""
    return places.needs_right(request, _place(request))


@member_person
def contact(request: HttpRequest) -> HttpResponse:
    """How we write to you."""
    return places.contact(request, _place(request))


@member_person
def invitations(request: HttpRequest) -> HttpResponseBase:
    """Whether we may send you invitations."""
    return places.invitations(request, _place(request))


@member_person
def topics(request: HttpRequest) -> HttpResponseBase:
    """What you want to hear about."""
    return places.topics(request, _place(request))


@member_person
def pause(request: HttpRequest) -> HttpResponseBase:
    """Pause invitations until a day."""
    return places.pause(request, _place(request))


@member_person
def unpause(request: HttpRequest) -> HttpResponseBase:
    """Start invitations again."""
    return places.unpause(request, _place(request))


@member_person
def everything(request: HttpRequest) -> HttpResponse:
    """Everything we hold about you."""
    return places.everything(request, _place(request))


@member_person
def keep_everything(request: HttpRequest, form: str) -> HttpResponseBase:
    """Everything as a file."""
    return places.keep_everything(request, _place(request), form)


@member_person
def equality(request: HttpRequest) -> HttpResponseBase:
    """The equality questions, asked once."""
    place = _place(request)
    asked = place.person.equality_asked_on
    form = EqualityForm(request.POST if request.method == "POST" else None)
    if asked:
        page: dict[str, Any] = {"title": "Questions about you", "asked": asked, "form": None}
        return render(request, "people/equality.jinja", page | {"back": reverse("people:me")})
    if request.method == "POST" and request.POST.get("answer") == "decline":
        actions.decline_equality(person=place.person, by=place.by)
        messages.success(request, "That is fine. We will not ask again")
        return redirect("people:me")
    if form.is_valid():
        attempt(
            form,
            actions.answer_equality,
            person=place.person,
            answers=form.answers(),
            by=place.by,
        )
        if form.is_valid():
            messages.success(request, "Thank you. Your answers were counted and nothing else kept")
            return redirect("people:me")
    page = {
        "title": "Questions about you",
        "form": form,
        "asked": None,
        "back": reverse("people:me"),
    }
    return render(request, "people/equality.jinja", page)


@member_person
def close(request: HttpRequest) -> HttpResponseBase:
    """Close your account and have your details erased."""
    place = _place(request)
    ahead = registry.to_come(place.person)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        attempt(form, actions.erase_person, person=place.person, reason="asked", by=place.by)
        if form.is_valid():
            logout(request)
            return redirect("people:closed")
    page = {
        "title": "Close your account and erase your details",
        "back": reverse("people:me"),
        "form": form,
        "ahead": ahead,
        "goes": registry.sentences("goes"),
        "stays": registry.sentences("stays"),
    }
    return render(request, "people/close.jinja", page)


@public
def closed(request: HttpRequest) -> HttpResponse:
    """What somebody sees who has just left."""
    page = {"title": "Your details have been erased"}
    return render(request, "people/closed.jinja", page)

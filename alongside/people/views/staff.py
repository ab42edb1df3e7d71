"""Staff's pages about people. Every look at a record is written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from alongside.accounts import access, audit
from alongside.accounts.access import Permission
from alongside.accounts.doors import staff
from alongside.core.dates import today
from alongside.design.forms import attempt
from alongside.design.paging import page_of
from alongside.people import actions, registry, rules
from alongside.people.actions.erasing import REASONS, why_not_erase
from alongside.people.forms import AddForm, CorrectForm, EraseForm, EraseReasonForm, SearchForm
from alongside.people.models import Person
from alongside.people.needs import NEEDS
from alongside.people.views import places
from alongside.people.views.places import Place

LOOKALIKES = 10  # shown at most when somebody is added


def _person(request: HttpRequest, key: str, page: str) -> Person:
    """Return somebody's record and write down that it was looked at."""
    known = Person.objects.known().select_related("area", "user", "entered_by")
    person = get_object_or_404(known, key=key)
    audit.look("people.person_seen", on=person, about=person, by=request.user, page=page)
    return person


@staff(may=Permission.PERSON_SEE)
def find(request: HttpRequest) -> HttpResponse:
    """Find people by name, email, phone or postcode."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    text = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    people = Person.objects.known().select_related("area").order_by("full_name", "pk")
    if form.is_bound and not form.is_valid():
        people = people.none()
    found = page_of(people.found_by(text), request)
    audit.look("people.list_seen", by=request.user, searched=bool(text), page=found.number)
    page = {
        "title": "People",
        "wide": True,
        "form": form,
        "text": text,
        "people": found,
        "may_write": access.may(request.user, Permission.PERSON_WRITE),
    }
    return render(request, "people/list.jinja", page)


@staff(may=Permission.PERSON_WRITE)
def add(request: HttpRequest) -> HttpResponseBase:
    """Add somebody who told us by paper, phone or in person."""
    form = AddForm(request.POST if request.method == "POST" else None)
    same: list[Person] = []
    if form.is_valid():
        given = {**form.cleaned_data}
        anyway = given.pop("anyway")
        alike = Person.objects.like(
            **{
                field: given[field]
                for field in ("full_name", "email", "mobile", "phone", "postcode")
            }
        )
        same = list(alike.select_related("area").order_by("full_name", "pk")[:LOOKALIKES])
        if not same or anyway:
            person = attempt(form, actions.add_person, by=request.user, **given)
            if person:
                messages.success(request, f"{person} was added")
                return redirect("people:person", person.key)
        else:
            audit.look("people.lookalikes_seen", by=request.user, people=len(same))
            form.add_error("anyway", "Look at the people below first. They may be the same person")
    page = {
        "title": "Add a person",
        "back": reverse("people:list"),
        "form": form,
        "same": same,
    }
    return render(request, "people/add.jinja", page)


@staff(may=Permission.PERSON_SEE)
def person(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody's record, with what other rooms add to it."""
    person = _person(request, key, "record")
    user: Any = request.user
    same: list[Person] = []
    if person.doubt_raised_on:
        alike = Person.objects.like(email=person.email).exclude(pk=person.pk)
        same = list(alike.order_by("full_name", "pk")[:LOOKALIKES])
    needs = list(person.needs.standing().order_by("pk"))
    consent = person.consents.standing().filter(purpose=places.INVITATIONS).first()
    page = {
        "title": str(person),
        "caption": "Person",
        "back": reverse("people:list"),
        "wide": True,
        "person": person,
        "same": same,
        "needs": [
            {
                "words": NEEDS[need.code].words,
                "detail": need.detail,
                "must": need.must,
                "share": need.share,
            }
            for need in needs
            if need.code in NEEDS
        ],
        "needs_due": any(need.review_on <= today() for need in needs),
        "needs_review_on": min((need.review_on for need in needs), default=None),
        "consent": consent,
        "consent_due": consent is not None and consent.review_on <= today(),
        "paused": rules.is_paused(today=today(), until=person.invitations_paused_until),
        "topics": [
            interest.topic.name
            for interest in person.interests.standing()
            .select_related("topic")
            .order_by("topic__name", "pk")
        ],
        "how": rules.HOWS.get(person.entered_how, person.entered_how),
        "involvements": list(person.involvements.standing().order_by("-on", "-pk")[:20]),
        "sections": registry.sections(registry.STAFF_SECTIONS, person, user),
        "may_write": access.may(user, Permission.PERSON_WRITE),
        "may_erase": access.may(user, Permission.PERSON_ERASE),
    }
    return render(request, "people/person.jinja", page)


@staff(may=Permission.PERSON_WRITE)
def correct(request: HttpRequest, key: str) -> HttpResponseBase:
    """Correct somebody's details."""
    person = _person(request, key, "details")
    form = CorrectForm(
        request.POST if request.method == "POST" else None, initial=CorrectForm.of(person)
    )
    if form.is_valid():
        saved = attempt(
            form, actions.correct_details, person=person, by=request.user, **form.cleaned_data
        )
        if saved:
            messages.success(request, "Saved")
            return redirect("people:person", key)
    page = {
        "title": "Correct their details",
        "caption": str(person),
        "back": reverse("people:person", args=[key]),
        "form": form,
    }
    return render(request, "people/form.jinja", page)


@staff(may=Permission.PERSON_WRITE)
def settle(request: HttpRequest, key: str) -> HttpResponseBase:
    """Say that this is somebody of their own, though they share an email address."""
    if request.method == "POST":
        person = _person(request, key, "record")
        actions.settle_doubt(person=person, by=request.user)
        messages.success(request, "Noted that this is not the same person")
    return redirect("people:person", key)


Shared = Callable[..., HttpResponseBase]


def _on_behalf(shared: Shared, page: str) -> Shared:
    """Make a member's page into the one staff use for somebody."""

    def view(request: HttpRequest, key: str, **more: str) -> HttpResponseBase:
        person = _person(request, key, page)
        place = Place(person, request.user, staff=True)
        return shared(request, place, **more)

    view.__name__ = view.__qualname__ = f"person_{shared.__name__}"
    view.__doc__ = f"For somebody else: {shared.__doc__}"
    return view


_writes = staff(may=Permission.PERSON_WRITE)
person_needs = _writes(_on_behalf(places.needs, "needs"))
person_need_group = _writes(_on_behalf(places.need_group, "needs"))
person_need_choices = _writes(_on_behalf(places.need_choices, "needs"))
person_needs_right = _writes(_on_behalf(places.needs_right, "needs"))
person_contact = _writes(_on_behalf(places.contact, "contact"))
person_invitations = _writes(_on_behalf(places.invitations, "contact"))
person_topics = _writes(_on_behalf(places.topics, "contact"))
person_pause = _writes(_on_behalf(places.pause, "contact"))
person_unpause = _writes(_on_behalf(places.unpause, "contact"))

_erases = staff(may=Permission.PERSON_ERASE)
person_everything = _erases(_on_behalf(places.everything, "everything"))
person_keep_everything = _erases(_on_behalf(places.keep_everything, "everything"))


@staff(may=Permission.PERSON_ERASE)
def erase(request: HttpRequest, key: str) -> HttpResponseBase:
    """Erase somebody: first why, then sure, then done."""
    person = _person(request, key, "erase")
    refusal = why_not_erase(person)
    first = EraseReasonForm(request.POST if request.method == "POST" else None)
    second = EraseForm(request.POST if request.POST.get("step") == "sure" else None)
    page: dict[str, Any] = {
        "title": "Erase this person's details",
        "caption": str(person),
        "back": reverse("people:person", args=[key]),
        "refusal": refusal,
        "form": first,
    }
    if refusal or not first.is_valid():
        return render(request, "people/erase.jinja", page)
    if second.is_valid():
        attempt(
            second,
            actions.erase_person,
            person=person,
            reason=second.cleaned_data["reason"],
            by=request.user,
        )
        if second.is_valid():
            messages.success(request, "The person's details were erased")
            return redirect("people:list")
    if not second.is_bound:
        second = EraseForm(initial={"reason": first.cleaned_data["reason"]})
    page |= {
        "title": "Check before you erase",
        "back": reverse("people:erase", args=[key]),
        "form": second,
        "reason": REASONS[first.cleaned_data["reason"]],
        "goes": registry.sentences("goes"),
        "stays": registry.sentences("stays"),
    }
    return render(request, "people/erase_check.jinja", page)


@staff(may=Permission.PERSON_WRITE)
def reviews(request: HttpRequest) -> HttpResponse:
    """People to ring or write to, because what we know of them is due to be looked at."""
    people = page_of(
        Person.objects.due_without_sign_in(today()).order_by("full_name", "pk"), request
    )
    audit.look("people.reviews_seen", by=request.user, page=people.number)
    page = {
        "title": "People to check with",
        "wide": True,
        "back": reverse("people:list"),
        "people": people,
    }
    return render(request, "people/reviews.jinja", page)


@staff(may=Permission.PERSON_WRITE)
def doubts(request: HttpRequest) -> HttpResponse:
    """Records that may be of the same person."""
    found = Person.objects.known().filter(doubt_raised_on__isnull=False)
    people = page_of(found.order_by("doubt_raised_on", "pk"), request)
    audit.look("people.doubts_seen", by=request.user, page=people.number)
    page = {
        "title": "Records that may be of one person",
        "wide": True,
        "back": reverse("people:list"),
        "people": people,
    }
    return render(request, "people/doubts.jinja", page)

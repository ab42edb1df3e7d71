"""Pages that are the same whether somebody looks after their own record or staff do it for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core.dates import today
from alongside.design.forms import attempt
from alongside.people import actions, rules
from alongside.people.forms import (
    InvitationsForm,
    NeedChoicesForm,
    NeedsForm,
    PauseForm,
    TopicsForm,
)
from alongside.people.models import ContactConsent, Person
from alongside.people.needs import GROUPS, NEEDS

INVITATIONS = ContactConsent.Purpose.INVITATIONS


@dataclass(frozen=True)
class Place:
    """Whose record, who acts, and the addresses of the pages around it."""

    person: Person
    by: User
    staff: bool = False
    may_write: bool = True

    def to(self, name: str, *args: str) -> str:
        """Return the address of the member's or the staff's page of that name."""
        if self.staff:
            return reverse(f"people:person_{name}", args=[self.person.key, *args])
        return reverse(f"people:{name}", args=args)

    @property
    def top(self) -> str:
        """The address of the record itself."""
        if self.staff:
            return reverse("people:person", args=[self.person.key])
        return reverse("people:me")

    def page(self, mine: str, theirs: str, **more: Any) -> dict[str, Any]:
        """Return what the frame needs, in the voice of the reader."""
        page = {"title": theirs if self.staff else mine, "place": self, **more}
        if self.staff:
            page.setdefault("caption", str(self.person))
        return page


def needs(request: HttpRequest, place: Place) -> HttpResponse:
    """What somebody needs, group by group, and whether it is time to look again."""
    standing = list(place.person.needs.standing().order_by("pk"))
    review_on = min((need.review_on for need in standing), default=None)
    groups = [
        {
            "code": code,
            "name": group.name,
            "needs": [
                {
                    "words": NEEDS[need.code].words,
                    "detail": need.detail,
                    "must": need.must,
                    "share": need.share,
                }
                for need in standing
                if need.group == code and need.code in NEEDS
            ],
        }
        for code, group in GROUPS.items()
    ]
    page = place.page(
        "What you need to take part",
        "What they need to take part",
        back=place.top,
        groups=groups,
        any=bool(standing),
        review_on=review_on,
        due=review_on is not None and review_on <= today(),
    )
    return render(request, "people/needs.jinja", page)


def need_group(request: HttpRequest, place: Place, group: str) -> HttpResponseBase:
    """Ask about the needs of one group."""
    if group not in GROUPS:
        raise Http404
    form = NeedsForm(
        request.POST if request.method == "POST" else None,
        group=group,
        standing=place.person.needs.standing().order_by("pk"),
    )
    if place.staff:
        form.fields["needs"].label = GROUPS[group].staff
    if form.is_valid():
        saved = attempt(
            form,
            actions.record_needs,
            person=place.person,
            needs=form.answers(),
            groups=[group],
            by=place.by,
        )
        if saved is not None:
            messages.success(request, "Saved")
            return redirect(place.to("needs"))
    page = place.page(
        GROUPS[group].question,
        GROUPS[group].staff,
        form=form,
        back=place.to("needs"),
        question=True,
    )
    return render(request, "people/need_group.jinja", page)


def need_choices(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Ask which needs must be met and which may be passed on."""
    standing = [need for need in place.person.needs.standing().order_by("pk") if need.code in NEEDS]
    if not standing:
        return redirect(place.to("needs"))
    form = NeedChoicesForm(request.POST if request.method == "POST" else None, standing=standing)
    if place.staff:
        form.fields["must"].label = "Which of these must be in place for them to take part?"
        form.fields["must"].help_text = ""
        form.fields["share"].help_text = "Ask them first."
    if form.is_valid():
        saved = attempt(
            form,
            actions.record_needs,
            person=place.person,
            needs=form.answers(),
            by=place.by,
            only_add=True,
        )
        if saved is not None:
            messages.success(request, "Saved")
            return redirect(place.to("needs"))
    page = place.page(
        "What must be in place, and what we may pass on",
        "What must be in place, and what we may pass on",
        form=form,
        back=place.to("needs"),
    )
    return render(request, "people/form.jinja", page)


def needs_right(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Say that the needs are still right."""
    if request.method == "POST":
        actions.review_needs(person=place.person, by=place.by)
        messages.success(request, "Thank you. We will ask again in a year")
    return redirect(place.to("needs"))


def contact(request: HttpRequest, place: Place) -> HttpResponse:
    """Whether, about what and when we may write."""
    person = place.person
    consent = person.consents.standing().filter(purpose=INVITATIONS).first()
    paused = rules.is_paused(today=today(), until=person.invitations_paused_until)
    ended = (
        person.consents.filter(purpose=INVITATIONS, ended_at__isnull=False)
        .order_by("-ended_at", "-pk")
        .first()
    )
    page = place.page(
        "How we write to you",
        "How we write to them",
        back=place.top,
        consent=consent,
        consent_due=consent is not None and consent.review_on <= today(),
        how=rules.HOWS.get(consent.given_how, "").lower() if consent else "",
        ended=ended,
        topics=[
            interest.topic.name
            for interest in person.interests.standing()
            .select_related("topic")
            .order_by("topic__name", "pk")
        ],
        paused=paused,
        ways=[
            NEEDS[need.code].words
            for need in person.needs.standing().filter(group="contact").order_by("pk")
            if need.code in NEEDS
        ],
    )
    return render(request, "people/contact.jinja", page)


def invitations(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Ask whether we may send invitations."""
    standing = place.person.consents.standing().filter(purpose=INVITATIONS).exists()
    form = InvitationsForm(
        request.POST if request.method == "POST" else None,
        staff=place.staff,
        initial={"answer": "yes" if standing else ""},
    )
    if form.is_valid():
        answer = form.cleaned_data["answer"]
        action = actions.give_consent if answer == "yes" else actions.end_consent
        action(
            person=place.person,
            purpose=INVITATIONS,
            how=form.cleaned_data.get("how", "online"),
            by=place.by,
        )
        messages.success(request, "Saved")
        return redirect(place.to("contact"))
    page = place.page(
        "May we send you invitations to take part?",
        "May we send them invitations to take part?",
        form=form,
        back=place.to("contact"),
        question=True,
    )
    return render(request, "people/form.jinja", page)


def topics(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Ask what somebody wants to hear about."""
    form = TopicsForm(
        request.POST if request.method == "POST" else None,
        staff=place.staff,
        initial={
            "topics": list(place.person.interests.standing().values_list("topic__key", flat=True))
        },
    )
    if form.is_valid():
        actions.follow_topics(person=place.person, topics=form.cleaned_data["topics"], by=place.by)
        messages.success(request, "Saved")
        return redirect(place.to("contact"))
    page = place.page(
        "What do you want to hear about?",
        "What do they want to hear about?",
        form=form,
        back=place.to("contact"),
        question=True,
    )
    return render(request, "people/form.jinja", page)


def pause(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Ask until when to send no invitations."""
    form = PauseForm(
        request.POST if request.method == "POST" else None,
        initial={"until": place.person.invitations_paused_until},
    )
    if form.is_valid():
        until = form.cleaned_data["until"]
        attempt(form, actions.pause_invitations, person=place.person, until=until, by=place.by)
        if form.is_valid():
            messages.success(request, "Saved. Invitations are paused")
            return redirect(place.to("contact"))
    page = place.page(
        "When should invitations start again?",
        "When should invitations start again?",
        form=form,
        back=place.to("contact"),
        question=True,
    )
    return render(request, "people/form.jinja", page)


def unpause(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Start invitations again now."""
    if request.method == "POST":
        actions.pause_invitations(person=place.person, until=None, by=place.by)
        messages.success(request, "Saved. Invitations have started again")
    return redirect(place.to("contact"))


def everything(request: HttpRequest, place: Place) -> HttpResponse:
    """Everything held about one person."""
    audit.look("people.everything_seen", on=place.person, about=place.person, by=place.by)
    page = place.page(
        "Everything we hold about you",
        "Everything we hold about this person",
        back=place.top,
        everything=actions.everything_about(place.person),
    )
    return render(request, "people/everything.jinja", page)


def keep_everything(request: HttpRequest, place: Place, form: str) -> HttpResponseBase:
    """The same as a file to keep: for people (a page) or for programs (JSON)."""
    if form not in {"page", "json"}:
        raise Http404
    audit.look("people.everything_downloaded", on=place.person, about=place.person, by=place.by)
    found = actions.everything_about(place.person)
    answer: HttpResponse
    if form == "json":
        answer = JsonResponse(
            found, encoder=DjangoJSONEncoder, json_dumps_params={"indent": 2, "ensure_ascii": False}
        )
    else:
        answer = render(request, "people/everything_file.jinja", {"everything": found})
    name = f"everything-{found['made_at']:%Y-%m-%d}.{'json' if form == 'json' else 'html'}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer

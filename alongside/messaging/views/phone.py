"""Calls to make."""

from __future__ import annotations

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from alongside.accounts import audit
from alongside.accounts.access import Permission
from alongside.accounts.doors import staff
from alongside.design.forms import attempt
from alongside.design.paging import page_of
from alongside.messaging import actions, blocks
from alongside.messaging.forms import CallForm
from alongside.messaging.models import Message
from alongside.messaging.views import shared
from alongside.organisation import names


@staff(may=Permission.MESSAGE_SEE)
def calls(request: HttpRequest) -> HttpResponse:
    """The calls somebody should make, those not tried yet first."""
    waiting = Message.objects.for_lists().to_call().order_by("attempts", "pk")
    found = page_of(waiting, request)
    shared.note_list(request, "calls", found)
    page = {
        "title": "Phone calls to make",
        "calls": found,
        "query": request.GET,
        "ways": shared.ways(request),
        "wide": True,
    }
    return render(request, "messaging/calls.jinja", page)


@staff(may=Permission.MESSAGE_SEE)
def call(request: HttpRequest, key: str) -> HttpResponse:
    """One call: whom, when, what to say, and how it went."""
    waiting = get_object_or_404(Message.objects.to_call().select_related("person"), key=key)
    form = CallForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = attempt(
            form, actions.record_call, message=waiting, by=shared.reader(request), **form.facts()
        )
        if made:
            notices.success(request, f"The call to {made.person} was written down.")
            return redirect("messaging:phone")
    audit.look(
        "messaging.message_read", on=waiting, about=waiting.person, by=shared.reader(request)
    )
    page = {
        "title": f"Call {waiting.person}"
        if waiting.wanted_format != "via_person"
        else f"Contact somebody for {waiting.person}",
        "caption": waiting.subject,
        "back": reverse("messaging:phone"),
        "form": form,
        "call": waiting,
        "house": names.trust_name().short_name,
        "blocks": blocks.spoken(blocks.read(waiting.body)),
    }
    return render(request, "messaging/call.jinja", page)

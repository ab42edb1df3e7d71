"""All we told people, and what became of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from alongside.accounts import audit, delivery
from alongside.accounts.access import Permission, may
from alongside.accounts.doors import staff
from alongside.accounts.models import AuditEntry
from alongside.design.forms import attempt
from alongside.design.paging import page_of
from alongside.messaging import actions, blocks, paper, rules
from alongside.messaging.forms import FilterForm, NoteForm
from alongside.messaging.models import Message
from alongside.messaging.views import shared
from alongside.people.models import Person

# What the audit log calls it, and what staff call it.
HAPPENED = {
    "messaging.message_written": "Written",
    "messaging.message_sent_again": "Written again, with the same words",
    "messaging.message_sent": "Sent",
    "messaging.message_queued": "Did not go: will be tried again",
    "messaging.message_failed": "Could not be sent",
    "messaging.message_fate_unknown": "Fate unknown",
    "messaging.message_kept": "Kept here",
    "messaging.message_withheld": "Not sent",
    "messaging.message_arrived": "Marked as arrived",
    "messaging.message_done_by_hand": "Marked as done by hand",
    "messaging.message_set_aside": "Set aside",
    "messaging.call_made": "Call made",
    "messaging.letter_posted": "Posted",
    "messaging.letter_put_back": "Put back to be printed again",
}


@staff(may=Permission.MESSAGE_SEE)
def outbox(request: HttpRequest) -> HttpResponse:
    """All messages, newest first."""
    form = FilterForm(request.GET)
    chosen: dict[str, str] = form.chosen()
    listed = Message.objects.for_lists().filter(**chosen).order_by("-pk")
    person = None
    if key := request.GET.get("person", ""):
        person = get_object_or_404(Person.objects.known(), key=key)
        listed = listed.about(person)
    found = page_of(listed, request)
    shared.note_list(request, "all", found, about=person)
    page = {
        "title": f"Messages to {person}" if person else "Messages",
        "form": form,
        "person": person,
        "messages": found,
        "query": request.GET,
        "ways": shared.ways(request),
        "colours": shared.COLOURS,
        "nothing_goes": not settings.EMAIL_HOST,
        "codes": delivery.kept_letters() if settings.DEMO and not settings.EMAIL_HOST else [],
        "wide": True,
    }
    return render(request, "messaging/outbox.jinja", page)


@staff(may=Permission.MESSAGE_SEE)
def problems(request: HttpRequest) -> HttpResponse:
    """What did not reach somebody, or may not have, oldest first."""
    listed = Message.objects.for_lists().problems().order_by("pk")
    wanted = request.GET.get("wanted", "")
    if wanted in rules.FORMAT_WORDS:
        listed = listed.filter(wanted_format=wanted)
    found = page_of(listed, request)
    shared.note_list(request, "problems", found)
    page = {
        "title": "Messages that need you",
        "messages": found,
        "wanted": rules.FORMAT_WORDS.get(wanted, ""),
        "query": request.GET,
        "ways": shared.ways(request),
        "colours": shared.COLOURS,
        "wide": True,
    }
    return render(request, "messaging/problems.jinja", page)


@staff(may=Permission.MESSAGE_SEE)
def message(request: HttpRequest, key: str) -> HttpResponse:
    """One message: its words, what became of it, and what can be done about it."""
    shown = get_object_or_404(
        Message.objects.select_related("person", "resend_of", "handled_by", "batch"), key=key
    )
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = _do(request, shown, form)
        if done is not None:
            return done
    audit.look("messaging.message_read", on=shown, about=shown.person, by=shared.reader(request))
    page = {
        "title": str(shown),
        "caption": "Message",
        "back": reverse("messaging:outbox"),
        "form": form,
        "message": shown,
        "person_seen": may(shared.reader(request), Permission.PERSON_SEE)
        and not shown.person.anonymised_at,
        "blocks": blocks.read(shown.body),
        "colours": shared.COLOURS,
        "format": rules.FORMAT_WORDS.get(shown.wanted_format, ""),
        "newer": Message.objects.filter(resend_of=shown).first(),
        "history": _history(shown),
        "ways": shared.ways(request),
        **_may_do(shown),
    }
    return render(request, "messaging/message.jinja", page)


def _may_do(shown: Message) -> dict[str, bool]:
    handled = bool(shown.handled_at)
    again = rules.why_not_send_again(
        state=shown.state, has_words=bool(shown.body), erased=bool(shown.person.anonymised_at)
    )
    return {
        "can_send_again": not again and not handled,
        "can_say_arrived": not rules.why_not_arrived(state=shown.state, handled=handled),
        "can_mark_done": not rules.why_not_done(state=shown.state, handled=handled),
    }


def _do(request: HttpRequest, shown: Message, form: NoteForm) -> HttpResponse | None:
    """Do what the button says, or return None with the reason on the form."""
    wish = request.POST.get("do", "")
    acts: dict[str, tuple[Any, str]] = {
        "again": (actions.send_again, "The message was written again."),
        "arrived": (actions.mark_arrived, "Marked as arrived."),
        "done": (actions.mark_done, "Marked as done."),
        "aside": (actions.set_aside, "Taken off the list."),
    }
    if wish not in acts:
        raise Http404
    if not form.is_valid():
        return None
    action, words = acts[wish]
    facts = {"note": form.cleaned_data["note"]} if wish in {"done", "aside"} else {}
    done = attempt(form, action, message=shown, by=shared.reader(request), **facts)
    if done is None:
        return None
    notices.success(request, words)
    return redirect("messaging:message", key=done.key)


def _history(shown: Message) -> list[dict[str, Any]]:
    entries = (
        AuditEntry.objects.filter(on_key=shown.key, kind=AuditEntry.Kind.WRITE)
        .select_related("actor")
        .order_by("at", "pk")[:50]
    )
    return [
        {
            "at": entry.at,
            "what": HAPPENED.get(entry.action, entry.action.partition(".")[2].replace("_", " ")),
            "who": str(entry.actor),
        }
        for entry in entries
    ]


@staff(may=Permission.MESSAGE_SEE)
def letter(request: HttpRequest, key: str) -> HttpResponse:
    """One message as a letter to print, for paper of another colour, say."""
    shown = get_object_or_404(Message.objects.with_words().select_related("person"), key=key)
    audit.look("messaging.letter_printed", on=shown, about=shown.person, by=shared.reader(request))
    return shared.pdf_answer(paper.pdf([shown], title=str(shown)), f"letter-{shown.key}.pdf")

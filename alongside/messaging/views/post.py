"""The post room: letters to print, and nothing else."""

from __future__ import annotations

from django.contrib import messages as notices
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from alongside.accounts import audit
from alongside.accounts.access import Permission
from alongside.accounts.doors import staff
from alongside.core import dates
from alongside.design.forms import Form, attempt
from alongside.design.paging import page_of
from alongside.messaging import actions, blocks, paper
from alongside.messaging.models import Message, PostBatch
from alongside.messaging.views import shared
from alongside.organisation import names


@staff(may=Permission.POST_PRINT)
def post(request: HttpRequest) -> HttpResponse:
    """Letters that wait, and the batches made of those before."""
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        batch = attempt(form, actions.make_batch, by=shared.reader(request))
        if batch:
            return redirect("messaging:batch", key=batch.key)
    waiting = list(
        Message.objects.for_lists().to_post().order_by("pk")[: actions.LARGEST_BATCH + 1]
    )
    batches = (
        PostBatch.objects.select_related("made_by", "posted_by")
        .annotate(how_many=Count("messages"))
        .order_by("-pk")
    )
    page = {
        "title": "Letters to post",
        "form": form,
        "waiting": [_line(letter) for letter in waiting[: actions.LARGEST_BATCH]],
        "more": len(waiting) > actions.LARGEST_BATCH,
        "batches": page_of(batches, request, per_page=20),
        "query": request.GET,
        "ways": shared.ways(request),
        "wide": True,
    }
    return render(request, "messaging/post.jinja", page)


def _line(letter: Message) -> dict[str, object]:
    return {
        "who": str(letter.person),
        "size": paper.size_of(letter),
        "large": letter.wanted_format == "large_print",
        "written": letter.created_at,
        "key": letter.key,
    }


@staff(may=Permission.POST_PRINT)
def batch(request: HttpRequest, key: str) -> HttpResponse:
    """One batch: what to print, and whether it was posted."""
    shown = get_object_or_404(PostBatch.objects.select_related("made_by", "posted_by"), key=key)
    letters = Message.objects.for_lists().filter(batch=shown).order_by("pk")
    page = {
        "title": f"Batch of {dates.day(shown.created_at)}",
        "caption": "Letters to post",
        "back": reverse("messaging:post"),
        "batch": shown,
        "letters": [_line(letter) for letter in letters],
        "ways": shared.ways(request),
        "wide": True,
    }
    return render(request, "messaging/batch.jinja", page)


def _to_print(request: HttpRequest, key: str) -> tuple[PostBatch, list[Message]]:
    """Return the letters of a batch that is not posted yet; who looked is written down."""
    shown = get_object_or_404(PostBatch, key=key, posted_at__isnull=True)
    letters = list(
        Message.objects.with_words()
        .filter(batch=shown, state=Message.State.TO_DO)
        .select_related("person")
        .order_by("pk")
    )
    with transaction.atomic():
        for letter in letters:
            audit.look(
                "messaging.letter_printed",
                on=letter,
                about=letter.person,
                by=shared.reader(request),
            )
    return shown, letters


@staff(may=Permission.POST_PRINT)
def batch_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """All letters of the batch in one PDF."""
    shown, letters = _to_print(request, key)
    title = f"Letters of {dates.day(shown.created_at)}"
    return shared.pdf_answer(
        paper.pdf(letters, title=title), f"letters-{shown.created_at:%Y-%m-%d}.pdf"
    )


@staff(may=Permission.POST_PRINT)
def batch_page(request: HttpRequest, key: str) -> HttpResponse:
    """All letters of the batch on a page to print from the browser."""
    shown, letters = _to_print(request, key)
    page = {
        "title": f"Print the batch of {dates.day(shown.created_at)}",
        "back": reverse("messaging:batch", args=[shown.key]),
        "question": True,
        "batch": shown,
        "house": names.trust_name(dates.london(shown.created_at).date()).name,
        "sender": paper.sender_lines(),
        "letters": [
            {
                "to": paper.window_lines(letter),
                "step": paper.size_of(letter) + paper.size_of(letter) % 2,
                "written_on": dates.day(letter.created_at),
                "subject": str(letter),
                "blocks": blocks.read(letter.body),
            }
            for letter in letters
        ],
    }
    answer = render(request, "messaging/print.jinja", page)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@staff(may=Permission.POST_PRINT)
def posted(request: HttpRequest, key: str) -> HttpResponse:
    """Write down that a batch is in the post."""
    shown = get_object_or_404(PostBatch, key=key)
    actions.mark_posted(batch=shown, by=shared.reader(request))
    notices.success(request, "The batch was marked as posted.")
    return redirect("messaging:batch", key=key)


@require_POST
@staff(may=Permission.POST_PRINT)
def put_back(request: HttpRequest, key: str, letter: str) -> HttpResponse:
    """Put a spoiled letter back, to be printed with the next batch."""
    spoiled = get_object_or_404(
        Message.objects.select_related("person"), key=letter, batch__key=key
    )
    form = Form(request.POST)
    form.is_valid()
    if attempt(form, actions.put_back, message=spoiled, by=shared.reader(request)):
        notices.success(request, "The letter will be in the next batch.")
    else:
        notices.error(request, str(form.non_field_errors()[0]))
    return redirect("messaging:batch", key=key)

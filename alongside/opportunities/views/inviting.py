"""Inviting people who follow the topics of an advert."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from alongside.design.forms import Form
from alongside.opportunities import actions, tasks
from alongside.opportunities.models import Opportunity
from alongside.opportunities.views.posted import posted
from alongside.opportunities.views.writing import back_to, writer


@writer
def invite(request: HttpRequest, key: str) -> HttpResponse:
    """Show how many would be invited and how, then begin."""
    opportunity = get_object_or_404(
        Opportunity.objects.for_staff().published().prefetch_related("topics"), key=key
    )
    reason = actions.why_not_invite(opportunity)
    form = Form(posted(request))
    if form.is_valid():
        if reason:
            form.add_error(None, reason)
        elif not actions.who_to_invite(opportunity).exists():
            messages.info(request, "There is nobody left to invite.")
            return redirect(back_to(opportunity))
        else:
            with transaction.atomic():
                job = tasks.invite_people.enqueue(opportunity.key, request.user.key)
            return redirect(f"/staff/jobs/{job.id}/")
    page = {
        "title": "Invite people",
        "caption": opportunity.title,
        "back": back_to(opportunity),
        "form": form,
        "advert": opportunity,
        "reason": reason,
        "topics": sorted(topic.name for topic in opportunity.topics.all()),
        "ways": [] if reason else actions.ways_to_invite(opportunity),
        "invited": opportunity.invitations.count(),
    }
    return render(request, "opportunities/staff_invite.jinja", page)

"""Where people arrive."""

from collections.abc import Iterable
from itertools import chain

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from alongside.accounts import cards as account_cards
from alongside.accounts.access import Permission, may
from alongside.accounts.doors import public, staff
from alongside.core import jobs as job_table
from alongside.design.cards import Card
from alongside.events import cards as event_cards
from alongside.home import actions
from alongside.messaging import cards as message_cards
from alongside.opportunities import cards as opportunity_cards
from alongside.opportunities.models import Opportunity
from alongside.organisation import cards as organisation_cards
from alongside.people import cards as people_cards
from alongside.people.doors import member_person

SHOWN = 3  # opportunities on the public home page


@public
def public_home(request: HttpRequest) -> HttpResponse:
    """What this is, and the next ways to take part."""
    soonest = Opportunity.objects.open().select_related("event", "area")
    page = {
        "title": "Help make mental health services better",
        "description": "Ways for people who use services, family, friends and carers to take part.",
        "opportunities": soonest.order_by("event__closes_at", "pk")[:SHOWN],
        "question": True,  # the hero draws the h1
        "wide": True,
    }
    return render(request, "home/public.jinja", page)


@member_person
def member_home(request: HttpRequest) -> HttpResponse:
    """My Alongside: what to answer, what I am part of, what I may like, what is about me."""
    person = request.user.person
    mine = in_order(event_cards.for_member(person))
    about = in_order(people_cards.for_member(person))
    page = {
        "title": f"Hello {person.full_name}" if person.full_name else "My Alongside",
        "answer": [card for card in [*mine, *about] if card.order == 0],
        "part_of": [card for card in mine if card.order > 0],
        "may_like": in_order(opportunity_cards.for_member(person)),
        "look_over": [card for card in about if card.order == 1],
        "about": [card for card in about if card.order > 1],
    }
    return render(request, "home/member.jinja", page)


@staff(may=Permission.STAFF_HOME)
def staff_home(request: HttpRequest) -> HttpResponse:
    """What needs doing, by what this member of staff may do."""
    user = request.user
    cards = in_order(
        event_cards.for_staff(user),
        message_cards.for_staff(user),
        opportunity_cards.for_staff(user),
        people_cards.for_staff(user),
        organisation_cards.for_staff(user),
        account_cards.for_staff(user),
    )
    page = {
        "title": f"Hello {user.name}" if user.name else "Staff home",
        "now": [card for card in cards if card.order == 0],
        "soon": [card for card in cards if card.order == 1],
        "rooms": [card for card in cards if card.order > 1],
        "wide": True,
    }
    return render(request, "home/staff.jinja", page)


@staff(may=Permission.JOB_MANAGE)
def jobs(request: HttpRequest) -> HttpResponse:
    """Background work that failed or is under way."""
    page = {
        "title": "Background work",
        "failed": job_table.failed(),
        "under_way": job_table.under_way(),
        "wide": True,
    }
    return render(request, "home/jobs.jinja", page)


@staff(may=Permission.STAFF_HOME)
def job(request: HttpRequest, key: str) -> HttpResponse:
    """How far one piece of work has got; whoever started it may watch, or leave and come back."""
    seen = job_table.watch(key)
    if seen is None:
        raise Http404
    page = {
        "title": seen.title,
        "job": seen,
        "manages": may(request.user, Permission.JOB_MANAGE),
        "back": reverse("home:staff"),
    }
    return render(request, "home/job.jinja", page)


@require_POST
@staff(may=Permission.JOB_MANAGE)
def decide_job(request: HttpRequest, key: str) -> HttpResponse:
    """Try a failed piece of work again, or take it off the list."""
    actions.decide_job(key=key, again="again" in request.POST, by=request.user)
    return redirect("home:jobs")


@public
def contact(request: HttpRequest) -> HttpResponse:
    """How to reach the involvement team."""
    return render(request, "home/contact.jinja", {"title": "Contact us"})


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """What we keep about people and what they can ask for."""
    return render(request, "home/privacy.jinja", {"title": "How we look after your details"})


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """How this site can be used, and what to do when it cannot."""
    return render(request, "home/accessibility.jinja", {"title": "Using this site"})


def in_order(*rooms: Iterable[Card]) -> list[Card]:
    """Put the rooms' cards in one order: act now, soon, good to know."""
    return sorted(chain.from_iterable(rooms), key=lambda card: card.order)

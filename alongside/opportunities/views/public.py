"""What anybody may read, signed in or not."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.accounts import access
from alongside.accounts.doors import public
from alongside.core import dates
from alongside.design.paging import page_of
from alongside.events import calendar as calendars
from alongside.events.models import Booking, Event
from alongside.opportunities import rules
from alongside.opportunities.forms import FindForm
from alongside.opportunities.forms.taking_part import GROUPS
from alongside.opportunities.models import Opportunity
from alongside.organisation import names
from alongside.people.models import Category, Connection, Level
from alongside.people.needs import NEEDS

PER_PAGE = 20


@public
@require_safe
def open_now(request: HttpRequest) -> HttpResponse:
    """Show what somebody can still ask to take part in."""
    form = FindForm(request.GET)
    chosen = form.chosen()
    adverts = Opportunity.objects.open().select_related("event", "area")
    if area := form.areas.get(chosen.get("area", "")):
        adverts = adverts.filter(Q(area=area) | Q(area__isnull=True))
    if mode := chosen.get("mode"):
        adverts = adverts.filter(event__mode__in=[mode, Event.Mode.BOTH])
    if topic := form.topics.get(chosen.get("topic", "")):
        adverts = adverts.filter(topics=topic)
    found = page_of(adverts.order_by("event__starts_at", "pk"), request, PER_PAGE, count=True)
    page = {
        "title": "Take part",
        "description": "Ways to take part that are open now. You can help to change our services.",
        "finding": form,
        "chosen": chosen,
        "adverts": found,
        "words": rules.found_in_words(found.total or 0, filtered=bool(chosen)),
    }
    return render(request, "opportunities/open.jinja", page)


@public
@require_safe
def past(request: HttpRequest) -> HttpResponse:
    """Show what has closed, the newest first, by year."""
    adverts = Opportunity.objects.past().select_related("event")
    found = page_of(adverts.order_by("-event__starts_at", "-pk"), request, PER_PAGE)
    years = [
        (year, list(together))
        for year, together in groupby(
            found, key=lambda advert: dates.london(advert.event.starts_at).year
        )
    ]
    page = {
        "title": "Past ways to take part",
        "description": "What people took part in before, and what was offered.",
        "back": reverse("opportunities:open"),
        "adverts": found,
        "years": years,
    }
    return render(request, "opportunities/past.jinja", page)


@public
@require_safe
def advert(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one advert, open or past."""
    opportunity = get_object_or_404(Opportunity.objects.published().to_read(), slug=slug)
    mine = None
    if request.user.is_authenticated:
        mine = (
            Booking.objects.standing()
            .filter(event=opportunity.event_id, person__user=request.user)
            .first()
        )
    page = advert_page(opportunity)
    page["mine"] = mine
    page["may_write"] = access.may(request.user, access.Permission.OPPORTUNITY_WRITE)
    return render(request, "opportunities/advert.jinja", page)


def advert_page(opportunity: Opportunity) -> dict[str, Any]:
    """Return what the page of an advert shows, to the public and in the preview alike."""
    event = opportunity.event
    standing = opportunity.standing()
    pays = opportunity.pays_involvement or opportunity.pays_expenses or opportunity.pays_remote
    is_open = standing in {rules.Standing.OPEN, rules.Standing.DRAFT}
    return {
        "title": opportunity.title,
        "caption": opportunity.trust_name,
        "description": opportunity.summary,
        "back": reverse("opportunities:open") if is_open else reverse("opportunities:past"),
        "advert": opportunity,
        "event": event,
        "standing": standing,
        "is_open": is_open,
        "pays": pays,
        "places": rules.places_in_words(
            capacity=event.capacity, left=event.places_left, by_selection=event.by_selection
        ),
        "ask": _ask_words(event),
        "level": (Level(event.level).label, rules.LEVEL_WORDS[event.level]),
        "categories": [
            (Category(code).label, rules.CATEGORY_WORDS[code])
            for code in Category.values
            if code in opportunity.categories
        ],
        "topics": sorted(topic.name for topic in opportunity.topics.all()),
        "offers": sorted(
            (offer for offer in event.support_offers.all() if offer.ended_at is None),
            key=lambda offer: offer.pk,
        ),
        "mine": None,
        "may_write": False,
        "preview": False,
    }


def _ask_words(event: Event) -> str:
    if event.by_selection:
        return "Ask for a place"
    return "Book a place" if event.places_left > 0 else "Join the waiting list"


@public
@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the public calendar entry: when and where, never how to join."""
    opportunity = get_object_or_404(
        Opportunity.objects.published().select_related("event"), slug=slug
    )
    words = calendars.for_everybody(
        opportunity.event, address=settings.SITE_URL + opportunity.get_absolute_url()
    )
    answer = HttpResponse(words, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{opportunity.slug}.ics"'
    return answer


@public
@require_safe
def paper_form(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the booking form to print, fill in by hand and post back. Staff print it before too."""
    opportunity = get_object_or_404(Opportunity.objects.for_staff().to_read(), slug=slug)
    staff = access.may(request.user, access.Permission.BOOKING_MANAGE)
    if not staff and opportunity.standing() is not rules.Standing.OPEN:
        raise Http404
    return render(request, "opportunities/paper_form.jinja", paper_page(opportunity))


def paper_page(opportunity: Opportunity) -> dict[str, Any]:
    """Return what the paper form shows: the same questions as the screens."""
    facts = advert_page(opportunity)
    facts |= {
        "title": "Booking form"
        if not opportunity.event.by_selection
        else "Form to ask for a place",
        "caption": opportunity.title,
        "back": opportunity.get_absolute_url() if opportunity.published_at else None,
        "trust_then": opportunity.trust_name or names.trust_name().name,
        "connections": [words for code, words in Connection.choices if code],
        "companies": [words for _code, words in Booking.Company.choices],
        "groups": [
            (question, [need for need in NEEDS.values() if need.group == group])
            for group, question in GROUPS
        ],
    }
    return facts

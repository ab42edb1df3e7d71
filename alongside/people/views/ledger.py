"""Who took part, how often and how long: a person's own history, and counts for the trust."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from alongside.accounts import access, audit
from alongside.accounts.access import Permission
from alongside.accounts.doors import staff
from alongside.core.dates import today
from alongside.design.paging import page_of
from alongside.organisation.actions import trust_name
from alongside.people import registry, rules
from alongside.people.doors import member_person
from alongside.people.forms import PeriodForm, YearForm
from alongside.people.models import Involvement, Level, Person

WIDEST = 560  # of the drawing, in its own units


@member_person
def history(request: HttpRequest) -> HttpResponse:
    """How you took part."""
    person: Person = request.user.person
    rows = person.involvements.standing().order_by("-on", "-pk")
    page = {
        "title": "How you took part",
        "back": reverse("home:member"),
        "involvements": page_of(rows, request),
        "sections": registry.sections(registry.MEMBER_SECTIONS, person, request.user),
        "hours": rules.hours,
    }
    return render(request, "people/history.jinja", page)


def _letter(request: HttpRequest, person: Person, back: str) -> HttpResponse:
    rows = list(person.involvements.standing().order_by("on", "pk"))
    page = {
        "title": "Thank you for taking part",
        "back": back,
        "person": person,
        "trust_name": trust_name().name,
        "today": today(),
        "involvements": rows,
        "total": rules.hours(sum(row.minutes for row in rows)),
        "hours": rules.hours,
    }
    return render(request, "people/letter.jinja", page)


@member_person
def letter(request: HttpRequest) -> HttpResponse:
    """A letter about how you took part, to print and to show."""
    person: Person = request.user.person
    return _letter(request, person, reverse("people:history"))


@staff(may=Permission.PERSON_SEE)
def person_letter(request: HttpRequest, key: str) -> HttpResponse:
    """The same letter, to print for somebody."""
    person = get_object_or_404(Person.objects.known(), key=key)
    audit.look("people.letter_seen", on=person, about=person, by=request.user)
    return _letter(request, person, reverse("people:person", args=[key]))


@staff(may=Permission.INVOLVEMENT_COUNT)
def involvement(request: HttpRequest) -> HttpResponse:
    """How many people took part, how often and how long, at each level. No names."""
    names = access.may(request.user, Permission.PERSON_SEE)
    # Who may not see names gets whole years: from two times that overlap a small number falls out.
    form: PeriodForm | YearForm = (PeriodForm if names else YearForm)(request.GET or None)
    first, last = form.period()
    counts = Involvement.objects.standing().between(first, last).by_level()
    least = 0 if names else rules.SMALLEST_SHOWN
    most = max((max(count.people, least) for count in counts if count.people), default=0)
    levels: list[dict[str, Any]] = []
    for count in reversed(counts):  # co-production on top, as in the pyramid
        shown = rules.may_show(count.people, names=names)
        bar = count.people if shown else least
        width = round(WIDEST * bar / most) if most else 0
        query = urlencode({"level": count.level, "first": first, "last": last})
        levels.append(
            {
                "name": Level(count.level).label,
                "people": str(count.people) if shown else f"Fewer than {least}",
                "times": str(count.times) if shown else "Not shown",
                "hours": rules.hours(count.minutes) if shown else "Not shown",
                "width": width,
                "left": (WIDEST - width) // 2,
                "href": f"{reverse('people:involvement_rows')}?{query}"
                if names and count.people
                else "",
            }
        )
    if not form.is_bound:
        form.initial = {"first": first, "last": last, "year": first.year}
    page = {
        "title": "How people take part",
        "wide": True,
        "form": form,
        "first": first,
        "last": last,
        "levels": levels,
        "any": most > 0,
        "hides": any(level["times"] == "Not shown" for level in levels),
        "widest": WIDEST,
    }
    return render(request, "people/involvement.jinja", page)


@staff(may=Permission.PERSON_SEE)
def involvement_rows(request: HttpRequest) -> HttpResponse:
    """The rows behind one count."""
    form = PeriodForm(request.GET)
    level = request.GET.get("level", "")
    if level not in Level.values or not form.is_valid():
        raise Http404
    first, last = form.period()
    rows = (
        Involvement.objects.standing()
        .between(first, last)
        .filter(level=level)
        .select_related("person")
        .order_by("-on", "-pk")
    )
    found = page_of(rows, request)
    audit.look("people.involvement_seen", by=request.user, level=level, page=found.number)
    page = {
        "title": f"{Level(level).label}: who took part",
        "wide": True,
        "back": f"{reverse('people:involvement')}?{urlencode({'first': first, 'last': last})}",
        "first": first,
        "last": last,
        "rows": found,
        "hours": rules.hours,
    }
    return render(request, "people/involvement_rows.jinja", page)

"""What the measures need: a trust, an advert, people who are signed in, thousands of bookings."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from importlib import import_module
from itertools import count
from typing import Any

from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.utils import timezone

from alongside.accounts import strength
from alongside.accounts.models import User
from alongside.accounts.tests.factories import make_staff
from alongside.events.models import Booking, BookingNeed, Event
from alongside.events.tests.factories import make_event
from alongside.opportunities import actions
from alongside.opportunities.models import Opportunity
from alongside.organisation.tests.factories import make_area, make_topic, make_trust
from alongside.people.models import Person
from alongside.people.tests.factories import make_member, make_person
from benchmarks.browser import Browser

_turn = count(1)
FIRST = ("Ada", "Bola", "Carys", "Dev", "Eilidh", "Farah", "Gwen", "Hamid", "Iris", "Jo")
LAST = ("Ahmed", "Bright", "Clarke", "Daly", "Evans", "Fox", "Green", "Hughes", "Islam", "Jones")


def sign_in(user: User, *, strong: bool) -> Browser:
    """Return a browser that is signed in."""
    sessions = import_module(settings.SESSION_ENGINE)
    session = sessions.SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = user.get_session_auth_hash()
    strength.vouch(session, user, strong=strong)
    session.save()
    return Browser(session.session_key)


class World:
    """Made once for a database, each part when it is first asked for."""

    @cached_property
    def trust(self) -> Any:
        """The trust."""
        return make_trust()

    @cached_property
    def event(self) -> Event:
        """An event with room for everybody, and nothing around it: for the ceilings."""
        return make_event(capacity=1_000_000)

    @cached_property
    def advert(self) -> Opportunity:
        """An open advert with room for everybody, support, and all its words."""
        return self.make_advert(capacity=1_000_000)

    def make_advert(self, capacity: int) -> Opportunity:
        """Make an open advert like the charter workshop, all its words filled in."""
        _ = self.trust
        number = next(_turn)
        words = "We would like you to help us say how carers and staff work together. " * 4
        starts_at = timezone.now() + dt.timedelta(days=40)
        by = make_staff("coordinator", f"writer{number}@staff.example")
        advert = actions.make_advert(
            title=f"Help us write our carers charter {number}",
            mode="online",
            platform="Lifesize",
            joining="https://video.example/join",
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(minutes=90),
            closes_at=starts_at - dt.timedelta(days=10),
            capacity=capacity,
            summary=words[:200],
            purpose=words,
            who=words,
            tasks=words,
            limits=words,
            support=words,
            payment=words,
            feedback=words,
            categories=["volunteer", "contributor"],
            area=make_area(),
            topics=[make_topic(), make_topic()],
            pays_remote=True,
            by=by,
        )
        return actions.publish(opportunity=advert, by=by)

    def member(self) -> User:
        """Make somebody who can sign in."""
        number = next(_turn)
        return make_member(
            email=f"member{number}@people.example",
            full_name=f"{FIRST[number % 10]} {LAST[number // 10 % 10]}",
        )

    @cached_property
    def coordinator(self) -> Browser:
        """A coordinator, signed in strongly."""
        _ = self.trust
        return sign_in(
            make_staff("coordinator", f"coordinator{next(_turn)}@staff.example"), strong=True
        )

    def at_check(self, advert: Opportunity, browser: Browser | None = None) -> tuple[Browser, str]:
        """Bring somebody (a new member, unless told who) to "Check your answers" and its path."""
        browser = browser or sign_in(self.member(), strong=False)
        path = f"/opportunities/{advert.slug}/book/"
        for _ in range(12):
            answer = browser.get(path, expect=302) if path.endswith("/book/") else None
            if answer is not None:
                path = answer.location
                continue
            if path.split("?")[0].endswith("/check/"):
                return browser, path
            page = browser.get(path)
            path = browser.post(path, answers_to(page.text)).location
        raise RuntimeError("the booking journey has no end")

    def crowd(self, size: int) -> Opportunity:
        """Make an advert with this many people booked, one in three with needs."""
        advert = self.make_advert(capacity=size)
        pattern = make_person("Pattern Person")
        staff = make_staff("coordinator", f"crowd{next(_turn)}@staff.example")
        batch = 5_000
        for start in range(0, size, batch):
            people = Person.objects.bulk_create(
                _copies(pattern, range(start, min(start + batch, size)))
            )
            bookings = Booking.objects.bulk_create(
                Booking(
                    event=advert.event,
                    person=person,
                    state=Booking.State.BOOKED,
                    category="volunteer",
                    capacity="carer",
                    booked_at=timezone.now(),
                    entered_by=staff,
                )
                for person in people
            )
            BookingNeed.objects.bulk_create(
                BookingNeed(booking=booking, group="taking_part", code=code)
                for booking in bookings[::3]
                for code in ("step_free", "breaks")
            )
        Event.objects.filter(pk=advert.event.pk).update(taken=size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return advert


def _copies(pattern: Person, numbers: range) -> list[Person]:
    """Copy a person that an action made, so that whatever it fills in is filled in here too."""
    plain = {
        field.attname: getattr(pattern, field.attname)
        for field in Person._meta.concrete_fields
        if field.attname not in {"id", "key", "full_name", "email", "created_at"}
    }
    return [
        Person(
            full_name=f"{FIRST[number % 10]} {LAST[number // 10 % 10]} {number}",
            email=f"crowd{number}@people.example",
            created_at=timezone.now() - dt.timedelta(minutes=number % 5000),
            **plain,
        )
        for number in numbers
    ]


def answers_to(html: str) -> list[tuple[str, str]]:
    """Fill in the form of a page as an easy-going person would: what is ticked, or the first choice."""
    form = BeautifulSoup(html, "lxml").select_one("main form[method=post]")
    if form is None:
        raise RuntimeError("there is no form on the page")
    fields: list[tuple[str, str]] = []
    radios: dict[str, list[Any]] = {}
    for box in form.select("input[name], select[name], textarea[name]"):
        name, kind = str(box["name"]), box.get("type", "text")
        if name == "csrfmiddlewaretoken":
            continue
        if box.name == "textarea":
            fields.append((name, box.get_text().removeprefix("\n")))
        elif box.name == "select":
            chosen = box.select_one("option[selected]") or box.select("option")[-1]
            fields.append((name, str(chosen["value"])))
        elif kind == "radio":
            radios.setdefault(name, []).append(box)
        elif kind != "checkbox" or box.has_attr("checked"):
            fields.append((name, str(box.get("value", ""))))
    for name, boxes in radios.items():
        chosen = next((box for box in boxes if box.has_attr("checked")), boxes[0])
        fields.append((name, str(chosen["value"])))
    return fields

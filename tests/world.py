"""A small world with one of everything, where every private word carries a mark.

The marks are letters that occur nowhere else, so that a sweep can look for them in any page, file,
log or table. What may be marked and by whom it may be read is said once, in ``MARKS``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

from django.utils import timezone

from conftest import MEMBER, Cast
from tests.house import Address

STAFF_WHO_SEE_PEOPLE = {"coordinator", "governance"}


@dataclass(frozen=True)
class Mark:
    """A private word: what it is, and which of the cast may come across it."""

    word: str
    what: str
    readers: frozenset[str]


def _mark(word: str, what: str, *readers: str) -> Mark:
    return Mark(word, what, frozenset(readers))


_SEE = tuple(STAFF_WHO_SEE_PEOPLE)
MARKS = {
    mark.what: mark
    for mark in [
        _mark("qvdraft", "an advert nobody published", "coordinator"),
        _mark("qvneed", "what the member needs", MEMBER, *_SEE),
        _mark("qvkept", "a need the member does not share", MEMBER, *_SEE),
        _mark("qvcompany", "the name of the member's companion", MEMBER, *_SEE),
        _mark("qvmember", "the member's name and how to reach them", MEMBER, *_SEE),
        # The post room prints it for those who are written to by post.
        _mark("qvjoin", "the way in to what they are booked on", MEMBER, *_SEE, "post_room"),
        _mark("qvfull", "the way in to what the member waits for", "coordinator"),
        _mark("qvwaits", "the name of somebody else who waits", *_SEE),
        _mark("qvbooked", "the name of somebody else who has a place", *_SEE),
        _mark("qvreason", "why somebody was not chosen", "coordinator"),
        _mark("qvpaper", "somebody who is written to by post", *_SEE, "post_room"),
        _mark("qvcall", "what was said on the phone", *_SEE),
        _mark("qvstaff", "the address a member of staff signs in with", "administrator"),
    ]
}
MEMBER_MOBILE = "07700 900842"
_number = count(1)


class World:
    """One of everything, made by the same actions the pages call."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.person = cast.person
        self.user = cast.users[MEMBER]
        self.by = cast.users["coordinator"]
        self.admin = cast.users["administrator"]
        self._organisation()
        self._people()
        self._events()
        self._messages()
        self._sign_in()
        self._work()

    # --- making -----------------------------------------------------------------------------------

    def _organisation(self) -> None:
        from alongside.organisation.tests import factories as make

        self.trust = make.make_trust("Hollow Hill NHS Trust", postal_address="1 Hill Road\nAton")
        self.council = make.make_council("Aton Council", website="https://aton.example")
        self.area = make.make_area("East Aton", (self.council,), places="Aton, Beeton")
        self.service = make.make_service("Adults")
        self.topic = make.make_topic("Carers")
        self.team = make.make_team("Oak ward", "inpatient", self.service, self.area)
        self.ended_team = make.make_team(
            "Elm ward", "inpatient", self.service, ended_on=dt.date(2020, 1, 1)
        )

    def _people(self) -> None:
        from alongside.people import actions
        from alongside.people.rules import NeedAnswer
        from alongside.people.tests.factories import make_person

        self.person = actions.correct_details(
            person=self.person,
            full_name="Marla Qvmember",
            email="qvmember@people.example",
            mobile=MEMBER_MOBILE,
            postal_address="12 Qvmember Street\nAton",
            postcode="ZZ1 1ZZ",
            by=self.user,
        )
        actions.record_needs(
            person=self.person,
            needs=[
                NeedAnswer("travel", detail="A lift qvneed"),
                NeedAnswer("diet", detail="No nuts qvkept", share=False),
                NeedAnswer("by_email"),
            ],
            by=self.user,
        )
        actions.give_consent(person=self.person, purpose="invitations", how="online", by=self.user)
        actions.follow_topics(person=self.person, topics=[self.topic], by=self.user)
        self.waits = make_person("Wanda Qvwaits", email="qvwaits@people.example", consent=True)
        self.booked = make_person("Bo Qvbooked", email="qvbooked@people.example")
        self.on_paper = make_person(
            "Percy Qvpaper",
            postal_address="9 Qvpaper Lane\nBeeton",
            postcode="ZZ2 2ZZ",
            needs=[NeedAnswer("by_post"), NeedAnswer("large_print", detail="20 point")],
        )
        self.on_phone = make_person("Fay Qvcall", phone="01632 960 111", needs=["by_phone"])

    def make_advert(self, *, publish: bool = True, **fields: Any) -> Any:
        """Make an advert with all its words, and publish it unless told otherwise."""
        from alongside.opportunities import actions

        number = next(_number)
        starts_at = fields.pop("starts_at", timezone.now() + dt.timedelta(days=40))
        words: dict[str, Any] = {
            "title": f"Workshop {number}",
            "summary": f"Help us write something, number {number}.",
            "purpose": "To say how carers and staff work together.",
            "who": "Family, friends and carers.",
            "tasks": "Talk and listen.",
            "limits": "We cannot change the law.",
            "support": "A briefing before the workshop.",
            "payment": "This is unpaid. You can claim for taking part from home.",
            "feedback": "We will write to you.",
            "pays_remote": True,
            "categories": ["volunteer", "contributor"],
            "mode": "online",
            "platform": "Lifesize",
            "capacity": 20,
            "topics": [self.topic],
            "area": self.area,
            "ends_at": starts_at + dt.timedelta(minutes=90),
            "closes_at": starts_at - dt.timedelta(days=10),
        }
        advert = actions.make_advert(starts_at=starts_at, by=self.by, **(words | fields))
        if publish:
            advert = actions.publish(opportunity=advert, by=self.by)
        return advert

    def book(self, advert: Any, person: Any, **wish: Any) -> Any:
        """Book a place, or a turn on the waiting list."""
        from alongside.events import actions
        from alongside.events.rules import Wish

        return actions.book_place(
            event=advert.event, person=person, wish=Wish(**wish), by=person.user or self.by
        )

    def _events(self) -> None:
        from alongside.events import actions
        from alongside.people.rules import NeedAnswer

        join = "https://video.example/qvjoin"
        self.draft = self.make_advert(
            publish=False,
            title="Secret qvdraft plans",
            slug="not-yet",  # an address is in logs: the mark must not be in it
            summary="qvdraft",
            purpose="qvdraft",
        )
        self.advert = self.make_advert(title="Charter workshop", joining=join)
        offers = list(self.advert.event.support_offers.values_list("pk", flat=True))
        self.booking = self.book(
            self.advert,
            self.person,
            company="if_room",
            companion_name="Cy Qvcompany",
            category="volunteer",
            capacity="carer",
            needs=(NeedAnswer("travel", detail="A lift qvneed"),),
            support=tuple(offers[:1]),
        )
        self.book(self.advert, self.booked)
        self.book(self.advert, self.on_paper)
        self.full = self.make_advert(
            title="Full workshop", capacity=1, joining="https://video.example/qvfull"
        )
        self.full_booking = self.book(self.full, self.booked)
        self.waiting = self.book(self.full, self.person)
        self.book(self.full, self.waits)
        self.chosen = self.make_advert(
            title="Join our panel", by_selection=True, criteria="We want many ages.", capacity=1
        )
        self.applied = self.book(self.chosen, self.person)
        self.not_chosen = self.book(self.chosen, self.booked)
        actions.not_choose(booking=self.not_chosen, because="qvreason", by=self.by)
        self.offered_event = self.make_advert(title="Small workshop", capacity=1)
        first = self.book(self.offered_event, self.booked)
        self.offered = self.book(self.offered_event, self.person)
        actions.cancel_booking(booking=first, by=self.by)
        self.cancelled = self.make_advert(title="Cancelled workshop")
        self.book(self.cancelled, self.booked)
        actions.cancel_event(event=self.cancelled.event, because="The room is shut.", by=self.by)
        self.past = self._past()
        self.feed = actions.make_feed(person=self.person, by=self.user)

    def _past(self) -> Any:
        """An event that was held: the member came."""
        from alongside.events import actions
        from alongside.events.models import Event

        advert = self.make_advert(title="Past workshop", joining="https://video.example/qvjoin")
        booking = self.book(advert, self.person)
        ago = dt.timedelta(days=60)
        event = advert.event
        Event.objects.filter(pk=event.pk).update(
            starts_at=event.starts_at - ago,
            ends_at=event.ends_at - ago,
            closes_at=event.closes_at - ago,
        )
        booking.refresh_from_db()
        actions.mark_attendance(booking=booking, attendance="attended", minutes=90, by=self.by)
        self.past_booking = booking
        return type(advert).objects.select_related("event").get(pk=advert.pk)

    def _messages(self) -> None:
        from alongside.messaging import actions
        from alongside.messaging.models import Message

        self.book(self.advert, self.on_phone)
        self.message = Message.objects.filter(person=self.person).order_by("pk").first()
        self.letter = Message.objects.filter(channel="post", person=self.on_paper).first()
        self.call = Message.objects.filter(channel="phone", person=self.on_phone).first()
        self.batch = actions.make_batch(by=self.by)
        self.book(self.offered_event, self.on_paper)  # a letter for the next batch

    def _sign_in(self) -> None:
        from allauth.mfa.models import Authenticator
        from allauth.usersessions.models import UserSession
        from django.test import Client

        from alongside.accounts.tests.factories import make_staff
        from alongside.accounts.tests.signing import sign_in

        make_staff("coordinator", "qvstaff@staff.example", name="Sal Staff")

        library = Client()
        sign_in(library, self.user, strong=False)
        self.elsewhere = UserSession.objects.create(
            user=self.user,
            session_key=library.session.session_key,
            ip="127.0.0.1",
            user_agent="A library computer",
        )
        self.second_step = Authenticator.objects.create(
            user=self.by, type=Authenticator.Type.TOTP, data={"secret": "0" * 32}
        )

    def _work(self) -> None:
        from alongside.core.models import Job, WorkerHeartbeat

        WorkerHeartbeat.objects.create(worker="one")
        self.job = Job.objects.order_by("pk").first()

    # --- more of the same ------------------------------------------------------------------------------

    def grow(self, times: int) -> None:
        """Make many times as much of everything that lists list."""
        from alongside.accounts.tests.factories import make_staff
        from alongside.events.models import Event
        from alongside.organisation.tests import factories as make
        from alongside.people.tests.factories import make_involvement, make_person

        for turn in range(times):
            person = make_person(
                f"Crowd {turn}", email=f"crowd{turn}@people.example", needs=["breaks", "step_free"]
            )
            council = make.make_council()
            make.make_team(service=self.service, area=make.make_area(councils=(council,)))
            make.make_service()
            make.make_topic()
            make_staff("coordinator")
            make_involvement(self.person)
            advert = self.make_advert()
            self.make_advert(publish=False)
            self.book(advert, self.person)
            for one in (self.advert, self.full, self.chosen):
                self.book(one, person, needs=())
            held = self.make_advert()
            self.book(held, self.person)
            Event.objects.filter(pk=held.event.pk).update(
                starts_at=timezone.now() - dt.timedelta(days=9),
                ends_at=timezone.now() - dt.timedelta(days=8),
                closes_at=timezone.now() - dt.timedelta(days=12),
            )
            self.book(self.offered_event, self._more_paper(turn))

    def _more_paper(self, turn: int) -> Any:
        from alongside.people.tests.factories import make_person

        return make_person(
            f"Paper {turn}",
            phone="01632 960 222",
            postal_address=f"{turn} Lane\nBeeton",
            postcode="ZZ3 3ZZ",
            needs=["by_post" if turn % 2 else "by_phone"],
        )

    # --- what addresses ask for -------------------------------------------------------------------------

    @cached_property
    def adverts(self) -> list[Any]:
        """Adverts in every state, the open one first."""
        return [
            self.advert,
            self.draft,
            self.full,
            self.chosen,
            self.offered_event,
            self.cancelled,
            self.past,
        ]

    @cached_property
    def bookings(self) -> list[Any]:
        """The member's bookings in every state."""
        return [self.booking, self.waiting, self.applied, self.offered, self.past_booking]

    def told(self, address: Address) -> list[dict[str, Any]]:
        """Return what to tell the address, once for each state its page can be in.

        Raises LookupError where nobody has said: add a line to ``WHAT_TO_TELL``.
        """
        if not address.asks:
            return [{}]
        route = address.route
        values = {asked: _lookup(route, asked)(self) for asked in address.asks}
        states = max(len(options) for options in values.values())
        return [
            {asked: options[min(turn, len(options) - 1)] for asked, options in values.items()}
            for turn in range(states)
        ]


Teller = Callable[[World], list[Any]]


def _keys(rows: Iterable[Any]) -> list[str]:
    return [row.key for row in rows if row is not None]


def _sections() -> list[str]:
    from alongside.opportunities.forms import SECTIONS

    return list(SECTIONS)


# The beginning of a route, what it asks for, and the values to try. The longest beginning counts.
WHAT_TO_TELL: dict[tuple[str, str], Teller] = {
    ("opportunities/", "slug"): lambda world: [advert.slug for advert in world.adverts],
    ("opportunities/", "step"): lambda world: ["needs", "how"],
    ("opportunities/<slug:slug>/book/<slug:step>/", "slug"): lambda world: [world.advert.slug],
    ("staff/opportunities/", "key"): lambda world: _keys(world.adverts),
    ("staff/opportunities/", "section"): lambda world: _sections(),
    ("staff/opportunities/<slug:key>/edit/", "key"): lambda world: _keys([world.draft, world.full]),
    ("staff/opportunities/<slug:key>/support/", "offer"): lambda world: _keys(
        world.advert.event.support_offers.all()
    ),
    ("staff/opportunities/<slug:key>/choosing/", "key"): lambda world: _keys([world.chosen]),
    ("staff/opportunities/<slug:key>/choosing/", "booking"): lambda world: _keys([world.applied]),
    ("staff/opportunities/<slug:key>/book/", "person"): lambda world: _keys([world.waits]),
    ("staff/organisation/names/", "key"): lambda world: _keys([world.trust]),
    ("staff/organisation/councils/", "key"): lambda world: _keys([world.council]),
    ("staff/organisation/areas/", "key"): lambda world: _keys([world.area]),
    ("staff/organisation/services/", "key"): lambda world: _keys([world.service]),
    ("staff/organisation/topics/", "key"): lambda world: _keys([world.topic]),
    ("staff/organisation/teams/", "key"): lambda world: _keys([world.ended_team, world.team]),
    ("staff/people/", "key"): lambda world: _keys([world.person, world.on_paper]),
    ("staff/people/", "group"): lambda world: ["taking_part", "format"],
    ("staff/people/", "form"): lambda world: ["page", "json"],
    ("me/everything/keep/", "form"): lambda world: ["page", "json"],
    ("me/details/", "part"): lambda world: ["name", "reach", "address", "area", "you"],
    ("me/needs/", "group"): lambda world: ["taking_part", "format"],
    ("me/bookings/", "key"): lambda world: _keys(world.bookings),
    ("me/bookings/<slug:key>/accept/", "key"): lambda world: _keys([world.offered]),
    ("me/bookings/<slug:key>/decline/", "key"): lambda world: _keys([world.offered]),
    ("me/bookings/<slug:key>/needs/", "group"): lambda world: ["taking_part", "format"],
    ("calendar/", "token"): lambda world: [world.feed],
    ("me/sign-in/", "pk"): lambda world: [world.elsewhere.pk],
    ("staff/bookings/", "key"): lambda world: _keys([*world.bookings, world.full_booking]),
    ("staff/bookings/", "group"): lambda world: ["taking_part", "format"],
    ("staff/support/", "key"): lambda world: _keys(world.booking.support.all()),
    ("staff/needs/", "key"): lambda world: _keys(world.booking.needs.all()[:1]),
    ("staff/events/", "key"): lambda world: _keys([advert.event for advert in world.adverts]),
    ("staff/events/", "event"): lambda world: _keys([advert.event for advert in world.adverts]),
    ("staff/messages/", "key"): lambda world: _keys([world.message, world.letter, world.call]),
    ("staff/messages/post/", "key"): lambda world: _keys([world.batch]),
    ("staff/messages/post/", "letter"): lambda world: _keys([world.letter]),
    ("staff/messages/phone/", "key"): lambda world: _keys([world.call]),
    ("staff/access/", "key"): lambda world: _keys([world.by]),
    ("staff/access/", "pk"): lambda world: [world.by.role_grants.get().pk],
    ("staff/jobs/", "key"): lambda world: _keys([world.job]),
    ("sign-in/staff/password/", "key"): lambda world: ["key"],
    ("sign-in/staff/password/", "token"): lambda world: ["token"],
    ("sign-in/second-step/", "pk"): lambda world: [world.second_step.pk],
}

# What must stand after the question mark for a page to be there at all.
QUERIES = {"people:involvement_rows": "?level=consultation"}


def _lookup(route: str, asked: str) -> Teller:
    fits = [begin for begin, what in WHAT_TO_TELL if what == asked and route.startswith(begin)]
    if not fits:
        raise LookupError(f"Nobody says what {asked!r} is in {route}: add it to WHAT_TO_TELL")
    return WHAT_TO_TELL[max(fits, key=len), asked]

"""Fill an empty database with a living, invented trust.

The same every time (a fixed seed) but for the dates, which are laid around today. What is still open
is made by the actions people use, so it has its messages and audit; what is past is laid down whole.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import RoleGrant, User
from alongside.core import dates
from alongside.core.refused import Refused
from alongside.demo import adverts, names, trust
from alongside.demo.adverts import ADVERTS, CHARTER, Advert
from alongside.events import actions as events
from alongside.events.models import Booking, BookingNeed, Event, SupportOffer
from alongside.events.rules import Wish
from alongside.opportunities.models import Opportunity
from alongside.organisation.models import (
    Area,
    Council,
    Service,
    Team,
    Topic,
    TrustDetails,
    TrustName,
)
from alongside.people.actions.persons import find_words
from alongside.people.models import (
    AccessNeed,
    Connection,
    ContactConsent,
    Interest,
    Involvement,
    Person,
)
from alongside.people.needs import NEEDS
from alongside.people.rules import NeedAnswer

PEOPLE = 300
PASSWORD = "try-alongside-out"  # noqa: S105  (printed on the demo page; demo mode only)
SEED = 20211208


class NotHere(Exception):  # noqa: N818  (it is an answer, not an accident)
    """The demo trust may not be laid here."""


@transaction.atomic
def fill(*, today: dt.date | None = None) -> None:
    """Lay down the demo trust. Raises NotHere outside demo mode or where people are known."""
    if not settings.DEMO:
        raise NotHere("Demo mode is off.")
    if Person.objects.exists() or Opportunity.objects.exists():
        raise NotHere("There are people here already.")
    Filler(today or dates.today()).lay()


class Filler:
    """Lays the trust, its people and what they took part in."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.chance = random.Random(SEED)  # noqa: S311  (invented people, no secret)
        self.system = audit.system()
        self.staff: dict[str, User] = {}
        self.cast: dict[str, Person] = {}
        self.areas: dict[str, Area] = {}
        self.topics: dict[str, Topic] = {}
        self.people: list[Person] = []

    def lay(self) -> None:
        """Lay everything, ground first."""
        self.lay_organisation()
        self.lay_staff()
        self.lay_people()
        self.lay_cast()
        self.lay_charter_workshop()
        for advert in ADVERTS:
            self.lay_opportunity(advert)

    # ---- the trust ----------------------------------------------------------------------------
    def lay_organisation(self) -> None:
        old, new, day = trust.OLD_NAME, trust.NEW_NAME, trust.RENAMED_ON
        TrustName.objects.bulk_create(
            [
                TrustName(name=old[0], short_name=old[1], ended_on=day - dt.timedelta(days=1)),
                TrustName(name=new[0], short_name=new[1], started_on=day),
            ]
        )
        TrustDetails.objects.update_or_create(only=True, defaults=trust.CONTACT)
        councils = {name: Council.objects.create(name=name) for name in trust.COUNCILS}
        for name, slug, places, its_councils in trust.AREAS:
            area = Area.objects.create(name=name, slug=slug, places=places)
            area.councils.set([councils[council] for council in its_councils])
            self.areas[name] = area
        services = {name: Service.objects.create(name=name) for name in trust.SERVICES}
        teams: dict[str, Team] = {}
        for name, kind, service, its_area, place in trust.TEAMS:
            teams[name] = Team.objects.create(
                name=name,
                kind=kind,
                service=services[service],
                area=self.areas[its_area] if its_area else None,
                place=place,
            )
        for name, into, day in trust.MERGED:
            Team.objects.create(
                name=name,
                kind=teams[into].kind,
                service=teams[into].service,
                area=teams[into].area,
                ended_on=day - dt.timedelta(days=1),
                merged_into=teams[into],
            )
        for name, slug in trust.TOPICS:
            self.topics[slug] = Topic.objects.create(name=name, slug=slug)

    # ---- staff and people -----------------------------------------------------------------------
    def lay_staff(self) -> None:
        every = [(one["name"], one["email"], one["role"]) for one in trust.CAST if one["role"]]
        for name, email, role in [*every, *trust.MORE_STAFF]:
            user = User.objects.create_user(email, PASSWORD, name=name)
            RoleGrant.objects.create(user=user, role=role, granted_by=self.system)
            audit.record("accounts.role_granted", on=user, by=self.system, role=role)
            self.staff[email] = user
        self.coordinator = self.staff["priya@staff.example"]

    def lay_people(self) -> None:
        chance, areas = self.chance, list(self.areas.values())
        taken: set[str] = set()
        while len(self.people) < PEOPLE - 2:
            full_name = f"{chance.choice(names.FIRST)} {chance.choice(names.LAST)}"
            if full_name in taken:
                continue
            taken.add(full_name)
            area = chance.choices(areas, weights=[5, 3, 4])[0]
            town = chance.choice(area.places.split(", "))
            has_email = chance.random() < 0.83
            has_mobile = chance.random() < 0.62
            has_post = not has_email or chance.random() < 0.55
            number = len(self.people)
            address = f"{chance.randint(1, 120)} Example Road\n{town}" if has_post else ""
            self.people.append(
                Person(
                    full_name=full_name,
                    email=f"{full_name.lower().replace(' ', '.')}@people.example"
                    if has_email
                    else "",
                    mobile=f"07700 900{number:03d}" if has_mobile else "",
                    phone="" if has_mobile or has_email else f"01632 960{number:03d}",
                    postal_address=address,
                    postcode=f"ZZ{chance.randint(1, 99)} {chance.randint(1, 9)}ZZ"
                    if has_post
                    else "",
                    area=area,
                    connection=chance.choices(
                        [Connection.CARER, Connection.SERVICE, Connection.BOTH], weights=[5, 4, 1]
                    )[0],
                    entered_by=self.coordinator,
                    entered_how=chance.choice(["paper", "phone", "in_person"]),
                    last_active_on=self.today - dt.timedelta(days=chance.randint(1, 300)),
                    details_reviewed_on=self.today - dt.timedelta(days=chance.randint(10, 420)),
                )
            )
        for person in self.people:
            person.sought = find_words(person)
        Person.objects.bulk_create(self.people)
        self.people = list(Person.objects.order_by("pk"))
        self.lay_needs_and_consents()

    def lay_needs_and_consents(self) -> None:
        chance = self.chance
        needs: list[AccessNeed] = []
        interests: list[Interest] = []
        consents: list[ContactConsent] = []
        details = {
            "large_print": "18 point",
            "braille": "Grade 2",
            "coloured_paper": "Pale yellow",
            "by_phone": "After 4pm",
            "travel": "A taxi home when it is dark",
            "replacement_care": "Somebody to sit with my husband for 3 hours",
            "diet": "Vegetarian",
            "language": "Nepali",
            "via_person": "My daughter, 01632 960999",
            "other": "A chair with arms",
        }
        likely = ["breaks", "step_free", "travel", "replacement_care", "large_print", "more_time"]
        topics = list(self.topics.values())
        for person in self.people:
            codes: set[str] = set()
            if chance.random() < 0.45:
                codes.update(chance.sample(likely, chance.randint(1, 2)))
            if chance.random() < 0.12:
                codes.add(chance.choice(list(NEEDS)))
            if not person.email:
                codes.discard("by_email")
                codes.add("by_post" if person.postal_address and not person.phone else "by_phone")
            if "by_text" in codes and not person.mobile:
                codes.discard("by_text")
            if "via_person" in codes:
                codes -= {"by_post", "by_phone"}
            for code in sorted(codes):
                reviewed = self.today - dt.timedelta(days=chance.randint(5, 400))
                needs.append(
                    AccessNeed(
                        person=person,
                        group=NEEDS[code].group,
                        code=code,
                        detail=details.get(code, ""),
                        must=chance.random() < 0.7,
                        share=chance.random() < 0.95,
                        recorded_by=self.coordinator,
                        reviewed_on=reviewed,
                        review_on=reviewed + dt.timedelta(days=365),
                    )
                )
            if chance.random() < 0.66:
                given = self.today - dt.timedelta(days=chance.randint(5, 760))
                consents.append(
                    ContactConsent(
                        person=person,
                        purpose=ContactConsent.Purpose.INVITATIONS,
                        given_at=dates.at(given, dt.time(11)),
                        given_how=person.entered_how,
                        recorded_by=self.coordinator,
                        review_on=given + dt.timedelta(days=730),
                    )
                )
                interests.extend(
                    Interest(person=person, topic=topic)
                    for topic in chance.sample(topics, chance.randint(1, 4))
                )
        AccessNeed.objects.bulk_create(needs)
        Interest.objects.bulk_create(interests)
        ContactConsent.objects.bulk_create(consents)

    def lay_cast(self) -> None:
        """The two members whose shoes you can step into on the demo page."""
        rosa = self._member("carer", Connection.CARER, "East Kent", mobile="07700 900801")
        tom = self._member(
            "member", Connection.SERVICE, "North Kent and Medway", mobile="07700 900802"
        )
        for person, code, detail in [
            (rosa, "breaks", ""),
            (rosa, "replacement_care", "Somebody to sit with my brother for 3 hours"),
            (tom, "lip_reads", ""),
            (tom, "by_text", ""),
        ]:
            AccessNeed.objects.create(
                person=person,
                group=NEEDS[code].group,
                code=code,
                detail=detail,
                recorded_by=self.coordinator,
                reviewed_on=self.today - dt.timedelta(days=200),
                review_on=self.today + dt.timedelta(days=165),
            )
        for person, slug in [
            (rosa, "carers"),
            (rosa, "wards"),
            (tom, "crisis"),
            (tom, "buildings"),
        ]:
            Interest.objects.create(person=person, topic=self.topics[slug])
        for person in (rosa, tom):
            ContactConsent.objects.create(
                person=person,
                purpose=ContactConsent.Purpose.INVITATIONS,
                given_how="online",
                recorded_by=self.coordinator,
                review_on=self.today + dt.timedelta(days=500),
            )

    def _member(self, code: str, connection: str, area: str, mobile: str) -> Person:
        one = next(one for one in trust.CAST if one["code"] == code)
        user = User.objects.create_user(one["email"])
        person = Person.objects.create(
            user=user,
            full_name=one["name"],
            email=one["email"],
            mobile=mobile,
            connection=connection,
            area=self.areas[area],
            entered_by=user,
            entered_how="online",
            details_reviewed_on=self.today - dt.timedelta(days=100),
        )
        person.sought = find_words(person)
        person.save(update_fields=["sought"])
        self.cast[code] = person
        return person

    # ---- opportunities --------------------------------------------------------------------------
    def lay_charter_workshop(self) -> None:
        """The workshop of December 2021, its facts as the trust published them."""
        event = Event.objects.create(
            title=CHARTER["title"],
            mode=Event.Mode.ONLINE,
            platform="Lifesize",
            starts_at=dates.at(dt.date(2022, 1, 24), dt.time(14)),
            ends_at=dates.at(dt.date(2022, 1, 24), dt.time(15, 30)),
            closes_at=dates.end_of_day(dt.date(2022, 1, 14)),
            capacity=30,
            level="coproduction",
        )
        for name, detail in [
            adverts.BRIEFING_BEFORE,
            adverts.BRIEFING_AFTER,
            ("Training on Lifesize", "We show you how the video call works before the day."),
        ]:
            SupportOffer.objects.create(event=event, name=name, detail=detail)
        opportunity = Opportunity.objects.create(
            event=event,
            **CHARTER,
            categories=["volunteer"],
            pays_remote=True,
            ask_by_phone=trust.CONTACT["contact_phone"],
            ask_by_post=trust.CONTACT["postal_address"],
            trust_name=trust.OLD_NAME[0],
            published_at=dates.at(dt.date(2021, 12, 8), dt.time(9)),
            written_by=self.coordinator,
        )
        opportunity.topics.set([self.topics["carers"]])
        self.lay_attendance(event, 17, "volunteer")

    def lay_opportunity(self, advert: Advert) -> None:
        day = self.today + dt.timedelta(days=advert.days)
        while not dates.is_working_day(day):
            day += dt.timedelta(days=1)
        hour, minute = map(int, advert.start.split(":"))
        starts_at = dates.at(day, dt.time(hour, minute))
        closes_on = day - dt.timedelta(days=advert.closes_before)
        published_on = min(closes_on - dt.timedelta(days=advert.open_for), self.today)
        past = advert.days < 0
        facts: dict[str, Any] = {
            "title": advert.title,
            "mode": advert.mode,
            "platform": advert.platform if advert.mode != "in_person" else "",
            "venue": advert.venue,
            "getting_there": advert.getting_there,
            "joining": self._joining(advert),
            "starts_at": starts_at,
            "ends_at": starts_at + dt.timedelta(minutes=advert.minutes),
            "closes_at": dates.end_of_day(closes_on),
            "capacity": advert.places,
            "level": advert.level,
            "by_selection": bool(advert.criteria),
        }
        if past or advert.draft:
            event = Event.objects.create(**facts)
        else:
            event = events.make_event(**facts, by=self.coordinator)
        offers = [
            SupportOffer.objects.create(event=event, name=name, detail=detail)
            for name, detail in advert.support
        ]
        opportunity = Opportunity.objects.create(
            event=event,
            slug=advert.slug,
            title=advert.title,
            summary=advert.summary,
            purpose=advert.purpose,
            who=advert.who,
            tasks=advert.tasks,
            limits=advert.limits,
            support="Tell us what would help and we will sort it out with you." if offers else "",
            checks=advert.checks,
            feedback=advert.feedback,
            area=self.areas[advert.area] if advert.area else None,
            categories=advert.categories,
            pays_involvement=advert.pays[0],
            pays_expenses=advert.pays[1],
            pays_remote=advert.pays[2],
            payment=advert.payment,
            ask_by_phone="" if advert.draft else trust.CONTACT["contact_phone"],
            ask_by_email=trust.CONTACT["contact_email"],
            ask_by_post="" if advert.draft else trust.CONTACT["postal_address"],
            criteria=advert.criteria,
            trust_name=(trust.OLD_NAME if published_on < trust.RENAMED_ON else trust.NEW_NAME)[0],
            published_at=None if advert.draft else dates.at(published_on, dt.time(9)),
            written_by=self.coordinator,
        )
        opportunity.topics.set([self.topics[slug] for slug in advert.topics])
        if advert.draft:
            return
        if advert.cancelled:
            event.cancelled_at = starts_at - dt.timedelta(days=6)
            event.cancelled_because = advert.cancelled
            event.save(update_fields=["cancelled_at", "cancelled_because"])
        elif past:
            self.lay_attendance(event, advert.booked, advert.categories[-1])
        else:
            self.lay_bookings(event, advert, [offer.pk for offer in offers])

    def _joining(self, advert: Advert) -> str:
        if advert.mode == "in_person":
            return "Come to the front desk and say you are here for the involvement session."
        number = self.chance.randint(10**8, 10**9 - 1)
        return f"Link: https://video.trust.example/join/{number}\nCode: {number % 10**6:06d}"

    def lay_bookings(self, event: Event, advert: Advert, offers: list[int]) -> None:
        """Book people onto something open, by the action the pages use."""
        chance = self.chance
        pool = chance.sample(self.people, k=min(len(self.people), 3 * (advert.places + 12)))
        cast = {"welcome-pack-for-families": "carer", "elm-garden": "member"}.get(advert.slug)
        wanted = advert.booked + advert.waiting
        if advert.criteria:
            wanted = 7
        # Somebody from the cast joins early, or last where there is a waiting list.
        order = pool[:wanted]
        if cast:
            order.insert(len(order) if advert.waiting else 0, self.cast[cast])
        needs_of: dict[int, list[AccessNeed]] = {}
        for need in AccessNeed.objects.standing().filter(person__in=order).order_by("pk"):
            needs_of.setdefault(need.person_id, []).append(need)
        for person in order:
            holds = Event.objects.get(pk=event.pk).places_left
            together = (
                not advert.criteria and not advert.waiting and holds > 3 and chance.random() < 0.08
            )
            online = bool(person.user_id) or (bool(person.email) and chance.random() < 0.7)
            wish = Wish(
                company="together" if together else "alone",
                companion_name=chance.choice(self.people).full_name if together else "",
                category=chance.choice(advert.categories),
                capacity=person.connection,
                declines_payment=advert.pays[0] and chance.random() < 0.15,
                needs=tuple(
                    NeedAnswer(need.code, need.detail) for need in needs_of.get(person.pk, [])
                ),
                support=tuple(pk for pk in offers if chance.random() < 0.22),
            )
            try:
                events.book_place(
                    event=event,
                    person=person,
                    wish=wish,
                    how="online" if online else chance.choice(["paper", "phone"]),
                    by=person.user or self.coordinator,
                )
            except Refused:
                continue

    def lay_attendance(self, event: Event, count: int, category: str) -> None:
        """Lay down a held event: its register and the ledger."""
        chance, rows, ledger, needs = self.chance, [], [], []
        length = int((event.ends_at - event.starts_at).total_seconds() // 60)
        for person in chance.sample(self.people, k=count):
            booked_at = event.closes_at - dt.timedelta(hours=chance.randint(2, 400))
            attendance = chance.choices(["attended", "apologies", "absent"], weights=[84, 10, 6])[0]
            rows.append(
                Booking(
                    event=event,
                    person=person,
                    state=Booking.State.BOOKED,
                    category=category,
                    capacity=person.connection,
                    booked_at=booked_at,
                    created_at=booked_at,
                    entered_by=self.coordinator,
                    entered_how=person.entered_how,
                    attendance=attendance,
                    minutes_attended=length if attendance == "attended" else None,
                )
            )
        Booking.objects.bulk_create(rows)
        rows = list(event.bookings.select_related("person").order_by("pk"))
        for booking in rows:
            if booking.attendance == Booking.Attendance.ATTENDED:
                ledger.append(
                    Involvement(
                        person=booking.person,
                        on=timezone.localdate(event.starts_at),
                        minutes=length,
                        level=event.level,
                        capacity=booking.capacity,
                        category=booking.category,
                        source_label=booking._meta.label_lower,
                        source_key=booking.key,
                        source_title=event.title,
                        recorded_by=self.coordinator,
                        created_at=event.ends_at,
                    )
                )
                if chance.random() < 0.3:
                    needs.append(
                        BookingNeed(
                            booking=booking,
                            group="taking_part",
                            code="breaks",
                            met_at=event.starts_at,
                            met_by=self.coordinator,
                        )
                    )
        Involvement.objects.bulk_create(ledger)
        BookingNeed.objects.bulk_create(needs)
        event.taken = len(rows)
        event.save(update_fields=["taken"])

"""Persons, what they need, what they agreed to, and the Involvement ledger."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils import timezone

from alongside.core.models import Record
from alongside.core.pointer import Pointer
from alongside.people import rules


class Connection(models.TextChoices):
    """In what capacity somebody takes part."""

    CARER = "carer", "Family, friend or carer"
    SERVICE = "service", "I use, or have used, services"
    BOTH = "both", "Both of these"
    STAFF = "staff", "Member of staff"
    PARTNER = "partner", "From a partner organisation"
    UNSAID = "", "Not said"


class Level(models.TextChoices):
    """The four levels of the involvement pyramid (the trust's engagement onion), lowest first."""

    INFORMING = "informing", "Informing"
    CONSULTATION = "consultation", "Consultation"
    COLLABORATION = "collaboration", "Collaboration"
    COPRODUCTION = "coproduction", "Co-production"


class Category(models.TextChoices):
    """How somebody chooses to take part, chosen anew for each activity."""

    VOLUNTEER = "volunteer", "Volunteer"
    CONTRIBUTOR = "contributor", "Contributor"
    COPRODUCER = "coproducer", "Co-producer"


class PersonQuerySet(models.QuerySet["Person"]):
    """People."""

    def known(self) -> Self:
        """Leave out those who were erased."""
        return self.filter(anonymised_at__isnull=True)

    def found_by(self, text: str) -> Self:
        """Keep those whose name, email, phone numbers or postcode hold every word of the text."""
        people = self
        for term in rules.search_terms(text):
            people = people.filter(sought__contains=term)
        return people

    def due_without_sign_in(self, day: dt.date) -> Self:
        """Keep known people without a sign-in whose needs or consent are due to be looked at.

        People who sign in are asked themselves. Marks which with ``needs_due``, ``consent_due``.
        """
        needs = AccessNeed.objects.due(day).filter(person=OuterRef("pk"))
        consents = ContactConsent.objects.due(day).filter(person=OuterRef("pk"))
        return (
            self.known()
            .filter(user__isnull=True)
            .annotate(needs_due=Exists(needs), consent_due=Exists(consents))
            .filter(Q(needs_due=True) | Q(consent_due=True))
        )

    def like(
        self,
        *,
        full_name: str = "",
        email: str = "",
        mobile: str = "",
        phone: str = "",
        postcode: str = "",
    ) -> Self:
        """Keep known people who may be the same human being: same email, phone, or name and
        postcode.
        """
        same = Q(pk__in=[])
        if email:
            same |= Q(email=rules.tidy_email(email))
        for number in {rules.digits(mobile), rules.digits(phone)} - {""}:
            same |= Q(sought__contains=number)
        if full_name and postcode:
            same |= Q(
                sought__startswith=rules.plain(full_name),
                postcode=rules.tidy_postcode(postcode),
            )
        return self.known().filter(same)


class Person(Record):
    """Somebody we work with. Needs no sign-in and no email address to exist."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="person"
    )
    full_name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True, help_text="May be shared by a household.")
    mobile = models.CharField(max_length=30, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    postal_address = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    area = models.ForeignKey("organisation.Area", on_delete=models.PROTECT, null=True, blank=True)
    connection = models.CharField(
        max_length=8, choices=Connection, default=Connection.UNSAID, blank=True
    )
    invitations_paused_until = models.DateField(null=True, blank=True)
    last_active_on = models.DateField(default=timezone.localdate)
    details_reviewed_on = models.DateField(null=True, blank=True)
    equality_asked_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    entered_how = models.CharField(
        max_length=20, blank=True, help_text="paper, phone, email, in_person"
    )
    doubt_raised_on = models.DateField(
        null=True, blank=True, help_text="May be the same human being as another; staff to look."
    )
    leaving_notice_on = models.DateField(
        null=True, blank=True, help_text="We told them that we will erase an unused record."
    )
    anonymised_at = models.DateTimeField(null=True, blank=True)
    sought = models.CharField(
        max_length=600, blank=True, help_text="What they are found by: see rules.sought."
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["full_name", "id"], name="person_by_name"),
            models.Index(fields=["email"], name="person_by_email"),
            models.Index(fields=["last_active_on"], name="person_by_last_active"),
            models.Index(
                fields=["doubt_raised_on"],
                name="person_in_doubt",
                condition=Q(doubt_raised_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        if self.anonymised_at:
            return "Somebody whose details were erased"
        return self.full_name or "Name not given"


class StandingQuerySet(models.QuerySet[Any]):
    """Rows that stand until they end."""

    def standing(self) -> Self:
        """Keep what is true now."""
        return self.filter(ended_at__isnull=True)

    def of(self, person: Person) -> Self:
        """Keep this person's."""
        return self.filter(person=person)

    def due(self, day: dt.date) -> Self:
        """Keep what should have been looked at again by that day."""
        return self.standing().filter(review_on__lte=day)


class AccessNeed(Record):
    """What somebody needs (never the diagnosis), by the categories of DAPB1605 (AIS) and beyond.

    The six steps: identified and recorded here, flagged by ``must``, shared if ``share``, met on
    each booking (``events.BookingNeed``), reviewed by ``review_on``.
    """

    class Group(models.TextChoices):
        """The four recording categories of the Accessible Information Standard, and taking part."""

        CONTACT = "contact", "Specific contact method"
        FORMAT = "format", "Specific information format"
        PROFESSIONAL = "professional", "Communication professional"
        SUPPORT = "support", "Communication support"
        TAKING_PART = "taking_part", "Taking part"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="needs")
    group = models.CharField(max_length=12, choices=Group)
    code = models.CharField(max_length=30, help_text="From people.needs.NEEDS.")
    detail = models.CharField(max_length=300, blank=True)
    must = models.BooleanField(default=True, help_text="Cannot take part without it.")
    share = models.BooleanField(default=True, help_text="May be shown to event organisers.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_on = models.DateField(default=timezone.localdate)
    review_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="access_need_one_standing_each",
                fields=["person", "code"],
                condition=Q(ended_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["review_on"],
                name="access_need_due",
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Interest(Record):
    """A topic somebody wants to hear about."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interests")
    topic = models.ForeignKey("organisation.Topic", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="interest_one_standing_each",
                fields=["person", "topic"],
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.topic_id)


class ContactConsent(Record):
    """Somebody agreed to be written to for a purpose. Dated, reviewable; ending it is a new fact.

    Messages about something a person takes part in need no consent; invitations do.
    """

    class Purpose(models.TextChoices):
        INVITATIONS = "invitations", "Invitations to take part"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    given_at = models.DateTimeField(default=timezone.now)
    given_how = models.CharField(max_length=20, help_text="online, paper, phone, email, in_person")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    review_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="contact_consent_one_standing_each",
                fields=["person", "purpose"],
                condition=Q(ended_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["review_on"],
                name="contact_consent_due",
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.purpose


class EqualityCount(models.Model):
    """How often one answer to one equality question was given in a quarter of a year.

    There is no row for a person's answers, so there is nothing to link: no key to a person, none
    between the answers of one person, no order. All rows of a quarter are made together and each
    time somebody answers all of them are written again in one statement, so that not even the
    database's own files say which counts went up together. See docs/data-protection/equality.md.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    quarter_starts_on = models.DateField()
    question = models.CharField(max_length=30)
    answer = models.CharField(max_length=40)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="equality_count_once", fields=["quarter_starts_on", "question", "answer"]
            ),
        ]

    def __str__(self) -> str:
        return self.question


@dataclass(frozen=True)
class LevelCount:
    """What was done at one level: how many people, how many times, how many minutes."""

    level: str
    people: int
    times: int
    minutes: int


class InvolvementQuerySet(models.QuerySet["Involvement"]):
    """Rows of the ledger."""

    def standing(self) -> Self:
        """Leave out what was corrected."""
        return self.filter(corrected_at__isnull=True)

    def of(self, person: Person) -> Self:
        """Keep this person's."""
        return self.filter(person=person)

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Keep what happened from the first to the last day, both included."""
        return self.filter(on__gte=first, on__lte=last)

    def by_level(self) -> list[LevelCount]:
        """Return how many people, times and minutes at each level, lowest level first."""
        rows = (
            self.order_by()
            .values("level")
            .annotate(
                people=Count("person", distinct=True), times=Count("pk"), minutes=Sum("minutes")
            )
        )
        found = {row["level"]: LevelCount(**row) for row in rows}
        return [found.get(level, LevelCount(level, 0, 0, 0)) for level in Level.values]


class Involvement(Record):
    """The Involvement ledger: this person took part in this, that day, so long, at that level."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="involvements")
    on = models.DateField()
    minutes = models.PositiveIntegerField()
    level = models.CharField(max_length=20, choices=Level, help_text="As declared by us.")
    capacity = models.CharField(max_length=8, choices=Connection, blank=True)
    category = models.CharField(max_length=20, choices=Category, blank=True)
    source_label = models.CharField(max_length=80)
    source_key = models.CharField(max_length=20)
    source_title = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    corrected_at = models.DateTimeField(null=True, blank=True)

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="involvement_once_for_each_source",
                fields=["source_label", "source_key"],
                condition=Q(corrected_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["on", "level"], name="involvement_by_day"),
            models.Index(fields=["person", "-on"], name="involvement_by_person"),
        ]

    def __str__(self) -> str:
        return self.source_title

    @property
    def source(self) -> Pointer:
        """What the person took part in."""
        return Pointer(self.source_label, self.source_key, self.source_title)

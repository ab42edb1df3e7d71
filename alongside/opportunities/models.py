"""Adverts of ways to take part."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from alongside.core.models import Record
from alongside.opportunities import rules


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    """Adverts."""

    def published(self) -> Self:
        """Keep what anybody may read, past ones too."""
        return self.filter(published_at__isnull=False)

    def for_staff(self) -> Self:
        """Keep everything but the drafts nobody wanted, with what any page shows of it."""
        return self.filter(discarded_at__isnull=True).select_related("event", "area")

    def to_read(self) -> Self:
        """Bring what the advert page shows, in as few queries as there are tables."""
        return self.select_related("event", "area").prefetch_related(
            "topics", "event__support_offers"
        )

    def drafts(self) -> Self:
        """Keep what staff are still writing."""
        return self.filter(published_at__isnull=True, discarded_at__isnull=True)

    def open(self, now: dt.datetime | None = None) -> Self:
        """Keep what somebody can still ask to take part in."""
        now = now or timezone.now()
        return self.published().filter(
            event__closes_at__gt=now,
            event__ends_at__gt=now,
            event__cancelled_at__isnull=True,
        )

    def past(self, now: dt.datetime | None = None) -> Self:
        """Keep what is closed, held or cancelled."""
        now = now or timezone.now()
        return self.published().filter(
            Q(event__closes_at__lte=now)
            | Q(event__ends_at__lte=now)
            | Q(event__cancelled_at__isnull=False)
        )

    def closed(self, now: dt.datetime | None = None) -> Self:
        """Keep what is closed and still to come."""
        now = now or timezone.now()
        return self.published().filter(
            event__closes_at__lte=now, event__ends_at__gt=now, event__cancelled_at__isnull=True
        )

    def over(self, now: dt.datetime | None = None) -> Self:
        """Keep what was held or cancelled."""
        now = now or timezone.now()
        return self.published().filter(
            Q(event__ends_at__lte=now) | Q(event__cancelled_at__isnull=False)
        )


class Opportunity(Record):
    """An advert of a way to take part. Its time, places and register are its event's."""

    event = models.OneToOneField(
        "events.Event", on_delete=models.PROTECT, related_name="opportunity"
    )
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=300, help_text="One or two sentences for lists.")
    purpose = models.TextField(help_text="What it is for and what it will lead to.")
    who = models.TextField(help_text="Who we are looking for.")
    tasks = models.TextField(blank=True, help_text="What taking part involves.")
    limits = models.TextField(blank=True, help_text="What can and cannot change.")
    background = models.TextField(blank=True)
    support = models.TextField(blank=True, help_text="What support there is, in words.")
    checks = models.TextField(blank=True, help_text="Any checks that are required.")
    feedback = models.TextField(blank=True, help_text="How people will hear what came of it.")
    area = models.ForeignKey(
        "organisation.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    topics = models.ManyToManyField("organisation.Topic", related_name="+")
    categories = models.JSONField(default=list, help_text="Codes of people.Category on offer.")
    pays_involvement = models.BooleanField(default=False)
    pays_expenses = models.BooleanField(default=False)
    pays_remote = models.BooleanField(default=False)
    payment = models.TextField(blank=True, help_text="What is paid or claimed, in words.")
    ask_by_phone = models.CharField(max_length=40, blank=True)
    ask_by_email = models.EmailField(blank=True)
    ask_by_post = models.TextField(blank=True)
    criteria = models.TextField(blank=True, help_text="How people are chosen, if they are.")
    trust_name = models.CharField(max_length=200, blank=True, help_text="As when published.")
    published_at = models.DateTimeField(null=True, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True, help_text="A draft not wanted.")
    version = models.PositiveIntegerField(
        default=1, help_text="Raised at every change, so that two writers cannot undo each other."
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "opportunities"
        constraints = [
            models.CheckConstraint(
                name="opportunity_discarded_only_as_draft",
                condition=Q(published_at__isnull=True) | Q(discarded_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["published_at"], name="opportunity_by_published")]

    def __str__(self) -> str:
        return self.title

    def standing(self, now: dt.datetime | None = None) -> rules.Standing:
        """Return where the advert is in its life. Its event must be at hand."""
        return rules.standing(
            now=now or timezone.now(),
            published_at=self.published_at,
            discarded_at=self.discarded_at,
            closes_at=self.event.closes_at,
            ends_at=self.event.ends_at,
            cancelled_at=self.event.cancelled_at,
        )

    @property
    def where(self) -> str:
        """Where it is, in one line."""
        return rules.where_in_brief(
            mode=self.event.mode, platform=self.event.platform, venue=self.event.venue
        )

    @property
    def payment_in_brief(self) -> str:
        """Whether people are paid and what they can claim, in one breath."""
        return rules.payment_in_brief(
            involvement=self.pays_involvement,
            expenses=self.pays_expenses,
            remote=self.pays_remote,
        )

    def get_absolute_url(self) -> str:
        """Return the advert's public address."""
        return reverse("opportunities:advert", args=[self.slug])


class Invitation(Record):
    """This person was invited to this, so they are not asked twice."""

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.PROTECT, related_name="invitations"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="invitation_once", fields=["opportunity", "person"])
        ]

    def __str__(self) -> str:
        return f"Invitation {self.key}"

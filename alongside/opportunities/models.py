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


class OpportunityQuerySet(models.QuerySet):
    """Adverts."""

    def published(self) -> Self:
        """Keep what anybody may read, past ones too."""
        return self.filter(published_at__isnull=False, published_at__lte=timezone.now())

    def open(self, now: dt.datetime | None = None) -> Self:
        """Keep what somebody can still ask to take part in."""
        now = now or timezone.now()
        return self.published().filter(
            event__closes_at__gt=now, event__cancelled_at__isnull=True
        )

    def past(self, now: dt.datetime | None = None) -> Self:
        """Keep what is closed, held or cancelled."""
        now = now or timezone.now()
        return self.published().filter(
            Q(event__closes_at__lte=now) | Q(event__cancelled_at__isnull=False)
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
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "opportunities"
        indexes = [models.Index(fields=["published_at"], name="opportunity_by_published")]

    def __str__(self) -> str:
        return self.title

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

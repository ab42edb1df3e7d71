"""The trust, its names over time, its areas, councils, services, teams and topics."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from alongside.core.models import Record


class DatedQuerySet(models.QuerySet[Any]):
    """Rows that are true from a day until a day."""

    def on(self, day: dt.date) -> Self:
        """Keep what was true on that day."""
        return self.filter(
            Q(started_on__isnull=True) | Q(started_on__lte=day),
            Q(ended_on__isnull=True) | Q(ended_on__gte=day),
        )


class Dated(Record):
    """True from ``started_on`` to ``ended_on``, both days included; empty means no limit."""

    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_after_it_starts",
                condition=Q(started_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
            ),
        ]


def _one_standing_name(kind: str) -> models.UniqueConstraint:
    """No two go on without end under one name; other overlaps are refused by a rule."""
    return models.UniqueConstraint(
        Lower("name"), name=f"{kind}_one_standing_name", condition=Q(ended_on__isnull=True)
    )


class TrustName(Dated):
    """What the trust was called in those days. Old documents keep the old name."""

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(name="trust_name_one_each_day", fields=["started_on"]),
        ]

    def __str__(self) -> str:
        return self.name


class TrustDetails(Record):
    """How to reach the involvement team. One row; every change is in the audit log."""

    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_hours = models.CharField(max_length=120, blank=True)
    postal_address = models.TextField(blank=True)
    website = models.URLField(blank=True)
    only = models.BooleanField(default=True, unique=True, editable=False)

    def __str__(self) -> str:
        return "How to reach us"


class Council(Dated):
    """A council with social-care duties."""

    name = models.CharField(max_length=120)
    website = models.URLField(blank=True)

    class Meta(Dated.Meta):
        constraints = [*Dated.Meta.constraints, _one_standing_name("council")]

    def __str__(self) -> str:
        return self.name


class Area(Dated):
    """A part of the county as people there call it."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    places = models.TextField(blank=True, help_text="Towns in it, separated by commas.")
    councils = models.ManyToManyField(Council, related_name="areas", blank=True)

    class Meta(Dated.Meta):
        constraints = [*Dated.Meta.constraints, _one_standing_name("area")]

    def __str__(self) -> str:
        return self.name


class Service(Dated):
    """A kind of care the trust gives."""

    name = models.CharField(max_length=120)

    class Meta(Dated.Meta):
        constraints = [*Dated.Meta.constraints, _one_standing_name("service")]

    def __str__(self) -> str:
        return self.name


class Team(Dated):
    """A ward or team, with the dates it existed and what it became."""

    class Kind(models.TextChoices):
        """The stage of Triangle of Care it belongs to."""

        INPATIENT = "inpatient", "Inpatient"
        CRISIS = "crisis", "Crisis"
        COMMUNITY = "community", "Community"
        OTHER = "other", "Other"

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=Kind)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="teams")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="teams")
    place = models.CharField(max_length=160, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from"
    )

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            _one_standing_name("team"),
            models.CheckConstraint(
                name="team_ends_when_it_merges",
                condition=Q(merged_into__isnull=True) | Q(ended_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TeamName(Dated):
    """An earlier name of a team."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="earlier_names")
    name = models.CharField(max_length=160)

    def __str__(self) -> str:
        return self.name


class Topic(Dated):
    """What a piece of work is about, and what people say they care about."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(unique=True)

    class Meta(Dated.Meta):
        constraints = [*Dated.Meta.constraints, _one_standing_name("topic")]

    def __str__(self) -> str:
        return self.name

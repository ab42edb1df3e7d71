"""Events, bookings and what people need at them."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from alongside.core.models import Record
from alongside.people.models import Category, Connection, Level, Person


class Event(Record):
    """A session at a time, somewhere or online, with places."""

    class Mode(models.TextChoices):
        ONLINE = "online", "Online"
        IN_PERSON = "in_person", "In person"
        BOTH = "both", "Online or in person"

    title = models.CharField(max_length=160)
    mode = models.CharField(max_length=10, choices=Mode)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closes_at = models.DateTimeField(help_text="Last moment to ask for a place.")
    platform = models.CharField(max_length=80, blank=True, help_text="Name of the video system.")
    venue = models.TextField(blank=True)
    getting_there = models.TextField(blank=True, help_text="Access, travel, parking.")
    joining = models.TextField(blank=True, help_text="Private: link and code, for those booked.")
    capacity = models.PositiveIntegerField(help_text="Places for people.")
    taken = models.PositiveIntegerField(default=0, help_text="Places booked or on offer.")
    offer_hours = models.PositiveSmallIntegerField(default=48)
    by_selection = models.BooleanField(default=False)
    level = models.CharField(max_length=20, choices=Level, default=Level.CONSULTATION)
    sequence = models.PositiveIntegerField(default=0, help_text="RFC 5545: raised when it moves.")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="event_never_oversold", condition=Q(taken__lte=F("capacity"))
            ),
            models.CheckConstraint(
                name="event_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="event_by_start")]

    def __str__(self) -> str:
        return self.title

    @property
    def places_left(self) -> int:
        """Places neither booked nor on offer."""
        return self.capacity - self.taken


class SupportOffer(Record):
    """Support that comes with an event: a briefing, training on the video system, and so on."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="support_offers")
    name = models.CharField(max_length=120)
    detail = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class BookingQuerySet(models.QuerySet["Booking"]):
    """Bookings."""

    def standing(self) -> Self:
        """Keep what was not ended."""
        return self.filter(ended_at__isnull=True)

    def of(self, person: Person) -> Self:
        """Keep this person's."""
        return self.filter(person=person)

    def holding(self) -> Self:
        """Keep those that hold places: booked, or on offer."""
        return self.filter(state__in=Booking.HOLDING)

    def waiting(self) -> Self:
        """Keep the waiting list in its order."""
        return self.filter(state=Booking.State.WAITING).order_by("turn_at", "pk")

    def ahead_of(self, booking: Booking) -> Self:
        """Keep those in line before this one."""
        earlier = Q(turn_at__lt=booking.turn_at) | Q(turn_at=booking.turn_at, pk__lt=booking.pk)
        return self.filter(earlier, event=booking.event_id, state=Booking.State.WAITING)


class Booking(Record):
    """One row that changes state: somebody's place at an event, or their turn for one."""

    class State(models.TextChoices):
        APPLIED = "applied", "Asked for a place"
        WAITING = "waiting", "On the waiting list"
        OFFERED = "offered", "Offered a place"
        BOOKED = "booked", "Has a place"
        CANCELLED = "cancelled", "Cancelled"
        LEFT = "left", "Left the waiting list"
        LAPSED = "lapsed", "Offer not taken up in time"
        DECLINED = "declined", "Said no to the offer"
        NOT_CHOSEN = "not_chosen", "Not chosen this time"

    HOLDING = (State.OFFERED, State.BOOKED)
    STANDING = (State.APPLIED, State.WAITING, State.OFFERED, State.BOOKED)

    class Company(models.TextChoices):
        ALONE = "alone", "Just me"
        TOGETHER = "together", "Me and somebody else: both of us or neither"
        IF_ROOM = "if_room", "Me, and somebody else if there is room"

    class Attendance(models.TextChoices):
        UNMARKED = "", "Not marked yet"
        ATTENDED = "attended", "Attended"
        APOLOGIES = "apologies", "Sent apologies"
        ABSENT = "absent", "Did not attend"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="bookings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bookings")
    state = models.CharField(max_length=10, choices=State)
    places = models.PositiveSmallIntegerField(
        default=1, help_text="Places held, or the fewest asked for: 1, or 2 with a companion."
    )
    company = models.CharField(max_length=10, choices=Company, default=Company.ALONE)
    companion_name = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=20, choices=Category, blank=True)
    capacity = models.CharField(max_length=8, choices=Connection, blank=True)
    declines_payment = models.BooleanField(default=False)
    waiting_since = models.DateTimeField(null=True, blank=True)
    turn_at = models.DateTimeField(
        null=True, blank=True, help_text="Orders the line: waiting_since, unless staff moved it up."
    )
    offered_at = models.DateTimeField(null=True, blank=True)
    offer_ends_at = models.DateTimeField(null=True, blank=True)
    out_of_order_because = models.CharField(max_length=300, blank=True)
    booked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    decided_because = models.TextField(blank=True, help_text="Where places are by selection.")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_how = models.CharField(max_length=20, default="online")
    again = models.PositiveSmallIntegerField(
        default=0, help_text="Earlier bookings of the same event: keeps calendar sequences rising."
    )
    attendance = models.CharField(max_length=10, choices=Attendance, blank=True)
    minutes_attended = models.PositiveIntegerField(null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="booking_one_standing_place_each",
                fields=["event", "person"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="booking_stands_or_has_ended",
                condition=Q(
                    state__in=["applied", "waiting", "offered", "booked"], ended_at__isnull=True
                )
                | Q(
                    state__in=["cancelled", "left", "lapsed", "declined", "not_chosen"],
                    ended_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="booking_one_or_two_places", condition=Q(places__in=[1, 2])
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state", "id"], name="booking_by_state"),
            models.Index(
                fields=["event", "state", "turn_at", "id", "places"], name="booking_by_turn"
            ),
            models.Index(fields=["state", "offer_ends_at"], name="booking_by_offer_end"),
            models.Index(fields=["person", "-created_at"], name="booking_by_person"),
        ]

    def __str__(self) -> str:
        return f"Booking {self.key}"

    @property
    def stands(self) -> bool:
        """Whether it was not ended."""
        return self.ended_at is None

    @property
    def may_change(self) -> bool:
        """Whether the person can still change or give up what they have."""
        return self.stands and timezone.now() < self.event.starts_at

    def offer_stands(self, now: dt.datetime | None = None) -> bool:
        """Whether an offer can still be taken up."""
        return (
            self.state == self.State.OFFERED
            and self.offer_ends_at is not None
            and (now or timezone.now()) < self.offer_ends_at
        )


class BookingNeed(Record):
    """Something to meet at this event for this person, and whether it was met."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="needs")
    group = models.CharField(max_length=12)
    code = models.CharField(max_length=30)
    detail = models.CharField(max_length=300, blank=True)
    must = models.BooleanField(default=True, help_text="Cannot take part without it.")
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="booking_need_once", fields=["booking", "code"])
        ]

    def __str__(self) -> str:
        return self.code


class SupportRequest(Record):
    """Somebody booked asked for an offered support; a member of staff gives it."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="support")
    offer = models.ForeignKey(SupportOffer, on_delete=models.PROTECT, related_name="requests")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    arranged_for = models.DateTimeField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="support_request_one_standing_each",
                fields=["booking", "offer"],
                condition=Q(ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"Support {self.key}"


class CalendarFeed(Record):
    """A private address that keeps somebody's own calendar up to date. Only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="calendar_feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="calendar_feed_one_standing_each",
                fields=["person"],
                condition=Q(ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"Calendar {self.key}"

"""What this room holds about a person, for people downstairs: export, erase, sections."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.access import Permission, may
from alongside.accounts.models import User
from alongside.core import dates
from alongside.core.refused import Refused
from alongside.events import actions, rules
from alongside.events.models import Booking, BookingNeed
from alongside.people import registry
from alongside.people.models import Person
from alongside.people.needs import NEEDS


@registry.holds("events")
class Bookings(registry.Holding):
    """Places, turns in a line, and what was needed there."""

    heading = "Places you booked or asked for"
    goes = "What was needed at events, the names of companions, and reasons staff wrote down."
    stays = "That somebody had a place at an event, and whether they came, without who."

    def export(self, person: Person) -> Iterable[registry.Row]:
        """Return each booking with what was asked for."""
        bookings = (
            Booking.objects.of(person)
            .select_related("event", "decided_by", "entered_by")
            .prefetch_related("needs", "support__offer")
            .order_by("event__starts_at", "pk")
        )
        for booking in bookings:
            event = booking.event
            row: dict[str, object] = {
                "Event": event.title,
                "When": dates.when(event.starts_at, event.ends_at),
                "State": booking.get_state_display(),
                "Asked on": dates.day(booking.created_at),
                "Asked how": rules.HOWS.get(booking.entered_how, booking.entered_how),
                "Who is taking part": booking.get_company_display(),
                "Name of the other person": booking.companion_name,
                "Taking part as": booking.get_category_display(),
                "In the capacity of": booking.get_capacity_display(),
                "Said no to payment": booking.declines_payment,
                "Needs": "; ".join(
                    (NEEDS[need.code].words if need.code in NEEDS else need.code)
                    + (f": {need.detail}" if need.detail else "")
                    + (f" (met: {need.note or 'yes'})" if need.met_at else "")
                    for need in booking.needs.all()
                ),
                "Support": "; ".join(asked.offer.name for asked in booking.support.all()),
                "Reason for going before their turn": booking.out_of_order_because,
                "Reason for the decision": booking.decided_because,
                "There": booking.get_attendance_display(),
                "Minutes there": booking.minutes_attended or "",
            }
            yield {words: value for words, value in row.items() if value not in ("", None)}
        for feed in person.calendar_feeds.order_by("pk"):
            yield {"Private calendar address made on": dates.day(feed.created_at)}

    def erase(self, person: Person, by: User) -> None:
        """Take out every word; the places and the attendance stay."""
        bookings = Booking.objects.of(person)
        if person.anonymised_at:  # again: a booking was under way while they were erased
            for booking in _ahead(person):
                with suppress(Refused):
                    actions.cancel_booking(booking=booking, by=by)
        bookings.update(companion_name="", out_of_order_because="", decided_because="")
        BookingNeed.objects.filter(booking__in=bookings).delete()
        person.calendar_feeds.all().delete()

    def to_come(self, person: Person) -> Iterable[str]:
        """Return what the person still has a place at or a turn for."""
        for booking in _ahead(person):
            yield f"{booking.event.title}, {dates.day(booking.event.starts_at)}"


def _ahead(person: Person) -> QuerySet[Booking]:
    return (
        Booking.objects.of(person)
        .standing()
        .filter(event__ends_at__gt=timezone.now())
        .select_related("event")
        .order_by("event__starts_at", "pk")
    )


@registry.for_staff
def bookings(person: Person, user: User) -> registry.Section | None:
    """Show a person's bookings on their page, to staff who run bookings."""
    if not may(user, Permission.BOOKING_MANAGE):
        return None
    rows = (
        Booking.objects.of(person).select_related("event").order_by("-event__starts_at", "-pk")[:20]
    )
    return registry.Section(
        heading="Bookings",
        head=["Event", "When", "State", "There"],
        rows=[
            [
                {
                    "text": booking.event.title,
                    "href": reverse("events:staff_booking", args=[booking.key]),
                },
                dates.day(booking.event.starts_at),
                booking.get_state_display(),
                booking.get_attendance_display(),
            ]
            for booking in rows
        ],
        empty="No bookings yet.",
    )

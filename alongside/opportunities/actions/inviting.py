"""Inviting people who follow the topics of an advert."""

from __future__ import annotations

from collections import Counter

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.events.models import Booking
from alongside.messaging import letters
from alongside.messaging.actions import is_set_up, send
from alongside.messaging.models import Message
from alongside.messaging.rules import CANNOT_MAKE, Addresses, Stated, choose_way
from alongside.opportunities import rules
from alongside.opportunities.models import Invitation, Opportunity
from alongside.people.models import AccessNeed, ContactConsent, Interest, Person

PURPOSE = ContactConsent.Purpose.INVITATIONS
LETTER = "opportunities/invitation"


def who_to_invite(opportunity: Opportunity) -> QuerySet[Person]:
    """Keep the people to invite, in a steady order.

    They follow one of its topics, or chose none (which is everything), and live in its area (or have not said where), agreed to be
    invited, have not paused invitations, have not been invited, and have not asked for a place.
    """
    standing = {"person": OuterRef("pk"), "ended_at__isnull": True}
    interests = Interest.objects.filter(**standing)
    topics = list(opportunity.topics.values_list("pk", flat=True))
    people = Person.objects.known().filter(
        Exists(interests.filter(topic__in=topics)) | ~Exists(interests),
        Exists(ContactConsent.objects.filter(purpose=PURPOSE, **standing)),
        Q(invitations_paused_until__isnull=True)
        | Q(invitations_paused_until__lte=timezone.localdate()),  # they start again that day
        ~Exists(Invitation.objects.filter(opportunity=opportunity, person=OuterRef("pk"))),
        ~Exists(Booking.objects.filter(event=opportunity.event_id, person=OuterRef("pk"))),
    )
    if opportunity.area_id:
        people = people.filter(Q(area=opportunity.area_id) | Q(area__isnull=True))
    return people.order_by("pk")


def why_not_invite(opportunity: Opportunity) -> str:
    """Say why nobody can be invited to this now, or nothing."""
    return rules.why_not_invite(opportunity.standing())


@transaction.atomic
def invite(*, opportunity: Opportunity, person: Person, by: User) -> Invitation | None:
    """Invite one person once. Nothing happens where they should not be invited any more."""
    if not who_to_invite(opportunity).filter(pk=person.pk).exists():
        return None
    invitation, made = Invitation.objects.get_or_create(
        opportunity=opportunity, person=person, defaults={"invited_by": by}
    )
    if not made:
        return None
    event = opportunity.event
    send(
        person=person,
        letter=LETTER,
        context={
            "title": opportunity.title,
            "summary": opportunity.summary,
            "starts_at": event.starts_at,
            "ends_at": event.ends_at,
            "closes_at": event.closes_at,
            "where": opportunity.where,
            "payment": opportunity.payment_in_brief,
            "phone": opportunity.ask_by_phone,
            "email": opportunity.ask_by_email,
            "post": opportunity.ask_by_post,
            "by_selection": event.by_selection,
            "address": settings.SITE_URL + opportunity.get_absolute_url(),
        },
        about=opportunity,
        purpose=PURPOSE,
        once=f"opportunities.invitation:{opportunity.key}:{person.key}",
        by=by,
    )
    audit.record("opportunities.person_invited", on=opportunity, about=person, by=by)
    return invitation


def ways_to_invite(opportunity: Opportunity) -> list[tuple[str, int]]:
    """Return how many would be invited in each way, in the words of the outbox."""
    variants = letters.variants(LETTER)
    texts = is_set_up(Message.Channel.TEXT) or not is_set_up(Message.Channel.EMAIL)
    standing = AccessNeed.objects.standing().filter(group__in=["contact", "format"])
    people = who_to_invite(opportunity).prefetch_related(
        Prefetch("needs", queryset=standing, to_attr="ways_needed")
    )
    counts: Counter[str] = Counter()
    for person in people.iterator(chunk_size=500):
        post = f"{person.postal_address}\n{person.postcode}" if person.postal_address else ""
        way = choose_way(
            [Stated(need.code, need.detail) for need in person.ways_needed],
            Addresses(person.email, person.mobile, person.phone, post),
            paused=False,
            consent=True,
            purpose=PURPOSE,
            variants=variants,
            texts=texts,
        )
        cannot = way.state == CANNOT_MAKE
        counts["cannot" if cannot else way.channel] += 1
    words = {**dict(Message.Channel.choices), "cannot": "Needs somebody to find a way"}
    return [(str(words[code]), counts[code]) for code in words if counts[code]]

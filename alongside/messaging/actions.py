"""What can happen to a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core.models import Record
from alongside.core.refused import Refused
from alongside.messaging import letters, rules
from alongside.messaging.models import Message
from alongside.organisation import names
from alongside.people.models import Person

Channel, State = Message.Channel, Message.State


@dataclass(frozen=True)
class Contact:
    """How to reach us. In a sentence: "phone 01622 000000 or email us@example.org"."""

    phone: str = ""
    hours: str = ""
    email: str = ""
    address: str = ""

    def __str__(self) -> str:
        hours = f" ({self.hours})" if self.hours else ""
        ways = [
            f"phone {self.phone}{hours}" if self.phone else "",
            f"email {self.email}" if self.email else "",
        ]
        return " or ".join(way for way in ways if way) or "contact the involvement team"


def _contact() -> Contact:
    us = names.contact()
    return Contact(us.contact_phone, us.contact_hours, us.contact_email, us.postal_address)


def is_set_up(channel: str) -> bool:
    """Whether messages of this channel can leave the machine."""
    if channel == Channel.EMAIL:
        return bool(settings.EMAIL_HOST)
    if channel == Channel.TEXT:
        return bool(settings.EMAIL_HOST and settings.TEXT_GATEWAY_DOMAIN)
    return True


@transaction.atomic
def send(
    *,
    person: Person,
    letter: str,
    context: Mapping[str, Any],
    about: Record | None = None,
    purpose: str = rules.SERVICE,
    once: str | None = None,
    calendar: str = "",
    by: User,
) -> Message:
    """Tell the person, in the way they need; inside the caller's transaction.

    The words are written now and kept; the worker sends them after commit. ``once`` names what is
    said once only: the second call returns the first message.
    """
    if person.anonymised_at:
        raise Refused("This person's details were erased, so we cannot write to them.")
    if once and (said := Message.objects.filter(once=once).first()):
        return said
    message = _write(person, letter, context, purpose)
    message.about_label = about._meta.label_lower if about else ""
    message.about_key = about.key if about else ""
    message.once = once
    message.calendar = calendar
    try:
        if once:
            with transaction.atomic():
                message.save(force_insert=True)
        else:
            message.save(force_insert=True)
    except IntegrityError:
        said = Message.objects.filter(once=once).first()
        if said is None:
            raise
        return said
    _record("messaging.message_written", message, by=by)
    if message.state == State.QUEUED:
        from alongside.messaging import tasks

        tasks.deliver.enqueue(message.key)
    return message


def _write(person: Person, code: str, context: Mapping[str, Any], purpose: str) -> Message:
    source = letters.letter(code)
    purpose = source.purpose if source.purpose != rules.SERVICE else purpose
    way = _way_to(person, purpose, letters.variants(code))
    if way.wanted_format == "easy_read" and "easy_read" in letters.variants(code):
        code = f"{code}.easy_read"
    us, house = _contact(), names.trust_name().name
    name = letters.one_line(person.full_name)
    words = letters.render(
        code,
        {
            "name": name or "you",
            "trust": house,
            "contact": us,
            "site_url": settings.SITE_URL,
            **context,
        },
        greeting=f"Dear {name}," if name else "Hello,",
        ending=_ending(us, house),
    )
    return Message(
        person=person,
        purpose=purpose,
        letter=code,
        channel=way.channel,
        wanted_format=way.wanted_format,
        wanted_detail=way.wanted_detail[:300],
        address=way.address,
        subject=words.subject,
        body=words.body,
        short=words.short,
        state=_state(way),
        what_went_wrong=way.why[:300],
    )


def _state(way: rules.Way) -> str:
    """Keep the words here where the channel they would go by is not set up."""
    if way.state == rules.QUEUED and not is_set_up(way.channel):
        return State.KEPT
    return way.state


def _ending(us: Contact, house: str) -> str:
    asking = f"If you want to ask us anything, {us}."
    signed = letters.HARD_BREAK.join(["With best wishes,", "The involvement team", house])
    return f"{asking}\n\n{signed}"


def _way_to(person: Person, purpose: str, variants: frozenset[str]) -> rules.Way:
    needs = person.needs.standing().filter(group__in=["contact", "format"])
    post = "\n".join(part for part in (person.postal_address.strip(), person.postcode) if part)
    until = person.invitations_paused_until
    return rules.choose_way(
        [rules.Stated(need.code, need.detail) for need in needs],
        rules.Addresses(
            person.email, person.mobile, person.phone, post if person.postal_address.strip() else ""
        ),
        paused=bool(until and until >= timezone.localdate()),
        consent=purpose == rules.SERVICE
        or person.consents.standing().filter(purpose=purpose).exists(),
        purpose=purpose,
        variants=variants,
        texts=is_set_up(Channel.TEXT) or not is_set_up(Channel.EMAIL),
    )


def _record(action: str, message: Message, *, by: User, **detail: Any) -> None:
    audit.record(
        action,
        on=message,
        about=message.person,
        by=by,
        letter=message.letter,
        channel=message.channel,
        state=message.state,
        **detail,
    )

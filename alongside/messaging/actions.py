"""What can happen to a message."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core import dates
from alongside.core.models import Record
from alongside.core.refused import Refused
from alongside.messaging import letters, rules, sending, tasks
from alongside.messaging.models import Message, PostBatch
from alongside.organisation import names
from alongside.people.models import Person
from alongside.people.rules import is_paused

Channel, State = Message.Channel, Message.State

LARGEST_BATCH = 200
is_set_up = sending.is_set_up


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


# --- telling somebody something ---------------------------------------------------------------


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
    # Nothing below refuses, so the caller's transaction needs no savepoint of ours.
    with transaction.atomic(savepoint=False):
        message = _write(person, letter, context, purpose)
        message.about_label = about._meta.label_lower if about else ""
        message.about_key = about.key if about else ""
        message.once = once
        message.calendar = calendar
        return _send(message, "messaging.message_written", by=by)


def _send(message: Message, action: str, *, by: User) -> Message:
    """Save the message, its audit and its job; where it was said already, return the first."""
    try:
        if message.once:
            with transaction.atomic():  # so that a lost race spoils nothing but itself
                message.save(force_insert=True)
        else:
            message.save(force_insert=True)
    except IntegrityError:
        said = Message.objects.filter(once=message.once).first() if message.once else None
        if said is None:
            raise
        return said
    _record(action, message, by=by)
    if message.state == State.QUEUED:
        tasks.deliver.enqueue(message.key)
    return message


def _write(person: Person, code: str, context: Mapping[str, Any], purpose: str) -> Message:
    source = letters.letter(code)
    # A letter that says it is an invitation stays one, whatever the caller says.
    purpose = source.purpose if source.purpose != rules.SERVICE else purpose
    written = letters.variants(code)
    way = way_to(person, purpose, written)
    if way.wanted_format in written:
        code = f"{code}.{way.wanted_format}"
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
    message = Message(
        person=person,
        purpose=purpose,
        letter=code,
        subject=words.subject,
        body=words.body,
        short=words.short,
    )
    _follow(message, way)
    return message


def _follow(message: Message, way: rules.Way) -> None:
    """Set the message on its way."""
    message.channel = way.channel
    message.address = way.address
    message.wanted_format = way.wanted_format
    message.wanted_detail = way.wanted_detail[:300]
    message.what_went_wrong = way.why[:300]
    message.state = way.state
    if way.state == State.QUEUED and not is_set_up(way.channel):
        message.state = State.KEPT


def _contact() -> Contact:
    us = names.contact()
    return Contact(us.contact_phone, us.contact_hours, us.contact_email, us.postal_address)


def _ending(us: Contact, house: str) -> str:
    asking = f"If you want to ask us anything, {us}."
    signed = letters.HARD_BREAK.join(["With best wishes,", "The involvement team", house])
    return f"{asking}\n\n{signed}"


def way_to(person: Person, purpose: str, variants: frozenset[str] = frozenset()) -> rules.Way:
    """Return the way this person is told something for this purpose today."""
    needs = person.needs.standing().filter(group__in=["contact", "format"])
    until = person.invitations_paused_until
    street = person.postal_address.strip()
    return rules.choose_way(
        [rules.Stated(need.code, need.detail) for need in needs],
        rules.Addresses(
            email=person.email,
            mobile=person.mobile,
            phone=person.phone,
            post="\n".join([street, person.postcode]).strip() if street else "",
        ),
        paused=is_paused(today=dates.today(), until=until),
        consent=purpose == rules.SERVICE
        or person.consents.standing().filter(purpose=purpose).exists(),
        purpose=purpose,
        variants=variants,
        # Where nothing is set up all is kept; where email goes, a text must be able to go too.
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


# --- when it did not go as it should ------------------------------------------------------------


def _lock(message: Message) -> Message:
    return (
        Message.objects.select_for_update(of=("self",)).select_related("person").get(pk=message.pk)
    )


def _refuse(reason: str) -> None:
    if reason:
        raise Refused(reason)


def _handled(message: Message, outcome: str, *, by: User) -> None:
    message.handled_at = timezone.now()
    message.handled_by = by
    message.outcome = outcome[:300]


@transaction.atomic
def send_again(*, message: Message, by: User) -> Message:
    """Send the same words again as a new message, in the way the person needs today.

    Asked for twice, it returns the one new message.
    """
    old = _lock(message)
    again = f"again:{old.key}"
    if said := Message.objects.filter(once=again).first():
        return said
    _refuse(
        rules.why_not_send_again(
            state=old.state, has_words=bool(old.body), erased=bool(old.person.anonymised_at)
        )
    )
    code = old.letter.removesuffix(".easy_read")
    new = Message(
        person=old.person,
        purpose=old.purpose,
        letter=old.letter,
        subject=old.subject,
        body=old.body,
        short=old.short,
        calendar=old.calendar,
        about_label=old.about_label,
        about_key=old.about_key,
        once=again,
        resend_of=old,
    )
    # The words are sent as they stand: a variant counts only where these are its words.
    _follow(
        new,
        way_to(
            old.person,
            old.purpose,
            frozenset({"easy_read"}) if code != old.letter else frozenset(),
        ),
    )
    _handled(old, "Sent again.", by=by)
    if old.state == State.TO_DO:
        old.state = State.WITHHELD  # nobody should print or call it as well
    old.save(update_fields=["state", "handled_at", "handled_by", "outcome"])
    return _send(new, "messaging.message_sent_again", by=by)


@transaction.atomic
def mark_arrived(*, message: Message, by: User) -> Message:
    """Write down that a message of unknown fate arrived after all."""
    message = _lock(message)
    _refuse(rules.why_not_arrived(state=message.state, handled=bool(message.handled_at)))
    message.state = State.SENT
    message.sent_at = message.sending_started_at
    _handled(message, "It arrived.", by=by)
    message.save(update_fields=["state", "sent_at", "handled_at", "handled_by", "outcome"])
    _record("messaging.message_arrived", message, by=by)
    return message


@transaction.atomic
def mark_done(*, message: Message, note: str = "", by: User) -> Message:
    """Write down that somebody told the person another way, or made it in the way they need."""
    message = _lock(message)
    _refuse(rules.why_not_done(state=message.state, handled=bool(message.handled_at)))
    message.state = State.SENT
    message.sent_at = timezone.now()
    _handled(message, note or "Done by hand.", by=by)
    message.save(update_fields=["state", "sent_at", "handled_at", "handled_by", "outcome"])
    _record("messaging.message_done_by_hand", message, by=by)
    return message


@transaction.atomic
def set_aside(*, message: Message, note: str = "", by: User) -> Message:
    """Take a message off the lists because nothing more is to be done about it."""
    message = _lock(message)
    _refuse(rules.why_not_done(state=message.state, handled=bool(message.handled_at)))
    if message.state == State.TO_DO:
        message.state = State.WITHHELD
    _handled(message, note or "Set aside: nothing more to do.", by=by)
    message.save(update_fields=["state", "handled_at", "handled_by", "outcome"])
    _record("messaging.message_set_aside", message, by=by)
    return message


# --- calls ------------------------------------------------------------------------------------


@transaction.atomic
def record_call(*, message: Message, result: str, note: str = "", by: User) -> Message:
    """Write down how a call went. Until somebody spoke to them, the call stays on the list."""
    message = _lock(message)
    _refuse(
        rules.why_not_call(
            channel=message.channel, state=message.state, handled=bool(message.handled_at)
        )
    )
    message.attempts += 1
    words = rules.CALL_RESULTS[result]
    outcome = f"{words} {note}".strip()
    if result != rules.SPOKE:  # they have not heard it yet
        message.outcome = outcome[:300]
        message.sending_started_at = timezone.now()  # when we last tried
    else:
        message.state = State.SENT
        message.sent_at = timezone.now()
        _handled(message, outcome, by=by)
    message.save()
    _record("messaging.call_made", message, by=by, result=result)
    return message


# --- post -------------------------------------------------------------------------------------


@transaction.atomic
def make_batch(*, by: User) -> PostBatch:
    """Put the letters that wait, oldest first, in one batch to print."""
    waiting = Message.objects.to_post().order_by("pk")
    keys = list(waiting.values_list("pk", flat=True)[:LARGEST_BATCH])
    if not keys:
        raise Refused("No letters are waiting. Somebody may have made a batch just now.")
    batch = PostBatch(made_by=by)
    batch.save(force_insert=True)
    taken = Message.objects.to_post().filter(pk__in=keys).update(batch=batch)
    if not taken:
        raise Refused("No letters are waiting. Somebody made a batch just now.")
    audit.record("messaging.batch_made", on=batch, by=by, letters=taken)
    return batch


@transaction.atomic
def mark_posted(*, batch: PostBatch, by: User) -> PostBatch:
    """Write down that the batch is in the post. Twice is once."""
    batch = PostBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.posted_at:
        return batch
    now = timezone.now()
    batch.posted_at, batch.posted_by = now, by
    batch.save(update_fields=["posted_at", "posted_by"])
    posted = batch.messages.select_related("person").filter(state=State.TO_DO).order_by("pk")
    for message in list(posted):
        message.state, message.sent_at = State.SENT, now
        message.save(update_fields=["state", "sent_at"])
        _record("messaging.letter_posted", message, by=by)
    audit.record("messaging.batch_posted", on=batch, by=by)
    return batch


@transaction.atomic
def put_back(*, message: Message, by: User) -> Message:
    """Take a letter that was spoiled out of its batch, so that it is printed with the next."""
    message = _lock(message)
    if message.batch_id is None or message.state != State.TO_DO:
        raise Refused("This letter was posted, so it cannot go back. Send it again instead.")
    message.batch = None
    message.save(update_fields=["batch"])
    _record("messaging.letter_put_back", message, by=by)
    return message


# --- forgetting -------------------------------------------------------------------------------

BLANK: dict[str, Any] = {
    "address": "",
    "subject": "",
    "body": "",
    "short": "",
    "calendar": "",
    "wanted_detail": "",
    "what_went_wrong": "",
    "outcome": "",
}
STANDING = (State.QUEUED, State.TO_DO, State.KEPT, State.CANNOT_MAKE)


@transaction.atomic
def forget_words(before: dt.date, dry_run: bool) -> int:
    """Blank the words of messages written before that day; the rows stay. Return how many."""
    old = Message.objects.with_words().filter(created_at__lt=dates.at(before, dt.time(0)))
    if dry_run:
        return old.count()
    done = _blank(old)
    if done:
        audit.record("messaging.words_forgotten", by=audit.system(), messages=done)
    return done


@transaction.atomic
def erase_words(*, person: Person, by: User) -> int:
    """Blank all we wrote to a person; nothing that waits will go. Return how many."""
    done = _blank(Message.objects.filter(person=person))
    audit.record("messaging.words_erased", about=person, by=by, messages=done)
    return done


def _blank(messages: Any) -> int:
    """Blank the words, and close what was still to be sent or done."""
    messages.filter(state__in=STANDING).update(state=State.WITHHELD, batch=None)
    messages.problems().update(handled_at=timezone.now(), handled_by=audit.system())
    blanked: int = messages.update(**BLANK)
    return blanked

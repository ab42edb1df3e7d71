"""Delivering one queued message, so that it goes once or somebody knows that we do not know.

``queued`` becomes ``sending`` by one conditional update, committed before a word is spoken to the
mail server. So a message found in ``sending`` by anybody else is one whose sender died.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from alongside.accounts import audit
from alongside.messaging import mails, wire
from alongside.messaging.models import Message
from alongside.organisation import names

Channel, State = Message.Channel, Message.State

MOST_TRIES = 16  # with the back-off of jobs, about a day and a half
SILENT_FOR = dt.timedelta(minutes=15)  # then nobody is sending it any more
DIED = "Alongside stopped while this was going. It may have arrived."


def is_set_up(channel: str) -> bool:
    """Whether messages of this channel can leave the machine."""
    if channel == Channel.EMAIL:
        return bool(settings.EMAIL_HOST)
    if channel == Channel.TEXT:
        return bool(settings.EMAIL_HOST and settings.TEXT_GATEWAY_DOMAIN)
    return True


def deliver(key: str) -> bool:
    """Send the message if it is still waiting; say whether it should be tried again later."""
    message = _take(key)
    if message is None:
        return False
    try:
        mail = mails.draw(
            message,
            house=names.trust_name().name,
            reply_to=names.contact().contact_email,
        )
        wire.hand_over(mail, sender=mails.sender_address(), to=mails.goes_to(message))
    except wire.NotHandedOver as error:
        last = message.attempts >= MOST_TRIES
        _report(message, State.FAILED if last else State.QUEUED, why=str(error))
        return not last
    except (wire.TurnedAway, ValueError) as error:
        # ValueError: an address or a subject that no email can carry. Nothing went.
        why = str(error) if isinstance(error, wire.TurnedAway) else "This address does not work."
        _report(message, State.FAILED, why=why)
    except wire.FateUnknown as error:
        _report(message, State.FATE_UNKNOWN, why=str(error))
    else:
        _report(message, State.SENT, sent_at=timezone.now())
    return False


def _take(key: str) -> Message | None:
    """Take the message for sending, or return None where that is not ours to do."""
    waiting = Message.objects.filter(key=key, state=State.QUEUED)
    taken = waiting.update(
        state=State.SENDING, attempts=F("attempts") + 1, sending_started_at=timezone.now()
    )
    message = Message.objects.select_related("person", "resend_of").filter(key=key).first()
    if message is None:
        return None
    if not taken:
        # The job was taken up again after its worker died: nobody knows how far that one got.
        _lose(message)
        return None
    if not is_set_up(message.channel):
        _report(message, State.KEPT)
        return None
    if not message.address or not message.body:
        _report(message, State.WITHHELD, why="The words were erased before this went.")
        return None
    return message


@transaction.atomic
def _report(message: Message, state: str, *, why: str = "", **facts: Any) -> None:
    """Write how it ended. The sender knows best, even if others had given it up for lost."""
    ours = Message.objects.filter(
        pk=message.pk,
        state__in=[State.SENDING, State.FATE_UNKNOWN],
        sending_started_at=message.sending_started_at,
    )
    if ours.update(state=state, what_went_wrong=why[:300], **facts):
        audit.record(
            f"messaging.message_{state}",
            on=message,
            about=message.person,
            by=audit.system(),
            channel=message.channel,
            attempts=message.attempts,
        )


@transaction.atomic
def _lose(message: Message) -> bool:
    lost = Message.objects.filter(pk=message.pk, state=State.SENDING).update(
        state=State.FATE_UNKNOWN, what_went_wrong=DIED
    )
    if lost:
        audit.record(
            "messaging.message_fate_unknown",
            on=message,
            about=message.person,
            by=audit.system(),
            channel=message.channel,
            attempts=message.attempts,
        )
    return bool(lost)


def find_lost(*, now: dt.datetime) -> int:
    """Mark messages whose sender has been silent for too long; return how many."""
    silent = Message.objects.select_related("person").filter(
        state=State.SENDING, sending_started_at__lt=now - SILENT_FOR
    )
    return sum(_lose(message) for message in silent.order_by("pk")[:500])

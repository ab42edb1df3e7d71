"""What messaging holds about a person, and for how long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from alongside.accounts.access import Permission, may
from alongside.accounts.models import User
from alongside.core import dates
from alongside.messaging import actions, blocks
from alongside.messaging.models import Message
from alongside.people import registry
from alongside.people.models import Person

KEPT_DAYS = 1095  # as docs/data-protection says: the words; the row stays
SHOWN = 10


@registry.holds("messaging")
class Messages(registry.Holding):
    """What we wrote to a person."""

    heading = "Messages we sent you"
    goes = "The words of every message we wrote, and the addresses they went to."
    stays = "That a message of some kind went by some way on some day, without its words."

    def export(self, person: Person) -> Iterable[Mapping[str, Any]]:
        """Return every message, newest first, with its words."""
        return [
            {
                "Written": message.created_at,
                "Way": message.get_channel_display(),
                "Sent to": message.address,
                "What became of it": message.get_state_display(),
                "Sent": message.sent_at,
                "Subject": str(message),
                "Words": message.short
                if message.channel == "text"
                else blocks.plain(blocks.read(message.body)).strip(),
                "Made as": message.wanted_format,
                "What we noted": message.outcome,
            }
            for message in Message.objects.about(person).order_by("-pk")
        ]

    def erase(self, person: Person, by: User) -> None:
        """Blank the words and addresses; keep the rows."""
        actions.erase_words(person=person, by=by)


@registry.for_staff
def latest(person: Person, user: User) -> registry.Section | None:
    """Show the last messages on a person's page, to staff who may see messages."""
    if not may(user, Permission.MESSAGE_SEE):
        return None
    newest = Message.objects.about(person).for_lists().order_by("-pk")[:SHOWN]
    return registry.Section(
        heading="Messages",
        head=["Subject", "Written", "Way", "State"],
        rows=[
            [
                {"text": str(message), "href": reverse("messaging:message", args=[message.key])},
                dates.day(message.created_at),
                message.get_channel_display(),
                message.get_state_display(),
            ]
            for message in newest
        ],
        empty="We have not written to them yet.",
        more=("All their messages", f"{reverse('messaging:outbox')}?person={person.key}"),
    )


registry.retains("messaging.messages", KEPT_DAYS, actions.forget_words)
registry.told_by(actions.send)

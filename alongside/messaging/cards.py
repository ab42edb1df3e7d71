"""What of this room shows on somebody's home."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from alongside.accounts.access import Permission, permissions_of
from alongside.accounts.models import User
from alongside.design.cards import Card
from alongside.messaging import rules
from alongside.messaging.models import Message

State, Channel = Message.State, Message.Channel


def for_member(person: Any) -> list[Card]:
    """Nothing: what we say to a member shows in the room that says it."""
    return []


def for_staff(user: User) -> list[Card]:
    """Calls to make, letters to print, and messages that did not reach somebody. One query."""
    held = permissions_of(user)
    sees, prints = Permission.MESSAGE_SEE in held, Permission.POST_PRINT in held
    if not (sees or prints):
        return []
    open_now = (
        Message.objects.filter(
            Q(state=State.TO_DO) | Q(state__in=Message.PROBLEMS, handled_at__isnull=True)
        )
        .order_by()
        .values_list("state", "channel", "wanted_format")
        .annotate(how_many=Count("pk"), printed=Count("batch"))
    )
    calls = letters = printing = troubled = 0
    to_make: dict[str, int] = {}
    for state, channel, wanted, how_many, printed in open_now:
        if state == State.CANNOT_MAKE and wanted in rules.FORMAT_WORDS:
            to_make[wanted] = to_make.get(wanted, 0) + how_many
        elif state != State.TO_DO:
            troubled += how_many
        elif channel == Channel.PHONE:
            calls += how_many
        elif channel == Channel.POST:
            letters += how_many - printed
            printing += printed
    cards = []
    if sees:
        cards += _seen(calls, troubled, to_make)
    if prints and letters:
        cards.append(
            Card(
                "Letters to print",
                f"{_many(letters, 'letter is', 'letters are')} waiting for the post.",
                reverse("messaging:post"),
                order=0,
                count=letters,
            )
        )
    if prints and printing:
        cards.append(
            Card(
                "Letters to mark as posted",
                f"{_many(printing, 'letter is', 'letters are')} in a batch that is not posted yet.",
                f"{reverse('messaging:post')}#batches",
                order=0,
                count=printing,
            )
        )
    if sees:
        cards.append(
            Card("Messages", "Everything we told people.", reverse("messaging:outbox"), order=2)
        )
    if prints:
        cards.append(Card("Post", "Print letters.", reverse("messaging:post"), order=2))
    return cards


def _seen(calls: int, troubled: int, to_make: dict[str, int]) -> list[Card]:
    cards = []
    if calls:
        cards.append(
            Card(
                "Phone calls to make",
                f"{_many(calls, 'person is', 'people are')} waiting to hear from us by phone.",
                reverse("messaging:phone"),
                order=0,
                count=calls,
            )
        )
    for wanted in rules.FORMATS:
        if how_many := to_make.get(wanted):
            words = rules.FORMAT_WORDS[wanted]
            cards.append(
                Card(
                    f"Make {_many(how_many, 'message', 'messages')}: {words}",
                    "Make it in this way and give it to the person, then mark it done.",
                    f"{reverse('messaging:problems')}?wanted={wanted}",
                    order=0,
                    count=how_many,
                )
            )
    if troubled:
        cards.append(
            Card(
                "Messages that need you",
                f"{_many(troubled, 'message', 'messages')} did not go, or may not have arrived.",
                reverse("messaging:problems"),
                order=0,
                count=troubled,
            )
        )
    return cards


def _many(how_many: int, one: str, more: str) -> str:
    return f"{how_many} {one if how_many == 1 else more}"

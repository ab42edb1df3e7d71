"""One outbox for everything we tell people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from alongside.core import dates
from alongside.core.models import Record

if TYPE_CHECKING:
    from alongside.people.models import Person


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages."""

    def about(self, person: Person) -> Self:
        """Keep those to this person."""
        return self.filter(person=person)

    def for_lists(self) -> Self:
        """Leave the words in the database: a list shows none of them."""
        return self.defer("body", "short", "calendar").select_related("person")

    def with_words(self) -> Self:
        """Leave out those whose words were blanked."""
        return self.exclude(body="")

    def to_call(self) -> Self:
        """Keep the calls somebody should make."""
        return self.filter(state=Message.State.TO_DO, channel=Message.Channel.PHONE)

    def to_post(self) -> Self:
        """Keep the letters that wait to be printed."""
        return self.filter(
            state=Message.State.TO_DO, channel=Message.Channel.POST, batch__isnull=True
        )

    def problems(self) -> Self:
        """Keep what did not reach somebody, or may not have, until somebody has seen to it."""
        return self.filter(state__in=Message.PROBLEMS, handled_at__isnull=True)


class PostBatch(Record):
    """Letters printed together for the post room."""

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    posted_at = models.DateTimeField(null=True, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"Post of {dates.day(self.created_at)}"


class Message(Record):
    """One thing told, or to be told, to one person in one way. Never deleted but by retention."""

    class Channel(models.TextChoices):
        EMAIL = "email", "Email"
        TEXT = "text", "Text message"
        POST = "post", "Post"
        PHONE = "phone", "Phone call"
        NONE = "none", "No way to reach them"

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting to go"
        SENDING = "sending", "Going now"
        SENT = "sent", "Sent"
        KEPT = "kept", "Kept here: no channel is set up"
        TO_DO = "to_do", "For somebody to do"
        FAILED = "failed", "Could not be sent"
        FATE_UNKNOWN = "fate_unknown", "Fate unknown"
        CANNOT_MAKE = "cannot_make", "Cannot be made in the way they need"
        WITHHELD = "withheld", "Not sent: no consent, or paused"

    PROBLEMS = (State.FAILED, State.FATE_UNKNOWN, State.CANNOT_MAKE)

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="messages")
    purpose = models.CharField(max_length=20, help_text="service, or a consent purpose")
    letter = models.CharField(max_length=80, help_text="room/name")
    channel = models.CharField(max_length=8, choices=Channel)
    wanted_format = models.CharField(max_length=30, blank=True, help_text="Code of a need.")
    wanted_detail = models.CharField(max_length=300, blank=True)
    address = models.TextField(blank=True, help_text="As it was when we wrote.")
    subject = models.CharField(max_length=300)
    body = models.TextField()
    short = models.TextField(blank=True, help_text="The words for a text message.")
    calendar = models.TextField(blank=True, help_text="RFC 5545 object to attach.")
    state = models.CharField(max_length=14, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    sending_started_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    what_went_wrong = models.CharField(max_length=300, blank=True)
    about_label = models.CharField(max_length=80, blank=True)
    about_key = models.CharField(max_length=20, blank=True)
    once = models.CharField(
        max_length=120, null=True, blank=True, unique=True, help_text="Said once for this."
    )
    resend_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    batch = models.ForeignKey(
        PostBatch, on_delete=models.PROTECT, null=True, related_name="messages"
    )
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    outcome = models.CharField(max_length=300, blank=True, help_text="Of a call, say.")

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "channel", "id"], name="message_by_state"),
            models.Index(fields=["person", "-created_at"], name="message_by_person"),
            models.Index(fields=["about_key"], name="message_by_about", condition=~Q(about_key="")),
        ]

    def __str__(self) -> str:
        return self.subject or "Words no longer kept"

"""A message drawn as an email or as the email a text gateway turns into a text."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template.loader import render_to_string

from alongside.core import dates
from alongside.messaging import blocks, rules
from alongside.messaging.models import Message

USUAL_SIZE = 12  # points
CONTACT_PAGE = "/me/contact/"  # where a member ends consent; a link in a header, so not reversed
_METHOD = re.compile(r"^METHOD:([A-Z]+)\s*$", re.MULTILINE)


def sender_address() -> str:
    """Return the bare address mail goes out from."""
    return _split(settings.DEFAULT_FROM_EMAIL)


def _split(written: str) -> str:
    return written.rpartition("<")[2].rstrip("> ").strip()


def _ascii_domain(address: str) -> str:
    local, _at, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return address


def goes_to(message: Message) -> str:
    """Return the address the mail server is given."""
    if message.channel == Message.Channel.TEXT:
        return f"{message.address}@{settings.TEXT_GATEWAY_DOMAIN}"
    return _ascii_domain(message.address)


def message_id(message: Message) -> str:
    """Return the Message-ID: the same for every attempt at this message.

    A message sent again because nobody knew its fate keeps the identity of the first, so that a
    receiver who has it already can see that it is the same.
    """
    first = message
    while first.resend_of is not None and first.resend_of.state == Message.State.FATE_UNKNOWN:
        first = first.resend_of
    return f"<{first.key}@{sender_address().rpartition('@')[2] or 'localhost'}>"


def draw(message: Message, *, house: str, reply_to: str = "") -> EmailMessage:
    """Draw the message. ``house`` is the trust's name, shown as who it is from.

    Raises ValueError where the address is not one.
    """
    mail = EmailMessage(policy=SMTP)
    to, us = goes_to(message), _ascii_domain(sender_address())
    try:
        validate_email(to)
    except ValidationError as error:
        raise ValueError("Not an email address") from error
    mail["From"] = Address(display_name=house, addr_spec=us)
    mail["To"] = to
    mail["Message-ID"] = message_id(message)
    mail["Date"] = format_datetime(message.created_at)
    mail["Auto-Submitted"] = "auto-generated"
    if message.channel == Message.Channel.TEXT:
        mail.set_content(message.short + "\n", cte="quoted-printable")
        return mail
    mail["Subject"] = message.subject
    mail["Content-Language"] = "en-GB"
    if reply_to:
        mail["Reply-To"] = _ascii_domain(reply_to)
    if message.purpose != rules.SERVICE:
        mail["List-Unsubscribe"] = f"<{settings.SITE_URL}{CONTACT_PAGE}>"
    read = blocks.read(message.body)
    mail.set_content(blocks.plain(read))
    mail.add_alternative(html(message, read, house), subtype="html")
    if message.calendar:
        _add_calendar(mail, message.calendar)
    return mail


def html(message: Message, read: list[blocks.Block], house: str) -> str:
    """Draw the words as HTML, at the size the person needs."""
    large = message.wanted_format == "large_print"
    return render_to_string(
        "messaging/email.jinja",
        {
            "subject": message.subject,
            "blocks": read,
            "house": house,
            "size": rules.point_size(message.wanted_detail) if large else USUAL_SIZE,
            "written_on": dates.day(message.created_at),
        },
    )


def _add_calendar(mail: EmailMessage, calendar: str) -> None:
    """Add the entry twice: Gmail and Outlook read the alternative, other programs the file."""
    said = _METHOD.search(calendar.replace("\r\n", "\n"))
    method = said.group(1) if said else "PUBLISH"
    words = calendar.replace("\r\n", "\n").replace("\n", "\r\n")
    mail.add_alternative(
        words, subtype="calendar", cte="base64", params={"method": method, "component": "VEVENT"}
    )
    mail.add_attachment(
        words.encode("utf-8"),
        maintype="application",
        subtype="ics",
        filename="cancelled.ics" if method == "CANCEL" else "invite.ics",
    )

"""How codes and links reach people: at once, never later by a queue.

Other letters go through the outbox upstairs. A code cannot wait there, and must not lie there. With
an email server it is sent while the reader waits, so that they are told when it cannot be. Without
one it is kept for a quarter of an hour and written to the server's log, so that whoever tries
Alongside out, or sets it up, can read it. Codes are never logged where a real channel is set.
"""

import functools
import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.utils import timezone

from alongside.core.logs import IN_FULL

log = logging.getLogger(__name__)
LETTERS = Path(__file__).parent / "letters"
KEPT = "accounts.kept_letters"
KEPT_SECONDS = 15 * 60
KEPT_AT_MOST = 20


class NotDelivered(Exception):  # noqa: N818  (it is an answer, not an accident)
    """The email server did not take the letter."""


@dataclass(frozen=True)
class Letter:
    """One email about signing in, ready to go."""

    to: str
    subject: str
    body: str
    code: str = ""
    written_at: datetime | None = None


Deliver = Callable[[Letter], None]


@functools.cache
def _parts(name: str) -> tuple[jinja2.Template, jinja2.Template]:
    """Read a letter file: its subject and its body."""
    # Plain text: escaping belongs to HTML.
    env = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)  # noqa: S701
    top, _line, body = (LETTERS / f"{name}.letter").read_text(encoding="utf-8").partition("\n---\n")
    fields = dict(line.split(":", 1) for line in top.splitlines())
    return env.from_string(fields["subject"].strip()), env.from_string(body.strip())


def has_channel() -> bool:
    """Whether letters really go."""
    return bool(settings.EMAIL_HOST)


def by_email(letter: Letter) -> None:
    """Send now, or keep the letter to be read here where there is no email server."""
    if not has_channel():
        return keep(letter)
    try:
        EmailMessage(letter.subject, letter.body, to=[letter.to]).send()
    except (smtplib.SMTPException, OSError) as fault:
        log.error("A letter about signing in was not taken by the email server: %s", type(fault))
        raise NotDelivered from fault


def keep(letter: Letter) -> None:
    """Keep the letter for a quarter of an hour, and write it to the log."""
    log.warning(
        "No email server is set, so this was not sent. To: %s. %s\n%s",
        letter.to,
        letter.subject,
        letter.body,
        extra=IN_FULL,
    )
    cache.set(KEPT, [letter, *kept_letters()][:KEPT_AT_MOST], KEPT_SECONDS)


def kept_letters() -> list[Letter]:
    """Return what was not sent in the last quarter of an hour, the newest first."""
    oldest = timezone.now().timestamp() - KEPT_SECONDS
    letters: list[Letter] = cache.get(KEPT, [])
    return [each for each in letters if each.written_at and each.written_at.timestamp() > oldest]


def forget_kept(email: str) -> None:
    """Forget what was kept for an address."""
    cache.set(KEPT, [each for each in kept_letters() if each.to != email], KEPT_SECONDS)


_deliver: Deliver = by_email


def use(deliver: Deliver) -> None:
    """Let a room upstairs deliver these letters its own way. It must do so at once."""
    global _deliver
    _deliver = deliver


def send(name: str, *, to: str, **context: Any) -> Letter:
    """Write the letter and deliver it. Raises NotDelivered."""
    subject, body = _parts(name)
    letter = Letter(
        to=to,
        subject=subject.render(context),
        body=f"Hello,\n\n{body.render(context)}\n\nAlongside\n{settings.SITE_URL}\n",
        code=str(context.get("code", "")),
        written_at=timezone.now(),
    )
    _deliver(letter)
    return letter

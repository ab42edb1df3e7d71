"""What the worker does with messages."""

import datetime as dt

from django.utils import timezone

from alongside.core.tasks import Again, periodic, task
from alongside.messaging import sending


@task(tries=sending.MOST_TRIES + 8)  # a message counts its own tries; a killed worker costs one too
def deliver(key: str) -> None:
    """Send a message."""
    if sending.deliver(key):
        raise Again


@periodic(every=dt.timedelta(minutes=5))
def find_lost_messages() -> None:
    """Look for messages whose sending broke off."""
    sending.find_lost(now=timezone.now())

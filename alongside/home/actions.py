"""What can happen on the staff home."""

from django.db import transaction

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core import jobs


@transaction.atomic
def decide_job(*, key: str, again: bool, by: User) -> bool:
    """Try a failed job again, or set it aside; say whether it was there to decide on."""
    decided = jobs.try_again(key) if again else jobs.set_aside(key)
    if decided:
        audit.record("home.job_tried_again" if again else "home.job_set_aside", by=by, job=key)
    return decided

"""Small true things for tests."""

from datetime import timedelta

from django.utils import timezone

from alongside.core.models import Job


def make_job(*, task: str = "alongside.core.tests.work.note", **facts: object) -> Job:
    """Make a waiting job that is due."""
    facts.setdefault("due_at", timezone.now() - timedelta(seconds=1))
    facts.setdefault("tries", 3)
    return Job.objects.create(task=task, **facts)

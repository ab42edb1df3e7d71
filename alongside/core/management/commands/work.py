"""``manage.py work``: do background work."""

from typing import Any

from django.core.management.base import BaseCommand

from alongside.core.worker import Worker


class Command(BaseCommand):
    """Does background work until told to stop (SIGTERM), then finishes the job in hand."""

    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        worker = Worker()
        worker.obey_signals()
        worker.work()

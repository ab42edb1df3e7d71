"""Take out what we have kept long enough."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from alongside.core.dates import day
from alongside.people import retention


class Command(BaseCommand):
    """``manage.py tidy_old_data`` says what would go; with ``--do-it`` it goes."""

    help = "Say what is older than we keep it (see docs/data-protection/retention.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--do-it", action="store_true", help="Take it out, for good.")

    def handle(self, *args: Any, **options: Any) -> None:
        do_it = options["do_it"]
        for tidied in retention.tidy(dry_run=not do_it):
            self.stdout.write(
                f"{tidied.name}: {tidied.count} {'done' if do_it else 'would go'}"
                f" (kept {tidied.days} days, so from before {day(tidied.before)})"
            )
        if not do_it:
            self.stdout.write("Nothing was changed. Add --do-it to do it.")

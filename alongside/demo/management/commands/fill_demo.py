"""``manage.py fill_demo``: lay down the demo trust in an empty database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.demo import fill


class Command(BaseCommand):
    """Fill an empty database with an invented trust (demo mode only)."""

    help = "Fill an empty database with an invented trust (demo mode only)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="Say nothing where there are people already."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            fill.fill()
        except fill.NotHere as reason:
            if not options["if_empty"]:
                raise CommandError(str(reason)) from None
            return
        self.stdout.write("The demo trust is ready.")

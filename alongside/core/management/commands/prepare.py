"""``manage.py prepare``: make a database and the static files ready to serve."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

FILL_DEMO = "fill_demo"


def _mark_of_static_files() -> str:
    """Return a mark that changes when a static file does, or how they are stored."""
    mark = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            mark.update(name.encode())
            mark.update(Path(storage.path(name)).read_bytes())
    return mark.hexdigest()


class Command(BaseCommand):
    """Migrates, gathers static files where they changed, and fills an empty demo."""

    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare."""
        call_command("migrate", interactive=False, verbosity=0)
        self._gather_static_files()
        if settings.DEMO and FILL_DEMO in get_commands() and self._nobody_here():
            self.stdout.write("Filling the demo with an invented trust ...")
            self.stdout.flush()
            call_command(FILL_DEMO)

    @staticmethod
    def _nobody_here() -> bool:
        """Whether nobody can sign in: the database was just made."""
        users = get_user_model()
        named = {f"{users.USERNAME_FIELD}__isnull": False}
        return not users._default_manager.filter(**named).exists()

    @staticmethod
    def _gather_static_files() -> None:
        kept = Path(settings.STATIC_ROOT) / ".mark"
        mark = _mark_of_static_files()
        if kept.exists() and kept.read_text(encoding="ascii") == mark:
            return
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(mark, encoding="ascii")

"""Two short answers for machines that watch the product."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alongside.core import worker

_migrated = False


def _is_migrated() -> bool:
    """Whether every migration has run. Once true it stays so for the life of this process."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _why_not_ready() -> str:
    try:
        if not _is_migrated():
            return "the database is not up to date"
        if not worker.is_any_alive(timezone.now()):
            return "no worker is running"
    except DatabaseError:
        connection.close()
        return "the database does not answer"
    return ""


def _plain(words: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{words}\n", content_type="text/plain; charset=utf-8", status=status)


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the web server is alive. Asks nothing of the database."""
    return _plain("alive")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether people can be served: database, migrations and a worker."""
    reason = _why_not_ready()
    return _plain(f"not ready: {reason}", 503) if reason else _plain("ready")

"""Health, for whoever keeps the machine: is the process alive, can this node answer, what is late."""

import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from campaign.outbox import health as post
from home.scheduled import anything_is_late
from petition import erasures
from petition.services import bounce_feed

LEAST_FREE_BYTES = 200 * 2**20  # below it a database and its journal soon stop


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as the process answers at all."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when this node can serve (database, migrations, disk), else 503 naming what can't.

    What is late elsewhere (a silent worker, stuck mail, a page past its moment) stands under `degraded` and changes
    no status: taking every node out because the mail server is down would make it worse.
    """
    failed = [name for name, works in READY.items() if not works()]
    late = [] if failed else [name for name, is_late in DEGRADED.items() if is_late()]
    status = "unavailable" if failed else "degraded" if late else "ok"
    return JsonResponse({"status": status, "failed": failed, "degraded": late}, status=503 if failed else 200)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    except DatabaseError:
        return False


def _migrations_are_applied() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _disk_has_room() -> bool:
    return (
        shutil.disk_usage(settings.MEDIA_ROOT if settings.MEDIA_ROOT.exists() else "/").free
        > LEAST_FREE_BYTES
    )


READY: dict[str, Callable[[], bool]] = {
    "database": _database_answers,
    "migrations": _migrations_are_applied,
    "disk": _disk_has_room,
}
DEGRADED: dict[str, Callable[[], bool]] = {
    "worker": lambda: post.worker_silent_since() is not None,
    "mail": lambda: post.mail_is_stuck() is not None,
    "publishing": anything_is_late,
    "returned_mail": lambda: bounce_feed.silent_since() is not None,
    "erasures": erasures.are_in_trouble,
    "deletions": lambda: bool(post.late_deletions()),
}

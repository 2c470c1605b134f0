"""What is left to staff when a list has not confirmed that it deleted somebody: to do it there by hand, and say so."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from campaign.outbox.models import OutboxTask
from petition import mailing
from petition.services.subscription import FORGET


def left_to_hands(tasks: QuerySet[OutboxTask]) -> QuerySet[OutboxTask]:
    """Return those given up whose reference is gone: no other try can help."""
    return tasks.failed().filter(_by_hand())  # type: ignore[attr-defined]


def for_another_try(tasks: QuerySet[OutboxTask]) -> QuerySet[OutboxTask]:
    """Return those that another try may help."""
    return tasks.exclude(_by_hand(), failed_at__isnull=False)


def is_left_to_hands(task: OutboxTask) -> bool:
    """Whether this task was given up, and nothing is left to try it with."""
    return bool(task.kind == FORGET and task.failed_at and not task.parameters.get("reference"))


def list_name(task: OutboxTask) -> str:
    """Return the name of the list that a task is about; empty where it is about none."""
    alias = task.parameters.get("list", "")
    entry = mailing.entries().get(alias)
    return entry.name if entry else alias


@transaction.atomic
def deleted_by_hand(task: OutboxTask) -> bool:
    """Take a task as done, and wipe the fingerprint that it held; False where it was not one left to hands."""
    left = left_to_hands(OutboxTask.objects.filter(pk=task.pk))
    return bool(
        left.update(
            subject="",
            parameters={"list": task.parameters.get("list", "")},
            failed_at=None,
            done_at=timezone.now(),
            last_error="",
        )
    )


def _by_hand() -> Q:
    return Q(kind=FORGET) & ~Q(parameters__has_key="reference")

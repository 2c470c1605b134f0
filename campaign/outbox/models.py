"""The rows of the letter-box: what is owed, and what the worker does by the clock."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .errors import LAST_ERROR_LENGTH


class Priority(models.IntegerChoices):
    """Which of two tasks that are due goes first: the lower number."""

    FIRST = 10, _("first")  # somebody is waiting in front of a mailbox
    NORMAL = 50, _("normal")
    LAST = 90, _("when nothing else waits")


class TaskState(models.TextChoices):
    """What staff read about a task; derived from its moments, never stored."""

    WAITING = "waiting", _("waiting")
    UNDER_WAY = "under_way", _("under way")
    TO_BE_TRIED_AGAIN = "to_be_tried_again", _("to be tried again")
    FAILED = "failed", _("failed")
    DONE = "done", _("done")


class OutboxTaskQuerySet(models.QuerySet["OutboxTask"]):
    def owed(self) -> Self:
        """Not done, whether it is still being tried or was given up."""
        return self.filter(done_at=None)

    def active(self) -> Self:
        """Not done and not given up: what a worker will take when it is due."""
        return self.filter(done_at=None, failed_at=None)

    def failed(self) -> Self:
        """Given up; only staff bring it back."""
        return self.exclude(failed_at=None)

    def free(self, now: datetime) -> Self:
        """Due now and in no worker's hands."""
        return self.active().filter(Q(lease_until=None) | Q(lease_until__lt=now), due__lte=now)


class OutboxTask(models.Model):
    """One side effect that is owed: a mail to send, a provider to tell. Holds no personal data."""

    kind = models.CharField(_("kind"), max_length=60)
    subject = models.CharField(_("about"), max_length=64, blank=True)
    parameters = models.JSONField(_("details"), default=dict, blank=True)
    idempotency_key = models.CharField(_("key against doubles"), max_length=200, blank=True)
    priority = models.SmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.NORMAL)
    due = models.DateTimeField(_("due"), default=timezone.now)
    lease_until = models.DateTimeField(_("in a worker's hands until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=LAST_ERROR_LENGTH, blank=True)
    failed_at = models.DateTimeField(_("given up"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    created_at = models.DateTimeField(_("asked for"), default=timezone.now)

    objects = OutboxTaskQuerySet.as_manager()

    # Wagtail's index of references would cost several statements for every task and find nothing.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("waiting delivery")
        verbose_name_plural = _("waiting deliveries")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["idempotency_key"],
                condition=~Q(idempotency_key=""),
                name="outbox_task_once_per_key",
            ),
            models.CheckConstraint(condition=~Q(kind=""), name="outbox_task_has_a_kind"),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(failed_at=None), name="outbox_task_not_done_and_failed"
            ),
            models.CheckConstraint(
                condition=Q(lease_until=None) | Q(done_at=None, failed_at=None),
                name="outbox_task_no_lease_once_ended",
            ),
        ]
        indexes = [
            models.Index(
                fields=["priority", "due", "id"],
                condition=Q(done_at=None, failed_at=None),
                name="outbox_task_active",
            ),
            # Small ones, filled only when a task ends: for the purge, the health page and the staff's list.
            models.Index(fields=["done_at"], condition=Q(done_at__isnull=False), name="outbox_task_done"),
            models.Index(
                fields=["failed_at"], condition=Q(failed_at__isnull=False), name="outbox_task_failed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def state(self) -> TaskState:
        """The task's state in one word for staff."""
        if self.done_at:
            return TaskState.DONE
        if self.failed_at:
            return TaskState.FAILED
        if self.lease_until and self.lease_until > timezone.now():
            return TaskState.UNDER_WAY
        return TaskState.TO_BE_TRIED_AGAIN if self.attempts else TaskState.WAITING


class ScheduledRun(models.Model):
    """One thing that the worker does by the clock: when it last began and ended, and what it said."""

    name = models.CharField(_("name"), max_length=60)
    last_started = models.DateTimeField(_("last begun"), null=True, blank=True)
    last_ended = models.DateTimeField(_("last ended"), null=True, blank=True)
    failed_at = models.DateTimeField(_("failed"), null=True, blank=True)
    report = models.CharField(_("report"), max_length=LAST_ERROR_LENGTH, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("run by the clock")
        verbose_name_plural = _("runs by the clock")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name"], name="outbox_run_once_per_name")]

    def __str__(self) -> str:
        return self.name

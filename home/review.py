"""Pages that a colleague reads before they go live (Wagtail's workflow), and the mails about it; off by default.

Wagtail would speak to the mail server inside the request, in its own layout. Here each mail is owed to the letter-box,
and the worker writes it: one task per reader, which holds keys of rows and nothing else.
"""

from collections.abc import Iterable
from enum import StrEnum

from django.db.models import Model
from wagtail.admin.mail import (
    EmailNotificationMixin,
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
)
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from campaign.outbox.queue import Task, put_many

KIND = "review_mail"


class Notice(StrEnum):
    """What a mail tells: somebody is asked to read a page; a page was accepted; it was given back."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    GIVEN_BACK = "given_back"


def owe_question(sender, instance, user=None, **kwargs) -> None:
    """Ask whoever may review the page, but not the one who hands it in."""
    asker = GroupApprovalTaskStateSubmissionEmailNotifier()
    if asker.can_handle(instance):
        _owe(Notice.ASKED, instance, _readers(asker, instance, user))


def owe_yes(sender, instance, user=None, **kwargs) -> None:
    """Tell whoever handed the page in that it was accepted, unless they did that themselves."""
    _owe(Notice.ACCEPTED, instance, _readers(WorkflowStateApprovalEmailNotifier(), instance, user))


def owe_no(sender, instance, user=None, **kwargs) -> None:
    """Tell whoever handed the page in that it came back."""
    _owe(Notice.GIVEN_BACK, instance, _readers(WorkflowStateRejectionEmailNotifier(), instance, user))


def owe_nothing(sender, instance, **kwargs) -> None:
    """Send superusers no second mail: they are asked already, with the first reading."""


def stand_in() -> None:
    """Take the places of Wagtail's own receivers, which look first whether theirs are taken.

    So this must run before `wagtail.admin` is ready: `home` stands above it in INSTALLED_APPS.
    """
    for signal, receiver, sender, name in (
        (task_submitted, owe_question, TaskState, "group_approval_task_submitted_email_notification"),
        (workflow_submitted, owe_nothing, WorkflowState, "workflow_state_submitted_email_notification"),
        (workflow_approved, owe_yes, WorkflowState, "workflow_state_approved_email_notification"),
        (workflow_rejected, owe_no, WorkflowState, "workflow_state_rejected_email_notification"),
    ):
        signal.connect(receiver, sender=sender, dispatch_uid=name)


def _readers(notifier: EmailNotificationMixin, instance: Model, user) -> Iterable:
    """Return who gets the mail: active, with an address, and not without this kind of mail by their own choice."""
    return sorted(notifier.get_valid_recipients(instance, user=user), key=lambda reader: reader.pk)


def _owe(notice: Notice, state: TaskState | WorkflowState, readers: Iterable) -> None:
    if isinstance(_object_of(state), Page):
        put_many(
            Task(
                KIND,
                subject=str(reader.pk),
                parameters={"notice": notice.value, "state": state.pk},
                idempotency_key=f"{KIND}-{notice}-{state.pk}-{reader.pk}-{_turn(state)}",
            )
            for reader in readers
        )


def _object_of(state: TaskState | WorkflowState):
    return (state.workflow_state if isinstance(state, TaskState) else state).content_object


def _turn(state: TaskState | WorkflowState) -> int:
    """Return which turn a page is in: what was given back may be handed in, and given back, again."""
    return (state if isinstance(state, TaskState) else state.current_task_state).pk

"""What the worker writes to staff about pages to be reviewed, each reader in the language of their own admin."""

import smtplib
from email.utils import formatdate
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page, PageLogEntry, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from campaign.letters import Letter
from campaign.outbox.errors import Permanent
from campaign.outbox.models import OutboxTask
from campaign.outbox.registry import handler
from campaign.typography import mail_subject, typeset_text
from home.links import absolute
from home.review import KIND, Notice
from home.scheduled import NOT_PUBLISHED


@handler(KIND, is_mail=True, label=_("Mail about a page to be reviewed"))
def review_mail(task: OutboxTask) -> None:
    """Send one mail about a review; none where the page, the review or the reader is gone by then."""
    notice = Notice(task.parameters["notice"])
    model = TaskState if notice == Notice.ASKED else WorkflowState
    state = model.objects.filter(pk=task.parameters["state"]).first()
    reader = get_user_model().objects.filter(pk=task.subject, is_active=True).exclude(email="").first()
    if state is None or reader is None:
        return
    page = (state.workflow_state if isinstance(state, TaskState) else state).content_object
    if isinstance(page, Page):
        _send(compose(notice, state, page.specific, reader, name=f"{KIND}-{task.pk}"))


def compose(
    notice: Notice, state: TaskState | WorkflowState, page: Page, reader, *, name: str
) -> EmailMessage:
    """Write one mail, whole as text, with absolute addresses; `name` makes the Message-ID the same on each try."""
    language = UserProfile.get_for_user(reader).get_preferred_language()
    with translation.override(language):
        context = {
            "reader": reader.get_short_name() or reader.get_username(),
            "title": page.get_admin_display_title(),
            "edit_url": _admin("wagtailadmin_pages:edit", page.pk),
            "account_url": _admin("wagtailadmin_account"),
            **_what_happened(notice, state, page),
        }
        subject = render_to_string(f"emails/review_{notice}.subject.txt", context).strip()
        text = render_to_string(f"emails/review_{notice}.txt", context)
        return Letter(
            subject=mail_subject(subject) if language == "fr" else subject,
            body=typeset_text(text, language),
            to=[reader.email],
            headers={
                "Message-ID": f"<{name}@{urlsplit(settings.SITE_URL).hostname}>",
                "Date": formatdate(timezone.now().timestamp()),
                "Auto-Submitted": "auto-generated",  # RFC 3834 §5: no holiday reply, please
            },
        )


def _what_happened(notice: Notice, state: TaskState | WorkflowState, page: Page) -> dict[str, str]:
    if isinstance(state, TaskState):
        return {
            "who": _name(state.workflow_state.requested_by),
            "preview_url": _admin("wagtailadmin_pages:workflow_preview", page.pk, state.task_id),
        }
    told = state.current_task_state.specific
    if notice == Notice.GIVEN_BACK:
        return {"who": _name(told.finished_by), "comment": told.get_comment()}
    is_public = page.live and not page.has_unpublished_changes
    refused = PageLogEntry.objects.filter(page=page.pk, action=NOT_PUBLISHED, timestamp__gte=told.started_at)
    entry = None if is_public else refused.order_by("-timestamp").first()
    return {
        "who": _name(told.finished_by),
        "page_url": absolute(page.url) if is_public else "",
        "reason": entry.data.get("reason", "") if entry else "",
    }


def _admin(name: str, *arguments: int) -> str:
    return settings.WAGTAILADMIN_BASE_URL + reverse(name, args=arguments)


def _name(user) -> str:
    return get_user_display_name(user) if user else ""


def _send(mail: EmailMessage) -> None:
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        if all(500 <= code < 600 for code, _answer in error.recipients.values()):
            raise Permanent from error
        raise

"""What the worker does so that people stay in control of their data: links, ended blocks, the file of erasures."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaign.outbox.models import OutboxTask
from campaign.outbox.registry import handler, schedule
from petition import emails, erasures
from petition.enums import ContactState
from petition.limits import ERASURE_LINE_LIFE
from petition.models import Contact, Endorsement, Suppression
from petition.sending import may_mail, send
from petition.services import asking, blocking, following, own_data
from petition.services.texts import title_of

Finish = Callable[[], object]


@handler(asking.LINKS_MAIL, is_mail=True, label=_("Mail with somebody's own links"))
def own_links_mail(task: OutboxTask) -> None:
    """Send an address the links to all that it signed or sent for an organisation: its owner may always look."""
    row = own_data.named(UUID(task.subject)) or _endorsement(UUID(task.subject))
    if row is None or row.email_key is None:
        return
    if Suppression.objects.in_force(row.email_key, None, timezone.now()).exists():
        return
    if may_mail(task, row.email_key):
        listed = [(other, following.kind_of(other).value) for other in following.of_same_address(row)]
        sent = own_data.endorsements_of(row)
        endorsements = [(other, title_of(other.petition, other.language)) for other in sent]
        send(task, emails.own_links_mail(row, listed, endorsements, str(task.pk)))


def _endorsement(row_uuid: UUID) -> Endorsement | None:
    return Endorsement.objects.select_related("petition").defer("logo").filter(uuid=row_uuid).first()


@handler(asking.NEWS_MAIL, is_mail=True, label=_("Mail with what is kept for the news"))
def own_news_mail(task: OutboxTask) -> None:
    """Tell an address what is kept of it for the news, and how to end that."""
    contact = Contact.objects.select_related("consent_text__petition").filter(pk=task.subject).first()
    if contact is None or contact.state != ContactState.SUBSCRIBED:
        return
    if Suppression.objects.in_force(contact.email_key, None, timezone.now()).exists():
        return
    if may_mail(task, contact.email_key):
        send(task, emails.own_news_mail(contact, str(task.pk)))


@handler(erasures.TASK, label=_("Line for the file of erasures"))
def note_erasure(task: OutboxTask) -> Finish:
    """Write down an erasure that the file didn't take at once; its fingerprint goes once it has."""
    erasures.append(erasures.owed_line(task))

    def finish() -> None:
        OutboxTask.objects.filter(pk=task.pk).update(subject="", parameters={})

    return finish


@schedule("end_blocks", every=timedelta(hours=1))
def end_blocks() -> str:
    """Let go of the blocks after « it wasn't me » whose time is over."""
    return gettext("Blocks that were over: %(number)s") % {"number": blocking.forget_over(timezone.now())}


@schedule("shorten_erasures", every=timedelta(hours=24))
def shorten_erasures() -> str:
    """Drop what is older than every backup from the file of erasures."""
    dropped = erasures.drop_before(timezone.now() - ERASURE_LINE_LIFE)
    return gettext("Lines dropped: %(number)s") % {"number": dropped}

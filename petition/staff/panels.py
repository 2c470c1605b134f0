"""What the dashboard tells those who look after a petition; nothing to anybody else."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from wagtail.admin.ui.components import Component

from campaign.outbox import registry
from campaign.outbox.models import OutboxTask
from petition.models import PendingSignature, Petition, Signature
from petition.services import bounce_feed
from petition.services.counting import Progress, progress
from petition.services.texts import current_text
from petition.staff.supporters import supporters_now

MAY_SEE_SUPPORTERS = "petition.view_contact"
MAY_SEE = ("petition.view_petition", "petition.view_signature", "petition.view_pendingsignature")


@dataclass(frozen=True)
class PetitionNow:
    """One petition at this moment."""

    petition: Petition
    title: str
    progress: Progress
    waiting: int
    to_look_at: int


def petition_now(petition: Petition) -> PetitionNow:
    """Read one petition's figures; its title in the reader's language, or else its short name."""
    text = current_text(petition, get_language() or settings.LANGUAGE_CODE)
    waiting = PendingSignature.objects.filter(petition=petition, trial=False).count()
    held = Signature.objects.to_be_looked_at().filter(petition=petition).count()
    title = text.title if text else petition.slug
    return PetitionNow(petition, title, progress(petition), waiting, held)


class PetitionPanel(Component):
    """Count, goal, those waiting for their confirmation, mails owed; a few statements per petition."""

    name = "petition"
    template_name = "petition/staff/dashboard_panel.html"
    order = 50

    def get_context_data(self, parent_context=None):
        user = parent_context["request"].user
        mails = OutboxTask.objects.filter(kind__in=registry.mail_kinds())
        return {
            "petitions": [petition_now(petition) for petition in Petition.objects.order_by("pk")],
            "may_see_deliveries": user.has_perm("outbox.view_outboxtask"),
            "supporters": supporters_now() if user.has_perm(MAY_SEE_SUPPORTERS) else None,
            "mails_owed": mails.active().count(),
            "returned_mail_silent_since": bounce_feed.silent_since(),
            "mails_failed": mails.failed().count(),
        }


def add_petition_panel(request, panels) -> None:
    """Put the panel on the dashboard of those who may see signatures."""
    if request.user.has_perms(MAY_SEE):
        panels.append(PetitionPanel())

"""The mails to representatives of organisations.

Before the mailbox has confirmed, nothing of what was typed is repeated but the first name.
"""

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from petition import periods
from petition.emails import letter
from petition.links import absolute, confirm_life, endorsement_confirm_url, endorsement_page_url, petition_url
from petition.models import Endorsement
from petition.services.texts import title_of


def confirm_mail(row: Endorsement) -> EmailMultiAlternatives:
    """Ask the mailbox's owner to confirm that their organisation endorses a petition."""
    deleted_on = row.received_at + periods.unconfirmed()
    context = {
        "confirm_url": endorsement_confirm_url(row.uuid, row.language),
        "valid_until": min(timezone.now() + confirm_life(), deleted_on),
        "deleted_on": deleted_on,
    }
    return _about(row, "confirm", context)


def mail_about(row: Endorsement, message: str) -> EmailMultiAlternatives:
    """Tell a representative that it was received, published or refused; `message` says which."""
    return _about(row, message, {"reason": row.note})


def _about(row: Endorsement, message: str, more: dict) -> EmailMultiAlternatives:
    def context() -> dict:
        return {
            "row": row,
            "title": title_of(row.petition, row.language),
            "petition_url": petition_url(row.petition),
            "wall_url": absolute("endorsements", row.petition.slug, language=row.language),
            "page_url": endorsement_page_url(row.uuid, row.language),
            **more,
        }

    return letter(f"endorsement_{message}", row, row.petition, f"{message}-{row.uuid.hex}", context)

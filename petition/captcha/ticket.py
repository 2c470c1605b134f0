"""The ticket: a signed stamp in each form that says when it was issued and which words it showed.

Always on. It needs no cookie, no row and no session, and a cached page may carry it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.utils import timezone

from petition.enums import ConsentPurpose
from petition.errors import TicketExpired, TicketInvalid
from petition.limits import FORM_LIFE

SALT = "petition.captcha.ticket"


@dataclass(frozen=True)
class Ticket:
    """What one form showed: petition, text, and the words of each box, by their keys; issued when (aware)."""

    petition_id: int
    text_id: int
    consent_ids: dict[ConsentPurpose, int]
    issued_at: datetime


def issue(petition_id: int, text_id: int, consent_ids: dict[ConsentPurpose, int]) -> str:
    """Return the ticket for a form that is being shown now."""
    content = [
        petition_id,
        text_id,
        [consent_ids[purpose] for purpose in ConsentPurpose],
        int(timezone.now().timestamp()),
    ]
    return signing.dumps(content, key=settings.FORM_SECRET, salt=SALT)


def read(text: str, petition_id: int | None = None) -> Ticket:
    """Return what the ticket says. Raises TicketInvalid (altered, absent, of another petition) or TicketExpired.

    Without `petition_id` a ticket of any petition will do.
    """
    try:
        content = signing.loads(text, key=settings.FORM_SECRET, salt=SALT)
        of_petition, text_id, consent_ids, issued = content
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise TicketInvalid from error
    if petition_id is not None and of_petition != petition_id:
        raise TicketInvalid
    issued_at = datetime.fromtimestamp(issued, tz=timezone.get_default_timezone())
    if timezone.now() - issued_at > FORM_LIFE:
        raise TicketExpired
    return Ticket(of_petition, text_id, dict(zip(ConsentPurpose, consent_ids, strict=True)), issued_at)

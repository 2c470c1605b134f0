"""What happened to one signature, and to the mails to its mailbox; a few statements by indexes of their own."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import registry

from petition.enums import EventKind
from petition.models import Bounce, Signature, SignatureEvent, Suppression

RETURNED_SHOWN = 10  # mails to one mailbox: after a few, none is sent any more


@dataclass(frozen=True)
class Line:
    """One thing that happened (moment aware), who did it and why where staff did, and what the count did then."""

    moment: datetime
    what: str
    who: str = ""
    why: str = ""
    change: str = ""


def history_of(signature: Signature) -> list[Line]:
    """Return all that is known, oldest first. That the mailbox confirmed, and how, stands in the signature itself."""
    lines = [
        Line(signature.received_at, _("Form sent")),
        Line(signature.confirmed_at, _("Mailbox confirmed, by the button behind the link of the mail")),
    ]
    acts = {
        entry.timestamp: entry for entry in registry.get_logs_for_instance(signature).select_related("user")
    }
    events = SignatureEvent.objects.filter(signature_uuid=signature.uuid).exclude(kind=EventKind.CONFIRMED)
    for event in events.order_by("pk"):
        act = acts.get(event.happened_at)
        lines.append(
            Line(
                event.happened_at,
                str(EventKind(event.kind).label),
                who=act.user_display_name if act else _("by itself"),
                why=act.data.get("reason", "") if act else "",
                change=f"{event.delta:+d}" if event.delta else "0",
            )
        )
    return lines


def returned_mails(signature: Signature) -> list[Bounce]:
    """Return the last mails to this mailbox that came back, newest first."""
    if not signature.email_key:
        return []
    found = Bounce.objects.filter(email_key=signature.email_key)
    return list(found.order_by("-happened_at")[:RETURNED_SHOWN])


def suppressions(signature: Signature) -> list[Suppression]:
    """Return why mails to this mailbox are held back now."""
    if not signature.email_key:
        return []
    here = Q(petition__isnull=True) | Q(petition=signature.petition_id)
    in_time = Q(until__isnull=True) | Q(until__gt=timezone.now())
    return list(Suppression.objects.filter(here, in_time, email_key=signature.email_key).order_by("pk"))

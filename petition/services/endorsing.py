"""Endorse: keep what a representative sent, until the mailbox has confirmed and staff have read it."""

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from campaign.outbox import queue
from campaign.outbox.models import Priority
from petition import erasures, sql
from petition.captcha.base import Judgement
from petition.captcha.ticket import Ticket
from petition.email_address import email_key
from petition.enums import EndorsementState, Reason
from petition.erasures import Left
from petition.logos import Logo
from petition.models import Endorsement, Petition, PetitionText
from petition.models.text import digest
from petition.services.assessment import look_at

CONFIRM_MAIL = "endorsement_confirm_mail"
ABOUT_MAIL = "endorsement_mail"


@dataclass(frozen=True)
class Filled:
    """What a representative filled in, each field as the form has it."""

    name: str
    country: str
    siren: str
    website: str
    logo: Logo | None
    first_name: str
    last_name: str
    role: str
    email: str


def statement(petition: Petition, text: PetitionText) -> str:
    """Return, in the active language, what whoever endorses a petition declares and agrees to."""
    return gettext(
        "I am authorised to speak for this organisation, and it supports the petition “%(title)s”. I agree that "
        "%(organiser)s shows the organisation's name, logo and website on this site, and keeps my name, my role and my "
        "e-mail address, which are not shown, to check this and to write to me about it. I can withdraw it at any time."
    ) % {"title": text.title, "organiser": petition.organiser}


@transaction.atomic
def endorse(
    petition: Petition,
    filled: Filled,
    *,
    ticket: Ticket,
    stamp: str,
    agreed_to: str,
    language: str,
    check: Judgement,
    network: str,
    reasons: list[Reason],
) -> None:
    """Store what was sent and owe its mail, the same for every address; the same form sent twice is one try.

    `stamp` is the form's own, of which no other has the same. Raises TooManyFromNetwork, and stores nothing.
    """
    now = timezone.now()
    key = email_key(filled.email)
    reasons = reasons + look_at(
        petition, email=filled.email, ticket=ticket, check=check, network=network, now=now
    )
    row = Endorsement(
        uuid=_uuid_of(petition, filled, stamp),
        petition=petition,
        state=EndorsementState.RECEIVED,
        language=language,
        email_key=key,
        statement=agreed_to,
        statement_sha256=digest(agreed_to),
        reasons=reasons,
        received_at=now,
        **{name: value for name, value in vars(filled).items() if name != "logo"},
    )
    if filled.logo:
        row.logo, row.logo_digest = filled.logo.content, filled.logo.digest
        row.logo_width, row.logo_height = filled.logo.width, filled.logo.height
    if sql.insert_unless_there(row):
        queue.put(CONFIRM_MAIL, subject=str(row.pk), priority=Priority.FIRST)


@transaction.atomic
def confirm(row_uuid: UUID) -> Endorsement | None:
    """Hand to staff what a mailbox confirms; other tries of that mailbox for this organisation go. Safe to repeat.

    Returns the row as it is now, or None where nothing is there any more.
    """
    row = Endorsement.objects.select_for_update().defer("logo").filter(uuid=row_uuid).first()
    if row is None or row.state != EndorsementState.RECEIVED:
        return row
    row.state, row.confirmed_at = EndorsementState.CONFIRMED, timezone.now()
    row.save(update_fields=["state", "confirmed_at"])
    Endorsement.objects.filter(
        petition=row.petition_id, email_key=row.email_key, name=row.name, state=EndorsementState.RECEIVED
    ).delete()
    _owe_mail(row, "received")
    return row


@transaction.atomic
def withdraw(row_uuid: UUID) -> bool:
    """Delete an endorsement with everything that came with it; return whether there was one."""
    rows = Endorsement.objects.filter(uuid=row_uuid)
    petition_id = rows.values_list("petition_id", flat=True).first()
    if petition_id is None:
        return False
    erasures.note(Left.ENDORSEMENT, row_uuid.hex, petition_id)
    rows.delete()
    return True


def _owe_mail(row: Endorsement, message: str) -> None:
    queue.put(ABOUT_MAIL, subject=str(row.pk), parameters={"message": message})


def _uuid_of(petition: Petition, filled: Filled, stamp: str) -> UUID:
    """Return the same number for the same form with the same content, which nobody else can reckon out."""
    logo = filled.logo.digest if filled.logo else ""
    typed = [str(value) for name, value in sorted(vars(filled).items()) if name != "logo"]
    content = digest(str(petition.pk), stamp, logo, *typed)
    mark = hmac.new(settings.LINK_SECRET.encode(), f"endorsement:{content}".encode(), hashlib.sha256).digest()
    return UUID(bytes=mark[:16], version=4)

"""Ask for the mails of an address, without learning here whether it has signed."""

from django.db import transaction

from campaign.outbox import queue
from campaign.outbox.models import Priority
from petition.email_address import email_key
from petition.models import PendingSignature, Petition, Signature
from petition.services import signing


def ask_by_address(address: str) -> None:
    """Owe the address its mails: one statement, whatever is known of it. The worker looks it up by fingerprint."""
    queue.put("mails_for_address", subject=email_key(address), priority=Priority.FIRST)


@transaction.atomic
def owe_mails_of(key: str) -> None:
    """Owe a fresh confirmation mail per pending signature, and the personal link per signature, of one mailbox."""
    petitions = Petition.objects.values("pk")
    for pending in PendingSignature.objects.filter(petition__in=petitions, email_key=key):
        signing.ask_again(pending)
    for pk in Signature.objects.filter(petition__in=petitions, email_key=key).values_list("pk", flat=True):
        queue.put("already_signed_mail", subject=str(pk), priority=Priority.FIRST)

"""Ask for the mails of an address, without learning here whether it has signed."""

from django.db import transaction
from django.utils import timezone

from campaign.outbox import queue
from campaign.outbox.models import Priority
from petition import limits
from petition.email_address import email_key
from petition.errors import TooManyFromNetwork
from petition.models import PendingSignature, Petition, Signature
from petition.services import signing


@transaction.atomic
def ask_by_address(address: str, *, network: str) -> None:
    """Owe the address its mails, whatever is known of it; the worker looks it up by its fingerprint.

    Counts towards the network's hourly number, as signing does. Raises TooManyFromNetwork, and owes nothing.
    """
    now = timezone.now()
    if limits.count_network(network, now) > limits.network_limits()[1]:
        raise TooManyFromNetwork
    queue.put("mails_for_address", subject=email_key(address), priority=Priority.FIRST)


@transaction.atomic
def owe_mails_of(key: str) -> None:
    """Owe a fresh confirmation mail per pending signature, and the personal link per signature, of one mailbox."""
    petitions = Petition.objects.values("pk")
    for pending in PendingSignature.objects.filter(petition__in=petitions, email_key=key):
        signing.ask_again(pending, pending.email)
    for pk in Signature.objects.filter(petition__in=petitions, email_key=key).values_list("pk", flat=True):
        queue.put("already_signed_mail", subject=str(pk), priority=Priority.FIRST)

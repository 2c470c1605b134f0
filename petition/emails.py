"""The messages, one function each. Complete as text; their HTML loads nothing.

Of what the signer typed, only the first name is repeated: the form must not be a way to send somebody a text.
"""

from email.headerregistry import Address
from email.utils import formatdate
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from petition.limits import PENDING_LIFE
from petition.links import CONFIRM_LIFE, confirm_url, personal_url, petition_url
from petition.models import PendingSignature, Petition, Signature


def confirm_mail(pending: PendingSignature) -> EmailMultiAlternatives:
    """Ask the mailbox's owner to confirm: one link, what was signed, until when, and what happens otherwise."""
    deleted_on = pending.received_at + PENDING_LIFE
    context = {
        "confirm_url": confirm_url(pending.uuid, pending.nonce, pending.language),
        "valid_until": min(timezone.now() + CONFIRM_LIFE, deleted_on),
        "deleted_on": deleted_on,
    }
    return _compose("confirm", pending, f"confirm-{pending.uuid.hex}-{pending.nonce}", context)


def already_signed_mail(signature: Signature, attempt: str) -> EmailMultiAlternatives:
    """Tell the mailbox's owner that it has signed already, with the way to "Ma signature"."""
    return _compose("already_signed", signature, f"already-{signature.uuid.hex}-{attempt}", {})


def thank_you_mail(signature: Signature) -> EmailMultiAlternatives:
    """Say that the signature is counted, with the personal link."""
    return _compose("thank_you", signature, f"thanks-{signature.uuid.hex}", {})


def _compose(
    message: str, row: PendingSignature | Signature, name: str, more: dict
) -> EmailMultiAlternatives:
    """Render `emails/<message>.*` in the language of signing; `name` makes the Message-ID the same on each try."""
    assert row.email  # handlers see to it: a signature whose name is erased gets no mail
    petition, host = row.petition, urlsplit(settings.SITE_URL).hostname
    with translation.override(row.language):
        context = {
            "first_name": row.first_name,
            "petition": petition,
            "text": row.text,
            "petition_url": petition_url(petition),
            "personal_url": personal_url(row.uuid, row.language),
            **more,
        }
        subject = render_to_string(f"emails/{message}.subject.txt", context).strip()
        text = render_to_string(f"emails/{message}.txt", context)
        html = render_to_string(f"emails/{message}.html", context)
    mail = EmailMultiAlternatives(
        subject=subject,
        body=text,
        from_email=sender(petition),
        to=[row.email],
        reply_to=[petition.reply_to],
        headers={
            "Message-ID": f"<{name}@{host}>",
            "Date": formatdate(timezone.now().timestamp()),
            "Auto-Submitted": "auto-generated",  # RFC 3834 §5: no holiday reply, please
        },
    )
    mail.attach_alternative(html, "text/html")
    return mail


def sender(petition: Petition) -> str:
    """Return the petition's sender as a header value, its name quoted where need be."""
    return str(Address(petition.sender_name, addr_spec=petition.sender_address))

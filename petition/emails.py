"""The messages, one function each. Complete as text; their HTML loads nothing.

Of what the signer typed, only the first name is repeated: the form must not be a way to send somebody a text.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from email.headerregistry import Address
from email.utils import formatdate
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from campaign.letters import Letter
from campaign.typography import mail_subject, typeset, typeset_text
from petition import mailing, periods
from petition.email_address import as_mailed
from petition.enums import EndorsementState, QuestionReason
from petition.limits import ANSWER_TIME
from petition.links import (
    CHANGE_LIFE,
    change_url,
    confirm_life,
    confirm_url,
    endorsement_page_url,
    news_url,
    not_me_url,
    personal_url,
    petition_url,
    unblock_url,
)
from petition.models import (
    ConsentText,
    Contact,
    Endorsement,
    PendingSignature,
    Petition,
    Signature,
    Suppression,
)
from petition.notice import told_numbers
from petition.return_path import return_address

A_NAME = "\ue000"  # stands for the name while a text is typeset: that is left as its bearer writes it


def confirm_mail(pending: PendingSignature) -> EmailMultiAlternatives:
    """Ask the mailbox's owner to confirm: one link, what was signed, until when, and what happens otherwise."""
    name = f"confirm-{pending.uuid.hex}-{pending.nonce}"
    return _compose("confirm", pending, name, _way_to_confirm(pending))


def blocked_mail(pending: PendingSignature, block: Suppression) -> EmailMultiAlternatives:
    """Tell a mailbox's owner, who had said that it wasn't them, that their address was entered again."""
    context = {
        "unblock_url": unblock_url(pending.uuid, pending.nonce, pending.language),
        "not_me_url": not_me_url(pending.uuid, pending.language),
        "blocked_on": block.created_at,
        "until": block.until,
        "deleted_on": pending.received_at + periods.unconfirmed(),
    }
    return _compose("blocked", pending, f"blocked-{pending.uuid.hex}-{pending.nonce}", context)


def own_links_mail(
    newest: PendingSignature | Signature | Endorsement,
    listed: Iterable[tuple[PendingSignature | Signature, str]],
    endorsements: Iterable[tuple[Endorsement, str]],
    attempt: str,
) -> EmailMultiAlternatives:
    """Give somebody the links of all that they have signed, each row with its state as pages call it, and of what they
    sent for organisations, each with its petition's title.
    """
    context = {
        "listed": [
            {
                "title": row.text.title,
                "language": row.language,
                "state": state,
                "change_url": change_url(row.uuid, row.language),
                "personal_url": personal_url(row.uuid, row.language),
            }
            for row, state in listed
        ],
        "minutes": CHANGE_LIFE // timedelta(minutes=1),
        "endorsements": [_way_to_endorsement(row, title) for row, title in endorsements],
    }
    name = f"links-{newest.uuid.hex}-{attempt}"
    if isinstance(newest, Endorsement):  # nothing signed: of that nothing is to be said
        return letter("own_links", newest, newest.petition, name, lambda: context)
    return _compose("own_links", newest, name, context)


def _way_to_endorsement(row: Endorsement, title: str) -> dict:
    """An organisation's name is repeated once the mailbox has confirmed it: anybody may type another's address."""
    return {
        "name": "" if row.state == EndorsementState.RECEIVED else row.name,
        "title": title,
        "language": row.language,
        "state": row.state,
        "page_url": endorsement_page_url(row.uuid, row.language),
    }


def reminder_mail(pending: PendingSignature) -> EmailMultiAlternatives:
    """Say once that the signature waits: a link of its own term, which leaves the first mail's as good as it was."""
    context = _way_to_confirm(pending) | {"signed_on": pending.received_at}
    return _compose("reminder", pending, f"reminder-{pending.uuid.hex}", context)


def _way_to_confirm(pending: PendingSignature) -> dict:
    deleted_on = pending.received_at + periods.unconfirmed()
    return {
        "confirm_url": confirm_url(pending.uuid, pending.nonce, pending.language),
        "not_me_url": not_me_url(pending.uuid, pending.language),
        "valid_until": min(timezone.now() + confirm_life(), deleted_on),
        "deleted_on": deleted_on,
    }


def already_signed_mail(signature: Signature, attempt: str, state: str) -> EmailMultiAlternatives:
    """Tell the mailbox's owner that it has signed already, what became of that, and the way to it."""
    return _compose("already_signed", signature, f"already-{signature.uuid.hex}-{attempt}", {"state": state})


def thank_you_mail(signature: Signature) -> EmailMultiAlternatives:
    """Say that the signature is counted, with the personal link."""
    return _compose("thank_you", signature, f"thanks-{signature.uuid.hex}", {})


def held_mail(signature: Signature) -> EmailMultiAlternatives:
    """Say that the mailbox is confirmed, that somebody looks at the signature before it counts, and what follows."""
    return _compose("held", signature, f"held-{signature.uuid.hex}", {})


def own_news_mail(contact: Contact, attempt: str) -> EmailMultiAlternatives:
    """Tell a supporter who has no signature with a name any more what is kept of them, and the way to end it."""
    agreed = contact.consent_text
    context = {"contact": contact, "words": agreed, "news_url": news_url(contact.uuid, contact.language)}
    return letter(
        "own_news", contact, agreed.petition, f"own-news-{contact.uuid.hex}-{attempt}", lambda: context
    )


def news_question_mail(
    contact: Contact, words: ConsentText, why: QuestionReason, attempt: str
) -> EmailMultiAlternatives:
    """Ask a supporter whether they agree to `words`: what it is about, what silence means, one link for yes and no."""
    context = {
        "contact": contact,
        "words": words,
        "after_years": why == QuestionReason.YEARS,
        "service": mailing.newly_named(contact.consent_text.discloses, words.discloses),
        "news_url": news_url(contact.uuid, contact.language),
        "answer_until": timezone.now() + ANSWER_TIME,
    }
    return letter(
        "news_question", contact, words.petition, f"news-{contact.uuid.hex}-{attempt}", lambda: context
    )


def _compose(
    message: str, row: PendingSignature | Signature, name: str, more: dict
) -> EmailMultiAlternatives:
    """Compose a mail about a signature, with the way to its page and to the petition's."""

    def context() -> dict:
        return {
            "text": row.text,
            "trial": row.trial,
            "petition_url": petition_url(row.petition),
            "personal_url": personal_url(row.uuid, row.language),
            **more,
        }

    return letter(message, row, row.petition, name, context)


def letter(
    message: str,
    to: PendingSignature | Signature | Contact | Endorsement,
    petition: Petition,
    name: str,
    more: Callable[[], dict],
) -> EmailMultiAlternatives:
    """Render `emails/<message>.*` in the person's language; `name` makes the Message-ID the same on each try."""
    assert to.email  # handlers see to it: a signature whose name is erased gets no mail
    host = urlsplit(settings.SITE_URL).hostname
    with translation.override(to.language):
        context = {"first_name": to.first_name, "petition": petition, "numbers": told_numbers(), **more()}
        subject = render_to_string(f"emails/{message}.subject.txt", context).strip()
        text: str = render_to_string(f"emails/{message}.txt", context | {"first_name": A_NAME})
        html: str = render_to_string(f"emails/{message}.html", context)
    subject = mail_subject(subject, to.language)
    text = typeset_text(text, to.language).replace(A_NAME, to.first_name or "")
    html = typeset(html, to.language)
    envelope = return_address(to.uuid) or petition.sender_address  # who is read as the sender stands below
    mail = Letter(
        subject=subject,
        body=text,
        from_email=envelope,
        to=[as_mailed(to.email)],
        reply_to=[petition.reply_to],
        headers={
            "From": sender(petition),
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

"""Every mail that signatories and supporters may get, each with an example of it: to be read, tested and tried out.

The rows of an example are made up on the spot and stored nowhere, so its links open nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaign.outbox import queue
from campaign.outbox.models import Priority
from campaign.typography import mail_subject, typeset, typeset_text
from petition import emails, endorsement_emails, periods
from petition.enums import (
    ConsentPurpose,
    EndorsementState,
    QuestionReason,
    SuppressionReason,
    SuppressionScope,
)
from petition.limits import NOT_ME_LIFE
from petition.models import (
    ConsentText,
    Contact,
    Endorsement,
    PendingSignature,
    Petition,
    PetitionText,
    Signature,
    Suppression,
)
from petition.services.following import Behind
from petition.services.texts import current_text
from petition.services.wording import current_consent_texts

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MAIL = "example_mail"
NOBODY = UUID(int=0)  # no row has it: a link that names it opens a page that says so
ADDRESS = "prenom.exemple@example.org"
ATTEMPT = "exemple-0000"


@dataclass(frozen=True)
class Example:
    """Somebody made up, who signed a petition in one language. Nothing of it is stored."""

    petition: Petition
    text: PetitionText

    @property
    def language(self) -> str:
        """The language of signing, hence of the mails."""
        return self.text.language

    @cached_property
    def pending(self) -> PendingSignature:
        """What they sent two days ago."""
        sent = timezone.now() - timedelta(days=2)
        return PendingSignature(**self._same, received_at=sent, nonce=ATTEMPT)

    @cached_property
    def signature(self) -> Signature:
        """Their signature, confirmed now."""
        now = timezone.now()
        return Signature(**self._same, received_at=now, confirmed_at=now)

    @cached_property
    def contact(self) -> Contact:
        """Them as a supporter, whose yes is as old as it may be."""
        given = timezone.now() - periods.supporter()
        return Contact(
            uuid=NOBODY,
            email=ADDRESS,
            first_name=self._same["first_name"],
            language=self.language,
            consent_text=self.words,
            given_at=given,
            confirmed_at=given,
        )

    @cached_property
    def words(self) -> ConsentText:
        """The words at the box of the news, or made-up ones where there are none yet."""
        known = current_consent_texts(self.petition, self.language).get(ConsentPurpose.NEWSLETTER)
        return known or ConsentText(petition=self.petition, language=self.language, sentence="…")

    @cached_property
    def block(self) -> Suppression:
        """Their word that it was not them."""
        now = timezone.now()
        return Suppression(
            scope=SuppressionScope.PETITION,
            petition=self.petition,
            reason=SuppressionReason.NOT_ME,
            created_at=now,
            until=now + NOT_ME_LIFE,
        )

    @cached_property
    def endorsement(self) -> Endorsement:
        """Their organisation's support, refused for a reason."""
        with translation.override(self.language):
            name, reason = gettext("Made-up association"), gettext("A made-up reason.")
        return Endorsement(
            uuid=NOBODY,
            petition=self.petition,
            language=self.language,
            name=name,
            first_name=self._same["first_name"],
            last_name=self._same["last_name"],
            email=ADDRESS,
            note=reason,
            state=EndorsementState.REFUSED,
            received_at=timezone.now(),
        )

    @cached_property
    def _same(self) -> dict:
        with translation.override(self.language):
            first_name, last_name = gettext("First name"), gettext("Example")
        return {
            "uuid": NOBODY,
            "petition": self.petition,
            "text": self.text,
            "language": self.language,
            "first_name": first_name,
            "last_name": last_name,
            "email": ADDRESS,
        }


@dataclass(frozen=True)
class Kind:
    """One mail: what staff call it, when it leaves in their words, and how its example is made."""

    title: object
    leaves: object
    make: Callable[[Example], EmailMultiAlternatives]


# By the name of its templates; those that somebody meets first stand first.
KINDS: dict[str, Kind] = {
    "confirm": Kind(
        _("Confirm the signature"),
        _("Within seconds, when somebody has sent the form, or asks for the mail again."),
        lambda example: emails.confirm_mail(example.pending),
    ),
    "reminder": Kind(
        _("Reminder to confirm"),
        _("Once, two to three days after the mail to confirm, while the petition is open."),
        lambda example: emails.reminder_mail(example.pending),
    ),
    "blocked": Kind(
        _("The address was said not to have signed"),
        _("Instead of the mail to confirm, when the mailbox’s owner had said that it was not them."),
        lambda example: emails.blocked_mail(example.pending, example.block),
    ),
    "held": Kind(
        _("The signature is looked at"),
        _("When the mailbox is confirmed, and somebody of the staff must look at the signature first."),
        lambda example: emails.held_mail(example.signature),
    ),
    "thank_you": Kind(
        _("Thanks"),
        _("When the signature is counted: the mailbox is confirmed, or staff have looked at it."),
        lambda example: emails.thank_you_mail(example.signature),
    ),
    "already_signed": Kind(
        _("Already signed"),
        _("Instead of the mail to confirm, when the mailbox has signed already."),
        lambda example: emails.already_signed_mail(example.signature, ATTEMPT, Behind.COUNTED),
    ),
    "own_links": Kind(
        _("The links to what one has signed"),
        _("When somebody asks for them with their address."),
        lambda example: emails.own_links_mail(
            example.signature,
            [(example.signature, Behind.COUNTED), (example.pending, Behind.WAITING)],
            [(example.endorsement, example.text.title)],
            ATTEMPT,
        ),
    ),
    "own_news": Kind(
        _("What is kept for the news"),
        _(
            "When somebody asks with their address, and gets news though no signature bears their name any more."
        ),
        lambda example: emails.own_news_mail(example.contact, ATTEMPT),
    ),
    "news_question": Kind(
        _("Are the news still wanted?"),
        _("Once the last yes is as old as it may be, or when staff have switched to an outside service."),
        lambda example: emails.news_question_mail(
            example.contact, example.words, QuestionReason.YEARS, ATTEMPT
        ),
    ),
    "endorsement_confirm": Kind(
        _("An organisation: confirm the address"),
        _("Within seconds, when somebody has sent the form for organisations."),
        lambda example: endorsement_emails.confirm_mail(example.endorsement),
    ),
    "endorsement_received": Kind(
        _("An organisation: received"),
        _("When the representative has confirmed, and somebody of the staff must read it."),
        lambda example: endorsement_emails.mail_about(example.endorsement, "received"),
    ),
    "endorsement_published": Kind(
        _("An organisation: published"),
        _("When somebody of the staff has published it."),
        lambda example: endorsement_emails.mail_about(example.endorsement, "published"),
    ),
    "endorsement_refused": Kind(
        _("An organisation: refused"),
        _("When somebody of the staff has refused it, with their reason."),
        lambda example: endorsement_emails.mail_about(example.endorsement, "refused"),
    ),
}


def example_of(petition: Petition, language: str) -> Example | None:
    """Return somebody made up who signed in a language; None where the petition has no text in it."""
    text = current_text(petition, language)
    return Example(petition, text) if text else None


def ask_for_example(kind: str, example: Example, user: "User") -> None:
    """Owe somebody of the staff an example of a mail, at the address of their account."""
    queue.put(
        MAIL,
        subject=str(user.pk),
        parameters={"mail": kind, "petition": example.petition.pk, "language": example.language},
        priority=Priority.FIRST,
    )


def addressed_to(user: "User", kind: str, example: Example, number: int) -> EmailMultiAlternatives:
    """Return the mail as it would leave, marked as an example in its subject and at its top, to somebody of the staff.

    `number` tells one asking from another, so that a mail tried again stays the same message.
    """
    mail = KINDS[kind].make(example)
    with translation.override(example.language):
        mark = gettext("[Example]")
        note = gettext(
            "This is an example that you asked for. Its links open nothing, and nobody else has received it."
        )
    mail.subject = mail_subject(f"{mark} {mail.subject}", example.language)
    mail.to = [user.email]
    mail.extra_headers["Message-ID"] = f"<example-{number}-{mail.extra_headers['Message-ID'].lstrip('<')}"
    mail.body = f"{typeset_text(note, example.language)}\n\n{mail.body}"
    html = str(mail.alternatives[0][0])
    head, body_tag, rest = html.partition("<body")
    attributes, _end, body = rest.partition(">")
    marked = typeset(format_html("<p><strong>{}</strong></p>", note), example.language)
    mail.alternatives = []
    mail.attach_alternative(f"{head}{body_tag}{attributes}>{marked}{body}", "text/html")
    return mail

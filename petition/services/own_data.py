"""All that is held of one mailbox about one signature, for its owner: RGPD article 15."""

from dataclasses import dataclass
from uuid import UUID

from petition.enums import ConsentPurpose, ContactState, EndorsementState, SignatureState
from petition.models import (
    Bounce,
    Consent,
    ConsentText,
    Contact,
    Endorsement,
    PendingSignature,
    Signature,
    SignatureEvent,
    Suppression,
)
from petition.services.wording import current_consent_texts

OPTIONAL = (ConsentPurpose.PUBLIC, ConsentPurpose.NEWSLETTER, ConsentPurpose.ADDRESSEE)


@dataclass(frozen=True)
class Choice:
    """One optional box: the words that were agreed to, or those that would be; whether it is on."""

    purpose: ConsentPurpose
    words: ConsentText
    given: bool


@dataclass(frozen=True)
class OwnData:
    """One row and what hangs on it or on its mailbox."""

    row: PendingSignature | Signature
    consents: list[Consent]
    events: list[SignatureEvent]
    contact: Contact | None
    returned: list[Bounce]
    refusals: list[Suppression]
    endorsements: list[Endorsement]

    @property
    def published(self) -> list[Endorsement]:
        """The organisations among them that the site shows: erasing everything leaves them there."""
        return [row for row in self.endorsements if row.state == EndorsementState.PUBLISHED]


def own_data(row_uuid: UUID) -> OwnData | None:
    """Return what is held; None where nothing is any more, or names and address were erased."""
    row = named(row_uuid)
    if row is None:
        return None
    key = row.email_key
    contact = Contact.objects.select_related("consent_text").filter(email_key=key).first()
    return OwnData(
        row=row,
        consents=_consents(row),
        events=list(SignatureEvent.objects.filter(petition=row.petition_id, signature_uuid=row.uuid)),
        contact=contact,
        returned=list(Bounce.objects.filter(email_key=key).order_by("happened_at")),
        refusals=list(Suppression.objects.filter(email_key=key).order_by("created_at")),
        endorsements=endorsements_of(row),
    )


def named(row_uuid: UUID) -> PendingSignature | Signature | None:
    """Return the row of a link, with petition and text, as long as it says whose it is."""
    for model in (PendingSignature, Signature):
        row = model._default_manager.select_related("petition", "text").filter(uuid=row_uuid).first()
        if row and row.email_key:
            return row
    return None


def endorsements_of(row: PendingSignature | Signature | Endorsement) -> list[Endorsement]:
    """Return what this address, as it was typed, sent for organisations, newest first; no other spellings.

    What nobody confirmed is among them: it was entered with this address, and its owner may have it erased.
    """
    assert row.email and row.email_key
    of_mailbox = Endorsement.objects.of_mailbox(row.email_key)
    return [other for other in of_mailbox if other.email.casefold() == row.email.casefold()]


def choices(data: OwnData) -> list[Choice]:
    """Return the optional boxes of a signature, each as it stands; none where they can't be changed.

    The words of a box that is off are the present ones in the language of signing. A trial is never passed to a list,
    so it has no box for the news.
    """
    row = data.row
    if not isinstance(row, Signature):
        return []
    offered = [purpose for purpose in OPTIONAL if not (row.trial and purpose == ConsentPurpose.NEWSLETTER)]
    agreed = {consent.text.purpose: consent.text for consent in data.consents if not consent.withdrawn_at}
    present = current_consent_texts(row.petition, row.language)
    boxes = []
    for purpose in offered:
        words = _words_on_news(data) if purpose == ConsentPurpose.NEWSLETTER else agreed.get(purpose)
        given = words is not None
        words = words or present.get(purpose)
        if words is not None:
            boxes.append(Choice(purpose, words, given))
    return boxes


def _words_on_news(data: OwnData) -> ConsentText | None:
    """Return the words by which the news are on, or None: the mailbox's own state says it.

    Until a signature counts, what was agreed to with it later than the mailbox was last heard comes first.
    """
    assert isinstance(data.row, Signature)
    contact = data.contact
    yeses = [
        consent
        for consent in data.consents
        if consent.text.purpose == ConsentPurpose.NEWSLETTER and not consent.withdrawn_at
    ]
    newest = max(yeses, key=lambda consent: consent.confirmed_at, default=None)
    waits = data.row.state != SignatureState.CONFIRMED
    if newest and waits and (contact is None or contact.state_changed_at < newest.confirmed_at):
        return newest.text
    if contact is not None and contact.state == ContactState.SUBSCRIBED:
        return contact.consent_text
    return None


def _consents(row: PendingSignature | Signature) -> list[Consent]:
    """Return the recorded yeses, oldest first; of what waits, those that would be recorded, not confirmed yet."""
    if isinstance(row, Signature):
        return list(row.consents.select_related("text").order_by("given_at", "pk"))
    ids = row.consent_text_ids().values()
    texts = ConsentText.objects.filter(pk__in=ids).order_by("pk")
    return [Consent(text=text, given_at=row.received_at) for text in texts]

"""What somebody sent and no mailbox has confirmed. What isn't confirmed isn't a signature."""

import secrets
import uuid
from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from petition.email_address import KEY_LENGTH
from petition.enums import ConsentPurpose
from petition.models.petition import Petition
from petition.models.text import ConsentText, PetitionText

NAME_LENGTH = 100
EMAIL_LENGTH = 254  # RFC 5321 §4.5.3.1.3: a path of 256 octets less its brackets
PLACE_LENGTH = 6  # FR-974


def new_nonce() -> str:
    """Return what tells one attempt from another in a link: 72 random bits, 12 characters."""
    return secrets.token_urlsafe(9)


def consent_foreign_key() -> models.ForeignKey:
    """Return the column for one purpose: the words that were ticked, or null."""
    return models.ForeignKey(ConsentText, models.PROTECT, null=True, related_name="+", db_index=False)


class PendingSignature(models.Model):
    """One mailbox's latest try for one petition.

    A later try replaces the content and the nonce and keeps the row and its UUID, so that no answer depends on
    what is known of an address. `mailed` lists the mails that have left, each as [address as typed, nonce].
    """

    wagtail_reference_index_ignore = True

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    petition = models.ForeignKey(Petition, models.PROTECT, db_index=False, verbose_name=_("petition"))
    text = models.ForeignKey(PetitionText, models.PROTECT, db_index=False)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    first_name = models.CharField(_("first name"), max_length=NAME_LENGTH)
    last_name = models.CharField(_("last name"), max_length=NAME_LENGTH)
    email = models.CharField(_("e-mail"), max_length=EMAIL_LENGTH)
    email_key = models.CharField(max_length=KEY_LENGTH)
    place = models.CharField(_("place"), max_length=PLACE_LENGTH, blank=True)
    sign_text = models.ForeignKey(ConsentText, models.PROTECT, related_name="+", db_index=False)
    public_text = consent_foreign_key()
    newsletter_text = consent_foreign_key()
    addressee_text = consent_foreign_key()
    nonce = models.CharField(max_length=16, default=new_nonce)
    mailed = models.JSONField(default=list)
    received_at = models.DateTimeField(_("received on"))
    mailed_at = models.DateTimeField(_("last mail left on"), null=True)
    reminded_at = models.DateTimeField(_("reminded on"), null=True)
    resent_at = models.DateTimeField(_("mail sent again on"), null=True)
    reasons = models.JSONField(_("reasons to look at it"), default=list)
    trial = models.BooleanField(_("trial"), default=False)

    class Meta:
        verbose_name = _("signature waiting for its confirmation")
        verbose_name_plural = _("signatures waiting for their confirmation")
        constraints = [
            models.UniqueConstraint(fields=["uuid"], name="pending_uuid"),
            models.UniqueConstraint(fields=["petition", "email_key"], name="pending_one_per_mailbox"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    def is_good(self, nonce: str) -> bool:
        """Whether the link with this nonce may confirm: it is of this try, or of the last mail to its own address.

        Somebody who types another spelling of the address kills no link by it: whether the two reach one mailbox
        is for that mailbox's provider to know.
        """
        return nonce == self.nonce or nonce in dict(self.mailed).values()

    def address_of(self, nonce: str) -> str:
        """Return the address that the mail with this nonce went to: whoever has its link reads that mailbox."""
        if nonce == self.nonce:
            return self.email
        return next((address for address, mailed in self.mailed if mailed == nonce), self.email)

    def clear_choices_except(self, kept: Collection[str]) -> None:
        """Drop the optional choices that are not among these purposes; none is added. To sign is no choice."""
        for purpose in self.consent_text_ids():
            if purpose != ConsentPurpose.SIGN and purpose not in kept:
                setattr(self, f"{purpose}_text_id", None)

    def consent_text_ids(self) -> dict[ConsentPurpose, int]:
        """Return the purposes that were ticked, each with the key of the words shown."""
        ids = {
            ConsentPurpose.SIGN: self.sign_text_id,
            ConsentPurpose.PUBLIC: self.public_text_id,
            ConsentPurpose.NEWSLETTER: self.newsletter_text_id,
            ConsentPurpose.ADDRESSEE: self.addressee_text_id,
        }
        return {purpose: pk for purpose, pk in ids.items() if pk is not None}

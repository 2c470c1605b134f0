"""A signature whose mailbox has confirmed. This table is what reaches millions of rows."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from petition.email_address import KEY_LENGTH
from petition.enums import SignatureState
from petition.models.pending import EMAIL_LENGTH, NAME_LENGTH, PLACE_LENGTH
from petition.models.petition import Petition
from petition.models.text import PetitionText


class SignatureQuerySet(models.QuerySet["Signature"]):
    """Questions about signatures."""

    def confirmed(self) -> "SignatureQuerySet":
        """Those that count."""
        return self.filter(state=SignatureState.CONFIRMED, trial=False)

    def to_be_looked_at(self) -> "SignatureQuerySet":
        """Those that wait for somebody of the staff; answered by an index of its own."""
        return self.filter(state=SignatureState.HELD, trial=False)

    def shown_publicly(self) -> "SignatureQuerySet":
        """Those that count and whose signatory agreed to be shown; answered by an index of its own."""
        return self.confirmed().filter(is_public=True)


class Signature(models.Model):
    """One confirmed act of one mailbox for one petition.

    Withdrawn or erased by the person: the row is gone. At the end of retention names, address and key become null,
    and the row still counts. Every index here is paid for on each signature: a test caps their number.
    """

    wagtail_reference_index_ignore = True

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    petition = models.ForeignKey(Petition, models.PROTECT, db_index=False, verbose_name=_("petition"))
    text = models.ForeignKey(PetitionText, models.PROTECT, db_index=False)
    state = models.CharField(_("state"), max_length=12, choices=SignatureState.choices)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    first_name = models.CharField(_("first name"), max_length=NAME_LENGTH, null=True)
    last_name = models.CharField(_("last name"), max_length=NAME_LENGTH, null=True)
    email = models.CharField(_("e-mail"), max_length=EMAIL_LENGTH, null=True)
    email_key = models.CharField(max_length=KEY_LENGTH, null=True)
    place = models.CharField(_("place"), max_length=PLACE_LENGTH, blank=True)
    received_at = models.DateTimeField(_("received on"))
    confirmed_at = models.DateTimeField(_("confirmed on"))
    blanked_at = models.DateTimeField(_("name erased on"), null=True)
    is_public = models.BooleanField(_("name shown on the site"), default=False)
    reasons = models.JSONField(_("reasons to look at it"), default=list)
    state_reason = models.CharField(_("why it was set aside"), max_length=300, blank=True)
    trial = models.BooleanField(_("trial"), default=False)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        permissions = [("judge_signature", _("Can hold, release, set aside and restore a signature"))]
        constraints = [
            models.UniqueConstraint(fields=["uuid"], name="signature_uuid"),
            models.UniqueConstraint(fields=["petition", "email_key"], name="signature_one_per_mailbox"),
            models.CheckConstraint(
                condition=Q(state__in=SignatureState.values), name="signature_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    blanked_at__isnull=True,
                    first_name__isnull=False,
                    last_name__isnull=False,
                    email__isnull=False,
                    email_key__isnull=False,
                )
                | Q(
                    blanked_at__isnull=False,
                    first_name__isnull=True,
                    last_name__isnull=True,
                    email__isnull=True,
                    email_key__isnull=True,
                ),
                name="signature_whole_or_blank",
            ),
        ]
        indexes = [
            # For the few last names on the petition's page; those who aren't shown cost it nothing.
            models.Index(
                fields=["petition", "-id"],
                name="signature_shown",
                condition=Q(is_public=True, state=SignatureState.CONFIRMED, trial=False),
            ),
            # For what staff look at; those that count cost it nothing.
            models.Index(
                fields=["state", "id"],
                name="signature_not_counted",
                condition=~Q(state=SignatureState.CONFIRMED),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

"""A supporter: somebody who asked for news, with a proof of its own, and how far the list has taken them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from petition.email_address import KEY_LENGTH
from petition.enums import Channel, ContactState, ListState, Refusal
from petition.models.pending import EMAIL_LENGTH, NAME_LENGTH
from petition.models.text import ConsentText

REFERENCE_LENGTH = 64
UNSETTLED = [ListState.WAITING, ListState.ASKED, ListState.REFUSED, ListState.OWN_HAND]


class Contact(models.Model):
    """One mailbox that may be written to, or may not any more. Its retention is its own, not the signature's.

    `provider` names the list that holds it or is about to, `provider_reference` is what that list knows it by: both
    are written before the list is told, so that an erasure at any moment knows whom to tell. Once it has left the
    list, its name and address are empty and the fingerprint remains.
    """

    wagtail_reference_index_ignore = True

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    email = models.CharField(_("e-mail"), max_length=EMAIL_LENGTH, blank=True)
    email_key = models.CharField(max_length=KEY_LENGTH)
    first_name = models.CharField(_("first name"), max_length=NAME_LENGTH, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    state = models.CharField(
        _("state"), max_length=12, choices=ContactState.choices, default=ContactState.SUBSCRIBED
    )
    consent_text = models.ForeignKey(ConsentText, models.PROTECT, db_index=False)
    given_at = models.DateTimeField(_("consent given on"))
    confirmed_at = models.DateTimeField(_("consent confirmed on"))
    source = models.CharField(_("source"), max_length=8, choices=Channel.choices, default=Channel.WEB)
    state_changed_at = models.DateTimeField(_("state since"))
    provider = models.CharField(_("list"), max_length=30, blank=True)
    provider_reference = models.CharField(max_length=REFERENCE_LENGTH, blank=True)
    provider_state = models.CharField(
        _("on the list"), max_length=12, choices=ListState.choices, default=ListState.WAITING
    )
    provider_refusal = models.CharField(_("why"), max_length=12, choices=Refusal.choices, blank=True)
    provider_said = models.CharField(_("what the list last said"), max_length=300, blank=True)
    provider_said_at = models.DateTimeField(_("said on"), null=True)
    passed_at = models.DateTimeField(_("passed on"), null=True)
    asked_at = models.DateTimeField(_("asked whether news are still wanted"), null=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.UniqueConstraint(fields=["email_key"], name="contact_one_per_mailbox"),
            models.UniqueConstraint(fields=["uuid"], name="contact_uuid"),
            models.CheckConstraint(condition=Q(state__in=ContactState.values), name="contact_state_known"),
            models.CheckConstraint(
                condition=Q(provider_state__in=ListState.values), name="contact_list_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(state=ContactState.SUBSCRIBED),
                name="contact_subscribed_has_address",
            ),
        ]
        indexes = [
            # For staff's list of those who wait or were refused: a handful among many.
            models.Index(
                fields=["provider_state"],
                name="contact_unsettled",
                condition=Q(provider_state__in=UNSETTLED),
            )
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"

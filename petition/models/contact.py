"""A supporter: somebody who asked for news, with a proof of its own."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from petition.email_address import KEY_LENGTH
from petition.enums import Channel, ContactState
from petition.models.pending import EMAIL_LENGTH, NAME_LENGTH
from petition.models.text import ConsentText


class Contact(models.Model):
    """One mailbox that may be written to, or may not any more. Its retention is its own, not the signature's."""

    wagtail_reference_index_ignore = True

    email = models.CharField(_("e-mail"), max_length=EMAIL_LENGTH)
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
    provider_said = models.CharField(_("what the list last said"), max_length=300, blank=True)
    provider_said_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.UniqueConstraint(fields=["email_key"], name="contact_one_per_mailbox"),
            models.CheckConstraint(condition=Q(state__in=ContactState.values), name="contact_state_known"),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"

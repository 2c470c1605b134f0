"""An organisation backs a petition with its name; counted apart from people, shown once staff have read it."""

import uuid

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from petition.email_address import KEY_LENGTH
from petition.enums import EndorsementState
from petition.models.pending import EMAIL_LENGTH, NAME_LENGTH
from petition.models.petition import Petition

ORGANISATION_LENGTH = 128  # the longest names of federations stay below it
ROLE_LENGTH = 100
SITE_LENGTH = 200
SIREN_LENGTH = 9  # digits, by INSEE's numbering of enterprises
NOTE_LENGTH = 500

is_web_address = URLValidator(schemes=["http", "https"])


class EndorsementQuerySet(models.QuerySet["Endorsement"]):
    """Questions about endorsements; none of them reads a logo."""

    def published(self, petition: Petition) -> "EndorsementQuerySet":
        """Those that stand on a petition's wall, the earliest first."""
        rows = self.filter(petition=petition, state=EndorsementState.PUBLISHED).defer("logo")
        return rows.order_by("published_at", "pk")

    def of_mailbox(self, key: str) -> "EndorsementQuerySet":
        """Those that were sent with a mailbox's address, with their petitions, the newest first."""
        rows = self.filter(email_key=key).select_related("petition").defer("logo")
        return rows.order_by("-received_at", "-pk")

    def to_be_reviewed(self) -> "EndorsementQuerySet":
        """Those that wait for staff."""
        return self.filter(state=EndorsementState.CONFIRMED)


class Endorsement(models.Model):
    """One try of one representative. What isn't confirmed by the mailbox is nobody's word, and is seen by nobody.

    Each try is a row of its own: nobody's link dies because somebody else typed the same address. Withdrawn: the row is
    gone. `statement` is the sentence as it was shown, in the language of the form.
    """

    wagtail_reference_index_ignore = True

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    petition = models.ForeignKey(Petition, models.PROTECT, db_index=False, verbose_name=_("petition"))
    state = models.CharField(
        _("state"), max_length=10, choices=EndorsementState.choices, default=EndorsementState.RECEIVED
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    name = models.CharField(_("name of the organisation"), max_length=ORGANISATION_LENGTH)
    country = models.CharField(_("country"), max_length=2)
    siren = models.CharField(_("SIREN number"), max_length=SIREN_LENGTH, blank=True)
    website = models.CharField(_("website"), max_length=SITE_LENGTH, blank=True, validators=[is_web_address])
    logo = models.BinaryField(blank=True, default=b"")  # PNG, drawn anew: see petition.logos
    logo_digest = models.CharField(max_length=KEY_LENGTH, blank=True)  # of its bytes: names it in its address
    logo_width = models.PositiveSmallIntegerField(default=0)
    logo_height = models.PositiveSmallIntegerField(default=0)
    first_name = models.CharField(_("first name"), max_length=NAME_LENGTH)
    last_name = models.CharField(_("last name"), max_length=NAME_LENGTH)
    role = models.CharField(_("role in the organisation"), max_length=ROLE_LENGTH)
    email = models.CharField(_("e-mail"), max_length=EMAIL_LENGTH)
    email_key = models.CharField(max_length=KEY_LENGTH)
    statement = models.TextField(_("what was agreed to"))
    statement_sha256 = models.CharField(max_length=64)
    reasons = models.JSONField(_("reasons to look at it"), default=list)
    received_at = models.DateTimeField(_("received on"))
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True)
    decided_at = models.DateTimeField(_("decided on"), null=True)
    published_at = models.DateTimeField(_("published on"), null=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("read by"),
    )
    note = models.CharField(_("reason that was given"), max_length=NOTE_LENGTH, blank=True)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        verbose_name = _("endorsement of an organisation")
        verbose_name_plural = _("endorsements of organisations")
        constraints = [
            models.UniqueConstraint(fields=["uuid"], name="endorsement_uuid"),
            models.CheckConstraint(
                condition=Q(state__in=EndorsementState.values), name="endorsement_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=EndorsementState.RECEIVED) | Q(confirmed_at__isnull=False),
                name="endorsement_confirmed_first",
            ),
            models.CheckConstraint(
                condition=~Q(state=EndorsementState.PUBLISHED) | Q(published_at__isnull=False),
                name="endorsement_published_has_moment",
            ),
            # Only among those that are shown: a stranger's try must stand in nobody's way, nor be told from another.
            models.UniqueConstraint(
                fields=["petition", "siren"],
                condition=Q(state=EndorsementState.PUBLISHED) & ~Q(siren=""),
                name="endorsement_one_per_organisation",
            ),
        ]
        indexes = [
            models.Index(fields=["petition", "state", "published_at"], name="endorsement_wall"),
            models.Index(fields=["logo_digest"], name="endorsement_logo", condition=~Q(logo_digest="")),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

"""Who must not be written to, and the proof that remains after erasure: by fingerprint, never by address."""

from datetime import datetime

from django.db import models
from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy as _

from petition.email_address import KEY_LENGTH
from petition.enums import BounceKind, SuppressionReason, SuppressionScope
from petition.models.petition import Petition
from petition.models.text import ConsentText


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    """Questions about suppressions."""

    def in_force(
        self, email_key: str | OuterRef, petition_id: int | OuterRef | None, now: datetime
    ) -> "SuppressionQuerySet":
        """Those that forbid a mail about this petition (None: about none alone) to this mailbox at `now` (aware)."""
        # Of all mail, none names a petition: said again, so that the partial index without one serves.
        about = Q(scope=SuppressionScope.ALL_MAIL, petition__isnull=True) | Q(
            scope=SuppressionScope.PETITION, petition_id=petition_id
        )
        return self.filter(about, Q(until__isnull=True) | Q(until__gt=now), email_key=email_key)


class Suppression(models.Model):
    """One refusal or failure of one mailbox. Outlives what it protects against."""

    wagtail_reference_index_ignore = True

    email_key = models.CharField(max_length=KEY_LENGTH)
    scope = models.CharField(_("scope"), max_length=12, choices=SuppressionScope.choices)
    petition = models.ForeignKey(Petition, models.CASCADE, null=True, db_index=False)
    reason = models.CharField(_("reason"), max_length=12, choices=SuppressionReason.choices)
    created_at = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True)
    consent_text = models.ForeignKey(ConsentText, models.PROTECT, null=True, db_index=False)
    given_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scope__in=SuppressionScope.values), name="suppression_scope_known"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=SuppressionReason.values), name="suppression_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(scope=SuppressionScope.PETITION, petition__isnull=False)
                | (~Q(scope=SuppressionScope.PETITION) & Q(petition__isnull=True)),
                name="suppression_petition_when_scoped",
            ),
            models.UniqueConstraint(
                fields=["email_key", "scope", "reason"],
                condition=Q(petition__isnull=True),
                name="suppression_once",
            ),
            models.UniqueConstraint(
                fields=["email_key", "petition", "reason"],
                condition=Q(petition__isnull=False),
                name="suppression_once_per_petition",
            ),
        ]

    def __str__(self) -> str:
        return f"suppression {self.pk}"


class Bounce(models.Model):
    """One mail that came back, or one complaint: of which mailbox, by fingerprint; `said` is the server's own words,
    without any address."""

    wagtail_reference_index_ignore = True

    email_key = models.CharField(max_length=KEY_LENGTH)
    kind = models.CharField(_("kind"), max_length=10, choices=BounceKind.choices)
    happened_at = models.DateTimeField(_("on"))
    said = models.CharField(_("what the server said"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("returned mail")
        verbose_name_plural = _("returned mails")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=BounceKind.values), name="bounce_kind_known"),
            # The same report, delivered twice, is one; the index also finds a mailbox's own.
            models.UniqueConstraint(fields=["email_key", "kind", "happened_at"], name="bounce_once"),
        ]

    def __str__(self) -> str:
        return f"bounce {self.pk}"

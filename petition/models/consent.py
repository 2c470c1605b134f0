"""A recorded yes to one purpose, with the words that were shown."""

from datetime import UTC, datetime

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from petition.models.signature import Signature
from petition.models.text import ConsentText

# In the index, in the place of the moment of a withdrawal: what is in force stands there once.
IN_FORCE = datetime(1970, 1, 1, tzinfo=UTC)


class Consent(models.Model):
    """The proof of one consent (RGPD article 7.1): which words, given when, confirmed when, withdrawn when (UTC).

    What was withdrawn and is given again is a second row: the first one stays true.
    """

    wagtail_reference_index_ignore = True

    signature = models.ForeignKey(Signature, models.CASCADE, related_name="consents", db_index=False)
    text = models.ForeignKey(ConsentText, models.PROTECT, db_index=False)
    given_at = models.DateTimeField()
    confirmed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Its index also serves the way from a signature to its consents.
            models.UniqueConstraint(
                "signature",
                "text",
                Coalesce("withdrawn_at", Value(IN_FORCE)),
                name="consent_in_force_once_per_text",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__gte=models.F("given_at")), name="consent_confirmed_after_given"
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"

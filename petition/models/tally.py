"""The count, kept rather than counted."""

from django.db import models
from django.db.models import Q

from petition.models.petition import Petition

SLOTS = 16  # confirmations at the same instant rarely meet on one row; measured: a third faster than one


class Total(models.Model):
    """A share of one petition's count, changed in the transaction of the act; the count is the sum of its slots."""

    wagtail_reference_index_ignore = True

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="totals", db_index=False)
    slot = models.SmallIntegerField()
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "slot"], name="total_one_per_slot"),
            models.CheckConstraint(condition=Q(slot__gte=0, slot__lt=SLOTS), name="total_slot_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id}/{self.slot}"

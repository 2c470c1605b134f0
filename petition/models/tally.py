"""The count, kept rather than counted."""

from django.db import models
from django.db.models import Q

from petition.enums import TallyKind
from petition.models.pending import PLACE_LENGTH
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


class HourlyTally(models.Model):
    """How often something happened in one hour (UTC) at one place; rolled up from the events by the worker.

    A withdrawal is booked at its own hour. `place` is that of the signature, empty where none was given.
    """

    wagtail_reference_index_ignore = True

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="tallies", db_index=False)
    hour = models.DateTimeField()
    place = models.CharField(max_length=PLACE_LENGTH, blank=True)
    kind = models.CharField(max_length=12, choices=TallyKind.choices)
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "hour", "place", "kind"], name="hourlytally_once"),
            models.CheckConstraint(condition=Q(kind__in=TallyKind.values), name="hourlytally_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.hour:%Y-%m-%d %H} {self.kind}"


class RollUp(models.Model):
    """How far the events are rolled up: `cursor` is a transaction's number (PostgreSQL) or a row's (SQLite).

    What was committed before `as_of` is in. `mark` was this table's own transaction at `marked_at`: once the cursor has
    passed it, all from before that moment is in. Rows up to `floor` came with a backup from another server, whose
    transactions had numbers of their own; they are in as well.
    """

    wagtail_reference_index_ignore = True

    cursor = models.BigIntegerField(default=0)
    as_of = models.DateTimeField()
    mark = models.BigIntegerField(default=0)
    marked_at = models.DateTimeField(null=True)
    floor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="rollup_one_row")]

    def __str__(self) -> str:
        return f"rolled up as of {self.as_of}"


class GoalShown(models.Model):
    """Since when a goal has been the one shown: the public history of goals."""

    wagtail_reference_index_ignore = True

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="goals_shown", db_index=False)
    goal = models.PositiveBigIntegerField()
    since = models.DateTimeField()

    class Meta:
        ordering = ["since"]
        constraints = [models.UniqueConstraint(fields=["petition", "since"], name="goalshown_one_at_a_time")]

    def __str__(self) -> str:
        return f"{self.petition_id}: {self.goal}"

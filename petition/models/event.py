"""What happened to signatures: a record that is only added to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from petition.enums import Channel, EventKind, SignatureState
from petition.models.pending import PLACE_LENGTH
from petition.models.petition import Petition


class CurrentTransaction(models.Func):
    """The database's own number of the running transaction, 0 where there is none to be had (SQLite).

    A roll-up reads events up to the oldest transaction still running: by it, none is missed.
    """

    output_field = models.BigIntegerField()

    def as_postgresql(self, compiler, connection, **kwargs):
        return "pg_current_xact_id()::text::bigint", []

    def as_sqlite(self, compiler, connection, **kwargs):
        return "0", []


class SignatureEvent(models.Model):
    """One act: its kind, moment (UTC), place, channel and effect on the count.

    The signature is named by its UUID, without a foreign key: the event stays when the signature goes.
    """

    wagtail_reference_index_ignore = True

    petition = models.ForeignKey(Petition, models.PROTECT, db_index=False, verbose_name=_("petition"))
    kind = models.CharField(max_length=12, choices=EventKind.choices)
    happened_at = models.DateTimeField(_("moment"))
    place = models.CharField(max_length=PLACE_LENGTH, blank=True)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.WEB)
    delta = models.SmallIntegerField()
    signature_uuid = models.UUIDField()
    # Its state before the act, written where kind and effect leave it open: null in the first events, too.
    was = models.CharField(max_length=12, choices=SignatureState.choices, null=True)
    transaction = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind_known"),
            models.CheckConstraint(condition=Q(delta__in=[-1, 0, 1]), name="event_delta_is_one_step"),
        ]
        indexes = [
            # What became of a signature: an old link asks whether it was withdrawn, staff read its history. Its
            # confirmation stands in its own row, so that those that only count cost this index nothing.
            models.Index(
                fields=["signature_uuid"],
                name="event_after_confirmation",
                condition=~Q(kind=EventKind.CONFIRMED),
            ),
            # The roll-up reads from where it stopped; added to at its end alone.
            models.Index(fields=["transaction"], name="event_transaction"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.signature_uuid}"

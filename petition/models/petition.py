"""The request itself: who asks whom for what, from when to when."""

from datetime import datetime, time, timedelta

from django.apps import apps
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, When
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from petition.enums import PetitionState

DEFAULT_GOAL_STEPS = [100, 500, 1_000, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000]


def default_goal_steps() -> list[int]:
    """Return a fresh list, since a default must not be shared between rows."""
    return list(DEFAULT_GOAL_STEPS)


FINAL = (PetitionState.DELIVERED, PetitionState.ANSWERED)
TAKES_CONFIRMATIONS = (PetitionState.OPEN, PetitionState.CLOSED)

no_control_characters = RegexValidator(
    r"[\x00-\x1f\x7f]", _("Line breaks are not allowed here."), inverse_match=True
)


class PetitionQuerySet(models.QuerySet["Petition"]):
    """Petitions, as staff and visitors look for them."""

    def has_opened(self) -> "PetitionQuerySet":
        """Those that everybody may know of: no longer in preparation."""
        return self.exclude(state=PetitionState.PREPARATION)

    def titled(self) -> "PetitionQuerySet":
        """Add `title`, the name of what is signed, which is then what str() returns.

        In the active language, or else in the default one, or else in any; None where there is no text yet.
        """
        texts = apps.get_model("petition", "PetitionText").objects.filter(petition=OuterRef("pk"))
        wished = Case(
            When(language=get_language() or settings.LANGUAGE_CODE, then=0),
            When(language=settings.LANGUAGE_CODE, then=1),
            default=2,
        )
        return self.annotate(title=Subquery(texts.order_by(wished, "-version").values("title")[:1]))


class Petition(models.Model):
    """One petition. Pages and signatures point at it and protect it; what is signed stands in PetitionText."""

    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=PetitionState.choices,
        default=PetitionState.PREPARATION,
        editable=False,
    )
    opens_at = models.DateTimeField(_("opens on"), null=True, blank=True, help_text=_("Paris time"))
    closes_at = models.DateTimeField(_("closes on"), null=True, blank=True, help_text=_("Paris time"))
    opened_at = models.DateTimeField(_("opened on"), null=True, blank=True, editable=False)
    goal_steps = models.JSONField(
        _("goal steps"),
        default=default_goal_steps,
        help_text=_("Growing numbers of signatures; the next one shows when the last is nearly reached."),
    )
    organiser = models.CharField(_("organiser"), max_length=120, validators=[no_control_characters])
    sender_name = models.CharField(_("sender's name"), max_length=120, validators=[no_control_characters])
    sender_address = models.EmailField(_("sender's address"), max_length=254)
    reply_to = models.EmailField(_("replies go to"), max_length=254)
    watched_domains = models.TextField(
        _("mail domains to look at"),
        blank=True,
        help_text=_("One a line, such as example.org: signatures from there wait until somebody has looked."),
    )
    delivered_at = models.DateTimeField(_("delivered on"), null=True, blank=True, editable=False)
    names_kept_until = models.DateTimeField(_("names kept until"), null=True, blank=True, editable=False)
    names_kept_before = models.DateTimeField(
        null=True, blank=True, editable=False
    )  # as it was until delivery
    names_kept_why = models.CharField(
        _("why they are kept longer"), max_length=300, blank=True, editable=False
    )
    blanking_warnings = models.JSONField(
        default=list, editable=False
    )  # [day of the end, days ahead, moment], each sent
    blanked_at = models.DateTimeField(_("names erased on"), null=True, blank=True, editable=False)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("petition")
        verbose_name_plural = _("petitions")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PetitionState.values), name="petition_state_known"),
            models.CheckConstraint(
                condition=Q(state=PetitionState.PREPARATION) | Q(opened_at__isnull=False),
                name="petition_opened_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=models.F("opens_at")),
                name="petition_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return getattr(self, "title", None) or self.slug

    def takes_signatures(self, moment: datetime) -> bool:
        """Whether a form sent at `moment` (aware) is accepted."""
        if self.state != PetitionState.OPEN or (self.opens_at and moment < self.opens_at):
            return False
        return not (self.closes_at and moment >= self.closes_at)

    @property
    def open_now(self) -> bool:
        """Whether a form sent at this moment is accepted; for templates."""
        return self.takes_signatures(timezone.now())

    @property
    def not_open_yet(self) -> bool:
        """Whether it is still to open: in preparation, or before its opening moment."""
        waits = self.state == PetitionState.OPEN and self.not_open_until is not None
        return self.state == PetitionState.PREPARATION or waits

    @property
    def is_over(self) -> bool:
        """Whether it has stopped taking signatures: closed, or past its closing moment."""
        return not self.open_now and not self.not_open_yet

    @property
    def not_open_until(self) -> datetime | None:
        """The opening moment while it lies ahead; None where it has passed, or none is set."""
        return self.opens_at if self.opens_at and timezone.now() < self.opens_at else None

    @property
    def closed_at(self) -> datetime | None:
        """When it stopped taking signatures; None while it hasn't, and where no moment is written down."""
        return self.closes_at if self.closes_at and self.closes_at <= timezone.now() else None

    @property
    def count_is_final(self) -> bool:
        """Whether nothing moves the total any more but a signatory who leaves: it has been delivered."""
        return self.state in FINAL

    @property
    def last_moment(self) -> datetime | None:
        """Until when it takes signatures, as it is told: a closing at midnight in Paris ends the day before."""
        at_midnight = self.closes_at and timezone.localtime(self.closes_at).time() == time.min
        return self.closes_at - timedelta(seconds=1) if self.closes_at and at_midnight else self.closes_at

    def takes_confirmations(self, *, trial: bool = False) -> bool:
        """Whether what was sent in time may still be confirmed.

        The total is final at delivery, and at the end of names: nobody could tell any more who has signed already.
        A trial is confirmed before the petition opens, and never after.
        """
        if trial:
            return self.state == PetitionState.PREPARATION
        if self.blanked_at is not None:
            return False
        return self.state in TAKES_CONFIRMATIONS


class OfficeHolder(models.Model):
    """Who held the addressed office, from when; may change after launch, with a public note."""

    petition = models.ForeignKey(
        Petition, models.CASCADE, related_name="office_holders", verbose_name=_("petition")
    )
    name = models.CharField(_("name and office"), max_length=200)
    as_of = models.DateField(_("as of"))
    note = models.CharField(_("public note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("holder of the addressed office")
        verbose_name_plural = _("holders of the addressed office")
        ordering = ["-as_of"]
        constraints = [models.UniqueConstraint(fields=["petition", "as_of"], name="officeholder_one_a_day")]

    def __str__(self) -> str:
        return self.name

"""What is signed and what is agreed to: words that are kept as they were shown."""

import hashlib
import json

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from petition.enums import ConsentPurpose
from petition.models.petition import Petition


def digest(*parts: str) -> str:
    """Return the SHA-256 of the parts in hexadecimal, each kept apart from the next."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


class PetitionText(models.Model):
    """One version of what is signed, in one language. Frozen when the petition opens; then only a new version."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="texts", verbose_name=_("petition"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    title = models.CharField(_("title"), max_length=200)
    demands = models.TextField(_("demands"), help_text=_("One demand a line."))
    addressee = models.CharField(_("addressee (an office)"), max_length=200)
    note = models.CharField(_("what changed since the last version"), max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, editable=False)
    frozen_at = models.DateTimeField(_("frozen on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("petition text")
        verbose_name_plural = _("petition texts")
        ordering = ["language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "language", "version"], name="petitiontext_one_per_version"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="petitiontext_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language}, {self.version})"

    def save(self, **kwargs) -> None:
        """Store with its fingerprint. A frozen row is refused here in words, and by the database anyhow."""
        if self.pk and PetitionText.objects.filter(pk=self.pk, frozen_at__isnull=False).exists():
            raise ValidationError(
                _("This text has been signed and can't change any more: make a new version.")
            )
        self.sha256 = digest(self.title, self.demands, self.addressee)
        super().save(**kwargs)

    def demand_list(self) -> list[str]:
        """Return the demands, one string each."""
        return [line.strip() for line in self.demands.splitlines() if line.strip()]


class ConsentText(models.Model):
    """One version of the words of one consent box, as rendered; it never changes.

    `discloses` is the alias of the outside service that the sentence names, or empty: only who agreed to words that
    name a service is ever passed to it.
    """

    petition = models.ForeignKey(
        Petition, models.CASCADE, related_name="consent_texts", verbose_name=_("petition")
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=ConsentPurpose.choices)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    label = models.CharField(_("label of the box"), max_length=120)
    sentence = models.TextField(_("sentence"))
    discloses = models.CharField(_("outside service named"), max_length=30, blank=True, default="")
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("made on"), auto_now_add=True)

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["language", "purpose", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "purpose", "language", "version"], name="consenttext_one_per_version"
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=ConsentPurpose.values), name="consenttext_purpose_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} ({self.language}, {self.version})"


class ConsentWording(models.Model):
    """Staff's own words for one box, with gaps ({organisation}, {addressee}); without a row the usual words stand.

    What visitors are shown is rendered from it into a ConsentText when it is saved, never by a visitor's GET.
    """

    wagtail_reference_index_ignore = True

    petition = models.ForeignKey(
        Petition, models.CASCADE, related_name="consent_wordings", verbose_name=_("petition")
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=ConsentPurpose.choices)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    label = models.CharField(_("label of the box"), max_length=120)
    sentence = models.TextField(_("sentence"))

    class Meta:
        verbose_name = _("consent wording")
        verbose_name_plural = _("consent wordings")
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "purpose", "language"], name="consentwording_one_per_box"
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=ConsentPurpose.values), name="consentwording_purpose_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} ({self.language})"


class FormRendering(models.Model):
    """What the form looked like with one set of texts, in one language: kept as the proof of what was shown.

    Made when staff save or switch something that the form shows, never by a visitor's GET; it never changes.
    """

    wagtail_reference_index_ignore = True

    petition = models.ForeignKey(
        Petition, models.CASCADE, related_name="renderings", verbose_name=_("petition"), db_index=False
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    html = models.TextField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made on"), auto_now_add=True)

    class Meta:
        verbose_name = _("form as shown")
        verbose_name_plural = _("forms as shown")
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["petition", "language", "sha256"], name="formrendering_once")
        ]

    def __str__(self) -> str:
        return f"form {self.pk}"

"""Files that the worker makes from a page: its PDF, the picture shown where it is shared, the press kit."""

from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class MadeKind(models.TextChoices):
    """What is made."""

    PDF = "pdf", _("PDF")
    SHARE_IMAGE = "share_image", _("picture for sharing")
    PRESS_KIT = "press_kit", _("press kit")


class MadeFileQuerySet(models.QuerySet["MadeFile"]):
    def of(self, page) -> "MadeFileQuerySet":
        """The files of one page, to be told about: with their size in bytes, and without their content."""
        return self.filter(page=page.pk).annotate(size=Length("content")).defer("content")


class MadeFile(models.Model):
    """One file made from one page. It goes with its page, and is never older than what readers see for long.

    It is kept in the database, where no address leads to it: only the page itself hands it out, so that what hides
    the page hides its files. `fingerprint` (SHA-256, hexadecimal) is of what it was made from.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="made_files")
    kind = models.CharField(max_length=20, choices=MadeKind.choices)
    content = models.BinaryField()
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects = MadeFileQuerySet.as_manager()

    url: str  # the path at which its page hands it out
    size: int  # bytes

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "kind"], name="home_made_file_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.page_id}"

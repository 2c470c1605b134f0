"""Pictures: whose they are and on what terms they may be used is part of them."""

import os
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, get_upload_to

from home.models.organisation import Organisation
from home.uploads.field import PictureField

# The sizes that pages show. 480: a phone; 960: a column of text on a fine screen. White behind what is see-through: a
# logo drawn for paper stays readable in the dark scheme.
SHOWN = Filter.expand_spec("format-{avif,webp,jpeg}|width-{480,960}|bgcolor-ffffff")


class CampaignImage(AbstractImage):
    """A picture with its credit and its licence, as a reader and a newsroom are told.

    What is stored is never what was sent: see home.uploads.pictures. `credit` may be left empty: then it is the
    organisation's own. What a picture shows is said where it is used, in each language, and not here.
    """

    file = PictureField(
        verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height"
    )
    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who made it. Left empty, the organisation is named."),
    )
    licence = models.CharField(
        _("licence"), max_length=200, help_text=_("On what terms others may use it, for example CC BY 4.0.")
    )

    admin_form_fields = ("title", "file", "credit", "licence", "collection", "tags")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def save(self, *args, **kwargs):
        """Store the picture and, the first time, the sizes that pages show: no reader waits for them."""
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if is_new:
            self.make_renditions()

    def make_renditions(self) -> None:
        """Make the sizes that pages show."""
        self.get_renditions(*SHOWN)

    @property
    def default_alt_text(self) -> str:
        """Nothing: a title is often the name of a file, and says nothing to whoever can't see the picture."""
        return ""

    @property
    def credit_or_own(self) -> str:
        """Who made the picture; the organisation where nobody else is named."""
        return self.credit or Organisation.current().name

    @property
    def credit_line(self) -> str:
        """Who made the picture and on what terms it may be used, as a reader sees it below it."""
        return f"{self.credit_or_own}, {self.licence}"


class CampaignRendition(AbstractRendition):
    """One size of a picture. Its file's name can't be guessed and is never used again."""

    image = models.ForeignKey(CampaignImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="home_rendition_once"
            )
        ]

    def get_upload_to(self, filename: str) -> str:
        """Return where the file lies: readers know it by a name that says nothing and that nobody guesses."""
        return f"images/{uuid4().hex}{os.path.splitext(filename)[1]}"

"""Pictures: whose they are and on what terms they may be used is part of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition

from home.models.organisation import Organisation


class CampaignImage(AbstractImage):
    """A picture with its credit and its licence, as a reader and a newsroom are told.

    `credit` may be left empty: then it is the organisation's own.
    """

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

    @property
    def credit_line(self) -> str:
        """Who made the picture and on what terms it may be used, as a reader sees it below it."""
        return f"{self.credit or Organisation.current().name}, {self.licence}"


class CampaignRendition(AbstractRendition):
    """One size of a picture, made when a page first asks for it."""

    image = models.ForeignKey(CampaignImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="home_rendition_once"
            )
        ]

"""Position papers and the page that lists them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail_localize.fields import SynchronizedField

from home.models.dated import DatedPage, ListPage


class PositionIndexPage(ListPage):
    """The list of position papers."""

    subpage_types = ["home.PositionPaperPage"]
    template = "home/position_index_page.html"

    class Meta:
        verbose_name = _("list of position papers")
        verbose_name_plural = _("lists of position papers")


class PositionPaperPage(DatedPage):
    """One position paper: what the organisation thinks, argued; a text with a version, that others can cite."""

    version = models.CharField(
        _("version"), max_length=20, default="1.0", help_text=_("Raised when the text changes.")
    )

    parent_page_types = ["home.PositionIndexPage"]
    template = "home/position_paper_page.html"
    pdf_template = "home/pdf/position_paper.html"
    content_panels = [
        *DatedPage.content_panels,
        FieldPanel("version"),
        InlinePanel("footnotes", label=_("Footnote"), heading=_("Footnotes")),
    ]
    override_translatable_fields = [
        *DatedPage.override_translatable_fields,
        SynchronizedField("version", overridable=False),
    ]

    class Meta:
        verbose_name = _("position paper")
        verbose_name_plural = _("position papers")

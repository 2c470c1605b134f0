"""Position papers and the page that lists them."""

from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail_localize.fields import SynchronizedField

from home.blocks import PaperBodyBlock
from home.contents import Contents
from home.fields import BodyField
from home.file_facts import facts
from home.footnotes import Notes
from home.links import absolute
from home.models.dated import DatedPage, ListPage
from home.models.made_file import MadeKind
from home.models.organisation import Organisation


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
    body = BodyField(PaperBodyBlock(), verbose_name=_("body"), blank=True)

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

    def around(self) -> dict[str, Any]:
        """Return what stands around the text, for one rendering of it: contents, notes, how to cite it."""
        organisation = Organisation.current()
        return {
            "contents": Contents(self.body),
            "notes": Notes(self),
            "citation": citation(self, organisation.name),
            "organiser": organisation.name,
        }

    def get_context(self, request, *args, **kwargs):
        """Add what stands around the text, and the paper as PDF once it is made."""
        pdf = self.files().get(MadeKind.PDF)
        return super().get_context(request, *args, **kwargs) | {
            **self.around(),
            "pdf": pdf,
            "pdf_facts": facts("pdf", pdf.size, self.language) if pdf else "",
        }

    def print_context(self) -> dict[str, Any]:
        """Return what its PDF shows besides the page itself."""
        return self.around()

    def file_names(self) -> dict[str, MadeKind]:
        """Offer the paper as PDF."""
        return {f"{self.slug}.pdf": MadeKind.PDF}


def citation(paper: PositionPaperPage, organisation: str) -> str:
    """Return how to cite a paper, in the active language, which is the paper's own when it is shown."""
    parts = {
        "organisation": organisation,
        "title": paper.title,
        "version": paper.version,
        "date": date_format(paper.date, gettext("j F Y")),
        "address": absolute(paper.url),
    }
    return gettext("%(organisation)s, “%(title)s”, version %(version)s, %(date)s, %(address)s") % parts

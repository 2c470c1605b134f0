"""Position papers and the page that lists them."""

from django.utils.translation import gettext_lazy as _

from home.models.dated import DatedPage, ListPage


class PositionIndexPage(ListPage):
    """The list of position papers."""

    subpage_types = ["home.PositionPaperPage"]
    template = "home/position_index_page.html"

    class Meta:
        verbose_name = _("list of position papers")
        verbose_name_plural = _("lists of position papers")


class PositionPaperPage(DatedPage):
    """One position paper: what the organisation thinks, argued."""

    parent_page_types = ["home.PositionIndexPage"]
    template = "home/position_paper_page.html"

    class Meta:
        verbose_name = _("position paper")
        verbose_name_plural = _("position papers")

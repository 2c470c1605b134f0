"""News and the page that lists them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from home.blocks import RelatedPagesBlock
from home.fields import BodyField
from home.models.dated import DatedPage, ListPage


class NewsIndexPage(ListPage):
    """The list of news."""

    subpage_types = ["home.NewsPage"]
    template = "home/news_index_page.html"

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")


class NewsPage(DatedPage):
    """One piece of news: who wrote it, on what, and the petition that it is an update of, if any."""

    author = models.CharField(_("author"), max_length=120, blank=True)
    topic = models.CharField(_("topic"), max_length=60, blank=True, help_text=_("One or two words."))
    petition = models.ForeignKey(
        "petition.Petition",
        verbose_name=_("update of the petition"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown on the petition's page too."),
    )
    related = BodyField(RelatedPagesBlock(), verbose_name=_("related pages"), blank=True)

    parent_page_types = ["home.NewsIndexPage"]
    template = "home/news_page.html"
    content_panels = [
        *DatedPage.content_panels,
        FieldPanel("author"),
        FieldPanel("topic"),
        FieldPanel("petition"),
        FieldPanel("related"),
    ]
    override_translatable_fields = [
        *DatedPage.override_translatable_fields,
        SynchronizedField("author"),
        SynchronizedField("petition", overridable=False),
    ]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

"""News and the page that lists them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from home.blocks import RelatedPagesBlock
from home.blocks.ways import in_this_language
from home.fields import BodyField
from home.links import reachable
from home.models.dated import DatedPage, ListPage
from petition import public

ON_THE_PETITION = 3  # updates on the petition's page: what is new, and not the whole story again


class NewsIndexPage(ListPage):
    """The list of news."""

    subpage_types = ["home.NewsPage"]
    template = "home/news_index_page.html"

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")


class NewsForm(WagtailAdminPageForm):
    """The editor's form, in which petitions are known by their titles."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "petition" in self.fields:  # not on the screen of a translation
            self.fields["petition"].queryset = public.petitions_by_title()


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
    base_form_class = NewsForm
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

    def get_context(self, request, *args, **kwargs):
        """Add what to read next: pages that a reader can open, in their language, and never this one."""
        chosen = [block.value for block in self.related]
        related = [page for page in in_this_language(chosen) if page.pk != self.pk]
        return super().get_context(request, *args, **kwargs) | {"related": related}


def updates_of(petition, locale) -> list[NewsPage]:
    """Return the newest news about a petition that readers of one language can open, at most `ON_THE_PETITION`."""
    about = NewsPage.objects.filter(petition=petition, locale=locale)
    return list(reachable(about).order_by("-date", "-pk")[:ON_THE_PETITION])

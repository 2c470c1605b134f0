"""What press releases, position papers and news have in common: a date, a summary, a body, a list."""

from datetime import datetime, time

from django.core.paginator import InvalidPage, Paginator
from django.db import models
from django.http import Http404
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from home.blocks import BodyBlock
from home.fields import BodyField
from home.links import reachable
from home.models.base import CampaignPage
from home.models.feed import HasFeed

PER_PAGE = 12  # entries: a list that a phone loads at once and a person reads to its end
IN_A_FEED = 20  # entries: whoever asks once a month misses none, and the answer stays small


class DatedPage(CampaignPage):
    """A page with a date of its own, which is the same in every language."""

    date = models.DateField(_("date"), default=timezone.localdate)
    summary = models.TextField(
        _("summary"), max_length=600, help_text=_("Shown in lists and below the title.")
    )
    body = BodyField(BodyBlock(), verbose_name=_("body"), blank=True)

    subpage_types: list[str] = []
    content_panels = [
        *CampaignPage.content_panels,
        FieldPanel("date"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    override_translatable_fields = [SynchronizedField("date", overridable=False)]

    class Meta:
        abstract = True

    @property
    def kind(self) -> str:
        """What this is, as a reader is told in mixed lists."""
        return capfirst(self._meta.verbose_name)

    @property
    def published_at(self) -> datetime:
        """The moment of publication, in the site's time zone: the real one, or the first of a date set by hand."""
        first = self.first_published_at and timezone.localtime(self.first_published_at)
        if first and first.date() == self.date:
            return first
        return timezone.make_aware(datetime.combine(self.date, time()))


def newest(pages) -> list[DatedPage]:
    """Return what a feed tells of `pages`: the newest that readers can open, by their publication."""
    found = reachable(pages).prefetch_related("footnotes").order_by("-date", "-first_published_at", "-pk")
    return sorted(found[:IN_A_FEED], key=lambda page: page.published_at, reverse=True)


class ListPage(HasFeed, CampaignPage):
    """A page that lists its dated children, newest first."""

    intro = models.TextField(_("introduction"), max_length=600, blank=True)

    parent_page_types = ["home.HomePage"]
    max_count_per_parent = 1
    show_in_menus_default = True
    content_panels = [*CampaignPage.content_panels, FieldPanel("intro")]

    class Meta:
        abstract = True

    @classmethod
    def entry_model(cls) -> type[DatedPage]:
        """Return the page type that this page lists."""
        return cls.allowed_subpage_models()[0]

    def entries(self):
        """Return the children that a reader can open, newest first; none of a list that is itself unpublished."""
        return reachable(self.entry_model().objects.child_of(self)).order_by("-date", "-pk")

    def has_part(self, number: str, language: str) -> bool:
        """Whether the list of another language is long enough to have a part with this number."""
        there = (
            type(self)
            .objects.filter(translation_key=self.translation_key, locale__language_code=language)
            .first()
        )
        parts = Paginator(there.entries(), PER_PAGE).num_pages if there else 0
        return number.isdecimal() and 1 <= int(number) <= parts

    def feed_entries(self) -> list[DatedPage]:
        """Return the newest of what this page lists."""
        return newest(self.entry_model().objects.child_of(self))

    def get_context(self, request, *args, **kwargs):
        """Add the entries of the page of the list that the address asks for."""
        context = super().get_context(request, *args, **kwargs)
        try:
            context["entries"] = Paginator(self.entries(), PER_PAGE).page(request.GET.get("page", 1))
        except InvalidPage as error:
            raise Http404 from error
        return context

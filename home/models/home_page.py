"""The first page of a language."""

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.blocks import BodyBlock
from home.fields import BodyField
from home.links import reachable
from home.models.base import CampaignPage
from petition import public

LATEST = 6  # two rows of cards: a glance; the list pages have the rest


class HomePage(CampaignPage):
    """The home page of one language: what is asked, why, and what is new."""

    hero_text = models.TextField(_("opening words"), max_length=600)
    body = BodyField(BodyBlock(), verbose_name=_("body"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.PetitionPage",
        "home.PressIndexPage",
        "home.PositionIndexPage",
        "home.NewsIndexPage",
        "home.StandardPage",
    ]
    max_count = len(settings.LANGUAGES)
    template = "home/home_page.html"
    content_panels = [*CampaignPage.content_panels, FieldPanel("hero_text"), FieldPanel("body")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @cached_property
    def petition_page(self):
        """The first live petition page below this page, or None."""
        from home.models.petition_page import PetitionPage

        return reachable(PetitionPage.objects.child_of(self)).first()

    def latest(self) -> list[CampaignPage]:
        """The newest dated pages below this page, of all kinds together."""
        from home.models.dated import DatedPage

        newest: list[DatedPage] = []
        for model in DatedPage.__subclasses__():
            found = reachable(model.objects.descendant_of(self))
            newest += found.order_by("-date", "-pk")[:LATEST]
        return sorted(newest, key=lambda page: page.date, reverse=True)[:LATEST]

    def get_context(self, request, *args, **kwargs):
        """Add the petition page, what is signed there, and what is new."""
        context = super().get_context(request, *args, **kwargs)
        found = self.petition_page
        context["petition_page"] = found
        context["text"] = public.what_is_signed(found.petition, self.language).text if found else None
        context["latest"] = self.latest()
        return context

"""The first page of a language."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamValue

from home.blocks.home import SECTION_BLOCKS, HomeBodyBlock, WayToSign
from home.fields import BodyField
from home.links import reachable
from home.models.base import CampaignPage
from petition import public


@dataclass(frozen=True)
class Section:
    """A part of the home page: one block with a look of its own, or text that runs on."""

    is_text: bool
    blocks: list[StreamValue.StreamChild]


class HomePage(CampaignPage):
    """The home page of one language. What is asked always stands at its top; the sections below are staff's choice."""

    hero_text = models.TextField(_("opening words"), max_length=600)
    body = BodyField(HomeBodyBlock(), verbose_name=_("body"), blank=True)

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

    @property
    def shows_form(self) -> bool:
        """Whether the form itself stands at the top, rather than a line that leads to it."""
        demands = self.body.blocks_by_name("demand")
        return bool(demands) and demands[0].value["way"] == WayToSign.FORM

    def sections(self) -> list[Section]:
        """The body below what is asked: sections, each by itself, and between them runs of text."""
        found: list[Section] = []
        for block in self.body:
            if block.block_type == "demand":
                continue
            is_text = block.block_type not in SECTION_BLOCKS
            if is_text and found and found[-1].is_text:
                found[-1].blocks.append(block)
            else:
                found.append(Section(is_text, [block]))
        return found

    def get_context(self, request, *args, **kwargs):
        """Add the petition page, and what is signed there."""
        context = super().get_context(request, *args, **kwargs)
        found = self.petition_page
        context["petition_page"] = found
        context["text"] = public.what_is_signed(found.petition, self.language).text if found else None
        return context

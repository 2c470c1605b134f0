"""The sections of a home page: staff choose which, and in what order; each keeps its own look.

A heading of a section is on the second level, what stands in it on the third. What shows the newest pages shows
nothing while there are none.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from home.blocks.body import BodyBlock
from home.blocks.text import RunningTextBlock
from home.links import absolute, reachable

HEADING_LENGTH = 100
ARGUMENT_FEATURES = ["bold", "italic", "link"]
MOST_ARGUMENTS = 6  # what a reader takes in; the position papers have the rest
MOST_CARDS = 6  # two rows of cards: a glance; the list pages have the rest
USUAL_CARDS = 3
SECTIONS = _("Sections")
SECTION_BLOCKS = frozenset({"demand", "arguments", "press_release", "papers", "news", "share"})


class WayToSign(models.TextChoices):
    """How the home page lets people sign."""

    LINE = "line", _("A line that leads to the form")
    FORM = "form", _("The form itself")


class DemandBlock(blocks.StructBlock):
    """What is asked, of whom, how many have signed, and where to sign: the top of the page."""

    way = blocks.ChoiceBlock(label=_("To sign"), choices=WayToSign.choices, default=WayToSign.LINE)

    class Meta:
        icon = "edit"
        label = _("Demand, count and signing")
        description = _(
            "The petition's demands, its addressee, its count, and the way to sign. Always first."
        )


class ArgumentBlock(blocks.StructBlock):
    """One argument."""

    title = blocks.CharBlock(label=_("Title"), max_length=HEADING_LENGTH)
    text = RunningTextBlock(label=_("Text"), features=ARGUMENT_FEATURES)

    class Meta:
        icon = "pick"
        label = _("Argument")


class ArgumentsBlock(blocks.StructBlock):
    """Why: a few arguments side by side."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=HEADING_LENGTH)
    arguments = blocks.ListBlock(ArgumentBlock(), label=_("Arguments"), min_num=2, max_num=MOST_ARGUMENTS)

    class Meta:
        icon = "list-ul"
        label = _("Arguments")
        description = _("Two to six arguments, each with a title and a few sentences.")
        template = "blocks/home/arguments.html"


class NewestBlock(blocks.StructBlock):
    """The newest pages of one type, in the page's language."""

    entries_of: ClassVar[str]
    index_of: ClassVar[str]
    usual_heading: ClassVar

    heading = blocks.CharBlock(
        label=_("Heading"),
        max_length=HEADING_LENGTH,
        required=False,
        help_text=_("Left empty, the usual one stands here."),
    )

    def how_many(self, value) -> int:
        """Return how many pages are shown at most."""
        return value.get("number") or USUAL_CARDS

    def get_context(self, value, parent_context=None):
        """Add the pages and the list that they come from; two statements."""
        from home import models as pages

        context = super().get_context(value, parent_context=parent_context)
        home: Page = context["page"]
        found = reachable(getattr(pages, self.entries_of).objects.descendant_of(home))
        context["entries"] = list(found.order_by("-date", "-pk")[: self.how_many(value)])
        context["list_page"] = (
            reachable(getattr(pages, self.index_of).objects.child_of(home)).first()
            if context["entries"]
            else None
        )
        context["heading"] = value["heading"] or self.usual_heading
        return context


class PressReleaseBlock(NewestBlock):
    """The latest press release that everybody may read."""

    entries_of, index_of, usual_heading = "PressReleasePage", "PressIndexPage", _("Latest press release")

    class Meta:
        icon = "doc-full-inverse"
        label = _("Latest press release")
        description = _("By itself; nothing before its embargo is over.")
        template = "blocks/home/press_release.html"

    def how_many(self, value) -> int:
        return 1


class PapersBlock(NewestBlock):
    """The newest position papers."""

    entries_of, index_of, usual_heading = "PositionPaperPage", "PositionIndexPage", _("Position papers")
    number = blocks.IntegerBlock(
        label=_("How many"), min_value=1, max_value=MOST_CARDS, default=USUAL_CARDS, required=False
    )

    class Meta:
        icon = "doc-full"
        label = _("Position papers")
        description = _("The newest ones, by themselves.")
        template = "blocks/home/cards.html"


class NewsBlock(NewestBlock):
    """The newest news."""

    entries_of, index_of, usual_heading = "NewsPage", "NewsIndexPage", _("News")
    number = blocks.IntegerBlock(
        label=_("How many"), min_value=1, max_value=MOST_CARDS, default=USUAL_CARDS, required=False
    )

    class Meta:
        icon = "date"
        label = _("News")
        description = _("The newest ones, by themselves.")
        template = "blocks/home/cards.html"


class ShareBlock(blocks.StructBlock):
    """A call to pass the petition on, by ways that ask nobody else's server."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=HEADING_LENGTH)
    text = blocks.TextBlock(label=_("Text"), max_length=400, required=False)

    class Meta:
        icon = "mail"
        label = _("Call to share")
        description = _("An e-mail that is written already, and the petition's address to copy.")
        template = "blocks/home/share.html"

    def get_context(self, value, parent_context=None):
        """Add what is passed on: the petition's page where there is one, else the page itself; no statement more."""
        context = super().get_context(value, parent_context=parent_context)
        passed_on = context.get("petition_page") or context["page"]
        context["address"], context["title"] = absolute(passed_on.url), context["page"].title
        return context


class HomeBodyBlock(BodyBlock):
    """Sections of the home page; between them, running text, which is set as one column."""

    on_their_own = SECTION_BLOCKS

    demand = DemandBlock(group=SECTIONS)
    arguments = ArgumentsBlock(group=SECTIONS)
    press_release = PressReleaseBlock(group=SECTIONS)
    papers = PapersBlock(group=SECTIONS)
    news = NewsBlock(group=SECTIONS)
    share = ShareBlock(group=SECTIONS)

    class Meta:
        label = _("Body")
        block_counts = {
            name: {"max_num": 1} for name in ("demand", "press_release", "papers", "news", "share")
        }

    def clean(self, value):
        """Refuse a demand that isn't first."""
        cleaned = super().clean(value)
        for number, child in enumerate(cleaned):
            if child.block_type == "demand" and number:
                words = _("What is asked comes first: move this block to the top.")
                fault = blocks.StructBlockValidationError(non_block_errors=[words])
                raise blocks.StreamBlockValidationError(block_errors={number: fault})
        return cleaned

"""Blocks of running text: headings, paragraphs, quotations."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from home.safe_links import check_links, without_unsafe_links

# No pictures, embeds or documents inside running text; headings are blocks of their own.
TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "words-in-english", "words-in-french"]


class RunningTextBlock(blocks.RichTextBlock):
    """Paragraphs with links, which lead to the web, a mailbox, a telephone or a page of the site."""

    def to_python(self, value):
        """Read what is stored without links that lead elsewhere, whoever stored them."""
        return RichText(without_unsafe_links(value or ""))

    def clean(self, value):
        """Refuse such a link, in words."""
        cleaned = super().clean(value)
        check_links(cleaned.source if cleaned else "")
        return cleaned


class HeadingLevel(models.TextChoices):
    """The levels below the page's title."""

    SECTION = "h2", _("Section")
    SUBSECTION = "h3", _("Subsection")


class HeadingBlock(blocks.StructBlock):
    """A heading in the text."""

    text = blocks.CharBlock(label=_("Text"), max_length=200)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=HeadingLevel.choices, default=HeadingLevel.SECTION, search_index=False
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"

    def get_context(self, value, parent_context=None):
        """Add the address of the heading, where the page has a list of contents."""
        context = super().get_context(value, parent_context=parent_context)
        contents = context.get("contents")
        context["anchor"] = contents.anchor_of(value) if contents is not None else ""
        return context


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, who said them, and in what office."""

    text = blocks.TextBlock(label=_("What was said"))
    attribution = blocks.CharBlock(label=_("Who said it"), required=False, max_length=200)
    office = blocks.CharBlock(label=_("In what office, or where"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"


class PlainTextBlock(blocks.TextBlock):
    """A paragraph without any tool, which can be typed on a telephone; an empty line begins a new one."""

    class Meta:
        icon = "pilcrow"
        label = _("Plain text")
        template = "blocks/plain_text.html"

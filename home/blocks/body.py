"""What the body of a page may hold."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.generated import OutsideServicesBlock
from home.blocks.notes import NotedTextBlock
from home.blocks.order import check_headings
from home.blocks.pictures import PictureBlock
from home.blocks.text import TEXT_FEATURES, HeadingBlock, PlainTextBlock, QuoteBlock, RunningTextBlock
from home.blocks.ways import SignLinkBlock


class BodyBlock(blocks.StreamBlock):
    """The body of a page; what other bodies add to it may bring sections of their own (home.blocks.order)."""

    with_sections: ClassVar[frozenset[str]] = frozenset()
    on_their_own: ClassVar[frozenset[str]] = frozenset()

    heading = HeadingBlock()
    paragraph = RunningTextBlock(
        label=_("Text"), icon="pilcrow", features=TEXT_FEATURES, template="blocks/paragraph.html"
    )
    plain = PlainTextBlock()
    quote = QuoteBlock()
    picture = PictureBlock()
    sign_link = SignLinkBlock()
    outside_services = OutsideServicesBlock()

    class Meta:
        label = _("Body")

    def clean(self, value):
        """Refuse headings that skip a level."""
        cleaned = super().clean(value)
        check_headings(cleaned, with_sections=self.with_sections, on_their_own=self.on_their_own)
        return cleaned


class PaperBodyBlock(BodyBlock):
    """The body of a position paper, whose paragraphs can refer to footnotes."""

    paragraph = NotedTextBlock(
        label=_("Text"),
        icon="pilcrow",
        features=[*TEXT_FEATURES, "notes"],
        template="blocks/paragraph.html",
    )

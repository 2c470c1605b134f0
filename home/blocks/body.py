"""What the body of a page may hold."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.generated import OutsideServicesBlock
from home.blocks.pictures import PictureBlock
from home.blocks.text import TEXT_FEATURES, HeadingBlock, PlainTextBlock, QuoteBlock
from home.blocks.ways import SignLinkBlock


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    heading = HeadingBlock()
    paragraph = blocks.RichTextBlock(
        label=_("Text"), icon="pilcrow", features=TEXT_FEATURES, template="blocks/paragraph.html"
    )
    plain = PlainTextBlock()
    quote = QuoteBlock()
    picture = PictureBlock()
    sign_link = SignLinkBlock()
    outside_services = OutsideServicesBlock()

    class Meta:
        label = _("Body")

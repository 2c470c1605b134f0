"""Blocks of a page's body. None of them loads anything from outside: no embed, no remote picture."""

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Page

from home.links import page_path, reachable
from petition import public

# No pictures, embeds or documents inside running text; headings are blocks of their own.
TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class HeadingLevel(models.TextChoices):
    """The levels below the page's title."""

    SECTION = "h2", _("Section")
    SUBSECTION = "h3", _("Subsection")


class HeadingBlock(blocks.StructBlock):
    """A heading in the text."""

    text = blocks.CharBlock(label=_("Text"), max_length=200)
    level = blocks.ChoiceBlock(label=_("Level"), choices=HeadingLevel.choices, default=HeadingLevel.SECTION)

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, and whose they are."""

    text = blocks.TextBlock(label=_("What was said"))
    attribution = blocks.CharBlock(label=_("Who said it, and where"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"


class SignLinkBlock(blocks.StructBlock):
    """A link to a petition's page, shown as a button."""

    page = blocks.PageChooserBlock(page_type="home.PetitionPage", label=_("Petition page"))
    label = blocks.CharBlock(label=_("Words on the button"), max_length=60)

    class Meta:
        icon = "edit"
        label = _("Link to the petition")
        template = "blocks/sign_link.html"

    def get_context(self, value, parent_context=None):
        """Lead to the page in the reader's language; say nothing where it isn't published."""
        context = super().get_context(value, parent_context=parent_context)
        page, language = value["page"], translation.get_language()
        versions = Page.objects.filter(translation_key=page.translation_key) if page else Page.objects.none()
        here = reachable(versions.filter(locale__language_code=language)).first()
        context["address"] = page_path(here.url_path, language) if here else ""
        return context


class OutsideServicesBlock(blocks.StaticBlock):
    """The outside services that data go to, as they are at the moment of reading; nothing to fill in."""

    class Meta:
        icon = "globe"
        label = _("Outside services")
        admin_text = _(
            "Lists, by itself, the outside services that this site passes data on to; “none” while none is."
        )
        template = "blocks/outside_services.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["services"] = public.services_in_use()
        return context


class PlainTextBlock(blocks.TextBlock):
    """A paragraph without any tool, which can be typed on a telephone; an empty line begins a new one."""

    class Meta:
        icon = "pilcrow"
        label = _("Plain text")
        template = "blocks/plain_text.html"


class PictureBlock(blocks.StructBlock):
    """A picture, what it shows in words (or that it only decorates), and a caption."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/picture.html"


class CorrectionBlock(blocks.StructBlock):
    """What was wrong in a published text, and since when it has been put right."""

    date = blocks.DateBlock(label=_("Date"))
    text = blocks.RichTextBlock(label=_("What is corrected"), features=["bold", "italic", "link"])

    class Meta:
        icon = "warning"
        label = _("Correction")


class CorrectionsBlock(blocks.StreamBlock):
    """The corrections of one press release, the newest last."""

    correction = CorrectionBlock()


class AttachmentBlock(blocks.StructBlock):
    """A file to take away."""

    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("Title"), max_length=200)

    class Meta:
        icon = "doc-full"
        label = _("File")


class AttachmentsBlock(blocks.StreamBlock):
    """The files of one press release."""

    file = AttachmentBlock()


class KitPictureBlock(blocks.StructBlock):
    """A logo or a photograph for the press; credit and licence are the picture's own."""

    image = ImageChooserBlock(label=_("Picture"))
    description = blocks.CharBlock(label=_("What it shows"), max_length=200)

    class Meta:
        icon = "image"
        label = _("Logo or photograph")


class KitFigureBlock(blocks.StructBlock):
    """A figure that the press may quote, with its date and its source."""

    value = blocks.CharBlock(label=_("Figure"), max_length=60)
    meaning = blocks.CharBlock(label=_("What it counts"), max_length=200)
    date = blocks.DateBlock(label=_("As of"))
    source = blocks.CharBlock(label=_("Source"), max_length=200)

    class Meta:
        icon = "order"
        label = _("Figure")


class PressKitBlock(blocks.StreamBlock):
    """What newsrooms may take."""

    picture = KitPictureBlock()
    figure = KitFigureBlock()


class RelatedPagesBlock(blocks.StreamBlock):
    """Pages to read next."""

    page = blocks.PageChooserBlock(
        label=_("Page"),
        page_type=[
            "home.PetitionPage",
            "home.PressReleasePage",
            "home.PositionPaperPage",
            "home.NewsPage",
            "home.StandardPage",
        ],
    )

    class Meta:
        max_num = 4


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

"""Blocks of press releases and of the press kit."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from home.blocks.text import RunningTextBlock


class CorrectionBlock(blocks.StructBlock):
    """What was wrong in a published text, and since when it has been put right."""

    date = blocks.DateBlock(label=_("Date"))
    text = RunningTextBlock(label=_("What is corrected"), features=["bold", "italic", "link"])

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
    language = blocks.ChoiceBlock(
        label=_("Language of the file"), choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

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

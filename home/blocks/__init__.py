"""Blocks of a page's body. None of them loads anything from outside: no embed, no remote picture."""

from home.blocks.body import BodyBlock, PaperBodyBlock
from home.blocks.generated import OutsideServicesBlock
from home.blocks.pictures import PictureBlock
from home.blocks.press import (
    AttachmentBlock,
    AttachmentsBlock,
    CorrectionBlock,
    CorrectionsBlock,
    KitFigureBlock,
    KitPictureBlock,
    PressKitBlock,
)
from home.blocks.text import TEXT_FEATURES, HeadingBlock, HeadingLevel, PlainTextBlock, QuoteBlock
from home.blocks.ways import RelatedPagesBlock, SignLinkBlock

__all__ = [
    "BodyBlock",
    "PaperBodyBlock",
    "OutsideServicesBlock",
    "PictureBlock",
    "AttachmentBlock",
    "AttachmentsBlock",
    "CorrectionBlock",
    "CorrectionsBlock",
    "KitFigureBlock",
    "KitPictureBlock",
    "PressKitBlock",
    "TEXT_FEATURES",
    "HeadingBlock",
    "HeadingLevel",
    "PlainTextBlock",
    "QuoteBlock",
    "RelatedPagesBlock",
    "SignLinkBlock",
]

"""Pictures in a text, from this site's own library alone."""

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import Picture
from wagtail.images.shortcuts import get_renditions_or_not_found

# The column of text is 38rem wide where there is room for it; on a phone a picture is as wide as the screen.
SIZES = "(min-width: 48em) 38rem, 100vw"


class DescribedImageBlock(ImageBlock):
    """A picture with its words; all pictures of a text come with their sizes in one statement more, not one each."""

    def bulk_to_python(self, values):
        images = super().bulk_to_python(values)
        prefetch_related_objects([image for image in images if image], "renditions")
        return images


class PictureBlock(blocks.StructBlock):
    """A picture, what it shows in words (or that it only decorates), and a caption."""

    image = DescribedImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/picture.html"

    def get_context(self, value, parent_context=None):
        """Add the picture in its sizes and formats, of which a browser takes one."""
        from home.models.image import SHOWN

        context = super().get_context(value, parent_context=parent_context)
        image = value["image"]
        if image:
            words = "" if image.decorative else image.contextual_alt_text or ""
            attributes = {"sizes": SIZES, "loading": "lazy", "alt": words}
            context["picture"] = Picture(get_renditions_or_not_found(image, SHOWN), attributes)
        return context

"""Ways from a text to other pages."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from home.links import page_path, reachable


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

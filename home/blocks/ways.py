"""Ways from a text to other pages."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from home.links import page_path, reachable


def in_this_language(pages) -> list[Page]:
    """Return the given pages as a reader of the active language can open them, in order, each with its `path_here`.

    Editors choose a page in one language and readers get it in theirs, or not at all. One statement, however many.
    """
    language = translation.get_language()
    keys = [page.translation_key for page in pages if page]
    versions = Page.objects.filter(translation_key__in=keys, locale__language_code=language)
    found = {page.translation_key: page for page in reachable(versions)} if keys else {}
    here = [found[key] for key in dict.fromkeys(keys) if key in found]
    for page in here:
        page.path_here = page_path(page.url_path, language)
    return here


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
        here = in_this_language([value["page"]])
        context["address"] = here[0].path_here if here else ""
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

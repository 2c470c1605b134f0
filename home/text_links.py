"""Links in running text to pages of the site: a page that readers can't find is not even named by its address."""

from wagtail import hooks
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from home.links import reachable


class FindablePageLink(PageLinkHandler):
    """A link where there is something to read; else its words alone: an address tells the title of a draft."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        pages = [page.localized if page else None for page in cls.get_many(attrs_list)]
        keys = {page.pk for page in pages if page}
        found = (
            set(reachable(Page.objects.filter(pk__in=keys)).values_list("pk", flat=True)) if keys else set()
        )
        return [f'<a href="{page.url}">' if page and page.pk in found else "<a>" for page in pages]


@hooks.register("register_rich_text_features", order=10)
def link_to_what_can_be_found(features) -> None:
    """Stand in the place of Wagtail's own way from a page's key to its address."""
    features.register_link_type(FindablePageLink)

"""What the site says of itself: its plan, whom to write to, how to report a weakness."""

from dataclasses import dataclass, field

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from home.blocks.legal import GeneratedBlock
from home.links import HOME_DEPTH, page_path, reachable
from home.models.feed import FEED_NAMES, HasFeed

MOST = 1_000  # pages: a plan that is longer is no help any more, and search is


@dataclass
class Branch:
    """One page of the plan, its feed if it has one, and what stands below it."""

    title: str
    url: str
    feed: str = ""
    below: list["Branch"] = field(default_factory=list)


def site_tree(language: str) -> list[Branch]:
    """Return the pages that a reader can open in one language, nested as they are; one statement.

    A page whose parent can't be opened stands where the parent would.
    """
    pages = reachable(Page.objects.filter(locale__language_code=language, depth__gte=HOME_DEPTH))
    roots: list[Branch] = []
    open_branches: list[tuple[str, Branch]] = []
    for page in pages.order_by("path").only("path", "title", "url_path", "content_type")[:MOST]:
        branch = Branch(page.title, page_path(page.url_path, language))
        if page.specific_class and issubclass(page.specific_class, HasFeed):
            branch.feed = branch.url + FEED_NAMES[language]
        while open_branches and not page.path.startswith(open_branches[-1][0]):
            open_branches.pop()
        (open_branches[-1][1].below if open_branches else roots).append(branch)
        open_branches.append((page.path, branch))
    return roots


def feeds_of(branches: list[Branch]) -> list[Branch]:
    """Return the pages of a plan that have a feed, in its order."""
    return [one for branch in branches for one in ([branch] if branch.feed else []) + feeds_of(branch.below)]


class SiteTreeBlock(GeneratedBlock):
    """Every page of the reader's language, the search and the feeds (RGAA 12.1: two ways to each page)."""

    class Meta:
        icon = "site"
        label = _("Site map")
        admin_text = _("Every published page, nested; kept up to date by itself.")
        template = "blocks/site_tree.html"

    def get_context(self, value, parent_context=None):
        """Add the tree, and the search where this site has one."""
        context = super().get_context(value, parent_context=parent_context)
        context["tree"] = site_tree(translation.get_language() or settings.LANGUAGE_CODE)
        context["feeds"] = feeds_of(context["tree"])
        context["search_path"] = _path("search")
        return context


class ContactBlock(GeneratedBlock):
    """Whom to write to: in general, for the press, about one's data, about access."""

    wanted_facts = ("name", "postal_address", "email", "press_email")
    other_facts = ("phone", "press_phone", "privacy_contact")

    class Meta:
        icon = "mail"
        label = _("Contact")
        admin_text = _("Addresses from the organisation's settings.")
        template = "blocks/contact.html"


class SecurityBlock(GeneratedBlock):
    """How to report a weakness, and what is done about it."""

    class Meta:
        icon = "key"
        label = _("Security")
        admin_text = _("The contact of the settings, what a report should hold, and what we do with it.")
        template = "blocks/security.html"

    def get_context(self, value, parent_context=None):
        """Add the contact, as security.txt gives it, and as people read it."""
        context = super().get_context(value, parent_context=parent_context)
        context["contact"] = settings.SECURITY_CONTACT
        context["contact_words"] = settings.SECURITY_CONTACT.removeprefix("mailto:")
        context["security_txt"] = reverse("security_txt")
        return context


def _path(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""

"""What every page shows around its own content: names, menu, language switch, canonical address.

Values are functions, which templates call: a page that shows no menu (a mail, a health answer) asks the
database nothing, and one that shows everything asks it twice.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from home.language_switch import same_view, with_query
from home.links import HOME_DEPTH, absolute, page_path, reachable
from home.models import Organisation, Purpose
from home.models.feed import FEED_NAMES, HasFeed

# Each in its own language, so never translated.
LANGUAGE_LABELS = {"fr": "Français", "en": "English"}
HOME_LABELS = {"fr": "Accueil en français", "en": "English home page"}
NOT_YET = {"fr": _("Not in French yet"), "en": _("Not in English yet")}


@dataclass(frozen=True)
class Link:
    """One entry of the menu or of the footer; `current` is "page", "section" or empty."""

    title: str
    url: str
    current: str = ""


@dataclass(frozen=True)
class Switch:
    """The way to the same page in the other language; where there is none, `missing` says so and `url` leads home."""

    url: str
    language: str
    label: str
    hreflang: str
    missing: str = ""


@dataclass(frozen=True)
class Alternate:
    """One language version of a page, for search engines."""

    hreflang: str
    url: str


def ancestor_paths(page: Page) -> list[str]:
    """Return the tree paths of the pages above `page`, the home page first."""
    return [page.path[: depth * Page.steplen] for depth in range(HOME_DEPTH, page.depth)]


class Surroundings:
    """Reads once per request what surrounds a page."""

    def __init__(self, request) -> None:
        self.request = request
        self.language = translation.get_language() or settings.LANGUAGE_CODE

    @property
    def other_language(self) -> str:
        """The code of the language that isn't being read."""
        return next(code for code, _name in settings.LANGUAGES if code != self.language)

    @property
    def page(self) -> Page | None:
        """The page being shown, if it is one of the CMS."""
        return getattr(self.request, "campaign_page", None)

    @cached_property
    def organisation(self) -> Organisation:
        return Organisation.current()

    @cached_property
    def pages(self) -> list[Page]:
        """What can be opened of home pages, their children, and translations of the page shown: one statement."""
        wanted = Q(depth__in=(HOME_DEPTH, HOME_DEPTH + 1))
        wanted |= Q(standardpage__purpose__gt="")  # the law's pages are in the footer wherever they stand
        if self.page:
            wanted |= Q(translation_key=self.page.translation_key) | Q(path__in=ancestor_paths(self.page))
        fields = (
            "path",
            "depth",
            "title",
            "url_path",
            "show_in_menus",
            "translation_key",
            "locale__language_code",
        )
        found = reachable(Page.objects.filter(wanted)).select_related("locale").only(*fields)
        found = found.annotate(petition=F("petitionpage__petition"), news=F("newsindexpage"))
        found = found.annotate(press=F("pressindexpage"), positions=F("positionindexpage"))
        found = found.annotate(purpose=F("standardpage__purpose"))
        return list(found.order_by("path"))

    @cached_property
    def homes(self) -> dict[str, str]:
        """The path of each language's home page."""
        homes = [page for page in self.pages if page.depth == HOME_DEPTH]
        return {
            page.locale.language_code: page_path(page.url_path, page.locale.language_code) for page in homes
        }

    def children(self) -> list[Page]:
        """The pages directly below the home page of the active language."""
        deep = [page for page in self.pages if page.depth == HOME_DEPTH + 1]
        return [page for page in deep if page.locale.language_code == self.language]

    def link(self, page: Page) -> Link:
        """Return the menu entry of a page, which knows whether it leads to where the reader is."""
        here = self.page.url_path if self.page else ""
        current = "page" if here == page.url_path else "section" if here.startswith(page.url_path) else ""
        return Link(page.title, page_path(page.url_path, page.locale.language_code), current)

    def home_path(self) -> str:
        """Return the path of the home page of the active language, or nothing where there is none."""
        return self.homes.get(self.language, "")

    def petition_path(self) -> str:
        """Return the path of the first page about a petition in the active language, or nothing."""
        paths = (page_path(page.url_path, self.language) for page in self.children() if page.petition)
        return next(paths, "")

    def news_path(self) -> str:
        """Return the path of the news in the active language, or nothing where there is no such page."""
        paths = (page_path(page.url_path, self.language) for page in self.children() if page.news)
        return next(paths, "")

    @cached_property
    def nav(self) -> list[Link]:
        """The menu: children of the home page that staff put there."""
        return [self.link(page) for page in self.children() if page.show_in_menus]

    def standing(self) -> list[Page]:
        """The pages that the law or the site itself asks for, in the active language, always in the same order."""
        found = [page for page in self.pages if page.purpose and page.locale.language_code == self.language]
        return sorted(found, key=lambda page: Purpose.values.index(page.purpose))

    @cached_property
    def footer_links(self) -> list[Link]:
        """The footer: the standing pages, then the other children of the home page that are not in the menu."""
        rest = [page for page in self.children() if not page.show_in_menus and not page.purpose]
        return [*map(self.standing_link, self.standing()), *map(self.link, rest)]

    def standing_link(self, page: Page) -> Link:
        """Return the footer's entry of a standing page; that of accessibility says how far it goes (RGAA)."""
        link = self.link(page)
        if page.purpose != Purpose.ACCESSIBILITY:
            return link
        state = self.organisation.compliance.label
        return replace(link, title=gettext("Accessibility: %(state)s") % {"state": state})

    def privacy_path(self) -> str:
        """Return the path of the page about personal data in the active language, or nothing."""
        return self.path_for(Purpose.PRIVACY)

    def path_for(self, purpose: Purpose) -> str:
        """Return the path of the page of one purpose in the active language, or nothing."""
        paths = (
            page_path(page.url_path, self.language) for page in self.standing() if page.purpose == purpose
        )
        return next(paths, "")

    @cached_property
    def crumbs(self) -> list[Link]:
        """The way from the home page to the page being shown; nothing on the home page itself."""
        if not self.page or self.page.depth <= HOME_DEPTH:
            return []
        above = ancestor_paths(self.page)
        ancestors = [self.link(page) for page in self.pages if page.path in above]
        if ancestors:
            ancestors[0] = Link(gettext("Home"), ancestors[0].url)
        return [*ancestors, Link(self.page.title, self.page.url, "page")]

    def translations(self) -> dict[str, str]:
        """Return the path of each live language version of the page being shown, by language."""
        if not self.page:
            return {}
        versions = [page for page in self.pages if page.translation_key == self.page.translation_key]
        return {
            page.locale.language_code: page_path(page.url_path, page.locale.language_code)
            for page in versions
        }

    def switch(self) -> Switch | None:
        """Lead to the same page in the other language, else say that there is none and lead to its home page.

        Nothing where that language has no home page; only the way home from an address that has no language.
        """
        code, home = self.other_language, self.other_home()
        path = self.path_in(code) if home else ""
        if path:
            return Switch(with_query(path, self.request, self.page, code), code, LANGUAGE_LABELS[code], code)
        return replace(home, missing=str(NOT_YET[code])) if home and self.page else home

    def other_home(self) -> Switch | None:
        """Lead to the home page of the other language, by its name; nothing where there is none."""
        code = self.other_language
        return Switch(self.homes[code], code, HOME_LABELS[code], code) if code in self.homes else None

    def path_in(self, language: str) -> str:
        """Return the path of what is being shown in `language`, or nothing where it isn't there."""
        return self.translations().get(language, "") if self.page else same_view(self.request, language)

    def is_found(self) -> bool:
        """Whether readers find the page being shown: no draft, nothing under embargo or below an unpublished page."""
        return self.language in self.translations()

    def feeds(self) -> list[Link]:
        """The feed of the page being shown, or on the home page those of all lists below it."""
        if not self.page or not self.is_found():
            return []
        if self.page.depth == HOME_DEPTH:
            found = [one for one in self.children() if one.petition or one.press or one.positions or one.news]
        else:
            found = [self.page] if isinstance(self.page, HasFeed) else []
        name = FEED_NAMES[self.language]
        return [Link(one.title, absolute(page_path(one.url_path, self.language) + name)) for one in found]

    def canonical(self) -> str:
        """The one full address of a page of the CMS; nothing elsewhere, where addresses may carry a secret."""
        return absolute(self.page.url) if self.page else ""

    def alternates(self) -> list[Alternate]:
        """All language versions with the default for other readers, where there is more than one."""
        found = self.translations()
        if len(found) < 2:
            return []
        alternates = [Alternate(code, absolute(path)) for code, path in found.items()]
        return [*alternates, Alternate("x-default", absolute(found[settings.LANGUAGE_CODE]))]


def site(request) -> dict[str, Any]:
    """Return the context of base.html; nothing is read before a template asks."""
    around = Surroundings(request)
    values: dict[str, Callable] = {
        "site_name": lambda: around.organisation.site_name,
        "organiser": lambda: around.organisation.name,
        "organisation": lambda: around.organisation,
        "nav": lambda: around.nav,
        "crumbs": lambda: around.crumbs,
        "switch": around.switch,
        "other_home": around.other_home,
        "home_path": around.home_path,
        "petition_path": around.petition_path,
        "news_path": around.news_path,
        "privacy_path": around.privacy_path,
        "footer_links": lambda: around.footer_links,
        "canonical": around.canonical,
        "alternates": around.alternates,
        "is_found": around.is_found,
        "feeds": around.feeds,
    }
    return {**values, "demo_banner": settings.DEMO}

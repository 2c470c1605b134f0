"""What the head of a page says to those who share it and to search engines."""

from dataclasses import replace
from typing import Any, cast

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from home.links import absolute
from home.models import CampaignPage
from home.models.petition_page import PetitionPage
from home.sharing.facts import IMAGE_SIZE, shared
from home.sharing.structured_data import SiteFacts, graph, script

register = template.Library()

LOCALES = {"fr": "fr_FR", "en": "en_GB"}  # as Open Graph writes languages
NOT_FOUND_BY_SEARCH_ENGINES = mark_safe('<meta name="robots" content="noindex">')


@register.simple_tag(takes_context=True)
def sharing(context) -> SafeString:
    """Return Open Graph and JSON-LD of a page of the CMS; nothing where an address may carry a secret.

    A page that readers can't find (a draft, one below an unpublished page) says so to search engines instead.
    """
    page: Any = context.get("page")
    if (
        not isinstance(page, CampaignPage)
        or getattr(context.get("request"), "campaign_page", None) is not page
    ):
        return SafeString("")
    if not _read(context, "is_found"):
        return NOT_FOUND_BY_SEARCH_ENGINES
    told = shared(cast(CampaignPage, page), context.get("text") if isinstance(page, PetitionPage) else None)
    told = replace(told, crumbs=[(crumb.title, absolute(crumb.url)) for crumb in _read(context, "crumbs")])
    others = [one.hreflang for one in _read(context, "alternates") if one.hreflang in LOCALES]
    values = {
        "told": told,
        "site_name": _read(context, "site_name"),
        "locale": LOCALES[told.language],
        "other_locales": [LOCALES[code] for code in others if code != told.language],
        "width": IMAGE_SIZE[0],
        "height": IMAGE_SIZE[1],
    }
    html = render_to_string("components/sharing.html", values)
    data = graph(told, _site(context), type(page).__name__)
    return mark_safe(html + script(data))  # noqa: S308 - both are escaped


def _site(context) -> SiteFacts:
    return SiteFacts(
        name=_read(context, "site_name"),
        organisation=_read(context, "organiser"),
        home=absolute(_read(context, "home_path")),
        logo=absolute(static("img/apple-touch-icon.png")),
        search=f"{absolute(reverse('search'))}?q={{search_term_string}}",
    )


def _read(context, name: str):
    """Return what stands around a page: a function, unless the page's own context gives a value of this name."""
    value = context[name]
    return value() if callable(value) else value

"""The standing pages, found by what they are there for."""

from django.conf import settings

from home.links import page_path, reachable
from home.models import Purpose, StandardPage


def standing_paths(purpose: Purpose) -> list[str]:
    """Return the path of the page of one purpose in each language that has one, the site's main language first."""
    pages = reachable(StandardPage.objects.filter(purpose=purpose)).values_list(
        "locale__language_code", "url_path"
    )
    by_language = dict(pages)
    return [page_path(by_language[code], code) for code, _name in settings.LANGUAGES if code in by_language]

"""A page as tagged PDF (PDF/UA-1), made in the worker, fetching nothing.

WeasyPrint is imported only here, and this module only by the worker: it needs Pango, a library of the system, and
takes a second to load.
"""

import mimetypes
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from django.utils._os import safe_join
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from campaign.typography import typeset
from home.links import absolute

VARIANT = "pdf/ua-1"


class NotOurs(ValueError):
    """An address that isn't one of our own files: nothing is fetched."""


class OwnFiles(URLFetcher):
    """Serves static files and pictures from the disk, and nothing else: what editors write makes us call nobody."""

    def fetch(self, url, headers=None):
        path = file_of(url)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def file_of(url: str) -> Path:
    """Return the file that an address of this site stands for. Raises NotOurs for any other address."""
    parts = urlsplit(url)
    ours = urlsplit(settings.SITE_URL)
    path = unquote(parts.path)
    if (parts.scheme, parts.netloc) == (ours.scheme, ours.netloc):
        if path.startswith(settings.STATIC_URL):
            return _static(path.removeprefix(settings.STATIC_URL))
        if path.startswith(settings.MEDIA_URL):
            return Path(safe_join(settings.MEDIA_ROOT, path.removeprefix(settings.MEDIA_URL)))
    raise NotOurs(f"not fetched: {url}")


def _static(name: str) -> Path:
    """Return a static file: among those collected, as hashed for visitors; while developing, from its source."""
    collected = Path(safe_join(settings.STATIC_ROOT, name))
    if collected.is_file():
        return collected
    source = finders.find(name)
    if not source:
        raise NotOurs(f"no such static file: {name}")
    return Path(source)


def print_html(page) -> str:
    """Return the page as it is printed, in its own language."""
    with translation.override(page.language):
        context = {
            "page": page,
            "language": page.language,
            "address": absolute(page.url),
            **page.print_context(),
        }
        return typeset(render_to_string(page.pdf_template, context), page.language)


def make_pdf(html: str) -> bytes:
    """Return the PDF of what `print_html` returned."""
    document = HTML(string=html, base_url=f"{settings.SITE_URL}/", url_fetcher=OwnFiles())
    return document.write_pdf(pdf_variant=VARIANT, pdf_tags=True)

"""Addresses that lead on: those of pages that were renamed or moved, and short ones that staff made.

Only a request that found nothing asks for them, so a page that is there costs no statement more. The answer is made
of rows alone: neither the Host header nor anything else that a visitor sends decides where it leads.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.links import HOME_DEPTH, page_path, reachable

OUTSIDE = ("http", "https")  # what staff may lead to beside pages
# Seconds. A browser keeps a permanent redirect for ever unless told otherwise; staff may give a page its name back.
KEPT = 30
STAFF = "/admin/"


class LeadOn:
    """Middleware: answer what was not found with the way on, if there is one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        return lead_on(request) or response


@dataclass(frozen=True)
class Asked:
    """One address that a redirect may be kept for, and what goes along: the name of a file below it, the query."""

    old_path: str
    query: str
    file: str = ""
    translated: bool = False  # asked for under the prefix of a language that the redirect says nothing of

    def is_meant_by(self, row: Redirect) -> bool:
        """Whether a redirect speaks of it: staff's own of each language, those of renamed pages of their files."""
        if self.translated:
            return not row.automatically_created
        return row.automatically_created or not self.file


def lead_on(request: HttpRequest) -> HttpResponse | None:
    """Return the redirect that is kept for an address, its query string kept; None where there is none."""
    path = request.path_info
    if "\0" in path or path.startswith(STAFF):
        return None
    language = translation.get_language() or settings.LANGUAGE_CODE
    wanted = asked_for(request, language)
    rows = Redirect.objects.filter(old_path__in=[asked.old_path for asked in wanted]).order_by("pk")
    found = {row.old_path: row for row in rows}
    for asked in wanted:
        row = found.get(asked.old_path)
        if row is None or not asked.is_meant_by(row):
            continue
        target = leads_to(row, language, translated=asked.translated)
        if not target or target == path or is_taken(path, language):
            return None
        if asked.file:
            target += named_after(target, asked)
        return _answer(with_added_query(target, asked.query), permanent=row.is_permanent)
    return None


def asked_for(request: HttpRequest, language: str) -> list[Asked]:
    """Return the addresses that a redirect may be kept for, the closest first."""
    query = request.META.get("QUERY_STRING", "")
    plain = Redirect.normalise_path(request.path_info)
    wanted = [Asked(Redirect.normalise_path(request.get_full_path()), "")] if query else []
    wanted.append(Asked(plain, query))
    if language != settings.LANGUAGE_CODE:
        wanted.append(Asked(plain.removeprefix(f"/{language}") or "/", query, translated=True))
    above, _slash, name = plain.rpartition("/")
    if "." in name and above:  # the PDF or the feed of a page goes where the page went
        wanted.append(Asked(above, query, file=name))
    return wanted


def named_after(target: str, asked: Asked) -> str:
    """Return the name of a page's file at its new address; what was named after the page still is."""
    old, new = (path.rstrip("/").rpartition("/")[2] for path in (asked.old_path, target))
    return new + asked.file.removeprefix(old) if asked.file.startswith(f"{old}.") else asked.file


def leads_to(row: Redirect, language: str, *, translated: bool) -> str:
    """Return where a redirect leads: an outside address, or the path of a page that can be read; else nothing.

    To the very page that staff chose; where the address was asked for under another language's prefix, to that
    page's version in this language.
    """
    if row.redirect_page_id is None:
        return row.redirect_link if urlsplit(row.redirect_link).scheme in OUTSIDE else ""
    chosen = Page.objects.filter(pk=row.redirect_page_id)
    if translated:
        chosen = Page.objects.filter(
            translation_key__in=chosen.values("translation_key"), locale__language_code=language
        )
    page = reachable(chosen).values_list("url_path", "locale__language_code").first()
    if page is None:
        return ""
    return page_path(*page).rstrip("/") + (row.redirect_page_route_path or "/")


def is_taken(path: str, language: str) -> bool:
    """Whether a path without its last slash is that of something that is there: Django adds the slash then."""
    if path.endswith("/"):
        return False
    try:
        match = resolve(f"{path}/")
    except Resolver404:
        return False
    if match.view_name != "wagtail_serve":
        return True
    below_home = match.args[0]
    pages = Page.objects.live().filter(
        locale__language_code=language,
        depth=HOME_DEPTH + below_home.count("/"),
        url_path__endswith=f"/{below_home}",
    )
    return pages.exists()


def with_added_query(target: str, query: str) -> str:
    """Return an address with a query string joined to its own."""
    parts = urlsplit(target)
    joined = "&".join(part for part in (parts.query, query) if part)
    return urlunsplit(parts._replace(query=joined))


def _answer(target: str, *, permanent: bool) -> HttpResponse:
    kind = HttpResponsePermanentRedirect if permanent else HttpResponseRedirect
    return kind(target, headers={"Cache-Control": f"max-age={KEPT}"})

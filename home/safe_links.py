"""Where links in running text may lead: to the web, a mailbox, a telephone, within the site; never to a program."""

import re
from html import unescape

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

SCHEMES = {"http", "https", "mailto", "tel"}

_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL | re.IGNORECASE)
_OPENING = re.compile(r"<a\b([^>]*)>", re.IGNORECASE)
_HREF = re.compile(r"\shref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x20\x7f-\xa0\s]+")


def check_links(source: str) -> None:
    """Raise ValidationError, with the words of the link, where one in this rich text leads nowhere it may.

    Wagtail's editor has dropped the address of some by now: a link without any is refused as well.
    """
    for attributes, words in _LINK.findall(source):
        if not _may_stay(attributes, without_address=False):
            raise ValidationError(
                _(
                    "The link “%(words)s” leads to no page. Give it an address that begins with https:// or "
                    "http://, an e-mail address or a telephone number."
                )
                % {"words": unescape(strip_tags(words))}
            )


def without_unsafe_links(source: str) -> str:
    """Return rich text whose links that lead to a program, or to what browsers don't open, are words alone."""
    if "<a" not in source and "<A" not in source:
        return source
    return _OPENING.sub(lambda tag: tag[0] if _may_stay(tag[1], without_address=True) else "<a>", source)


def _may_stay(attributes: str, *, without_address: bool) -> bool:
    href = _HREF.search(attributes)
    if not href:
        return without_address or "linktype=" in attributes
    address = _IGNORED_BY_BROWSERS.sub("", unescape(href[href.lastindex or 1] or "")).lower()
    if scheme := _SCHEME.match(address):
        return scheme[1] in SCHEMES
    return bool(address) and not address.startswith(("//", "\\"))

"""What is told of a page wherever it is shared."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from home.links import absolute
from home.models import CampaignPage, HomePage, PetitionPage
from home.models.dated import DatedPage, ListPage

IMAGE_NAMES = {"fr": "partage.png", "en": "share.png"}
IMAGE_SIZE = (1200, 630)  # pixels: the size that Open Graph's readers cut nothing off


@dataclass(frozen=True)
class Shared:
    """A page as it is told of. Addresses are absolute; moments have a time zone."""

    kind: str  # "home", "petition", "list", "dated" or "standard"
    language: str
    url: str
    title: str
    description: str
    kicker: str
    image: str
    published_at: datetime | None = None
    changed_at: datetime | None = None
    author: str = ""
    crumbs: list[tuple[str, str]] = field(default_factory=list)


def shared(page: CampaignPage, text: Any = None) -> Shared:
    """Return what is told of a page; `text` is what is signed on it, where it is a petition's."""
    with translation.override(page.language):
        kicker = _kicker(page, text)
    dated = isinstance(page, DatedPage)
    return Shared(
        kind=_kind(page),
        language=page.language,
        url=absolute(page.url),
        title=page.seo_title or getattr(text, "title", "") or page.title,
        description=page.search_description or _description(page),
        kicker=kicker,
        image=image_url(page),
        published_at=page.published_at if dated else _local(page.first_published_at),
        changed_at=_local(page.last_published_at),
        author=getattr(page, "author", ""),
    )


def image_url(page: CampaignPage) -> str:
    """Return the address of a page's picture, another one each time that the page is published."""
    version = f"?v={int(page.last_published_at.timestamp())}" if page.last_published_at else ""
    return absolute(f"{page.url}{IMAGE_NAMES[page.language]}{version}")


def _kind(page: CampaignPage) -> str:
    kinds = {HomePage: "home", PetitionPage: "petition", ListPage: "list", DatedPage: "dated"}
    return next((name for model, name in kinds.items() if isinstance(page, model)), "standard")


def _kicker(page: CampaignPage, text: Any) -> str:
    """Return the words above the title of a picture: what the page is."""
    if text:
        return _("A petition addressed to: %(addressee)s") % {"addressee": text.addressee}
    return capfirst(str(page._meta.verbose_name)) if isinstance(page, DatedPage) else ""


def _description(page: CampaignPage) -> str:
    words = (getattr(page, name, "") for name in ("summary", "intro", "hero_text"))
    return " ".join(next(filter(None, words), "").split())


def _local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None

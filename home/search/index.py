"""The words of each page, kept at the moment that it is published."""

from django.db import transaction
from django.utils import translation
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from home.blocks.standard import SAY_SECTIONS
from home.models import CampaignPage, PetitionPage, SearchEntry
from home.search.words import spaced, split_words
from petition import public

# What readers see of a page beside its title and its blocks, in the order in which they see it.
ABOVE = ("hero_text", "intro", "topic", "author", "place", "summary")
BELOW = ("signed_by", "contact")
MOST_LETTERS = 500_000  # of one page: PostgreSQL refuses to index more than a megabyte of different words


def text_of(page: CampaignPage) -> str:
    """Return the words of a page as readers see them, one line per block; without its title."""
    parts = [getattr(page, name, "") for name in ABOVE]
    if isinstance(page, PetitionPage):
        parts += _of_the_petition(page)
    streams = [field for field in page._meta.get_fields() if isinstance(field, StreamField)]
    for field in streams:
        parts += _of_blocks(page, field)
    parts += [getattr(page, name, "") for name in BELOW]
    # A note that no text refers to isn't shown.
    written = " ".join(field.value_to_string(page) for field in streams)
    parts += [get_text_for_indexing(note.text) for note in page.footnotes.all() if str(note.uuid) in written]
    lines = (" ".join(part.split()) for part in parts if part)
    return "\n".join(filter(None, lines))[:MOST_LETTERS]


def _of_blocks(page: CampaignPage, field: StreamField) -> list[str]:
    """Return what blocks hold, and what those say that are generated; lists of other pages are not its words."""
    value = getattr(page, field.name)
    with translation.override(page.language):
        said = [child.render({"page": page}) for child in value if child.block_type in SAY_SECTIONS]
    return [*field.get_searchable_content(value), *map(get_text_for_indexing, said)]


def _of_the_petition(page: PetitionPage) -> list[str]:
    """Return what is signed, and what comes next once the petition is closed."""
    text = public.what_is_signed(page.petition, page.language).text
    words = [text.title, text.addressee, *text.demand_list()] if text else []
    return words + ([get_text_for_indexing(page.after_closing)] if page.petition.is_over else [])


def remember(page: CampaignPage) -> None:
    """Keep the words of a page as it now is; the worker and readers find it by them if they can open it."""
    text = text_of(page)
    SearchEntry.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "language": page.language,
            "title": page.title,
            "text": text,
            "folded_title": spaced(split_words(page.title)),
            "folded_text": spaced(split_words(text)),
        },
    )


def forget(page: Page) -> None:
    """Keep no word of a page."""
    SearchEntry.objects.filter(page_id=page.pk).delete()


def remember_all() -> int:
    """Keep the words of every live page and of no other; return how many there are.

    Also of those below an unpublished page: they are found again, without being published anew, once it is.
    """
    with transaction.atomic():
        pages = list(Page.objects.live().type(CampaignPage).specific())
        SearchEntry.objects.exclude(page__in=[page.pk for page in pages]).delete()
        for page in pages:
            remember(page)
    return len(pages)

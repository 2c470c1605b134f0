"""What a page of search results shows."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.utils.text import capfirst

from home.links import page_path
from home.models import SearchEntry
from home.search.excerpt import Piece, excerpt, mark
from home.search.look_up import find, words_to_mark
from home.search.words import Question

PER_PAGE = 10  # results: what a person reads before asking better


@dataclass(frozen=True)
class Result:
    """One page that was found."""

    url: str
    kind: str
    date: date | None
    title: list[Piece]
    excerpt: list[Piece]


@dataclass(frozen=True)
class Results:
    """One page of what was found, and where it stands in the whole."""

    page: PageOfList
    items: list[Result]

    @property
    def number(self) -> int:
        """How many pages were found in all."""
        return self.page.paginator.count


def results(question: Question, language: str, number: str | None) -> Results:
    """Return the page of results of this number; the first or the last one where there is no such number."""
    page = Paginator(find(question, language), PER_PAGE).get_page(number or 1)
    entries = list(page.object_list)
    whole = SearchEntry.objects.in_bulk([entry.pk for entry in entries])
    hits = words_to_mark(list(whole.values()), question, language)
    return Results(page, [_result(entry, whole[entry.pk], hits, language) for entry in entries])


def _result(entry: SearchEntry, whole: SearchEntry, hits: set[str], language: str) -> Result:
    kind = entry.page.specific_class
    day: date | None = vars(entry)["date"]  # of a dated page: find() adds it
    return Result(
        url=page_path(entry.page.url_path, language),
        kind=capfirst(kind._meta.verbose_name) if day and kind else "",
        date=day,
        title=mark(entry.title, hits),
        excerpt=excerpt(whole.text, hits),
    )

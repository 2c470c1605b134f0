"""Finding pages by their words: PostgreSQL's full text, and a plain form that any database can do."""

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from wagtail.models import Page

from home.links import reachable
from home.models import SearchEntry
from home.search.words import Question, Term, spaced

# PostgreSQL's own rules of each language: which words say nothing, and what different endings have in common.
RULES = {"fr": "french", "en": "english"}
STEMMERS = {"fr": "french_stem", "en": "english_stem"}
VECTOR = "home_searchentry.vector"  # a column that PostgreSQL fills by itself; other databases have none
DATE = Coalesce("page__pressreleasepage__date", "page__positionpaperpage__date", "page__newspage__date")


def find(question: Question, language: str) -> QuerySet[SearchEntry]:
    """Return what readers of a language can open and what holds all that is asked for, the best first.

    With PostgreSQL, words count with all their endings; where that finds nothing (parts of words, words that its
    rules leave out), the plain form is asked, which finds beginnings of words.
    """
    if not question:
        return SearchEntry.objects.none()
    pages = reachable(Page.objects.filter(locale__language_code=language))
    entries = SearchEntry.objects.filter(language=language, page__in=pages.order_by().values("pk"))
    # All that match are sorted: without their texts, which only those that are shown need.
    entries = entries.select_related("page").annotate(date=DATE).defer("text", "folded_title", "folded_text")
    if connection.vendor == "postgresql":
        found = full_text(entries, question, language)
        if found.exists():
            return found
    return plain(entries, question)


def full_text(entries: QuerySet, question: Question, language: str) -> QuerySet:
    """Return the entries that PostgreSQL's full text finds; words of the title weigh more."""
    rules = RULES[language]
    # Each term in quotation marks, so that no word ("or") is taken for an operator.
    words = " ".join(f'{"-" if term.unwanted else ""}"{" ".join(term.words)}"' for term in question.terms)
    query = SearchQuery(words, config=rules, search_type="websearch")
    vector = RawSQL(VECTOR, [], output_field=SearchVectorField())  # noqa: S611 - a constant of ours
    found = entries.annotate(vector=vector).filter(vector=query)
    return found.order_by(SearchRank(F("vector"), query).desc(), F("date").desc(nulls_last=True), "pk")


def plain(entries: QuerySet, question: Question) -> QuerySet:
    """Return the entries that hold every word or its beginning; those with more of them in the title first."""
    hits: Any = Value(0, output_field=IntegerField())
    for term in question.terms:
        in_title, in_text = (
            Q(**{f"{name}__contains": _form(term)}) for name in ("folded_title", "folded_text")
        )
        if term.unwanted:
            entries = entries.exclude(in_title | in_text)
        else:
            entries = entries.filter(in_title | in_text)
            hits = hits + Case(When(in_title, then=1), default=0)
    return entries.annotate(hits=hits).order_by("-hits", F("date").desc(nulls_last=True), "pk")


def _form(term: Term) -> str:
    """Return what a text must hold: the beginning of a word, or all of it where it is short or unwanted."""
    form = spaced(term.words)
    return form if term.unwanted or len(term.words[-1]) == 1 else form.rstrip()


def words_to_mark(entries: list[SearchEntry], question: Question, language: str) -> set[str]:
    """Return those words of the entries for which they were found, folded; at most one statement."""
    there = {word for entry in entries for word in f"{entry.folded_title}{entry.folded_text}".split()}
    asked = question.words
    marked = {word for word in there if any(_begins(word, wanted) for wanted in asked)}
    if connection.vendor == "postgresql" and there:
        with connection.cursor() as cursor:
            stems = "SELECT array_agg(stem) FROM unnest(%s) AS asked, unnest(ts_lexize(%s, asked)) AS stem"
            cursor.execute(
                f"SELECT word FROM unnest(%s) AS word WHERE ts_lexize(%s, word) && ({stems})",  # noqa: S608
                [sorted(there), STEMMERS[language], asked, STEMMERS[language]],
            )
            marked |= {word for (word,) in cursor}
    return marked


def _begins(word: str, wanted: str) -> bool:
    return word == wanted or (len(wanted) > 1 and word.startswith(wanted))

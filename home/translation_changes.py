"""What changed in a page since its translations were last brought up to date, passage by passage."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.text import capfirst
from wagtail_localize.models import TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments


@dataclass(frozen=True)
class Change:
    """One place of a page whose passages differ: those that are gone and those that wait for a translation."""

    field: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


def changes_since(source: TranslationSource) -> list[Change]:
    """Return what a source says now beside what its translations were made from, in the order of the page."""
    page = source.get_source_instance()
    now: defaultdict[str, list[str]] = defaultdict(list)
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            now[segment.path].append(segment.string.data)
    before: defaultdict[str, list[str]] = defaultdict(list)
    kept = source.stringsegment_set.order_by("order").values_list("context__path", "string__data")
    for path, words in kept:
        before[path].append(words)
    found = []
    for path in dict.fromkeys([*now, *before]):
        gone = Counter(before[path]) - Counter(now[path])
        new = Counter(now[path]) - Counter(before[path])
        if gone or new:
            found.append(Change(_field(page, path), _in_words(gone), _in_words(new)))
    return found


def _in_words(passages: Counter[str]) -> tuple[str, ...]:
    """Return passages without the marks of rich text, as a person reads them."""
    return tuple(unescape(strip_tags(words)) for words in passages.elements())


def _field(page, path: str) -> str:
    """Return the name of the field, or of the rows below the page, that a passage stands in."""
    field = page._meta.get_field(path.partition(".")[0])
    named = field if hasattr(field, "verbose_name") else field.related_model._meta
    return capfirst(str(getattr(named, "verbose_name_plural", "") or named.verbose_name))

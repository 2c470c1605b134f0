"""Write pages once: what exists already, edited by staff or not, is left as it is.

French pages are written; English pages are made by wagtail-localize from the French ones and the English
sentences, so that editors find each translation side by side with its source.
"""

import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from wagtail.models import Locale, Page
from wagtail_footnotes.models import Footnote
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from campaign.first_pages.texts import PageText
from home.blocks import HeadingLevel
from home.footnotes import stored_reference
from home.models import CampaignPage, HomePage
from home.publishing import why_places_forbid

OUR_PAGES = uuid.UUID(
    "6f0c9f1e-6c0b-4b53-9d0c-2f6d9a1c7b3e"
)  # any constant: keys that a second run finds again
ROOT_DEPTH = 1
NOTE = re.compile(r"\[note (\d+)\]")
HOME = "HOME"


@dataclass(frozen=True)
class Entry:
    """One page of the tree: the name of its texts in the modules of words, its type, its parent."""

    name: str
    model: type[CampaignPage]
    parent: str = HOME
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> uuid.UUID:
        """The translation key, the same at every run."""
        return key_of(self.name)

    def words(self, module: ModuleType) -> PageText:
        """Return the texts of this page in one language."""
        return getattr(module, self.name)

    def find(self, locale: Locale) -> CampaignPage | None:
        """Return this page in one language: ours, or one of staff's own that serves the same purpose."""
        pages = self.model.objects.filter(locale=locale)
        found = pages.filter(translation_key=self.key).first()
        purpose = self.extra.get("purpose")
        return found or (pages.filter(purpose=purpose).first() if purpose else None)


def key_of(name: str) -> uuid.UUID:
    """Return the translation key of a page by the name of its texts."""
    return uuid.uuid5(OUR_PAGES, name)


def listed(values: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the raw data of a list within a block, with ids that are the same in both languages and at every run."""
    return [
        {"type": "item", "value": value, "id": str(key_of(f"item {number}"))}
        for number, value in enumerate(values)
    ]


@dataclass(frozen=True)
class Writer:
    """Writes entries with the words of two modules; `value_of` turns the words of a block into its value."""

    french: ModuleType
    english: ModuleType
    values: dict[type[CampaignPage], dict[str, Any]] = field(default_factory=dict)
    value_of: Callable[[str, Any], Any] | None = None

    def write_french(self, entries: Sequence[Entry]) -> None:
        """Make the French pages that are missing."""
        locale = Locale.objects.get(language_code="fr")
        for entry in entries:
            if entry.find(locale) is None:
                page = self._instance(entry, self.french)
                page.locale, page.translation_key = locale, entry.key
                page.live = False
                _parent(entry, locale).add_child(instance=page)
                _publish(page)

    def write_english(self, entries: Sequence[Entry]) -> None:
        """Make the English pages that are missing, as translations of the French ones."""
        locales = {code: Locale.objects.get(language_code=code) for code in ("fr", "en")}
        for entry in entries:
            source_page = entry.find(locales["fr"])
            if source_page is None or entry.find(locales["en"]):
                continue
            source, _made = TranslationSource.update_or_create_from_instance(source_page)
            translation, _made = Translation.objects.get_or_create(source=source, target_locale=locales["en"])
            _translate(source, locales["en"], self._instance(entry, self.english))
            # Published here rather than by save_target(publish=True), which waits for the end of our transaction.
            translation.save_target(publish=False)
            _publish(source.get_translated_instance(locales["en"]))

    def _instance(self, entry: Entry, module: ModuleType) -> CampaignPage:
        words = entry.words(module)
        values = {**words.fields, **entry.extra, **self.values.get(entry.model, {})}
        if words.body:
            values["body"] = self._body(entry, words)
        if words.notes:
            values["footnotes"] = _footnotes(entry, words.notes)
        return entry.model(
            title=words.title,
            slug=words.slug,
            search_description=words.search_description,
            show_in_menus=entry.model.show_in_menus_default,
            **values,
        )

    def _body(self, entry: Entry, words: PageText) -> list[dict[str, Any]]:
        """Return a stream field's raw data with ids that are the same in both languages and at every run."""
        return [
            {
                "type": kind,
                "value": self._value(kind, _refer(entry, said)),
                "id": str(uuid.uuid5(entry.key, str(number))),
            }
            for number, (kind, said) in enumerate(words.body)
        ]

    def _value(self, kind: str, said: Any) -> Any:
        if kind == "heading":
            return {"text": said, "level": HeadingLevel.SECTION}
        own = self.value_of(kind, said) if self.value_of else None
        return own if own is not None else said


def _note_key(entry: Entry, number: int | str) -> uuid.UUID:
    return uuid.uuid5(entry.key, f"note {number}")


def _footnotes(entry: Entry, notes: Sequence[str]) -> list[Footnote]:
    """Return the footnotes of a page; their keys are the same in both languages and at every run."""
    locale = Locale.objects.get(language_code="fr")
    return [
        Footnote(
            uuid=str(_note_key(entry, number)),
            translation_key=_note_key(entry, number),
            text=f"<p>{text}</p>",
            locale=locale,
            sort_order=number,
        )
        for number, text in enumerate(notes, 1)
    ]


def _refer(entry: Entry, said: Any) -> Any:
    """Put references to footnotes, as the editor stores them, in the place of [note 1], [note 2] …"""
    if not isinstance(said, str):
        return said

    def reference(match: re.Match) -> str:
        return stored_reference(str(_note_key(entry, match[1])))

    return NOTE.sub(reference, said)


def _parent(entry: Entry, locale: Locale) -> Page:
    if not entry.parent:
        return Page.objects.get(depth=ROOT_DEPTH)
    above = Page.objects.filter(locale=locale, translation_key=key_of(entry.parent)).first()
    if above is None and entry.parent == HOME:
        above = HomePage.objects.filter(locale=locale).first()
    if above is None:
        raise ValueError(f"The page “{entry.name}” has no page “{entry.parent}” to stand below.")
    return above


def _publish(page: CampaignPage) -> None:
    """Publish a page as it was just made; one with a place left open stays a draft, but in the demo."""
    revision = page.get_latest_revision() or page.save_revision()
    if not why_places_forbid(page):
        revision.publish()


def _translate(source: TranslationSource, locale: Locale, counterpart: CampaignPage) -> None:
    """Store the English of each segment: the segment at the same place of the same page, written in English."""
    answers = [
        segment for segment in extract_segments(counterpart) if isinstance(segment, StringSegmentValue)
    ]
    questions = list(source.stringsegment_set.select_related("string", "context").order_by("order"))
    if [question.context.path for question in questions] != [answer.path for answer in answers]:
        raise ValueError(f"The French and the English of “{counterpart.title}” differ in their structure.")
    for question, answer in zip(questions, answers, strict=True):
        StringTranslation.objects.update_or_create(
            translation_of=question.string,
            locale=locale,
            context=question.context,
            defaults={
                "data": answer.string.data,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            },
        )

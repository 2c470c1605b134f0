"""Build the campaign's content, once: what exists already, edited by staff or not, is left as it is.

French pages are written; English pages are made by wagtail-localize from the French ones and the English
sentences, so that editors find each translation side by side with its source.
"""

import uuid
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from campaign.demo import english, french
from campaign.demo.texts import Block, PageText
from home.blocks import HeadingLevel
from home.models import (
    CampaignPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    Organisation,
    PetitionPage,
    PositionIndexPage,
    PositionPaperPage,
    PressIndexPage,
    PressReleasePage,
    StandardPage,
)
from petition.models import Petition, PetitionText

SLUG = "donnees-de-sante"
ORGANISER = "DIGITAL SME France"
# Reserved by RFC 2606 so that nobody owns it: staff put the real address in before opening for real.
PLACEHOLDER_ADDRESS = "petition@example.org"
OUR_PAGES = uuid.UUID(
    "6f0c9f1e-6c0b-4b53-9d0c-2f6d9a1c7b3e"
)  # any constant: keys that a second run finds again
ROOT_DEPTH = 1


@dataclass(frozen=True)
class Entry:
    """One page of the tree: the name of its texts in french.py and english.py, its type, its parent."""

    name: str
    model: type[CampaignPage]
    parent: str = "HOME"
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> uuid.UUID:
        """The translation key, the same at every run."""
        return uuid.uuid5(OUR_PAGES, self.name)

    def words(self, module: ModuleType) -> PageText:
        """Return the texts of this page in one language."""
        return getattr(module, self.name)


TREE = (
    Entry("HOME", HomePage, parent=""),
    Entry("PETITION_PAGE", PetitionPage),
    Entry("PRESS_INDEX", PressIndexPage),
    Entry("PRESS_RELEASE", PressReleasePage, "PRESS_INDEX", {"date": "2020-11-20"}),
    Entry("POSITION_INDEX", PositionIndexPage),
    # Its arguments are those made public that day.
    Entry("POSITION_PAPER", PositionPaperPage, "POSITION_INDEX", {"date": "2020-11-20"}),
    Entry("NEWS_INDEX", NewsIndexPage),
    Entry("NEWS_ORDER", NewsPage, "NEWS_INDEX", {"date": "2020-10-09"}),
    Entry("NEWS_RELEASE", NewsPage, "NEWS_INDEX", {"date": "2020-11-20"}),
    Entry("LEGAL", StandardPage),
)


@transaction.atomic
def build() -> Petition:
    """Make what is missing of locales, site, petition, organisation and pages; return the petition."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in ("fr", "en")}
    petition = build_petition()
    stored = _stored_pages()
    for entry in TREE:
        if (entry.key, "fr") not in stored:
            _build_french(entry, locales["fr"], petition)
    site = build_site(HomePage.objects.get(translation_key=TREE[0].key, locale=locales["fr"]))
    build_organisation(site)
    for entry in TREE:
        if (entry.key, "en") not in stored:
            _build_english(entry, locales, petition)
    return petition


def build_petition() -> Petition:
    """Return the demo's petition, made with its texts in both languages where they are missing."""
    petition, _made = Petition.objects.get_or_create(
        slug=SLUG,
        defaults={
            "organiser": ORGANISER,
            "sender_name": ORGANISER,
            "sender_address": PLACEHOLDER_ADDRESS,
            "reply_to": PLACEHOLDER_ADDRESS,
        },
    )
    written = set(petition.texts.values_list("language", flat=True))
    for language, module in (("fr", french), ("en", english)):
        if language not in written:
            words = module.PETITION
            PetitionText.objects.create(
                petition=petition,
                language=language,
                title=words.title,
                demands="\n".join(words.demands),
                addressee=words.addressee,
            )
    return petition


def build_site(home: HomePage) -> Site:
    """Point the default site at our home page and at SITE_URL, and remove Wagtail's welcome page."""
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    wanted = {"hostname": address.hostname, "port": port}
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return Site.objects.create(**wanted, is_default_site=True, root_page=home)
    welcome = site.root_page if type(site.root_page.specific) is Page else None
    if welcome:
        site.root_page = home
    if welcome or wanted != {"hostname": site.hostname, "port": site.port}:
        site.hostname, site.port = wanted["hostname"], wanted["port"]
        site.save()
    if welcome and welcome.depth > ROOT_DEPTH:
        welcome.delete()
    return site


def build_organisation(site: Site) -> None:
    """Store the organisation's names, unless staff have done so."""
    names = {"name": ORGANISER, "site_name_fr": french.SITE_NAME, "site_name_en": english.SITE_NAME}
    Organisation.objects.get_or_create(site=site, defaults=names)


def _stored_pages() -> set[tuple[uuid.UUID, str]]:
    ours = Page.objects.filter(translation_key__in=[entry.key for entry in TREE])
    return set(ours.values_list("translation_key", "locale__language_code"))


def _body(entry: Entry, blocks: tuple[Block, ...], petition: Petition) -> list[dict[str, Any]]:
    """Return a stream field's raw data with ids that are the same in both languages and at every run."""

    def value(kind: str, words: str):
        if kind == "heading":
            return {"text": words, "level": HeadingLevel.SECTION}
        if kind == "sign_link":
            page = PetitionPage.objects.filter(petition=petition, locale__language_code="fr").first()
            return {"page": page.pk, "label": words}
        if kind == "outside_services":
            return None  # it tells what is, and holds no words
        return words

    return [
        {"type": kind, "value": value(kind, words), "id": str(uuid.uuid5(entry.key, str(number)))}
        for number, (kind, words) in enumerate(blocks)
    ]


def _instance(entry: Entry, module: ModuleType, petition: Petition) -> CampaignPage:
    words = entry.words(module)
    values = {**words.fields, **entry.extra}
    if words.body:
        values["body"] = _body(entry, words.body, petition)
    if entry.model is PetitionPage:
        values["petition"] = petition
    return entry.model(
        title=words.title,
        slug=words.slug,
        search_description=words.search_description,
        show_in_menus=entry.model.show_in_menus_default,
        **values,
    )


def _build_french(entry: Entry, locale: Locale, petition: Petition) -> None:
    page = _instance(entry, french, petition)
    page.locale, page.translation_key = locale, entry.key
    if entry.parent:
        parent = Page.objects.get(translation_key=uuid.uuid5(OUR_PAGES, entry.parent), locale=locale)
    else:
        parent = Page.objects.get(depth=ROOT_DEPTH)
    parent.add_child(instance=page)
    page.save_revision().publish()


def _build_english(entry: Entry, locales: dict[str, Locale], petition: Petition) -> None:
    page = entry.model.objects.get(translation_key=entry.key, locale=locales["fr"])
    source, _made = TranslationSource.update_or_create_from_instance(page)
    translation, _made = Translation.objects.get_or_create(source=source, target_locale=locales["en"])
    _translate(source, locales["en"], _instance(entry, english, petition))
    # Published here rather than by save_target(publish=True), which waits for the end of our transaction.
    translation.save_target(publish=False)
    made = source.get_translated_instance(locales["en"])
    made.get_latest_revision().publish()


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

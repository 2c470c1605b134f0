"""The screens on which editors translate each page type: side by side, what changed, files for translators."""

import html
import json
import re
import uuid
from io import BytesIO

import polib
import pytest
from django.apps import apps
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page
from wagtail_footnotes.models import Footnote
from wagtail_localize.fields import TranslatableField, get_translatable_fields
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from campaign.demo.build import TREE
from home.models import (
    CampaignPage,
    NewsPage,
    Organisation,
    PositionPaperPage,
    PressReleasePage,
    StandardPage,
)
from tests.home.edit_forms import edit_address
from tests.home.files import jpeg

NAMES = [entry.name for entry in TREE]
PAGE_TYPES = sorted(
    (model for model in apps.get_models() if issubclass(model, CampaignPage)),
    key=lambda model: model.__name__,
)

# What each language says for itself …
EVERY_PAGE = {"title", "slug", "seo_title", "search_description", "footnotes"}
TRANSLATED = {
    "HomePage": {"hero_text", "body"},
    "PetitionPage": {"intro", "body", "after_closing"},
    "PressIndexPage": {"intro", "kit"},
    "PressReleasePage": {
        *("summary", "body", "place", "signed_by", "contact", "corrections", "attachments"),
    },
    "PositionIndexPage": {"intro"},
    "PositionPaperPage": {"summary", "body"},
    "NewsIndexPage": {"intro"},
    "NewsPage": {"summary", "body", "topic", "related"},
    "StandardPage": {"intro", "body"},
}
# … what is the same in all of them …
SHARED = {
    "PetitionPage": {"petition"},
    "PressReleasePage": {"date", "embargo_until"},
    "PositionPaperPage": {"date", "version"},
    "NewsPage": {"date", "petition"},
    "StandardPage": {"purpose"},
}
# … and what is the same until somebody gives a language its own.
MAY_DIFFER = {"NewsPage": {"author"}}


@pytest.fixture
def publishing(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def translation_of(page) -> Translation:
    return Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code="en")


def english(page) -> Page:
    return Page.objects.get(translation_key=page.translation_key, locale__language_code="en").specific


def screen(staff_client, page) -> dict:
    """Return what the side-by-side editor of the English version shows: its script takes it from the page."""
    shown = staff_client.get(edit_address(english(page)))
    assert shown.status_code == 200
    return json.loads(shown.context["props"])


def passages(shown: dict) -> dict[tuple[str, str], str]:
    """Return the translation of each passage by its place and source; empty where there is none."""
    done = {one["segment_id"]: one["data"] for one in shown["initialStringTranslations"]}
    return {
        (one["contentPath"], one["source"]): done.get(one["id"], "")
        for one in shown["segments"]
        if one["type"] == "string"
    }


def submit(staff_client, page) -> None:
    """Begin the English version of a page, as its menu does."""
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    answer = staff_client.post(address, {"locales": Locale.objects.get(language_code="en").pk})
    assert answer.status_code == 302


def download(staff_client, page) -> polib.POFile:
    answer = staff_client.get(reverse("wagtail_localize:download_pofile", args=[translation_of(page).pk]))
    assert answer["Content-Type"].startswith("text/x-gettext-translation")
    return polib.pofile(answer.content.decode())


def upload(staff_client, page, content: bytes, follow: bool = True):
    address = reverse("wagtail_localize:upload_pofile", args=[translation_of(page).pk])
    file = SimpleUploadedFile("en.po", content, "text/x-gettext-translation")
    return staff_client.post(address, {"file": file, "next": edit_address(english(page))}, follow=follow)


def in_english(entry: polib.POEntry) -> str:
    return f"en-{entry.msgid}" if entry.msgctxt == "slug" else f"EN {entry.msgid}"


def publish(staff_client, page):
    return staff_client.post(edit_address(english(page)), {"action": "publish"}, follow=True)


def told(answer) -> str:
    return html.unescape(" ".join(str(message) for message in answer.context["messages"]))


# --- Every field is one or the other on purpose ------------------------------------------------------------------


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_each_field_is_translated_or_shared_on_purpose(model):
    fields = get_translatable_fields(model)
    translated = {field.field_name for field in fields if isinstance(field, TranslatableField)}
    shared = {
        field.field_name
        for field in fields
        if not isinstance(field, TranslatableField) and not field.overridable
    }
    rest = {field.field_name for field in fields} - translated - shared
    assert translated == EVERY_PAGE | TRANSLATED[model.__name__]
    assert shared == SHARED.get(model.__name__, set())
    assert rest == {"show_in_menus"} | MAY_DIFFER.get(model.__name__, set())


def test_the_organisation_says_in_each_language_what_is_a_sentence():
    names = {field.name for field in Organisation._meta.concrete_fields}
    french = {name.removesuffix("_fr") for name in names if name.endswith("_fr")}
    assert french == {name.removesuffix("_en") for name in names if name.endswith("_en")}
    assert {"site_name", "about", "audit_findings"} <= french


# --- Side by side ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_each_page_is_shown_side_by_side_with_all_that_is_to_be_translated(staff_client, page, name):
    shown = screen(staff_client, page(name))
    assert (shown["sourceLocale"]["code"], shown["locale"]["code"]) == ("fr", "en")
    found = passages(shown)
    assert found["title", page(name).title] == page(name, "en").title
    # What the editor leaves out nobody could ever translate, and the page could never go live.
    total, done = translation_of(page(name)).get_progress()
    assert (len(found), sum(bool(words) for words in found.values())) == (total, done)
    assert total == done


def test_the_screen_speaks_french_and_shows_how_much_is_missing(staff_client, page):
    source = page("NEWS_ORDER")
    StringTranslation.objects.filter(
        context__object_id=source.translation_key, context__path="summary"
    ).delete()
    shown = screen(staff_client, source)
    missing = [place for place, words in passages(shown).items() if not words]
    assert missing == [("summary", source.summary)]
    answer = staff_client.get(edit_address(page("NEWS_ORDER", "en")))
    assert "1 passage sur" in told(answer)


# --- What changed --------------------------------------------------------------------------------------------------


def test_before_changes_are_passed_on_the_screen_says_which_passages_are_gone_and_which_are_new(
    staff_client, page
):
    source = page("NEWS_ORDER")
    kept = TranslationSource.objects.get_for_instance(source)
    address = reverse("wagtail_localize:update_translations", args=[kept.pk])
    nothing = html.unescape(staff_client.get(address).content.decode())
    assert "Aucun passage" in nothing
    before, source.summary = source.summary, "Un résumé <d’essai> tout neuf"
    [paragraph] = [block for block in source.body if block.block_type == "paragraph"][:1]
    first = re.search(r"<p[^>]*>(.*?)</p>", paragraph.value.source)
    assert first
    paragraph.value.source = paragraph.value.source.replace(
        first.group(0), "<p>Un <b>passage</b> neuf.</p>", 1
    )
    source.save_revision().publish()
    answer = staff_client.get(address)
    changes = {change.field: change for change in answer.context["changes"]}
    assert changes["Chapeau" if "Chapeau" in changes else "Résumé"].gone == (before,)
    shown = html.unescape(answer.content.decode())
    assert f"<del>{before}</del>" in shown
    assert "<ins>Un résumé <d’essai> tout neuf</ins> (à traduire)" in shown
    assert "<ins>Un passage neuf.</ins> (à traduire)" in shown
    assert (
        page("NEWS_ORDER").title
        not in shown.split("Ce qui a changé depuis")[1].split("<form")[0].split("</dl>")[0]
    )


def test_after_they_are_passed_on_the_changed_passages_alone_wait_for_words(staff_client, page):
    source = page("NEWS_ORDER")
    source.summary = "Un résumé tout neuf"
    source.save_revision().publish()
    kept = TranslationSource.objects.get_for_instance(source)
    staff_client.post(reverse("wagtail_localize:update_translations", args=[kept.pk]))
    missing = [place for place, words in passages(screen(staff_client, source)).items() if not words]
    assert missing == [("summary", "Un résumé tout neuf")]


# --- Files for translators -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_file_goes_to_a_translator_and_back_for_each_page(client, staff_client, page, publishing, name):
    source = page(name)
    StringTranslation.objects.filter(context__object_id=source.translation_key).delete()
    po = download(staff_client, source)
    assert {entry.msgid for entry in po if not entry.obsolete} == {
        words for _place, words in passages(screen(staff_client, source))
    }
    for entry in po:
        assert entry.msgstr == ""
        entry.msgstr = in_english(entry)
    with publishing():
        answer = upload(staff_client, source, str(po).encode())
    assert "importé" in told(answer)
    assert all(passages(screen(staff_client, source)).values())
    with publishing():
        publish(staff_client, source)
    shown = english(source)
    assert shown.title == f"EN {source.title}"
    assert html.escape(shown.title, quote=False) in client.get(shown.url).content.decode().replace(
        "&quot;", '"'
    )
    assert download(staff_client, source).percent_translated() == 100


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no file of translations", "fichier PO valide"),
        (b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n', "fichier de traductions"),
        (b"\xff\xfe\x00", "PO"),
        (
            b'msgid ""\nmsgstr ""\n"X-WagtailLocalize-TranslationID: 0\\n"\n',
            "une autre traduction|traduction différente",
        ),
    ],
)
def test_a_file_of_another_kind_is_refused_in_words(staff_client, page, content, words):
    answer = upload(staff_client, page("NEWS_ORDER"), content)
    assert answer.status_code == 200
    assert re.search(words, told(answer)), told(answer)


def test_a_form_without_a_file_is_told_in_words(staff_client, page):
    source = page("NEWS_ORDER")
    address = reverse("wagtail_localize:upload_pofile", args=[translation_of(source).pk])
    assert "fichier de traductions" in told(staff_client.post(address, follow=True))


# --- Every field of every page type, filled in ---------------------------------------------------------------------


@pytest.fixture
def picture(db):
    file = ImageFile(BytesIO(jpeg()), name="DSC_0042.jpg")
    return get_image_model().objects.create(title="DSC_0042", file=file, licence="CC BY 4.0")


@pytest.fixture
def document(db):
    return get_document_model().objects.create(title="essai", file=SimpleUploadedFile("essai.csv", b"a;b"))


def rows(*blocks) -> str:
    return json.dumps([{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in blocks])


def add(parent, child):
    parent.add_child(instance=child)
    child.save_revision().publish()
    return child


def filled_in(kind: str, page, picture, document):
    """Return a live French page of one type, in which everything that can be said is said."""
    shown = {"image": picture.pk, "alt_text": "Ce que montre l’image", "decorative": False}
    body = rows(
        ("heading", {"text": "Un titre d’essai", "level": "h2"}),
        ("paragraph", "<p>Un passage <b>d’essai</b>.</p>"),
        ("picture", {"image": shown, "caption": "Légende d’essai"}),
    )
    dated = {"title": "Tout est dit", "slug": "tout-est-dit", "summary": "Résumé d’essai", "body": body}
    if kind == "release":
        return add(
            page("PRESS_INDEX"),
            PressReleasePage(
                **dated,
                place="Paris",
                signed_by="Personne d’essai",
                contact="presse@example.org",
                corrections=rows(("correction", {"date": "2026-11-21", "text": "<p>Un rectificatif.</p>"})),
                attachments=rows(
                    ("file", {"document": document.pk, "title": "Pièce d’essai", "language": "fr"})
                ),
            ),
        )
    if kind == "news":
        related = rows(("page", page("PRESS_RELEASE").pk))
        return add(
            page("NEWS_INDEX"), NewsPage(**dated, author="Essai", topic="Sujet d’essai", related=related)
        )
    if kind == "paper":
        note_key = str(uuid.uuid4())
        noted = rows(("paragraph", f'<p>Un passage<a linktype="note" id="{note_key}">[1]</a>.</p>'))
        paper = PositionPaperPage(**{**dated, "body": noted})
        note = Footnote(uuid=note_key, text="<p>Une note d’essai.</p>", locale=page("HOME").locale)
        paper.footnotes = [note]
        return add(page("POSITION_INDEX"), paper)
    if kind == "kit":
        press = page("PRESS_INDEX")
        press.kit = rows(
            ("picture", {"image": picture.pk, "description": "Logo d’essai"}),
            (
                "figure",
                {"value": "12", "meaning": "Sens d’essai", "date": "2026-11-21", "source": "Source d’essai"},
            ),
        )
        press.save_revision().publish()
        return press
    return add(
        page("HOME"),
        StandardPage(title="Tout est dit", slug="tout-est-dit", intro="Début d’essai", body=body),
    )


WORDS = {
    "release": [
        *(
            "Un titre d’essai",
            "Ce que montre l’image",
            "Légende d’essai",
            "Un rectificatif.",
            "Pièce d’essai",
        ),
        *("Paris", "Personne d’essai", "Résumé d’essai"),
    ],
    "news": ["Sujet d’essai", "Résumé d’essai", "Ce que montre l’image"],
    "paper": ["Une note d’essai.", "Résumé d’essai"],
    "kit": ["Logo d’essai", "Sens d’essai", "Source d’essai"],
    "standard": ["Début d’essai", "Un titre d’essai", "Ce que montre l’image", "Légende d’essai"],
}


@pytest.mark.parametrize("kind", WORDS)
def test_all_that_a_page_can_say_is_translated_and_shown(
    client, staff_client, page, publishing, picture, document, kind
):
    source = filled_in(kind, page, picture, document)
    with publishing():
        if kind == "kit":
            kept = TranslationSource.objects.get_for_instance(source)
            staff_client.post(reverse("wagtail_localize:update_translations", args=[kept.pk]))
        else:
            submit(staff_client, source)
    shown = passages(screen(staff_client, source))
    assert set(WORDS[kind]) <= {html.unescape(words) for _place, words in shown}
    assert len(shown) == translation_of(source).get_progress()[0]
    po = download(staff_client, source)
    for entry in po:
        entry.msgstr = entry.msgstr or in_english(entry)
    upload(staff_client, source, str(po).encode())
    with publishing():
        publish(staff_client, source)
    made = english(source)
    assert made.live, told(staff_client.get(edit_address(made)))
    read = html.unescape(client.get(made.url).content.decode())
    for words in WORDS[kind]:
        assert f"EN {words}" in read, words
    assert "DSC_0042" not in read
    if kind == "news":
        assert f'href="{page("PRESS_RELEASE", "en").url}"' in read
        assert f'href="{page("PRESS_RELEASE").url}"' not in read.split("<main")[1]
    if kind != "kit":
        assert made.slug == "en-tout-est-dit"

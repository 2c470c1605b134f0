"""Footnotes of position papers: numbered by the text, with ways back, in each language, in previews."""

import html
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pikepdf
import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail_footnotes.models import Footnote
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from home import pango
from home.blocks import PaperBodyBlock
from home.blocks.notes import NotedTextBlock
from home.footnotes import RENDERED, Notes, stored_reference, with_references
from home.models import MadeFile, MadeKind
from tests.home.edit_forms import edit_address, edit_form

FIRST, SECOND, UNUSED = (str(uuid.uuid5(uuid.NAMESPACE_URL, name)) for name in ("first", "second", "unused"))


mark = stored_reference


def body(*paragraphs: str):
    return PaperBodyBlock().to_python(
        [
            {"type": "paragraph", "value": text, "id": str(uuid.uuid5(uuid.NAMESPACE_URL, str(number)))}
            for number, text in enumerate(paragraphs)
        ]
    )


TEXT = (
    f"<p>Une phrase{mark(SECOND)}, une autre{mark(FIRST)}.</p>",
    f"<p>Encore la première note{mark(SECOND)}, et une qui n’est plus là{mark(str(uuid.uuid4()))}.</p>",
)


def write(page, *paragraphs: str, texts: dict[str, str] | None = None):
    """Give a paper a body and footnotes, and publish it."""
    page.body = body(*(paragraphs or TEXT))
    texts = texts or {FIRST: "Source d’essai A.", SECOND: "Source d’essai B.", UNUSED: "Jamais citée."}
    page.footnotes = [
        Footnote(uuid=key, text=f"<p>{text}</p>", locale=page.locale, sort_order=number)
        for number, (key, text) in enumerate(texts.items())
    ]
    page.save_revision().publish()
    return page


@pytest.fixture
def paper(page):
    return write(page("POSITION_PAPER"))


def read(client, page) -> str:
    return html.unescape(client.get(page.url).content.decode())


def words(fragment: str) -> str:
    """Return what a screen reader says of a piece of HTML."""
    return " ".join(re.sub(r"<[^>]+>", "", fragment).split())


def references(shown: str) -> list[tuple[str, str, str]]:
    """Return of each reference in the text: its own address, where it leads, and its name."""
    found = re.findall(r'<a id="([^"]+)" href="([^"]+)" role="doc-noteref">(.*?)</a>', shown, re.DOTALL)
    return [(own, target, words(name)) for own, target, name in found]


def ways_back(shown: str) -> list[tuple[str, str]]:
    found = re.findall(r'<a href="([^"]+)" role="doc-backlink">(.*?)</a>', shown, re.DOTALL)
    return [(target, words(name)) for target, name in found]


def test_notes_are_numbered_in_the_order_in_which_the_text_refers_to_them(client, paper):
    assert references(read(client, paper)) == [
        ("note-1-1", "#note-1", "Note 1"),
        ("note-2-1", "#note-2", "Note 2"),
        ("note-1-2", "#note-1", "Note 1"),
    ]


def test_a_note_that_is_referred_to_twice_has_two_ways_back(client, paper):
    assert ways_back(read(client, paper)) == [
        ("#note-1-1", "Retour au texte (1), note 1"),
        ("#note-1-2", "Retour au texte (2), note 1"),
        ("#note-2-1", "Retour au texte, note 2"),
    ]


def test_the_list_holds_the_notes_that_are_referred_to_and_no_others(client, paper):
    shown = read(client, paper)
    notes = shown[shown.index('role="doc-endnotes"') :]
    assert notes.index("Source d’essai B.") < notes.index("Source d’essai A.")
    assert 'id="note-1"' in notes
    assert "Jamais citée." not in shown
    assert "<footnote" not in shown
    assert FIRST[:6] not in shown


def test_every_link_of_the_notes_leads_to_something_on_the_page_and_no_name_is_used_twice(client, paper):
    shown = read(client, paper)
    names = re.findall(r'\sid="([^"]+)"', shown)
    assert len(names) == len(set(names))
    for target in re.findall(r'href="#([^"]+)"', shown):
        assert target in names


def test_without_notes_there_is_no_list_of_them(client, page):
    paper = write(page("POSITION_PAPER"), "<p>Sans note.</p>")
    assert "doc-endnotes" not in read(client, paper)


def test_the_preview_has_them_before_anything_is_stored(staff_client, paper):
    edit = reverse("wagtailadmin_pages:edit", args=[paper.pk])
    editor = staff_client.get(edit).content.decode()
    assert "footnote-chooser.js" in editor
    paper.body = body(f"<p>Un brouillon{mark(FIRST)}.</p>")
    paper.save_revision()
    shown = html.unescape(
        staff_client.get(reverse("wagtailadmin_pages:view_draft", args=[paper.pk])).content.decode()
    )
    assert references(shown) == [("note-1-1", "#note-1", "Note 1")]
    assert "Source d’essai A." in shown


def test_the_editor_gets_its_list_of_notes_below_admin_and_nobody_else_does(staff_client, client):
    answer = staff_client.get("/admin/footnotes/")
    assert answer.status_code == 200
    assert "footnotes-listing" in answer.content.decode()
    client.logout()
    assert client.get("/admin/footnotes/").status_code == 302
    assert client.get("/footnotes/footnotes_modal/").status_code == 404


def test_the_english_paper_has_english_notes(client, page, paper):
    source, _made = TranslationSource.update_or_create_from_instance(paper)
    translation = Translation.objects.get(source=source)
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": english(segment.string.data)},
        )
    translation.save_target(publish=False)
    translated = page("POSITION_PAPER", "en")
    translated.get_latest_revision().publish()
    shown = read(client, translated)
    assert references(shown) == [
        ("note-1-1", "#note-1", "Note 1"),
        ("note-2-1", "#note-2", "Note 2"),
        ("note-1-2", "#note-1", "Note 1"),
    ]
    assert ways_back(shown)[0] == ("#note-1-1", "Back to the text (1), note 1")
    assert "Test source A." in shown
    assert "Source d’essai" not in shown


def english(data: str) -> str:
    """Translate what stands in the paper of these tests; its marks stay where they are."""
    pairs = {
        "Source d’essai": "Test source",
        "Une phrase": "A sentence",
        "une autre": "another one",
        "Encore la première note": "The first note again",
        "et une qui n’est plus là": "and one that is gone",
        "Jamais citée": "Never cited",
    }
    for french, translated in pairs.items():
        data = data.replace(french, translated)
    return data


def test_two_readers_at_once_get_each_their_own_page_s_notes():
    block = NotedTextBlock(features=["notes"])
    value = block.to_python(f"<p>Un{mark(FIRST)} deux{mark(SECOND)}</p>")

    def render(number: int) -> bool:
        texts = {FIRST: f"A{number}", SECOND: f"B{number}"}
        notes = Notes(PageWith(texts))
        for _ in range(20):
            block.render(value, {"notes": notes})
        listed = list(notes)
        return [note.text for note in listed] == [f"A{number}", f"B{number}"] and all(
            note.references == list(range(1, 21)) for note in listed
        )

    with ThreadPoolExecutor(8) as several:
        assert all(several.map(render, range(40)))
    assert not hasattr(block, "all_footnotes")


class PageWith:
    """A page reduced to its footnotes."""

    def __init__(self, texts: dict[str, str]):
        self.footnotes = self
        self._notes = [Footnote(uuid=key, text=text) for key, text in texts.items()]

    def all(self):
        return self._notes


def test_a_page_that_is_rendered_twice_counts_its_references_anew(paper):
    request = RequestFactory().get("/")
    for _ in range(2):
        context = paper.get_context(request)
        shown = paper.body.stream_block.render(paper.body, context)
        assert 'id="note-1-2"' in shown
        assert 'id="note-1-3"' not in shown


def test_where_nobody_lists_the_notes_a_text_has_no_references():
    block = NotedTextBlock(features=["notes"])
    shown = block.render(block.to_python(f"<p>Un mot{mark(FIRST)}.</p>"))
    assert "Un mot." in shown
    assert not RENDERED.search(shown)
    assert with_references("<p>Un mot.</p>", None) == "<p>Un mot.</p>"


def test_translators_get_whole_sentences_with_their_references(paper):
    source, _made = TranslationSource.update_or_create_from_instance(paper)
    sentences = set(source.stringsegment_set.values_list("string__data", flat=True))
    assert f'Une phrase<a id="a1">[{SECOND[:6]}]</a>, une autre<a id="a2">[{FIRST[:6]}]</a>.' in sentences
    assert f"[{FIRST[:6]}]" not in sentences


def test_the_editor_keeps_references_through_an_edit(staff_client, paper):
    form = edit_form(staff_client, paper)
    form["action-publish"] = "action-publish"
    answer = staff_client.post(edit_address(paper), form)
    assert answer.status_code == 302, answer.context["form"].errors
    paper.refresh_from_db()
    assert mark(SECOND) in paper.body[0].value.source
    assert paper.footnotes.count() == 3


def test_the_key_of_a_note_is_no_word_to_search_for(paper):
    assert FIRST[:6] not in " ".join(paper.body.stream_block.get_searchable_content(paper.body))


@pytest.mark.skipif(not pango.is_there(), reason="Pango isn't installed here")
def test_the_pdf_has_the_notes_and_its_links_lead_to_them(paper):
    from home import pdf  # loads Pango

    printed = pdf.print_html(paper)
    assert len(references(printed)) == 3
    assert len(ways_back(printed)) == 3
    made = pikepdf.open(BytesIO(pdf.make_pdf(printed)))
    names = {str(name) for name in made.Root.Names.Dests.Names if isinstance(name, pikepdf.String)}
    assert {"note-1", "note-2", "note-1-1", "note-1-2", "note-2-1"} <= names


def test_the_paper_offers_its_pdf_once_it_is_made(client, paper):
    assert f"{paper.slug}.pdf" not in read(client, paper)
    MadeFile.objects.create(
        page=paper,
        kind=MadeKind.PDF,
        content=b"%PDF-" + b"0" * 38_000,
        fingerprint="x",
        made_at=timezone.now(),
    )
    shown = read(client, paper)
    assert f'<a href="{paper.url}{paper.slug}.pdf">Cette note</a>' in shown
    assert "(PDF, 38" in shown
    assert client.get(f"{paper.url}{paper.slug}.pdf")["Content-Type"] == "application/pdf"

"""Position papers: contents with addresses, version and date, and how to cite them."""

import html
import re

import pytest

from home.blocks import BodyBlock, PaperBodyBlock
from home.contents import Contents


def headings(*texts: str | tuple[str, str]):
    """Return a body of headings; a pair gives the level of one, too."""
    pairs = [text if isinstance(text, tuple) else (text, "h2") for text in texts]
    values = [{"type": "heading", "value": {"text": text, "level": level}} for text, level in pairs]
    return PaperBodyBlock().to_python(values)


def shown_by(client, page, *texts) -> str:
    paper = page("POSITION_PAPER")
    paper.body = headings(*texts)
    paper.save_revision().publish()
    return html.unescape(client.get(paper.url).content.decode())


def test_the_contents_lead_to_every_heading_by_its_own_words(client, page):
    shown = shown_by(client, page, "L’État, garant des données", "Où ? À l’œuvre !", "Conclusion")
    contents = shown[shown.index('<nav class="contents"') :]
    contents = contents[: contents.index("</nav>")]
    links = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', contents)
    assert [anchor for anchor, _text in links] == ["l-etat-garant-des-donnees", "ou-a-l-oeuvre", "conclusion"]
    for anchor, text in links:
        assert f'<h2 id="{anchor}">{text}</h2>' in shown


def test_sections_hold_their_subsections(client, page):
    shown = shown_by(client, page, "Un", ("Un et demi", "h3"), "Deux")
    assert re.search(r'<a href="#un">Un</a>\s*<ol><li><a href="#un-et-demi">', shown)
    assert '<h3 id="un-et-demi">Un et demi</h3>' in shown


def test_with_fewer_than_three_headings_there_is_no_list(client, page):
    assert '<nav class="contents"' not in shown_by(client, page, "Un", "Deux")
    assert '<nav class="contents"' in shown_by(client, page, "Un", "Deux", "Trois")


def test_addresses_are_unique_and_are_not_those_of_other_parts_of_the_page():
    body = headings("Notes", "Notes", "Main", "!?", "Note 1", "Un", "Un", "Un-2")
    contents = Contents(body)
    anchors = [contents.anchor_of(block.value) for block in body]
    assert anchors == ["notes-2", "notes-3", "main-2", "section", "section-note-1", "un", "un-2", "un-2-2"]


def test_an_address_stays_when_another_heading_comes_before_it():
    before, after = headings("Un", "Deux"), headings("Zéro", "Un", "Deux")
    assert Contents(before).anchor_of(before[0].value) == Contents(after).anchor_of(after[1].value) == "un"


def test_other_pages_have_headings_without_addresses(client, page):
    target = page("NEWS_ORDER")
    values = [{"type": "heading", "value": {"text": text, "level": "h2"}} for text in ("Un", "Deux", "Trois")]
    target.body = BodyBlock().to_python(values)
    target.save_revision().publish()
    assert "<h2>Deux</h2>" in client.get(target.url).content.decode()


@pytest.mark.parametrize(
    ("language", "version", "citation"),
    [
        (
            "fr",
            "Version 2.1, 20 novembre 2020",
            "DIGITAL SME France, « {title} », version 2.1, 20 novembre 2020, {address}",
        ),
        (
            "en",
            "Version 2.1, 20 November 2020",
            "DIGITAL SME France, “{title}”, version 2.1, 20 November 2020, {address}",
        ),
    ],
)
def test_a_paper_says_its_version_and_how_to_cite_it(client, page, language, version, citation):
    paper = page("POSITION_PAPER", language)
    type(paper).objects.filter(pk=paper.pk).update(version="2.1")
    shown = html.unescape(client.get(paper.url).content.decode())
    plain = shown.replace("\xa0", " ").replace("\u202f", " ")
    assert version in " ".join(re.sub(r"<[^>]+>", "", plain).split())
    ready = re.search(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", plain, re.DOTALL)
    assert ready
    assert ready[1] == citation.format(title=paper.title, address=f"http://testserver{paper.url}")

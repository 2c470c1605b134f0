"""French typography in pages: text alone, across the elements of a sentence, and nothing that is no French text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.typography import french_html, french_text, typeset
from tests.campaign.typography.corpus import CHANGED, UNCHANGED, seen
from tests.campaign.typography.test_french_text import PIECES, steady

ACROSS = [
    ("<strong>mot</strong> !", "<strong>mot</strong>~!"),
    ("<strong>mot</strong>!", "<strong>mot</strong>~!"),
    ("<strong>mot </strong>!", "<strong>mot~</strong>!"),
    ("<strong>mot </strong> !", "<strong>mot~</strong>!"),
    ("« <em>mot</em> »", "«_<em>mot</em>_»"),
    ("« <em> mot</em> »", "«_<em>mot</em>_»"),
    ("<b>«</b> mot <b>»</b>", "<b>«</b>_mot_<b>»</b>"),
    ("l'<em>État</em>", "l’<em>État</em>"),
    ("<b>50</b> %", "<b>50</b>_%"),
    ("<time>1 novembre</time> 2020", "<time>1er_novembre</time> 2020"),
    ("1<sup>er</sup> novembre", "1<sup>er</sup>_novembre"),
    ("XXI<sup>e</sup> siècle", "XXI<sup>e</sup>_siècle"),
    (
        '<a href="#n1">mot</a><sup><a href="#n1">1</a></sup> !',
        '<a href="#n1">mot</a><sup><a href="#n1">1</a></sup>~!',
    ),
    ("mot ?<sup>2</sup>", "mot~?<sup>2</sup>"),
    ("voir <code>a ! b</code> !", "voir <code>a ! b</code>~!"),
    ("mot\n      !", "mot~!"),
    ("<p>mot</p> <p>! suite</p>", "<p>mot</p> <p>! suite</p>"),
    ("mot<br>! suite", "mot<br>! suite"),
    ("<td>1</td><td>novembre</td>", "<td>1</td><td>novembre</td>"),
    ('<label>Oui : <input value="a : b"></label>', '<label>Oui_: <input value="a : b"></label>'),
    # Entities stay as they are written, and are read as what they stand for
    ("Non&nbsp;!", "Non&nbsp;!"),
    ("«&#160;mot&#xa0;»", "«&#160;mot&#xa0;»"),
    ("«&nbsp;mot »", "«&nbsp;mot_»"),
    ("Non&thinsp;!", "Non&thinsp;!"),
    ("l&#x27;&Eacute;tat &amp; l&apos;Europe !", "l’&Eacute;tat &amp; l’Europe~!"),
    ("&eacute;t&eacute;; &lt;oui&gt;", "&eacute;t&eacute;~; &lt;oui&gt;"),
    ("&quot;mot&quot;", "«_mot_»"),
    ("&laquo;mot&raquo;", "&laquo;_mot_&raquo;"),
    ("R & D : oui", "R & D_: oui"),
    # A sign that is no tag
    ("a < b ; c > d !", "a < b~; c > d~!"),
]

LEFT_OUT = [
    *(
        f"<{tag}>a ! l'b</{tag}>"
        for tag in ("code", "pre", "kbd", "samp", "svg", "math", "script", "style", "textarea")
    ),
    "<script>if (a<b ? c : d) { x = 'l'; }</script>",
    '<script type="application/ld+json">{"a": "Oui !"}</script>',
    "<svg><title>a !</title><text>b !</text><svg/></svg>",
    "<pre><b>a !</b> <code>b</code> c !</pre>",
    '<p lang="en">Really ! <b>yes !</b> <span>no !</span></p>',
    '<p lang="de-DE">»Wirklich ?«</p>',
    '<p translate="no">a ! <b>b !</b></p>',
    '<p data-typo="off">a ! <p>b !</p></p>',
    "<!-- a ! --><!doctype html>",
    '<a href="https://example.org/?a : b" class="x : y" data-words="c !" name="d ;">lien</a>',
    '<img src="a ! b.png"><input value="a !" placeholder="b !">',
    '<meta name="robots" content="a : b"><meta property="og:url" content="https://example.org/ !">',
    '<img lang="en" alt="Really ?">',
]

SHOWN = [
    ('<img alt="Vraiment ?">', '<img alt="Vraiment~?">'),
    ("<img alt='Vraiment ?'>", "<img alt='Vraiment~?'>"),
    ('<a title="L\'un : l&#x27;autre" href="/a !">x</a>', '<a title="L’un_: l’autre" href="/a !">x</a>'),
    ('<nav aria-label="Menu : ici">', '<nav aria-label="Menu_: ici">'),
    ('<meta name="description" content="Signez !">', '<meta name="description" content="Signez~!">'),
    ('<meta content="Signez !" property="og:title">', '<meta content="Signez~!" property="og:title">'),
    ('<q lang="en">Really ? <img alt="Yes !"></q> !', '<q lang="en">Really ? <img alt="Yes !"></q>~!'),
    (
        '<p lang="en">Yes ! <span lang="fr">Oui !</span> <span>No !</span></p> <p>Non !</p>',
        '<p lang="en">Yes ! <span lang="fr">Oui~!</span> <span>No !</span></p> <p>Non~!</p>',
    ),
    (
        '<p translate="no">a ! <b translate="yes">b !</b></p>',
        '<p translate="no">a ! <b translate="yes">b~!</b></p>',
    ),
    ("<title>Signez ! – Essai</title>", "<title>Signez~! – Essai</title>"),
    ("<P>c !</P>", "<P>c~!</P>"),
]


@pytest.mark.parametrize(("typed", "read"), ACROSS + SHOWN)
def test_a_sentence_goes_on_through_its_elements_and_entities_stay(typed, read):
    assert french_html(typed) == seen(read)
    assert french_html(seen(read)) == seen(read)


@pytest.mark.parametrize("html", LEFT_OUT)
def test_code_addresses_other_languages_and_attributes_stay_byte_for_byte(html):
    assert french_html(html) is html
    assert french_html(f"{html}<p>Oui !</p>") == seen(f"{html}<p>Oui~!</p>")


@pytest.mark.parametrize(("typed", "read"), [pair for pair in CHANGED if "\n" not in pair[0]])
def test_a_page_reads_the_corpus_as_a_mail_does(typed, read):
    assert french_html(f"<p>{typed}</p>") == seen(f"<p>{read}</p>")


@pytest.mark.parametrize("text", [text for text in UNCHANGED if "\n" not in text])
def test_a_page_leaves_what_a_mail_leaves(text):
    html = f"<p>{text}</p>"
    assert french_html(html) is html


def test_a_page_in_english_is_left_alone_but_for_its_french():
    page = '<html lang="en"><p>Really ?</p><a lang="fr" href="/">Vraiment ?</a></html>'
    assert typeset(page, "en") == page.replace("Vraiment ?", seen("Vraiment~?"))
    assert typeset(page.replace(' lang="fr"', ""), "en") == page.replace(' lang="fr"', "")


TAGS = st.sampled_from(
    (
        *(
            "<b>",
            "</b>",
            "<em>",
            "</em>",
            "<p>",
            "</p>",
            "<br>",
            "<code>",
            "</code>",
            '<i lang="en">',
            "</i>",
        ),
        *(
            '<a href="/?a : b">',
            "</a>",
            '<img alt="Oui: non !">',
            "&nbsp;",
            "&#x27;",
            "&quot;",
            "&amp;",
            "<!-- a ! -->",
        ),
        *("<sup>", "</sup>", '<p translate="no">', "<script>a ! b</script>", "<li>", "<svg>", "</svg>"),
    )
)
HTML = st.lists(PIECES.filter(lambda piece: piece != "<") | TAGS, max_size=14).map("".join)
TAG = re.compile(r"<!--.*?-->|<script>.*?</script>|<[^>]*>", re.DOTALL)


@steady
@given(HTML)
def test_set_twice_is_set_once(html):
    once = french_html(html)
    assert french_html(once) == once


@steady
@given(HTML)
def test_mark_up_stays_byte_for_byte_but_for_what_is_shown(html):
    tags = [tag for tag in TAG.findall(html) if "alt=" not in tag]
    assert [tag for tag in TAG.findall(french_html(html)) if "alt=" not in tag] == tags


@steady
@given(
    st.lists(PIECES.filter(lambda piece: piece != "<"), max_size=8), st.sampled_from(("b", "em", "span", "a"))
)
def test_an_inline_element_makes_no_difference_to_a_sentence(pieces, tag):
    whole = french_html("".join(pieces))
    for cut in range(len(pieces) + 1):
        parted = french_html(f"<{tag}>{''.join(pieces[:cut])}</{tag}>{''.join(pieces[cut:])}")
        assert TAG.sub("", parted) == whole


def test_text_and_page_agree_where_a_line_has_no_end():
    assert french_html("Oui ! Non ?") == french_text("Oui ! Non ?")

"""The lines that show why a page was found: around the first hit, as they were written, and never mark-up."""

import pytest
from django.template.loader import render_to_string

from home.search.excerpt import BEFORE, LENGTH, Piece, excerpt, mark


def text_of(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "hits", "marked"),
    [
        ("L’Œuvre", {"oeuvre"}, ["Œuvre"]),
        ("la souveraineté numérique", {"numerique"}, ["numérique"]),
        ("Numérique ? numériques !", {"numerique"}, ["Numérique"]),
        ("e\u0301tat, État", {"etat"}, ["e\u0301tat", "État"]),
        ("1\u202f234", {"234"}, ["234"]),
        ("rien", {"autre"}, []),
        ("", {"autre"}, []),
        ("½", {"1", "2"}, ["½"]),
    ],
)
def test_the_words_of_the_text_itself_are_marked(text, hits, marked):
    pieces = mark(text, hits)
    assert text_of(pieces) == text
    assert [piece.text for piece in pieces if piece.is_hit] == marked


def test_the_excerpt_lies_around_the_first_hit():
    text = "\n".join(["début " * 30, "avant " * 60 + "la cible est là " + "après " * 90, "fin"])
    shown = text_of(excerpt(text, {"cible"}))
    assert "la cible est là" in shown
    assert shown.startswith("… avant")
    assert shown.endswith(" …")
    assert shown.index("cible") <= BEFORE + len("… la ")
    assert len(shown) <= LENGTH + 5


def test_without_a_hit_it_is_the_beginning():
    assert text_of(excerpt("Un début.\nUne suite.", {"ailleurs"})) == "Un début. Une suite."
    assert text_of(excerpt("Un titre\nUne suite.\nUn mot", {"ailleurs"})) == "Un titre · Une suite. Un mot"
    assert text_of(excerpt("Un seul mot", {"mot"})) == "Un seul mot"
    assert excerpt("", {"ailleurs"}) == []


def test_a_word_without_any_space_is_cut_all_the_same():
    assert len(text_of(excerpt("x" * 5000, {"x" * 5000}))) <= LENGTH + 5


def test_shown_in_a_page_nothing_of_the_text_becomes_mark_up():
    pieces = mark("<script>alert(1)</script> & <b>été</b>", {"script", "ete"})
    html = render_to_string("components/pieces.html", {"pieces": pieces})
    assert "<script" not in html
    assert "<mark>été</mark>" in html
    assert "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt; &amp; &lt;b&gt;" in html

"""Texts compared without their typography."""

import pytest

from campaign.typography import fold, fold_with_map, plain_spaces, span


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("État", "etat"),
        ("E\u0301TAT", "etat"),
        ("Œuvre, œuvre, Ærø", "oeuvre, oeuvre, aero"),
        ("l’hébergeur", "l'hebergeur"),
        ("1\u202f234\u00a0€", "1 234 €"),
        ("Qui\u2009?", "qui ?"),
        ("porte\u2011parole", "porte-parole"),
        ("sou\u00adve\u00adrai\u00adne\u00adté", "souverainete"),
        ("ŁÓDŹ Straße", "lodz strasse"),
        ("m² … ﬁn", "m2 ... fin"),
        ("", ""),
    ],
)
def test_accents_case_ligatures_spaces_and_apostrophes_are_no_difference(text, folded):
    assert fold(text) == folded
    assert fold(folded) == folded
    assert fold_with_map(text)[0] == folded


def test_spaces_become_plain_and_everything_else_stays():
    assert plain_spaces("«\u00a0Élu\u202f!\u00a0»\u2003ok\n") == "« Élu ! » ok\n"


@pytest.mark.parametrize(
    ("text", "looked_for", "found"),
    [
        ("Le cœur de l’État", "coeur", "cœur"),
        ("Le cœur de l’État", "co", "cœ"),
        ("Le cœur de l’État", "etat", "État"),
        ("Un e\u0301tat, deux", "etat", "e\u0301tat"),
        ("Plus de 1\u202f234 signatures", "1 234 s", "1\u202f234 s"),
        ("sou\u00adveraineté", "souverainete", "sou\u00adveraineté"),
        ("À la fin : été", "ete", "été"),
    ],
)
def test_a_match_is_found_again_in_the_text_as_it_stands(text, looked_for, found):
    folded, starts = fold_with_map(text)
    assert len(starts) == len(folded) + 1
    at = folded.index(looked_for)
    start, end = span(starts, at, at + len(looked_for))
    assert text[start:end] == found

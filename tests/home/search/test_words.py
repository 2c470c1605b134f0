"""What somebody types is read without any error, and two writings of one word are one."""

import pytest

from home.search.words import MOST_LETTERS, MOST_TERMS, Term, ask, split_words

NARROW = "\u202f"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("numerique", "numérique"),
        ("souverainete", "SOUVERAINETÉ"),
        ("oeuvre", "œuvre"),
        ("L'État", "etat"),
        ("L’État", "ETAT"),
        ("ex aequo", "ex æquo"),
        (f"1{NARROW}234", "1 234"),
        ("e\u0301tat", "état"),
        ("« numérique »", '"numerique"'),
        (f"«{NARROW}numérique{NARROW}»", "“numérique”"),
        ("sous-traitance", "sous traitance"),
        ("qu’elle", "elle"),
    ],
)
def test_two_writings_ask_for_the_same(one, other):
    assert ask(one).terms == ask(other).terms


def test_words_phrases_and_words_to_leave_out():
    question = ask('données "de santé" -hôpital -"en ligne" lit')
    assert question.terms == (
        Term(("donnees",)),
        Term(("de", "sante")),
        Term(("hopital",), unwanted=True),
        Term(("en", "ligne"), unwanted=True),
        Term(("lit",)),
    )
    assert question.words == ["donnees", "de", "sante", "lit"]
    assert ask("or").terms == (Term(("or",)),)


@pytest.mark.parametrize(
    "typed", ["", " ", "\x00", "\ud800", "'", "%", "_", '""', "-", "- -", "«»", "!?", "…", "🙂"]
)
def test_where_nothing_can_be_looked_for_nothing_is_asked(typed):
    assert not ask(typed)


def test_what_no_database_takes_is_dropped():
    assert ask("a\x00b\ud800c\u200bd\x1b").text == "abc\u200bd"


def test_only_words_to_leave_out_ask_for_nothing():
    assert not ask("-numérique")


def test_one_letter_alone_is_looked_for():
    assert ask("à").words == ["a"]
    assert ask("l’").words == ["l"]


def test_a_long_question_is_cut_and_says_so():
    question = ask("mot " * 100_000)
    assert question.was_cut
    assert len(question.text) <= MOST_LETTERS
    many = ask(" ".join(f"m{number}" for number in range(60)))
    assert len(many.terms) == MOST_TERMS


def test_words_are_split_where_letters_and_digits_end():
    assert split_words("L’œuvre_d’art, 1,5\u202f% (n° 3)") == ["l", "oeuvre", "d", "art", "1", "5", "n", "3"]

"""French typography in plain text: a corpus of pairs, and properties of every text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.typography import french_text, mail_subject, plain_spaces, typeset_text
from tests.campaign.typography.corpus import CHANGED, NB, NN, UNCHANGED, seen

# The same texts on every run: a test that fails now and then tells nobody what to mend.
steady = settings(max_examples=1500, deadline=None, database=None, derandomize=True)
# Texts made of what the rules look for, which is where they could get into each other's way.
PIECES = st.sampled_from(
    (
        *(
            " ",
            "  ",
            NB,
            NN,
            "\u2009",
            "\n",
            "!",
            "?",
            ";",
            ":",
            ",",
            ".",
            "…",
            "...",
            "(",
            ")",
            "[",
            "]",
            "-",
            "/",
        ),
        *(
            "«",
            "»",
            "“",
            "”",
            '"',
            "'",
            "’",
            "%",
            "€",
            "°",
            "º",
            "@",
            "#",
            "&",
            "\\",
            "www.",
            "://",
            "http://",
        ),
        *(
            "0",
            "1",
            "5",
            "12",
            "30",
            "234",
            "2020",
            "000",
            "h",
            "n",
            "n°",
            "er",
            "ème",
            "e",
            "siècle",
            "XXI",
            "M.",
        ),
        *(
            "Mme",
            "mot",
            "Élu",
            "l",
            "qu",
            "d",
            "novembre",
            "Mai",
            "km",
            "million",
            "a@b.fr",
            "\ufffc",
            "=",
            "<",
            "*",
        ),
    )
)
TEXTS = st.lists(PIECES, max_size=9).map("".join) | st.text(max_size=30)


def test_the_corpus_has_a_hundred_pairs_and_more():
    assert len(CHANGED) >= 90
    assert len(CHANGED) + len(UNCHANGED) >= 150
    assert len({typed for typed, _read in CHANGED}) == len(CHANGED)


@pytest.mark.parametrize(("typed", "read"), CHANGED)
def test_what_is_typed_is_read_as_french_is_set(typed, read):
    assert french_text(typed) == seen(read)
    assert french_text(seen(read)) == seen(read)


@pytest.mark.parametrize("text", UNCHANGED)
def test_what_is_no_french_punctuation_stays(text):
    assert french_text(text) is text


@steady
@given(TEXTS)
def test_set_twice_is_set_once(text):
    once = french_text(text)
    assert french_text(once) == once


@steady
@given(TEXTS)
def test_words_and_numbers_stay_in_their_order(text):
    def bare(words: str) -> str:
        words = re.sub(r"[\s\u202f]+", "", plain_spaces(words)).replace("...", "…").lower()
        words = re.sub(r"i?[èe]me(s?)(?!\w)|(?<=1)[èe]re(s?)(?!\w)", "", words)
        return re.sub(r"[\"«»'’°º]|er|e", "", words)

    assert bare(french_text(text)) == bare(text)


@steady
@given(
    TEXTS, st.sampled_from(["https://example.org/a:b;c?d=1!", "www.example.org/l'eau...", "a'b@example.org"])
)
def test_an_address_is_never_touched(text, address):
    for around in (f"{text} {address}", f"{text} {address} {text}", f"{address}\n{text}"):
        assert address in french_text(around)


@steady
@given(TEXTS)
def test_no_no_break_space_stands_right_behind_an_address(text):
    # A mail program that makes links of addresses could take it for a part of one.
    shown = french_text(f"https://example.org/page {text}")
    assert shown.startswith("https://example.org/page") and shown[24:25] != NN


def test_english_is_left_alone():
    assert typeset_text("Really? 50%: yes!", "en") == "Really? 50%: yes!"
    assert typeset_text("Vraiment ? 50 %", "fr") == seen("Vraiment~? 50_%")
    assert typeset_text("Vraiment ?", "fr-FR") == seen("Vraiment~?")
    assert typeset_text("Echt ?", "fy") == "Echt ?"


def test_a_subject_has_the_older_of_the_two_spaces_alone():
    assert mail_subject("Confirmez votre signature ! 1 234 : « oui »") == seen(
        "Confirmez votre signature_! 1_234_: «_oui_»"
    )
    assert mail_subject("Confirm: 1,234!", "en") == "Confirm: 1,234!"


def test_a_long_text_without_a_space_takes_no_long_time():
    for piece in ("!", "a:", "://", "@", "1 ", "l'", '"', "«", "...", "14h", " )"):
        assert french_text(piece * 20_000)

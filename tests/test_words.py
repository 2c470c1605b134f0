"""The words of docs/words.md, held: those that we say stand in the catalogues, those that we never say nowhere."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAPER = ROOT / "docs" / "words.md"
CATALOGUES = sorted(ROOT.glob("*/locale/fr/LC_MESSAGES/django.po"))
# What is no word that people read: gaps to fill, mark-up, and names of commands and settings.
NOT_WORDS = re.compile(r"%\(\w+\)[sd]|<[^>]*>|\b\w*_\w*\b")
LANGUAGES = {"both": ("en", "fr"), "en": ("en",), "fr": ("fr",)}


def table(heading: str) -> list[list[str]]:
    """Return the rows of the table below a heading, without its head."""
    section = PAPER.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def entries():
    """Yield the catalogue's name and each string of it."""
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            yield path.relative_to(ROOT), entry


def shown(entry: polib.POEntry, language: str) -> list[str]:
    """Return what people read of an entry in one language."""
    if language == "en":
        return [text for text in (entry.msgid, entry.msgid_plural) if text]
    return [text for text in (entry.msgstr, *entry.msgstr_plural.values()) if text]


def pattern(word: str) -> re.Pattern:
    """Match a word, or its plural, in any case."""
    spaced = r"\s+".join(re.escape(part) for part in word.split())
    plural = "(?:ies|y)" if word.endswith("y") else ""
    stem = spaced[:-1] + plural if plural else f"{spaced}s?"
    return re.compile(rf"\b{stem}\b", re.IGNORECASE)


SAID = table("We say")
NEVER = [(word, language) for word, which, _why in table("We never say") for language in LANGUAGES[which]]


def test_the_paper_holds_both_tables():
    assert len(SAID) > 20
    assert len(NEVER) > 10
    assert CATALOGUES


@pytest.mark.parametrize(("english", "french"), [row[:2] for row in SAID], ids=[row[0] for row in SAID])
def test_what_we_say_is_what_people_read(english, french):
    wordings = {text for _where, entry in entries() if entry.msgid == english for text in shown(entry, "fr")}
    assert wordings, f"docs/words.md says “{english}”, but no string of the site does: change one of the two."
    assert french in wordings, (
        f"For “{english}” docs/words.md says « {french} », the catalogues say {sorted(wordings)}: "
        "decide which is better, and change the other."
    )


@pytest.mark.parametrize(("word", "language"), NEVER)
def test_what_we_never_say_stands_in_no_string(word, language):
    forbidden = pattern(word)
    found = [
        f"{where}: {text}"
        for where, entry in entries()
        for text in shown(entry, language)
        if forbidden.search(NOT_WORDS.sub(" ", text))
    ]
    assert not found, f"docs/words.md says why not “{word}”, and what to say instead:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("word", "text", "is_found"),
    [
        ("tally", "Two tallies", True),
        ("ministry", "The Ministries", True),
        ("outbox", "The outbox is full", True),
        ("outbox", "start run_outbox again", False),
        ("proof of work", "A Proof of  work", True),
        ("vote", "votre signature", False),
        ("invalidée", "Signatures INVALIDÉES", True),
    ],
)
def test_words_are_found_in_any_case_and_number(word, text, is_found):
    assert bool(pattern(word).search(NOT_WORDS.sub(" ", text))) is is_found

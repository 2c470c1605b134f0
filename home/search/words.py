"""Words as search compares them, and what somebody asks for. Pure functions."""

import re
import unicodedata
from dataclasses import dataclass

from campaign.typography import fold

MOST_LETTERS = 200  # of a question: longer ones are cut, so that nobody makes the database read a book
MOST_TERMS = 12  # each one is a condition of the statement
WORD = re.compile(r"[^\W_]+")
# Every pair of quotation marks that people type: « », “ ”, „ ‟.
QUOTES = dict.fromkeys((0xAB, 0xBB, 0x201C, 0x201D, 0x201E, 0x201F), '"')
TERM = re.compile(r'(?<!\S)(?P<minus>-?)"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+)')
ELIDED = {
    "qu",
    "lorsqu",
    "puisqu",
}  # before an apostrophe: with single letters, they say nothing of what is meant


@dataclass(frozen=True)
class Term:
    """Words that must follow each other, or must not be there."""

    words: tuple[str, ...]
    unwanted: bool = False


@dataclass(frozen=True)
class Question:
    """What somebody asks for: as it is shown again, and its terms, all of which must be met."""

    text: str
    terms: tuple[Term, ...]
    was_cut: bool = False

    @property
    def wanted(self) -> list[Term]:
        """The terms that a page must hold."""
        return [term for term in self.terms if not term.unwanted]

    @property
    def words(self) -> list[str]:
        """The words that a page must hold."""
        return [word for term in self.wanted for word in term.words]

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.wanted)


def split_words(text: str) -> list[str]:
    """Return the folded words of a text, without punctuation: `L’État` is `l` and `etat`."""
    return WORD.findall(fold(text))


def spaced(words: list[str] | tuple[str, ...]) -> str:
    """Return words with a space before and after each, so that ` etat ` and ` etat` find whole words and beginnings."""
    return f" {' '.join(words)} " if words else ""


def _is_text(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) not in {"Cc", "Cs", "Cn"}


def ask(typed: str) -> Question:
    """Read what somebody typed: words, phrases in any quotation marks, and words to leave out behind a minus.

    Any string will do; there is no error. Control characters and halves of letters are dropped.
    """
    text = " ".join("".join(filter(_is_text, typed[: MOST_LETTERS * 4])).split())
    was_cut = len(text) > MOST_LETTERS
    text = text[:MOST_LETTERS].rstrip()
    terms: list[Term] = []
    for match in TERM.finditer(text.translate(QUOTES)):
        if match["word"] is None:
            terms.append(Term(tuple(split_words(match["phrase"])), bool(match["minus"])))
        else:
            unwanted = match["word"].startswith("-")
            terms += [Term((word,), unwanted) for word in split_words(match["word"])]
    terms = [term for term in dict.fromkeys(terms) if term.words][:MOST_TERMS]
    return Question(text, tuple(_without_elided(terms)), was_cut)


def _without_elided(terms: list[Term]) -> list[Term]:
    """Leave out the letters before an apostrophe, unless nothing else is asked for."""
    telling = [
        term
        for term in terms
        if len(term.words) > 1 or (len(term.words[0]) > 1 and term.words[0] not in ELIDED)
    ]
    return telling if any(not term.unwanted for term in telling) else terms

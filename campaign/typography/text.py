"""French typography for plain text: mails, subjects, feeds, alternative texts."""

from collections.abc import Callable, Iterable, Iterator

from campaign.typography import numbers, signs
from campaign.typography.edits import NARROW, NO_BREAK, Edit, Passage

# First letter for letter: what follows sees ’ and « » already, at the same places.
_LETTERS: tuple[Callable[[Passage], Iterator[Edit]], ...] = (signs.apostrophes, signs.quotes)
_SPACES: tuple[Callable[[Passage], Iterator[Edit]], ...] = (
    signs.punctuation,
    signs.no_space_before,
    signs.ellipses,
    numbers.thousands,
    numbers.units,
    numbers.hours,
    numbers.days,
    numbers.ordinals,
    numbers.titles,
)


def french_text(text: str) -> str:
    """Return a French text with its typography; addresses, paths and code-like words stay. Idempotent."""
    return apply(text, edits(Passage(text, of_a_page=False)))


def typeset_text(text: str, language: str) -> str:
    """Return a plain text as it is read in its language (`fr`, `en`): for feeds, file names, alternative texts.

    Languages other than French are left as they are.
    """
    return french_text(text) if is_french(language) else text


def mail_subject(text: str, language: str = "fr") -> str:
    """Return a subject as `typeset_text()` does, but with U+00A0 alone: some mail programs draw U+202F badly."""
    return typeset_text(text, language).replace(NARROW, NO_BREAK)


def is_french(language: str) -> bool:
    """Whether a language code is French's: fr, fr-FR."""
    return language[:2].lower() == "fr" and language[2:3] in {"", "-", "_"}


def edits(passage: Passage) -> list[Edit]:
    """Return all changes to a passage, in order, none over another."""
    found = sorted(edit for rule in _LETTERS for edit in rule(passage))
    if found:
        passage = Passage(apply(passage.text, found), of_a_page=passage.of_a_page)
    found += (edit for rule in _SPACES for edit in rule(passage))
    found.sort()
    return list(_apart(found, passage.text))


def _apart(found: Iterable[Edit], text: str) -> Iterator[Edit]:
    last = 0
    for edit in found:
        if edit.start >= last:
            yield edit
            last = max(last, edit.end)


def apply(text: str, changes: list[Edit]) -> str:
    """Return the text with its edits made; without any, the same object."""
    if not changes:
        return text
    parts: list[str] = []
    last = 0
    for edit in changes:
        parts += (text[last : edit.start], edit.new)
        last = edit.end
    parts.append(text[last:])
    return "".join(parts)

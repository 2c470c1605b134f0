"""What no pass over a page puts right: letters. Accents on capitals, œ, the apostrophe, in our own French."""

import re

import polib
import pytest
from django.conf import settings

# Spelling is the writer's: rendering changes spaces and signs, never a letter.
MISSPELT = [
    (r"\b\w*oe(?:u|il)\w*", "œ: œuvre, cœur, œil"),
    (r"\b(?:Etats?|Etes|Ecri\w+|Ecole|Elu\w*|Evit\w+|Ile|Ca|Deja|Eglise)\b", "accents on capitals, too"),
    (r"[^\W\d_]'[^\W\d_]", "the apostrophe ’"),
    (r"\.\.\.", "the ellipsis …"),
    (r"\b\d+[èe]mes?\b|\b1[èe]re\b", "2e, 1re"),
    (r"\bN°\w|\bn°\w", "n° and a space"),
]


def french_strings():
    for path in sorted(settings.BASE_DIR.glob("*/locale/fr/LC_MESSAGES/django.po")):
        for entry in polib.pofile(str(path)):
            yield from (text for text in (entry.msgstr, *entry.msgstr_plural.values()) if text)
    for folder in ("demo", "first_pages"):
        source = settings.BASE_DIR / "campaign" / folder / "french.py"
        if source.exists():
            # Strings of code: an apostrophe of Python's own stands beside no letter on both sides.
            yield source.read_text(encoding="utf-8")


@pytest.mark.parametrize(("pattern", "instead"), MISSPELT)
def test_our_french_is_spelt_with_its_accents_ligatures_and_signs(pattern, instead):
    found = [match[0] for text in french_strings() for match in re.finditer(pattern, text)]
    assert not found, f"{instead}: {found[:10]}"

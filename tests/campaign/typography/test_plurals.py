"""How many: nought and one are singular in French, a million is « de signatures », and no form says 1 by itself."""

import re
from types import SimpleNamespace

import polib
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import ngettext, override

from campaign.typography import plain_spaces

CATALOGUES = sorted(settings.BASE_DIR.glob("*/locale/fr/LC_MESSAGES/django.po"))
COUNTED = [
    ("fr", 0, "0 signature confirmée", "0 signature sur 2 000 000"),
    ("fr", 1, "1 signature confirmée", "1 signature sur 2 000 000"),
    ("fr", 2, "2 signatures confirmées", "2 signatures sur 2 000 000"),
    ("fr", 1_000_000, "1 000 000 de signatures confirmées", "1 000 000 de signatures sur 2 000 000"),
    ("fr", 1_000_001, "1 000 001 signatures confirmées", "1 000 001 signatures sur 2 000 000"),
    ("en", 0, "0 verified signatures", "0 signatures out of 2,000,000"),
    ("en", 1, "1 verified signature", "1 signature out of 2,000,000"),
    ("en", 2, "2 verified signatures", "2 signatures out of 2,000,000"),
    ("en", 1_000_000, "1,000,000 verified signatures", "1,000,000 signatures out of 2,000,000"),
]


@pytest.mark.parametrize(("language", "count", "read", "on_the_bar"), COUNTED)
def test_the_counter_agrees_with_its_number(language, count, read, on_the_bar):
    progress = SimpleNamespace(count=count, goal=2_000_000, percent=1, as_of=None)
    with override(language):
        html = plain_spaces(render_to_string("components/counter.html", {"progress": progress}))
    assert read in re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html))
    assert f'"{on_the_bar}"' in html


@pytest.mark.parametrize("count", [0, 1, 2, 1_000_000])
def test_strings_of_code_agree_with_their_number(count):
    with override("fr"):
        said = ngettext("%(number)s day", "%(number)s days", count) % {"number": count}
    assert said == {0: "0 jour", 1: "1 jour", 2: "2 jours", 1_000_000: "1000000 de jours"}[count]


def test_every_catalogue_has_the_three_forms_of_french():
    for path in CATALOGUES:
        catalogue = polib.pofile(str(path))
        assert "nplurals=3" in catalogue.metadata["Plural-Forms"], path
        for entry in catalogue:
            assert not entry.msgid_plural or sorted(entry.msgstr_plural) == [0, 1, 2], entry.msgid


def test_no_form_holds_a_one_of_its_own():
    # French reads the first form for 0, too: « 1 résultat » would be said of none.
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            if entry.msgid_plural:
                forms = [entry.msgid, entry.msgid_plural, *entry.msgstr_plural.values()]
                assert not [form for form in forms if re.search(r"(?<![\w.,])1(?![\w.,])", form)], entry.msgid

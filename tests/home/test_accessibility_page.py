"""The accessibility statement never claims more than the last audit, and each page says how far it goes."""

import html
import re

import pytest
from django.core.exceptions import ValidationError

from home.models import Organisation
from home.models.organisation import Compliance
from tests.facts import FACTS

SPACES = re.compile("[\u00a0\u202f\u2009]")
AUDIT = {"audit_date": "2026-11-20", "audit_by": "Cabinet d’essai", "audit_percent": 72}


def read(client, address: str) -> str:
    return SPACES.sub(" ", html.unescape(client.get(address).content.decode()))


@pytest.mark.parametrize(
    ("percent", "state"),
    [
        *((None, Compliance.NONE), (0, Compliance.NONE), (49, Compliance.NONE)),
        *((50, Compliance.PARTIAL), (99, Compliance.PARTIAL), (100, Compliance.FULL)),
    ],
)
def test_the_state_follows_the_share_of_criteria_met(percent, state):
    assert Organisation(**{**AUDIT, "audit_percent": percent}).compliance == state


def test_without_an_audit_the_site_is_not_compliant_and_says_so_on_each_page(client):
    assert Organisation(audit_percent=100).compliance == Compliance.NONE
    for address, words in (
        ("/", "Accessibilité : non conforme"),
        ("/en/news/", "Accessibility: not compliant"),
    ):
        assert f">{words}</a>" in read(client, address).split("<footer")[1]
    shown = read(client, "/accessibilite/")
    assert "Ce site est non conforme au RGAA 4.1." in shown
    assert "Aucun audit n’a encore été mené" in shown
    assert "démarche volontaire" in shown


def test_after_an_audit_it_tells_what_was_found(client):
    findings = {"audit_findings_fr": "Un défaut d’essai", "audit_findings_en": "A fault to try"}
    more = {
        "audit_exempt_fr": "Une carte d’essai",
        "audit_environment": "Firefox et NVDA",
        "audit_tools": "axe",
    }
    Organisation.objects.update(**AUDIT, **findings, **more, audit_pages="/\n/petition/")
    shown = read(client, "/accessibilite/")
    for told in (
        *("partiellement conforme", "72 %", "20 novembre 2026", "Cabinet d’essai", "Un défaut d’essai"),
        *("Une carte d’essai", "Firefox et NVDA", "axe", "/petition/", FACTS["email"], "HTML5"),
    ):
        assert told in shown, told
    assert "Aucun audit" not in shown
    english = read(client, "/en/accessibility/")
    assert "A fault to try" in english
    assert "Un défaut d’essai" not in english
    assert ">Accessibilité : partiellement conforme</a>" in read(client, "/").split("<footer")[1]


def test_it_leads_to_the_defender_of_rights_by_form_delegate_and_letter(client):
    shown = read(client, "/accessibilite/")
    for told in (
        'href="https://formulaire.defenseurdesdroits.fr/"',
        'href="https://www.defenseurdesdroits.fr/saisir/delegues"',
        "Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07",
    ):
        assert told in shown


def test_it_says_since_when(client, page):
    day = page("ACCESSIBILITY").first_published_at
    assert f"Établie le {day.day}" in read(client, "/accessibilite/")


@pytest.mark.parametrize("left_out", list(AUDIT))
def test_half_of_an_audit_is_refused_beside_what_is_missing(left_out):
    half = Organisation.current()
    for name, value in AUDIT.items():
        if name != left_out:
            setattr(half, name, value)
    with pytest.raises(ValidationError) as refused:
        half.clean()
    assert list(refused.value.message_dict) == [left_out]

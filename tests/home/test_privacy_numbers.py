"""Each period is a setting, and privacy page, rules and form tell the number that it has."""

import html
import re
from datetime import date

import pytest
import time_machine

from petition.models import Petition
from petition.services.ending import end_of_names
from petition.services.postponing import postpone

SPACES = re.compile("[\u00a0\u202f\u2009]")


@pytest.fixture
def read(client):
    """Read an address, with plain spaces."""

    def text(path: str) -> str:
        return SPACES.sub(" ", html.unescape(client.get(path).content.decode()))

    return text


@pytest.mark.parametrize(
    ("setting", "number", "path", "told"),
    [
        ("KEEP_UNCONFIRMED_DAYS", 10, "/confidentialite/", "10 jours, puis"),
        ("KEEP_UNCONFIRMED_DAYS", 10, "/petition/", "effacé au bout de 10 jours"),
        ("KEEP_UNCONFIRMED_DAYS", 5, "/confidentialite/", "fonctionne pendant 5 jours"),
        (
            "KEEP_NAMES_MONTHS_AFTER_OPENING",
            18,
            "/confidentialite/",
            "au plus tard 18 mois après son ouverture",
        ),
        ("KEEP_NAMES_MONTHS_AFTER_OPENING", 18, "/petition/", "au plus tard 18 mois après son ouverture"),
        ("KEEP_NAMES_MONTHS_AFTER_OPENING", 18, "/en/petition/", "18 months after it opened at the latest"),
        ("KEEP_NAMES_MONTHS_AFTER_DELIVERY", 2, "/confidentialite/", "2 mois après la remise"),
        ("KEEP_NAMES_MONTHS_AFTER_DELIVERY", 2, "/petition/", "2 mois après la remise"),
        ("KEEP_SUPPORTERS_YEARS", 2, "/confidentialite/", "2 ans"),
        ("KEEP_REFUSALS_YEARS", 7, "/confidentialite/", "7 ans"),
        ("KEEP_PROOF_YEARS", 5, "/confidentialite/", "5 ans"),
        ("KEEP_STAFF_LOG_MONTHS", 8, "/confidentialite/", "8 mois"),
        ("SIGNING_AGE", 17, "/conditions/", "17 ans ou plus"),
    ],
)
def test_another_setting_is_another_number(read, settings, setting, number, path, told):
    assert told not in read(path)
    setattr(settings, setting, number)
    assert told in read(path)


def test_names_that_staff_keep_longer_are_told_with_day_and_reason(read, petition):
    petition = Petition.objects.get()
    with time_machine.travel(end_of_names(petition), tick=False):
        until = end_of_names(petition).date().replace(day=28)
        until = date(until.year + (until.month == 12), until.month % 12 + 1, 28)
        postpone(petition, until, "La remise est reportée au printemps.")
    for path in ("/petition/", "/confidentialite/", "/en/privacy/"):
        assert "La remise est reportée au printemps." in read(path), path


@pytest.mark.parametrize(
    "told",
    [
        "votre nom, votre adresse et vos choix sont effacés",
        "Copies de sauvegarde, chiffrées",
        "Journaux du serveur web, avec une adresse réseau raccourcie",
        "Ce que notre équipe a fait dans l’administration",
    ],
)
def test_the_table_of_periods_is_whole(read, told):
    assert told in read("/confidentialite/")


def test_the_short_layer_tells_who_why_who_receives_how_long_rights_and_where(read):
    form = read("/petition/").split('id="sign-form"')[1].split("</form>")[0]
    for told in (
        *(
            "Responsable de vos données",
            "consentement explicite",
            "Son équipe les lit",
            "destinataire est nommé",
        ),
        *("14 jours", "21 mois", "1 mois", "les corriger", "les effacer", "CNIL", "/confidentialite/"),
    ):
        assert told in form, told

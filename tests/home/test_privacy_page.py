"""The privacy page can't disagree with what the site does: its numbers and services are read where they are used."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from petition import limits, links, notice
from petition.models import PendingSignature, ServiceSettings
from petition.services import retention
from tests.factories import PendingSignatureFactory
from tests.facts import FACTS

SPACES = re.compile("[\u00a0\u202f\u2009]")


@pytest.fixture
def read(client, page):
    """Read the page in one language, with plain spaces."""

    def text(language: str = "fr") -> str:
        shown = client.get(page("PRIVACY", language).url).content.decode()
        return SPACES.sub(" ", html.unescape(shown)).split("<main")[1].split("<footer")[0]

    return text


@pytest.mark.parametrize(
    ("module", "name", "period", "french", "english"),
    [
        (limits, "ANSWER_TIME", timedelta(days=45), "45 jours", "45 days"),
        (limits, "BUCKET_LIFE", timedelta(hours=24), "24 heures", "24 hours"),
        (links, "CONFIRM_LIFE", timedelta(days=5), "5 jours", "5 days"),
    ],
)
def test_another_period_is_another_number_on_the_page(
    read, monkeypatch, module, name, period, french, english
):
    assert french not in read()
    monkeypatch.setattr(module, name, period)
    assert french in read()
    assert english in read("en")


def test_the_period_that_the_page_tells_is_the_one_that_deletes(petition, settings, read):
    settings.KEEP_UNCONFIRMED_DAYS = 10
    now = timezone.now()
    for email, days in (("ancienne@example.org", 11), ("recente@example.org", 9)):
        PendingSignatureFactory(petition=petition, email=email, received_at=now - timedelta(days=days))
    assert "10 jours, puis c’est effacé" in read()
    retention.expire_pending(now)
    assert list(PendingSignature.objects.values_list("email", flat=True)) == ["recente@example.org"]


def test_periods_are_told_as_people_say_them():
    told = [
        timedelta(days=1),
        timedelta(hours=48),
        timedelta(days=14),
        timedelta(days=365),
        timedelta(days=1095),
    ]
    assert [notice.in_words(period) for period in told] == [
        "24 heures",
        "48 heures",
        "14 jours",
        "1 an",
        "3 ans",
    ]
    with translation.override("en"):
        assert notice.in_words(timedelta(days=365)) == "1 year"


def test_without_an_outside_service_there_is_no_transfer(read):
    assert re.search(r"<h2>Transferts hors de l’Union européenne</h2>\s*<p>Aucun\.</p>", read())
    assert re.search(r"<h2>Transfers outside the European Union</h2>\s*<p>None\.</p>", read("en"))


def test_a_service_that_is_on_is_named_with_its_country_as_recipient_and_as_transfer(read):
    ServiceSettings.objects.create(pk=1, mailing="mailchimp")
    for language, country in (("fr", "États-Unis"), ("en", "United States")):
        shown = read(language)
        transfers = re.split("<h2>Transfer", shown)[1].split("<h2>")[0]
        assert "The Rocket Science Group" in transfers
        assert country in transfers
        assert not re.search("<p>(Aucun|None)", transfers)


@pytest.mark.parametrize(
    "told",
    [
        *("6.1.a", "9.2.a", "6.1.f", "opinion politique", "consentement explicite"),
        *("facultati", "sans eux, il n’y a pas de signature"),
        *(FACTS["host_name"], FACTS["mail_carrier"], "(France)", "(Allemagne)"),
        *(FACTS["privacy_contact"], "lien personnel", "à tout moment", "CNIL", "TSA 80715"),
        *("article 85", "après votre mort", "Aucune décision", "limiter", "opposer", "un mois"),
        *("48 heures", "aucune adresse IP", "3 e-mails par jour", "14 jours", "3 ans"),
    ],
)
def test_it_says_what_article_13_asks_for(read, told):
    assert told in read()


def test_it_stands_in_two_languages_with_the_same_parts(read):
    french, english = (re.findall(r"<(h2|tr|li)\b", read(language)) for language in ("fr", "en"))
    assert french == english


@pytest.mark.parametrize(
    ("address", "path"), [("/petition/", "/confidentialite/"), ("/en/petition/", "/en/privacy/")]
)
def test_the_short_layer_beside_the_button_leads_to_it(client, address, path):
    form = client.get(address).content.decode().split('id="sign-form"')[1].split("</form>")[0]
    assert f'<a href="{path}">' in form


def test_the_form_that_comes_back_with_errors_leads_to_it_too(client):
    answer = client.post("/petition/", {}, headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 422
    form = answer.content.decode().split('id="sign-form"')[1].split("</form>")[0]
    assert '<a href="/confidentialite/">' in form


def test_the_short_layer_tells_who_why_how_long_and_what_is_possible(client, petition):
    form = SPACES.sub(
        " ", client.get("/petition/").content.decode().split('id="sign-form"')[1].split("</form>")[0]
    )
    for told in (petition.organiser, "consentement explicite", "14 jours", "retir"):
        assert told in html.unescape(form)


def test_without_a_privacy_page_the_form_leads_nowhere(client, page):
    page("PRIVACY").unpublish()
    form = client.get("/petition/").content.decode().split('id="sign-form"')[1].split("</form>")[0]
    assert "/confidentialite/" not in form

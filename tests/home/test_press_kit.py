"""The press kit: pictures with credit and licence, figures with date and source, on the page and as one ZIP."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from campaign.outbox.worker import Worker
from campaign.typography import plain_spaces
from home.models import CampaignImage, MadeFile, MadeKind, PressIndexPage


def picture(**values) -> CampaignImage:
    """A picture as a newsroom wants it: large."""
    out = BytesIO()
    channels = [Image.effect_noise((160, 90), 60).resize((1600, 900)) for _channel in "RGB"]
    Image.merge("RGB", channels).save(out, "JPEG")
    file = ContentFile(out.getvalue(), name="essai.jpg")
    return CampaignImage.objects.create(title="essai", file=file, licence="CC BY 4.0", **values)


@pytest.fixture
def index(page) -> PressIndexPage:
    found = page("PRESS_INDEX")
    blocks = [
        {
            "type": "picture",
            "value": {"image": picture(credit="Camille Essai").pk, "description": "Une façade d’été"},
        },
        {"type": "picture", "value": {"image": picture().pk, "description": "Le logo"}},
        {
            "type": "figure",
            "value": {
                "value": "2",
                "meaning": "demandes",
                "date": "2020-11-20",
                "source": "Communiqué d’essai",
            },
        },
    ]
    found.kit = PressIndexPage.kit.field.stream_block.to_python(blocks)
    found.save_revision().publish()
    return page("PRESS_INDEX")


def packed(index) -> zipfile.ZipFile:
    Worker().drain()
    return zipfile.ZipFile(BytesIO(MadeFile.objects.get(page=index, kind=MadeKind.PRESS_KIT).content))


def test_the_page_shows_pictures_and_figures_with_what_a_newsroom_must_know(client, index):
    html = plain_spaces(client.get(index.url).content.decode())
    assert "Dossier de presse" in html
    assert 'alt="Une façade d’été"' in html
    assert "Camille Essai, CC BY 4.0" in html
    assert "DIGITAL SME France, CC BY 4.0" in html, "the organisation's own, where nobody else is named"
    assert "Au 20 novembre 2020. Source : Communiqué d’essai" in html


def test_a_list_without_a_kit_says_nothing_of_one(client, page):
    html = client.get(page("PRESS_INDEX").url).content.decode()
    assert "Dossier de presse" not in html
    assert client.get(f"{page('PRESS_INDEX').url}dossier-de-presse.zip").status_code == 404


def test_the_zip_holds_the_pictures_at_full_size_and_says_whose_they_are(index):
    with packed(index) as kit:
        assert kit.testzip() is None
        assert kit.namelist() == ["LISEZMOI.txt", "01-une-facade-dete.jpg", "02-le-logo.jpg"]
        with Image.open(BytesIO(kit.read("01-une-facade-dete.jpg"))) as image:
            assert image.size == (1600, 900)
        words = plain_spaces(kit.read("LISEZMOI.txt").decode())
    for said in (
        "Dossier de presse de DIGITAL SME France",
        "01-une-facade-dete.jpg\nUne façade d’été\nCrédit : Camille Essai\nLicence : CC BY 4.0",
        "Crédit : DIGITAL SME France",
        "2 demandes\nAu 20 novembre 2020. Source : Communiqué d’essai",
        f"http://testserver{index.url}",
    ):
        assert said in words, words


def test_the_page_links_the_zip_with_what_it_is_once_it_is_packed(client, index):
    address = f"{index.url}dossier-de-presse.zip"
    assert address not in client.get(index.url).content.decode()
    packed(index)
    html = plain_spaces(client.get(index.url).content.decode())
    assert f'<a href="{address}">Tout le dossier de presse</a>' in html
    assert "(ZIP, " in html
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert answer["Content-Disposition"].startswith("attachment")


def test_the_english_list_has_a_kit_of_its_own(client, page):
    english = page("PRESS_INDEX", "en")
    english.kit = PressIndexPage.kit.field.stream_block.to_python(
        [{"type": "picture", "value": {"image": picture().pk, "description": "The logo"}}]
    )
    english.save()
    from home.made_on_publish import owe_files_of

    owe_files_of(english)
    with packed(english) as kit:
        assert kit.namelist() == ["README.txt", "01-the-logo.jpg"]
        assert "Credit: DIGITAL SME France" in kit.read("README.txt").decode()
    assert client.get(f"{english.url}press-kit.zip").status_code == 200
    assert client.get(f"{english.url}dossier-de-presse.zip").status_code == 404


def test_the_same_kit_is_packed_into_the_same_bytes(index):
    from home import press_kit

    assert press_kit.pack(index) == press_kit.pack(index)


def test_a_kit_of_an_unpublished_list_is_gone(client, index):
    packed(index)
    index.unpublish()
    assert client.get(f"{index.url}dossier-de-presse.zip").status_code == 404
    assert not MadeFile.objects.filter(page=index).exists()

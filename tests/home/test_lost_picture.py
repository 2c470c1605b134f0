"""A picture whose file is lost, as after a restore without the media: page, PDF and kit do without it."""

import zipfile
from io import BytesIO

import pikepdf
import pytest
from django.core.files.base import ContentFile
from PIL import Image

from campaign.outbox.models import OutboxTask
from campaign.outbox.worker import Worker
from home.models import CampaignImage, MadeFile, MadeKind, PositionPaperPage, PressIndexPage


@pytest.fixture
def lost(db) -> CampaignImage:
    out = BytesIO()
    Image.linear_gradient("L").resize((1600, 900)).convert("RGB").save(out, "JPEG")
    image = CampaignImage.objects.create(
        title="essai", file=ContentFile(out.getvalue(), name="essai.jpg"), licence="CC BY 4.0"
    )
    image.file.storage.delete(image.file.name)
    return image


def test_a_paper_is_shown_and_printed_without_it(client, page, lost):
    paper = page("POSITION_PAPER")
    value = {"image": {"image": lost.pk, "alt_text": "Une façade d’essai", "decorative": False}}
    field = PositionPaperPage.body.field
    paper.body = field.stream_block.to_python(
        [
            {"type": "paragraph", "value": "<p>Un passage d’essai.</p>"},
            {"type": "picture", "value": value},
        ]
    )
    paper.save_revision().publish()
    Worker().drain()
    assert not OutboxTask.objects.owed().exists()
    answer = client.get(paper.url)
    assert answer.status_code == 200
    assert "Un passage d’essai" in answer.content.decode()
    made = MadeFile.objects.get(page=paper, kind=MadeKind.PDF)
    assert len(pikepdf.open(BytesIO(made.content)).pages) >= 1


def test_a_kit_is_packed_without_it(client, page, lost):
    index = page("PRESS_INDEX")
    index.kit = PressIndexPage.kit.field.stream_block.to_python(
        [
            {"type": "picture", "value": {"image": lost.pk, "description": "Une façade d’essai"}},
            {
                "type": "figure",
                "value": {"value": "2", "meaning": "demandes", "date": "2020-11-20", "source": "Essai"},
            },
        ]
    )
    index.save_revision().publish()
    Worker().drain()
    assert not OutboxTask.objects.owed().exists()
    assert client.get(index.url).status_code == 200
    made = MadeFile.objects.get(page=index, kind=MadeKind.PRESS_KIT)
    assert zipfile.ZipFile(BytesIO(made.content)).testzip() is None

"""An organisation on the way from the form to the wall."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from petition.captcha import ticket as tickets
from petition.endorsement_form import FOR_ORGANISATIONS, NO_WORDS
from petition.models import Endorsement
from petition.models.text import digest
from petition.services import endorsing
from petition.services.texts import current_text
from tests.people import drain_outbox, links_in, path_of, text_of

FILLED = {
    "name": "Association d’essai",
    "country": "FR",
    "siren": "356 000 000",
    "website": "asso.example.org",
    "first_name": "Camille",
    "last_name": "Essai",
    "role": "Présidente",
    "email": "camille@asso.example.org",
    "agree": "on",
}


def picture(kind: str = "PNG", size: tuple[int, int] = (600, 300), mode: str = "RGBA", **options) -> bytes:
    """Return a picture of one colour, half see-through where the kind can be."""
    content = BytesIO()
    colour = (71, 39, 165, 128)[: len(mode)]
    Image.new(mode, size, colour).save(content, kind, **options)
    return content.getvalue()


def sent_file(content: bytes, name: str = "logo.png", kind: str = "image/png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, kind)


@pytest.fixture
def endorse(petition, visitor):
    """Return a function that sends a well-filled form; values replace its own, None leaves a field out."""

    def send(language: str = "fr", **values):
        with translation.override(language):
            text = current_text(petition, language)
            assert text is not None
            words = endorsing.statement(petition, text)
        ticket = tickets.issue(petition.pk, FOR_ORGANISATIONS, NO_WORDS)
        data = {**FILLED, "shown": digest(words), "ticket": ticket, **values}
        prefix = "" if language == "fr" else f"/{language}"
        return visitor.send(
            f"{prefix}/petitions/{petition.slug}/organisations/soutenir/",
            {name: value for name, value in data.items() if value is not None},
        )

    return send


@pytest.fixture
def endorsed(endorse, mailbox):
    """Send the form; return the row and the paths of the links in its mail: to confirm, and the personal one."""

    def send(**values):
        endorse(**values)
        drain_outbox()
        asking = [mail for mail in mailbox.messages if "/organisations/confirmation/" in text_of(mail)]
        confirm, page = (path_of(link) for link in links_in(asking[-1]))
        return Endorsement.objects.latest("pk"), confirm, page

    return send

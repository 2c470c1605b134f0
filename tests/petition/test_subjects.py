"""A subject and a sender arrive as they were written, however long they are."""

from email import message_from_bytes, policy

import pytest
from django.utils import translation

from petition.models import Petition
from petition.services import examples
from tests.factories import OpenPetitionFactory, PetitionTextFactory

pytestmark = pytest.mark.django_db
LONG = "Fédération d’essai des associations numériques indépendantes de l’Île-d’Été"


@pytest.fixture
def petition():
    petition = OpenPetitionFactory(sender_name=LONG)
    if not petition.texts.filter(language="en").exists():
        PetitionTextFactory(petition=petition, language="en")
    return Petition.objects.get(pk=petition.pk)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_read_is_what_was_written(petition, language):
    example = examples.example_of(petition, language)
    for name, kind in examples.KINDS.items():
        with translation.override(language):
            mail = kind.make(example)
        wire = mail.message().as_bytes()
        read = message_from_bytes(wire, policy=policy.default)
        assert read["Subject"] == mail.subject, name
        sender = read["From"].addresses[0].display_name
        # Python's reader alone leaves a space where a long name was folded (RFC 2047 §6.2 says to drop it).
        assert sender.replace(" ", "") == LONG.replace(" ", ""), name
        head = wire.split(b"\n\n")[0].split(b"\n")
        assert not [line for line in head if line.strip() in {b"Subject:", b"From:"}], name

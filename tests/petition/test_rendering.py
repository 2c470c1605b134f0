"""The form is kept as it was shown, for each set of words and each language, once, and never changes."""

import hashlib

import pytest
from django.db import DatabaseError, transaction

from petition.enums import ConsentPurpose
from petition.models import FormRendering, PetitionText, ServiceSettings
from petition.services import wording
from petition.services.rendering import form_as_shown
from petition.services.texts import add_text, current_text
from petition.word_handlers import publish_words
from tests.factories import OpenPetitionFactory, PreparedPetitionFactory

pytestmark = pytest.mark.django_db


def kept(petition, language: str = "fr") -> list[str]:
    rows = FormRendering.objects.filter(petition=petition, language=language).order_by("pk")
    return list(rows.values_list("html", flat=True))


def test_opening_keeps_one_in_each_language_with_text_words_and_boxes(petition):
    [french], [english] = kept(petition), kept(petition, "en")
    for html, language in ((french, "fr"), (english, "en")):
        text = current_text(petition, language)
        assert text.title in html
        assert text.sha256 in html
        for words in wording.current_consent_texts(petition, language).values():
            assert words.label in html
            assert words.sentence.split(":")[0][:40] in html
    assert 'lang="fr"' in french
    assert "checked" not in french, "no box is ticked beforehand"


def test_it_is_the_same_each_time_and_holds_no_ticket(petition):
    text, shown = current_text(petition, "fr"), wording.current_consent_texts(petition, "fr")
    html = form_as_shown(petition, text, shown)
    assert html == form_as_shown(petition, text, shown) == kept(petition)[0]
    assert 'name="ticket" value=""' in html
    row = FormRendering.objects.get(petition=petition, language="fr")
    assert row.sha256 == hashlib.sha256(html.encode()).hexdigest()


def test_what_changes_nothing_keeps_no_second_one(petition):
    wording.publish_consent_texts(petition)
    publish_words()
    assert len(kept(petition)) == 1


def test_other_words_a_correction_and_a_switched_list_each_keep_another(petition):
    news = wording.usual_words("fr")[ConsentPurpose.NEWSLETTER]
    wording.reword(petition, "fr", {ConsentPurpose.NEWSLETTER: news._replace(label="La lettre")})
    assert "La lettre" in kept(petition)[-1]
    add_text(
        PetitionText(
            petition=petition,
            language="fr",
            title="Une demande corrigée",
            demands="Une.",
            addressee="le ministère",
        )
    )
    assert "Une demande corrigée" in kept(petition)[-1]
    ServiceSettings.objects.update_or_create(pk=1, defaults={"mailing": "mailchimp"})
    wording.publish_all()
    assert "Mailchimp" in kept(petition)[-1]
    assert len(kept(petition)) == 4
    assert len(kept(petition, "en")) == 2, "the list alone is another there"


def test_another_period_keeps_another_once_the_worker_has_seen_it(petition, settings):
    settings.KEEP_UNCONFIRMED_DAYS = 9
    publish_words()
    assert [("9 jours" in html.replace("\u00a0", " ")) for html in kept(petition)] == [False, True]


def test_a_petition_in_preparation_has_them_too():
    petition = PreparedPetitionFactory()
    assert len(kept(petition)) == 1
    petition.delete()
    assert not FormRendering.objects.exists()


def test_the_database_refuses_a_change(petition):
    with pytest.raises(DatabaseError, match="can not be changed"), transaction.atomic():
        FormRendering.objects.update(html="")


def test_petitions_keep_their_own():
    assert len(kept(OpenPetitionFactory())) == len(kept(OpenPetitionFactory())) == 1

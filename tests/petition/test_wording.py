"""The words of the consent boxes: the usual ones, staff's own, and what an outside service adds."""

import pytest
from django.utils import translation

from petition.enums import ConsentPurpose, PetitionState
from petition.models import ConsentText, ConsentWording, Petition, ServiceSettings
from petition.services.wording import (
    Words,
    current_consent_texts,
    publish_all,
    publish_consent_texts,
    reword,
    usual_words,
)
from tests.factories import OpenPetitionFactory, PetitionFactory
from tests.fakes.notebook import ABROAD

SIGN, NEWS = ConsentPurpose.SIGN, ConsentPurpose.NEWSLETTER
OWN = Words("La lettre des essais", "J’accepte que {organisation} m’écrive au sujet de {destinataire}.")
NOTEBOOK = {"BACKEND": "tests.fakes.notebook.Notebook", "OPTIONS": {}}


@pytest.fixture
def lists(settings):
    """Two lists abroad, beside this site's own, that say the same of themselves."""
    settings.MAILING_LISTS = {**settings.MAILING_LISTS, "carnet": NOTEBOOK, "cahier": NOTEBOOK}


def switch_to(alias: str) -> None:
    ServiceSettings.objects.update_or_create(pk=1, defaults={"mailing": alias})


def shown(petition: Petition, purpose: ConsentPurpose, language: str = "fr") -> ConsentText:
    return current_consent_texts(petition, language)[purpose]


def versions(petition: Petition) -> list[tuple]:
    return list(petition.consent_texts.order_by("pk").values_list("language", "purpose", "version"))


def test_the_usual_words_stand_until_staff_write_their_own(petition):
    assert shown(petition, NEWS).sentence.startswith("J’accepte que Association des essais m’écrive")
    reword(petition, "fr", {NEWS: OWN})
    assert (shown(petition, NEWS).label, shown(petition, NEWS).version) == (OWN.label, 2)
    assert shown(petition, NEWS, "en").version == 1


def test_gaps_are_filled_in_by_any_of_their_names(petition):
    sentence = "{organisation} écrit à {destinataire}, c’est-à-dire {addressee}, en 15 {autre}."
    reword(petition, "fr", {NEWS: Words("Essai", sentence)})
    office = "le ministère des essais"
    assert (
        shown(petition, NEWS).sentence
        == f"Association des essais écrit à {office}, c’est-à-dire {office}, en 15 {{autre}}."
    )


def test_what_fills_a_gap_is_taken_as_it_is(db):
    petition = OpenPetitionFactory(organiser="{destinataire} & co")
    reword(petition, "fr", {NEWS: OWN})
    assert "que {destinataire} & co m’écrive" in shown(petition, NEWS).sentence


def test_another_petition_keeps_its_own_words(petition):
    other = OpenPetitionFactory(organiser="Collectif des épreuves")
    before = versions(other)
    reword(petition, "fr", dict.fromkeys(ConsentPurpose, OWN))
    publish_all()
    assert versions(other) == before
    assert "Collectif des épreuves" in shown(other, NEWS).sentence


def test_a_new_version_is_made_only_of_the_box_whose_words_changed(petition):
    before = versions(petition)
    publish_consent_texts(petition)
    assert versions(petition) == before
    assert [made.purpose for made in reword(petition, "fr", {NEWS: OWN, SIGN: usual_words("fr")[SIGN]})] == [
        NEWS
    ]
    assert reword(petition, "fr", {NEWS: OWN}) == []
    assert len(versions(petition)) == len(before) + 1


def test_a_new_label_alone_is_a_new_version(petition):
    [made] = reword(petition, "fr", {NEWS: usual_words("fr")[NEWS]._replace(label="La lettre")})
    assert (made.label, made.version) == ("La lettre", 2)


def test_the_usual_words_are_kept_by_no_row_so_that_they_follow_when_those_get_better(petition):
    reword(petition, "fr", {NEWS: OWN})
    first = petition.consent_texts.get(purpose=NEWS, language="fr", version=1)
    reword(petition, "fr", {NEWS: usual_words("fr")[NEWS]})
    assert not ConsentWording.objects.exists()
    assert (shown(petition, NEWS).sentence, shown(petition, NEWS).version) == (first.sentence, 3)


@pytest.mark.parametrize("own", [False, True])
def test_the_sentence_about_an_outside_service_is_added_to_the_news_alone(petition, lists, own):
    if own:
        reword(petition, "fr", {NEWS: OWN})
    before = shown(petition, NEWS)
    switch_to("carnet")
    publish_all()
    with translation.override("fr"):
        assert shown(petition, NEWS).sentence == f"{before.sentence} {ABROAD.sentence()}"
    assert (shown(petition, NEWS).discloses, shown(petition, NEWS).label) == ("carnet", before.label)
    with translation.override("en"):
        assert shown(petition, NEWS, "en").sentence.endswith(ABROAD.sentence())
    others = [purpose for purpose in ConsentPurpose if purpose != NEWS]
    assert {(shown(petition, other).discloses, shown(petition, other).version) for other in others} == {
        ("", 1)
    }


def test_the_same_sentence_about_another_list_is_a_new_version(petition, lists):
    switch_to("carnet")
    publish_all()
    first = shown(petition, NEWS)
    switch_to("cahier")
    publish_all()
    second = shown(petition, NEWS)
    assert (second.sentence, second.discloses, second.version) == (
        first.sentence,
        "cahier",
        first.version + 1,
    )


def test_words_are_published_again_for_all_that_people_may_still_agree_to(db, lists):
    petitions = {state: OpenPetitionFactory() for state in PetitionState}
    for state, petition in petitions.items():
        Petition.objects.filter(pk=petition.pk).update(state=state)
    switch_to("carnet")
    publish_all()
    named = {state for state, petition in petitions.items() if shown(petition, NEWS).discloses}
    assert named == {PetitionState.PREPARATION, PetitionState.OPEN, PetitionState.CLOSED}


def test_reading_a_page_publishes_nothing(petition, lists, visitor):
    before = versions(petition)
    switch_to("carnet")  # and nobody has published
    visitor.read(f"/petitions/{petition.slug}/signature/")
    assert visitor.send(f"/petitions/{petition.slug}/signature/", {}).status_code == 422
    assert versions(petition) == before


def test_a_petition_has_words_in_the_languages_of_its_texts(db):
    petition = PetitionFactory()
    petition.texts.filter(language="en").delete()
    publish_consent_texts(petition)
    assert {language for language, _purpose, _version in versions(petition)} == {"fr"}


DISCLOSED = {
    "fr": "Pour cela, Mailchimp, un service de The Rocket Science Group LLC (Intuit Inc.) aux États-Unis, hors de "
    "l’Union européenne, reçoit mon adresse e-mail, mon prénom et ma langue, pour m’envoyer les nouvelles. Sans cet "
    "accord, rien n’y est transmis, et ma signature compte tout autant.",
    "en": "For this, Mailchimp, a service of The Rocket Science Group LLC (Intuit Inc.) in the United States, outside "
    "the European Union, receives my e-mail address, my first name and my language, to send me the news. Without this "
    "consent, nothing goes there, and my signature counts all the same.",
}


@pytest.mark.parametrize("language", DISCLOSED)
def test_what_is_said_of_mailchimp_reads_in_the_first_person(language):
    from petition.mailing.mailchimp import Mailchimp

    with translation.override(language):
        assert Mailchimp.disclosure.sentence() == DISCLOSED[language]

"""« Mots des cases »: staff word what people agree to."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import ModelLogEntry

from petition.enums import ConsentPurpose
from petition.models import ConsentText, ConsentWording, ServiceSettings
from petition.services.wording import usual_words
from tests.factories import OpenPetitionFactory, PetitionFactory
from tests.fakes.notebook import ABROAD

LABEL, SENTENCE = "La lettre des essais", "J’accepte que {organisation} m’écrive au sujet de {destinataire}."
AS_READ = "J’accepte que Association des essais m’écrive au sujet de le ministère des essais."


def address_of(petition) -> str:
    return reverse("consent_texts:words", args=[petition.pk])


def form_of(petition, **values) -> dict:
    """What the page sends when nothing was changed, but for `values`."""
    data = {}
    for language in petition.texts.values_list("language", flat=True):
        for purpose, words in usual_words(language).items():
            data[f"{language}-{purpose}_label"] = words.label
            data[f"{language}-{purpose}_sentence"] = words.sentence
    return data | {
        name.replace("fr_", "fr-", 1).replace("en_", "en-", 1): value for name, value in values.items()
    }


def send(client, petition, **values):
    return client.post(address_of(petition), form_of(petition, **values))


def versions() -> list[tuple]:
    return list(ConsentText.objects.order_by("pk").values_list("language", "purpose", "version"))


def test_the_page_begins_with_the_usual_words_and_explains_the_gaps(manager, petition):
    html = manager.get(address_of(petition)).content.decode()
    for language in ("fr", "en"):
        for words in usual_words(language).values():
            assert escape(words.label) in html
            assert escape(words.sentence) in html
    for gap in ("{organisation}", "{destinataire}", "{addressee}"):
        assert f"<code>{gap}</code>" in html
    for text in ConsentText.objects.all():
        assert escape(text.sentence) in html  # what visitors read stands beside


def test_the_petition_leads_to_the_page_and_shows_what_is_agreed_to(manager, petition):
    html = manager.get(reverse("petitions:edit", args=[petition.pk])).content.decode()
    assert address_of(petition) in html
    assert escape(ConsentText.objects.get(purpose="newsletter", language="fr").sentence) in html


def test_words_of_staffs_own_become_a_new_version_of_that_box_alone(manager, petition):
    before = versions()
    answer = send(manager, petition, fr_newsletter_label=LABEL, fr_newsletter_sentence=SENTENCE)
    assert answer["Location"] == reverse("petitions:edit", args=[petition.pk])
    assert versions() == [*before, ("fr", "newsletter", 2)]
    made = ConsentText.objects.get(version=2)
    assert (made.label, made.sentence) == (LABEL, AS_READ)
    assert ConsentWording.objects.get().sentence == SENTENCE
    html = manager.get(address_of(petition)).content.decode()
    assert escape(SENTENCE) in html
    assert escape(usual_words("fr")[ConsentPurpose.NEWSLETTER].sentence) in html  # to compare


def test_the_petitions_history_says_who_changed_which_box(manager, petition):
    send(manager, petition, fr_newsletter_label=LABEL)
    entry = ModelLogEntry.objects.get(action="petition.reword_consents")
    assert (entry.user.username, entry.data) == (
        "petition_manager@essai",
        {"boxes": [["newsletter", "fr", 2]]},
    )
    html = manager.get(reverse("petitions:history", args=[petition.pk])).content.decode()
    assert "Recevoir les nouvelles (Français, version 2)" in html


def test_saving_the_same_words_makes_nothing_and_logs_nothing(manager, petition):
    before = versions()
    assert send(manager, petition).status_code == 302
    assert versions() == before
    assert not ModelLogEntry.objects.filter(action="petition.reword_consents").exists()


def test_an_empty_field_brings_the_usual_words_back(manager, petition):
    send(manager, petition, fr_newsletter_label=LABEL, fr_newsletter_sentence=SENTENCE)
    send(manager, petition, fr_newsletter_label=" ", fr_newsletter_sentence="")
    assert not ConsentWording.objects.exists()
    first, third = ConsentText.objects.filter(
        purpose="newsletter", language="fr", version__in=(1, 3)
    ).order_by("version")
    assert (third.label, third.sentence) == (first.label, first.sentence)


def test_a_preview_shows_what_would_be_read_and_stores_nothing(manager, petition):
    before = versions()
    answer = send(manager, petition, fr_newsletter_sentence=SENTENCE, preview="1")
    assert answer.status_code == 200
    assert escape(AS_READ) in answer.content.decode()
    assert versions() == before
    assert not ConsentWording.objects.exists()


def test_nobody_can_write_the_outside_service_away(manager, petition, settings):
    notebook = {"BACKEND": "tests.fakes.notebook.Notebook", "OPTIONS": {}}
    settings.MAILING_LISTS = {**settings.MAILING_LISTS, "carnet": notebook}
    ServiceSettings.objects.create(pk=1, mailing="carnet")
    read = f"{AS_READ} {ABROAD.sentence()}"
    preview = send(manager, petition, fr_newsletter_sentence=SENTENCE, preview="1").content.decode()
    assert escape(read) in preview
    assert (
        escape(ABROAD.sentence())
        not in preview.split('name="fr-newsletter_sentence"')[1].split("</textarea>")[0]
    )
    send(manager, petition, fr_newsletter_sentence=SENTENCE)
    made = ConsentText.objects.get(purpose="newsletter", language="fr", version=2)
    assert (made.sentence, made.discloses) == (read, "carnet")


REFUSED = [
    ("fr_newsletter_label", "un deux trois quatre cinq six sept huit neuf", "8 mots"),
    ("fr_newsletter_label", "x" * 121, "120"),
    ("fr_newsletter_label", "Des nouvelles de {organisation}", "intitulé n’a pas"),
    ("fr_newsletter_label", "Des nouvelles de nos partenaires", "« partenaires »"),
    ("fr_newsletter_sentence", "J’accepte que {organisme} m’écrive.", "{organisme}"),
    ("fr_newsletter_sentence", "J’accepte que {} m’écrive.", "{}"),
    ("fr_newsletter_sentence", "J’accepte que {organisation m’écrive.", "accolade est seule"),
    ("fr_newsletter_sentence", "J’accepte que organisation} m’écrive.", "accolade est seule"),
    ("fr_newsletter_sentence", "J’accepte que {{organisation}} m’écrive.", "accolade est seule"),
    ("fr_newsletter_sentence", "Pour {organisation} et ses Partenaires.", "« Partenaires »"),
    ("en_addressee_sentence", "I agree that partners read my name.", "« partners »"),
    ("en_addressee_sentence", "I agree to a partnership.", "« partnership »"),
    ("fr_public_sentence", "x" * 1001, "1000"),
    ("fr_sign_sentence", "J’ai 15 ans ou plus et je signe.", "révéler une opinion"),
    ("fr_sign_sentence", "Une signature peut révéler une opinion. J’ai 14 ans.", "âge minimal"),
    ("en_sign_sentence", "A signature may reveal an opinion.", "âge minimal"),
]


@pytest.mark.parametrize(("field", "words", "reason"), REFUSED)
def test_words_that_may_not_stand_are_refused_beside_their_field(manager, petition, field, words, reason):
    before = versions()
    answer = send(manager, petition, **{field: words})
    assert answer.status_code == 200
    language, _underscore, name = field.partition("_")
    [form] = [form for form in answer.context["forms"] if form.language == language]
    assert list(form.errors) == [name]
    assert reason in form.errors[name][0].replace("\u202f", " ").replace("\u00a0", " ")
    assert escape(form.errors[name][0]) in answer.content.decode()
    assert escape(words) in answer.content.decode()  # what was typed is not lost
    assert versions() == before
    assert not ConsentWording.objects.exists()


@pytest.mark.parametrize("age", ["J’ai 15 ans ou plus.", "J’ai au moins 16 ans.", "J’ai 18 ans révolus."])
def test_the_words_to_sign_may_be_staffs_own_as_long_as_they_say_age_and_opinion(manager, petition, age):
    words = f"Je signe. {age} Une signature peut révéler une opinion politique."
    assert send(manager, petition, fr_sign_sentence=words).status_code == 302
    assert ConsentText.objects.get(purpose="sign", language="fr", version=2).sentence == words


def test_line_breaks_become_spaces(manager, petition):
    send(manager, petition, fr_newsletter_sentence="J’accepte\r\n  que l’on m’écrive.")
    assert ConsentText.objects.get(version=2).sentence == "J’accepte que l’on m’écrive."


def test_another_petition_is_left_alone(manager, petition):
    other = OpenPetitionFactory()
    send(manager, petition, fr_newsletter_label=LABEL)
    assert set(other.consent_texts.values_list("version", flat=True)) == {1}


def test_a_petition_without_a_text_says_to_write_it_first(manager, db):
    petition = PetitionFactory()
    petition.texts.all().delete()
    answer = manager.get(address_of(petition))
    assert answer.context["forms"] == []
    assert reverse("petitions:edit", args=[petition.pk]) in answer.content.decode()


def test_whoever_may_not_change_petitions_reaches_it_by_no_method(petition):
    user = get_user_model().objects.create_user("lectrice", password="a-long-enough-password")
    codenames = ["access_admin", "view_petition", "view_consenttext", "change_petitiontext"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    before = versions()
    for method in ("get", "post"):
        answer = getattr(client, method)(address_of(petition), form_of(petition, fr_newsletter_label=LABEL))
        assert answer["Location"] == reverse("wagtailadmin_home")
    assert versions() == before


def test_each_version_leads_to_where_the_next_is_written(manager, petition):
    text = petition.consent_texts.first()
    html = manager.get(reverse("consent_texts:inspect", args=[text.pk])).content.decode()
    assert address_of(petition) in html

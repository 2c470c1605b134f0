"""The screens of what is signed: frozen fields say why, and a slip is mended by a new version."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from petition.models import PetitionText
from tests.factories import OpenPetitionFactory, PetitionFactory, SignatureFactory

MENDED = {"title": "Une demande, sans faute", "note": "Une lettre manquait."}


@pytest.fixture
def text(petition) -> PetitionText:
    return petition.texts.get(language="fr")


def page_of(text: PetitionText) -> str:
    return reverse("petition_texts:inspect", args=[text.pk])


def correct(client, text: PetitionText, **values):
    data = {"title": text.title, "demands": text.demands, "addressee": text.addressee, "note": ""}
    return client.post(reverse("petition_texts:copy", args=[text.pk]), data | values)


def reasons(html: str) -> list[str]:
    """Return what stands beside each frozen field."""
    parts = html.split('<dd class="text-version__why">')[1:]
    return [" ".join(part.split("</svg>")[1].split("</dd>")[0].split()) for part in parts]


def test_each_frozen_field_says_since_when_and_how_many_have_signed_these_words(manager, text):
    SignatureFactory.create_batch(2, petition=text.petition)
    SignatureFactory(petition=text.petition, language="en")
    day = timezone.localtime(text.frozen_at).strftime("%d/%m/%Y")
    said = reasons(manager.get(page_of(text)).content.decode())
    assert said == [f"Figé depuis le {day} : 2 personnes ont signé ces mots."] * 3


def test_a_frozen_field_that_nobody_has_signed_says_why_as_well(manager, text):
    said = reasons(manager.get(page_of(text)).content.decode())
    assert len(said) == 3
    assert all(reason.endswith("ce sont les mots que l’on signe.") for reason in said)


def test_a_text_that_can_still_be_edited_says_nothing_of_the_kind(manager, db):
    html = manager.get(page_of(PetitionFactory().texts.get(language="fr"))).content.decode()
    assert reasons(html) == []
    assert "base de données" not in html


def test_a_frozen_text_offers_the_correction_and_says_that_a_change_of_meaning_is_a_new_petition(
    manager, text
):
    html = manager.get(page_of(text)).content.decode()
    assert html.count(reverse("petition_texts:copy", args=[text.pk])) == 2  # above, and where it is explained
    form = manager.get(reverse("petition_texts:copy", args=[text.pk])).content.decode()
    for page in (html, form):
        assert escape("Changer le sens demande une nouvelle pétition") in page
    for words in (text.title, text.addressee, *text.demand_list()):
        assert escape(words) in form
    assert reverse("petitions:add") in form


def test_only_the_newest_version_is_corrected(manager, text):
    correct(manager, text, **MENDED)
    html = manager.get(page_of(text)).content.decode()
    assert reverse("petition_texts:copy", args=[text.pk]) not in html
    assert "Une version plus récente a remplacé celle-ci." in html
    assert all(reason.endswith("ces mots ont été proposés à la signature.") for reason in reasons(html))


def test_a_correction_says_what_changed(manager, text):
    refused = correct(manager, text, title=MENDED["title"])
    assert "note" in refused.context["form"].errors
    assert PetitionText.objects.filter(language="fr").count() == 1
    correct(manager, text, **MENDED)
    assert text.petition.texts.get(language="fr", version=2).note == MENDED["note"]


def test_a_correction_stays_with_its_petition_and_language(manager, text):
    other = OpenPetitionFactory()
    correct(manager, text, **MENDED, petition=other.pk, language="en")
    assert text.petition.texts.filter(language="fr").count() == 2
    assert other.texts.count() == 2


def test_saving_leads_back_to_the_petition(manager, text):
    back = reverse("petitions:edit", args=[text.petition_id])
    assert correct(manager, text, **MENDED)["Location"] == back
    prepared = PetitionFactory().texts.get(language="fr")
    data = {"title": "Autre", "demands": "Une.", "addressee": "le ministère des essais", "note": ""}
    saved = manager.post(reverse("petition_texts:edit", args=[prepared.pk]), data)
    assert saved["Location"] == reverse("petitions:edit", args=[prepared.petition_id])


def test_the_petition_says_in_which_language_a_text_is_missing_and_leads_to_it(manager, petition):
    html = manager.get(reverse("petitions:edit", args=[petition.pk])).content.decode()
    assert reverse("petition_texts:add") not in html
    prepared = PetitionFactory()
    prepared.texts.filter(language="en").delete()
    html = manager.get(reverse("petitions:edit", args=[prepared.pk])).content.decode()
    link = f"{reverse('petition_texts:add')}?petition={prepared.pk}&language=en"
    assert link.replace("&", "&amp;") in html
    form = manager.get(link).context["form"]
    assert (form["petition"].value(), form["language"].value()) == (prepared.pk, "en")


@pytest.mark.parametrize(
    "query", ["", "?petition=999999&language=xx", "?petition=abc", "?petition=²&language="]
)
def test_a_link_that_names_nothing_known_leads_to_an_empty_form(manager, petition, query):
    answer = manager.get(reverse("petition_texts:add") + query)
    assert answer.status_code == 200
    assert not answer.context["form"]["petition"].value()


def test_the_petition_leads_to_the_correction_and_to_earlier_versions(manager, text):
    correct(manager, text, **MENDED)
    newest = text.petition.texts.get(language="fr", version=2)
    html = manager.get(reverse("petitions:edit", args=[text.petition_id])).content.decode()
    assert reverse("petition_texts:copy", args=[newest.pk]) in html
    assert page_of(text) in html
    assert escape(MENDED["title"]) in html


def test_petitions_go_by_their_titles_wherever_staff_choose_or_read(manager, petition):
    other = PetitionFactory()
    other.texts.update(title="Un air sain")
    unnamed = PetitionFactory()
    unnamed.texts.all().delete()
    for screen in ("petitions", "petition_texts", "consent_texts"):
        html = manager.get(reverse(f"{screen}:index")).content.decode()
        assert "Un air sain" in html
        assert other.slug not in html
    assert unnamed.slug in manager.get(reverse("petitions:index")).content.decode()
    choices = dict(manager.get(reverse("petition_texts:add")).context["form"].fields["petition"].choices)
    assert {str(label) for label in choices.values()} >= {"Une demande", "Un air sain", unnamed.slug}


def test_a_new_petition_starts_with_the_usual_goal_steps_and_leads_to_its_own_page(manager, db):
    from petition.models import Petition

    form = manager.get(reverse("petitions:add")).context["form"]
    data = {"slug": "essai", "organiser": "Essais", "sender_name": "Essais", "opens_at": "", "closes_at": ""}
    data |= {"sender_address": "essais@example.org", "reply_to": "essais@example.org"}
    made = manager.post(reverse("petitions:add"), data | {"goal_steps": form["goal_steps"].value()})
    petition = Petition.objects.get()
    assert petition.goal_steps[:3] == [100, 500, 1000]
    assert made["Location"] == reverse("petitions:edit", args=[petition.pk])
    html = manager.get(made["Location"]).content.decode()
    assert (
        html.count(f"{reverse('petition_texts:add')}?petition={petition.pk}") == 2
    )  # a text in each language is due


def test_the_petition_says_where_people_find_it_or_what_is_to_be_done(manager, petition):
    html = manager.get(reverse("petitions:edit", args=[petition.pk])).content.decode()
    assert "Aucune page n’y mène encore." in html


def test_the_petition_leads_to_its_page(superuser, campaign_petition):
    html = superuser.get(reverse("petitions:edit", args=[campaign_petition.pk])).content.decode()
    assert re.search(r'<a href="https?://[^"/]+/petition/">', html)


def test_a_petition_named_by_no_key_at_all_is_none(manager):
    for asked in ("x", "-1", "9" * 30, "9" * 5000):
        assert manager.get(reverse("petition_texts:add"), {"petition": asked}).status_code == 200

"""The screens on which a petition and its texts are prepared."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from petition.enums import PetitionState
from petition.models import ConsentText, Petition, PetitionText
from petition.staff.forms import GoalStepsField
from tests.factories import PetitionFactory
from tests.petition.staff.addresses import admin_addresses

GROWING = [
    ("100, 500, 1000", [100, 500, 1000]),
    ("100,500,1 000", [100, 500, 1000]),
    ("100; 1\u202f000; 1\u00a0000\u00a0000", [100, 1000, 1_000_000]),
    ("100\n500\n", [100, 500]),
    ("250", [250]),
]
WRONG = [
    ("", "required"),
    (" , ", "required"),
    ("100, cent", "not_a_number"),
    ("100 500 1000", "not_a_number"),
    ("-5, 10", "not_a_number"),
    ("1.5", "not_a_number"),
    ("0, 10", "too_small"),
    ("100, 100", "not_growing"),
    ("1,000, 5,000", "too_small"),
    ("9" * 40, "too_high"),
]


def form_of(petition: Petition, **values) -> dict:
    names = ("slug", "organiser", "sender_name", "sender_address", "reply_to")
    data = {name: getattr(petition, name) for name in names}
    data |= {"goal_steps": "10, 100, 1 000", "opens_at": "", "closes_at": ""}
    return data | values


def text_form(petition: Petition, **values) -> dict:
    data = {"petition": petition.pk, "language": "fr", "title": "Une demande", "note": ""}
    data |= {"demands": "Première demande.\nSeconde demande.", "addressee": "le ministère des essais"}
    return data | values


def edit(client, petition: Petition, **values):
    return client.post(reverse("petitions:edit", args=[petition.pk]), form_of(petition, **values))


@pytest.mark.parametrize(("typed", "steps"), GROWING)
def test_goal_steps_are_read_as_people_write_them(typed, steps):
    assert GoalStepsField().clean(typed) == steps


@pytest.mark.parametrize(("typed", "code"), WRONG)
def test_goal_steps_that_are_no_growing_numbers_are_refused_in_words(typed, code):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError) as refused:
        GoalStepsField().clean(typed)
    assert refused.value.code == code
    assert "%(" not in refused.value.messages[0]


def test_goal_steps_come_back_as_they_were_shown():
    field = GoalStepsField()
    steps = [100, 5_000, 1_000_000]
    assert field.clean(field.prepare_value(steps)) == steps
    assert not field.has_changed(steps, field.prepare_value(steps))


def test_saving_a_petition_stores_what_staff_may_change(manager, petition):
    edit(manager, petition, sender_name="Le comité", goal_steps="50, 2 000", closes_at="2027-01-31 18:00")
    petition.refresh_from_db()
    assert (petition.sender_name, petition.goal_steps) == ("Le comité", [50, 2000])
    assert petition.closes_at.isoformat() == "2027-01-31T17:00:00+00:00"


def test_a_new_name_of_the_organiser_makes_new_consent_words_and_keeps_the_old_ones(manager, petition):
    before = set(ConsentText.objects.values_list("pk", "sha256"))
    edit(manager, petition, organiser="Le nouveau comité")
    assert before < set(ConsentText.objects.values_list("pk", "sha256"))
    newest = ConsentText.objects.filter(petition=petition, purpose="sign", language="fr").first()
    assert newest.version == 2
    assert "Le nouveau comité" in newest.sentence


def test_saving_the_same_words_makes_no_new_version(manager, petition):
    edit(manager, petition, reply_to="autre@example.org")
    petition.refresh_from_db()
    assert petition.reply_to == "autre@example.org"
    assert set(ConsentText.objects.values_list("version", flat=True)) == {1}


def test_the_state_is_not_changed_by_a_form(manager, petition):
    edit(manager, petition, state=PetitionState.DELIVERED, opened_at="", slug="autre-nom")
    stored = Petition.objects.get()
    assert (stored.state, stored.slug) == (PetitionState.OPEN, petition.slug)
    assert stored.opened_at == petition.opened_at


def test_wrong_values_are_said_beside_the_field_and_nothing_is_stored(manager, petition):
    wrong = {
        "goal_steps": "500, 100",
        "reply_to": "personne",
        "organiser": "",
        "sender_name": "Le comité\nBcc: x@example.org",
    }
    for name, value in wrong.items():
        response = edit(manager, petition, **{name: value})
        assert response.status_code == 200
        assert name in response.context["form"].errors
    response = edit(manager, petition, opens_at="2027-02-01 10:00", closes_at="2027-01-01 10:00")
    assert "closes_at" in response.context["form"].errors
    for name, moment in (("opens_at", "0001-01-01 00:00"), ("closes_at", "9999-12-31 23:59")):
        response = edit(manager, petition, **{name: moment})
        assert name in response.context["form"].errors
    stored = Petition.objects.get()
    assert stored.organiser == petition.organiser
    assert stored.closes_at is None


def test_a_second_petition_begins_in_preparation(manager, petition):
    data = form_of(petition, slug="seconde")
    manager.post(reverse("petitions:add"), data)
    assert Petition.objects.get(slug="seconde").state == PetitionState.PREPARATION


def test_a_petition_can_not_be_deleted(superuser, petition):
    assert superuser.post(f"/admin/petition/petitions/delete/{petition.pk}/").status_code == 404
    assert Petition.objects.exists()


def test_the_petition_shows_its_texts_and_why_they_can_not_change(manager, petition):
    html = manager.get(reverse("petitions:edit", args=[petition.pk])).content.decode()
    for text in petition.texts.all():
        assert text.title in html
        assert reverse("petition_texts:inspect", args=[text.pk]) in html
    assert 'name="title"' not in html
    details = manager.get(reverse("petition_texts:inspect", args=[petition.texts.first().pk]))
    assert "petition/staff/text.html" in [template.name for template in details.templates]
    assert "help-block" in details.content.decode()


def test_a_frozen_text_leads_to_where_it_can_be_read(manager, petition):
    text = petition.texts.get(language="fr")
    address = reverse("petition_texts:edit", args=[text.pk])
    for response in (manager.get(address), manager.post(address, text_form(petition, title="Autre chose"))):
        assert response["Location"] == reverse("petition_texts:inspect", args=[text.pk])
    text.refresh_from_db()
    assert text.title == "Une demande"


def test_a_text_is_edited_until_the_petition_opens(manager, db):
    petition = PetitionFactory()
    text = petition.texts.get(language="fr")
    data = text_form(petition, addressee="le ministère nouveau", demands=" Une \n\n Deux ", language="en")
    manager.post(reverse("petition_texts:edit", args=[text.pk]), data)
    text.refresh_from_db()
    assert (text.language, text.version, text.frozen_at) == ("fr", 1, None)
    assert text.demand_list() == ["Une", "Deux"]
    newest = ConsentText.objects.filter(petition=petition, purpose="sign", language="fr").first()
    assert "le ministère nouveau" in newest.sentence


def test_a_new_version_of_an_open_petition_is_frozen_at_once(manager, petition):
    first = petition.texts.get(language="fr")
    copied = manager.get(reverse("petition_texts:copy", args=[first.pk])).content.decode()
    assert "Première demande." in copied
    data = text_form(petition, title="Une demande, sans faute", note="Une faute de frappe.")
    manager.post(reverse("petition_texts:add"), data)
    second = petition.texts.get(language="fr", version=2)
    assert second.frozen_at is not None
    assert second.title == "Une demande, sans faute"
    first.refresh_from_db()
    assert first.title == "Une demande"


def test_a_copy_sent_to_its_own_address_makes_a_new_version_too(manager, petition):
    first = petition.texts.get(language="fr")
    data = text_form(petition, title="Une demande, sans faute", note="Une faute de frappe.")
    manager.post(reverse("petition_texts:copy", args=[first.pk]), data)
    assert petition.texts.filter(language="fr").count() == 2
    first.refresh_from_db()
    assert first.title == "Une demande"


def test_a_new_version_says_what_changed_and_changes_something(manager, petition):
    silent = manager.post(reverse("petition_texts:add"), text_form(petition, title="Une demande corrigée"))
    assert "note" in silent.context["form"].errors
    same = manager.post(reverse("petition_texts:add"), text_form(petition, note="Rien."))
    assert same.context["form"].non_field_errors()
    assert PetitionText.objects.filter(petition=petition).count() == 2


def test_three_rows_cost_no_more_statements_than_one(manager, petition, statements_of):
    addresses = [reverse(f"{screen}:index") for screen in ("petitions", "petition_texts", "consent_texts")]
    before = [statements_of(manager, address) for address in addresses]
    PetitionFactory.create_batch(2)
    assert [statements_of(manager, address) for address in addresses] == before


def test_the_words_of_each_consent_are_read_and_nobody_changes_them(superuser, manager, petition):
    words = ConsentText.objects.filter(petition=petition).first()
    assert escape(words.label) in manager.get(reverse("consent_texts:index")).content.decode()
    details = manager.get(reverse("consent_texts:inspect", args=[words.pk])).content.decode()
    assert escape(words.sentence) in details
    screen = [address for address in admin_addresses() if address.model is ConsentText]
    assert len(screen) == 3  # the list, its results, one version
    for address in screen:
        superuser.post(address.path(words.pk), {"sentence": "Autre chose."})
    assert ConsentText.objects.get(pk=words.pk).sentence == words.sentence

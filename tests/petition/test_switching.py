"""Switching the list on: what must be said first, who may, and what becomes of the words that visitors agree to."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from petition import mailing
from petition.enums import ConsentPurpose, PetitionState
from petition.errors import SwitchRefused
from petition.models import ConsentText, ServiceSettings
from petition.services.switching import switch_mailing
from petition.services.wording import current_consent_texts
from tests.factories import OpenPetitionFactory

pytestmark = pytest.mark.django_db
WHY = "Les nouvelles partent de là-bas."


@pytest.fixture(autouse=True)
def key(settings):
    """Mailchimp has its key."""
    options = {"api_key": "essai-us1", "list_id": "essai", "api_url": ""}
    settings.MAILING_LISTS = {
        **settings.MAILING_LISTS,
        "mailchimp": {**settings.MAILING_LISTS["mailchimp"], "OPTIONS": options},
    }


def somebody(*rights: str):
    """Make an account with rights over the services."""
    user = get_user_model().objects.create_user(f"essai{get_user_model().objects.count()}", password="x")
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return user


@pytest.fixture
def administrator():
    return somebody("change_servicesettings", "switch_outside_service")


def switch(by, alias: str = "mailchimp", reason: str = WHY, typed: str = "Mailchimp"):
    return switch_mailing(alias, by=by, reason=reason, typed=typed)


def news(petition, language: str = "fr") -> ConsentText:
    return current_consent_texts(petition, language)[ConsentPurpose.NEWSLETTER]


def test_the_row_says_who_switched_it_on_when_and_why(administrator):
    row = switch(administrator)
    stored = ServiceSettings.objects.get()
    assert (stored.mailing, stored.changed_by, stored.reason) == ("mailchimp", administrator, WHY)
    assert stored.changed_at == row.changed_at
    assert mailing.chosen_alias() == "mailchimp"


@pytest.mark.parametrize("typed", ["Mailchimp", " mailchimp ", "MAILCHIMP\n"])
def test_case_and_spaces_around_the_typed_name_are_forgiven(administrator, typed):
    assert switch(administrator, typed=typed).mailing == "mailchimp"


@pytest.mark.parametrize("typed", ["", "Mail chimp", "Mailchimpp", "oui"])
def test_another_word_than_the_service_s_name_switches_nothing_on(administrator, typed):
    with pytest.raises(SwitchRefused) as refused:
        switch(administrator, typed=typed)
    assert set(refused.value.why) == {"typed"}
    assert not ServiceSettings.objects.exists()


@pytest.mark.parametrize("reason", ["", " \n "])
def test_without_a_reason_nothing_is_switched_on(administrator, reason):
    with pytest.raises(SwitchRefused) as refused:
        switch(administrator, reason=reason)
    assert set(refused.value.why) == {"reason"}
    assert mailing.chosen_alias() == "local"


def test_who_lacks_the_right_of_its_own_switches_on_nothing_outside_the_union():
    with pytest.raises(SwitchRefused):
        switch(somebody("change_servicesettings"))
    assert not ServiceSettings.objects.exists()


def test_this_site_s_own_list_asks_for_no_name_and_no_right_of_its_own():
    assert switch(somebody("change_servicesettings"), "local", typed="").mailing == "local"


def test_who_may_not_change_services_switches_none():
    with pytest.raises(SwitchRefused):
        switch(somebody("view_servicesettings", "switch_outside_service"), "local")
    assert not ServiceSettings.objects.exists()


def test_a_list_that_the_settings_do_not_know_is_refused(administrator):
    with pytest.raises(SwitchRefused):
        switch(administrator, "nowhere")


def test_a_list_without_its_key_is_refused_and_the_variable_named(administrator, settings):
    settings.MAILING_LISTS["mailchimp"]["OPTIONS"]["api_key"] = ""
    with pytest.raises(SwitchRefused, match="MAILCHIMP_API_KEY"):
        switch(administrator)


def test_a_service_that_does_not_tell_all_is_refused(administrator, monkeypatch):
    monkeypatch.setattr(mailing.entry("mailchimp").disclosure.__class__, "missing", lambda self: ["hosting"])
    with pytest.raises(SwitchRefused):
        switch(administrator)


def test_the_words_of_every_petition_name_the_service_in_each_of_its_languages(administrator):
    petitions = [OpenPetitionFactory() for _ in range(2)]
    before = [news(petition) for petition in petitions]
    switch(administrator)
    for petition, earlier in zip(petitions, before, strict=True):
        for language in ("fr", "en"):
            words = news(petition, language)
            assert "Mailchimp" in words.sentence
            assert words.discloses == "mailchimp"
            assert words.version == 2
        assert "Mailchimp" not in ConsentText.objects.get(pk=earlier.pk).sentence
        assert current_consent_texts(petition, "fr")[ConsentPurpose.SIGN].version == 1


def test_a_petition_that_is_over_keeps_its_words(administrator):
    petition = OpenPetitionFactory()
    petition.state = PetitionState.DELIVERED
    petition.save()
    switch(administrator)
    assert news(petition).version == 1


def test_back_to_this_site_s_own_list_the_words_name_nobody(administrator):
    petition = OpenPetitionFactory()
    switch(administrator)
    switch(administrator, "local", typed="")
    words = news(petition)
    assert (words.version, words.discloses) == (3, "")
    assert "Mailchimp" not in words.sentence


def test_choosing_what_is_on_already_writes_down_who_chose_it_and_makes_no_new_words(administrator):
    petition = OpenPetitionFactory()
    switch(administrator, "local", typed="")
    assert ServiceSettings.objects.get().changed_by == administrator
    assert news(petition).version == 1

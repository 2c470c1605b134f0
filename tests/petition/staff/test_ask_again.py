"""« Leur demander par e-mail »: the button on « Services », and what it leaves in the site's history."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from campaign.outbox.models import OutboxTask
from campaign.roles import Role
from petition.models import ServiceSettings
from petition.services import news, wording
from tests.factories import ContactFactory

ASK = "services:ask_again"


@pytest.fixture
def supporters(petition, settings):
    """Two who agreed before Mailchimp was switched on."""
    options = {"api_key": "essai-us1", "list_id": "essai", "api_url": ""}
    settings.MAILING_LISTS = {
        **settings.MAILING_LISTS,
        "mailchimp": {**settings.MAILING_LISTS["mailchimp"], "OPTIONS": options},
    }
    found = [ContactFactory(petition=petition) for _ in range(2)]
    ServiceSettings.objects.update_or_create(pk=1, defaults={"mailing": "mailchimp"})
    wording.publish_all()
    return found


@pytest.fixture
def administrator(desk):
    return desk(Role.ADMINISTRATOR)


def screen(client) -> str:
    return client.get(reverse("services:index")).content.decode()


def test_the_screen_says_how_many_agreed_to_other_words_and_offers_to_ask(administrator, supporters):
    html = screen(administrator)
    assert "2 personnes ont accepté des mots qui ne nomment pas Mailchimp" in html
    assert f'action="{reverse(ASK)}"' in html


def test_one_press_asks_all_says_so_and_stands_in_the_history(administrator, supporters):
    response = administrator.post(reverse(ASK), follow=True)
    assert "2 soutiens seront interrogés par e-mail." in response.content.decode()
    assert OutboxTask.objects.filter(kind=news.MAIL).count() == 2
    assert "ask-again" not in screen(administrator)
    entry = ModelLogEntry.objects.get(action="services.ask_supporters")
    assert entry.data["number"] == 2
    assert "2 soutiens" in entry.message
    assert "Mailchimp" in entry.message
    assert entry.user is not None


def test_a_second_press_asks_nobody_and_is_not_logged(administrator, supporters):
    for _ in range(2):
        response = administrator.post(reverse(ASK), follow=True)
    assert "Tout le monde a déjà été interrogé" in response.content.decode()
    assert OutboxTask.objects.filter(kind=news.MAIL).count() == 2
    assert ModelLogEntry.objects.filter(action="services.ask_supporters").count() == 1


def test_reading_the_address_asks_nobody(administrator, supporters):
    assert administrator.get(reverse(ASK)).status_code == 405
    assert not OutboxTask.objects.exists()


def test_whoever_may_not_switch_services_asks_nobody(editor, supporters):
    editor.post(reverse(ASK))
    assert not OutboxTask.objects.exists()


def test_whoever_may_only_read_the_screen_is_told_and_offered_nothing(supporters):
    reader = get_user_model().objects.create_user("lectrice", password="a-long-enough-password")
    rights = Permission.objects.filter(codename__in=["access_admin", "view_servicesettings"])
    reader.user_permissions.set(rights)
    client = Client()
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    html = screen(client)
    assert "2 personnes ont accepté" in html
    assert reverse(ASK) not in html
    client.post(reverse(ASK))
    assert not OutboxTask.objects.exists()


def test_where_everybody_agreed_to_the_list_nothing_is_offered(administrator, petition):
    ContactFactory(petition=petition)
    assert "ask-again" not in screen(administrator)

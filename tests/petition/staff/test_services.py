"""« Services » and « Ce que ce site appelle »: what staff read of each service, and the page that switches one on."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from wagtail.models import ModelLogEntry

from campaign.roles import Role
from petition import mailing
from petition.enums import ListState
from petition.models import ConsentText, ServiceSettings
from tests.factories import ContactFactory, OpenPetitionFactory

LIST = "services:index"
WHY = "Nos bénévoles y écrivent déjà."
FILLED = {"reason": WHY, "typed": "Mailchimp"}


@pytest.fixture(autouse=True)
def key(settings):
    """Mailchimp has its key; a test may take it away."""
    options = {"api_key": "essai-us1", "list_id": "essai", "api_url": ""}
    settings.MAILING_LISTS = {
        **settings.MAILING_LISTS,
        "mailchimp": {**settings.MAILING_LISTS["mailchimp"], "OPTIONS": options},
    }
    return options


@pytest.fixture
def administrator(desk) -> Client:
    return desk(Role.ADMINISTRATOR)


def page_of(alias: str = "mailchimp") -> str:
    return reverse("services:switch", args=[alias])


def read(client: Client, address: str = "") -> str:
    return client.get(address or reverse(LIST)).content.decode()


def reader_of(*codenames: str) -> Client:
    user = get_user_model().objects.create_user("lectrice", password="a-long-enough-password")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def section(html: str, alias: str) -> str:
    return html[html.index(f'id="service-{alias}"') :].partition("</section>")[0]


def test_each_list_says_what_it_is_and_who_receives_what_where(manager):
    disclosure = mailing.entry("mailchimp").disclosure
    with translation.override("fr"):
        told = [disclosure.company, disclosure.country_name(), disclosure.hosting(), disclosure.sentence()]
    html = section(read(manager), "mailchimp")
    for words in (*told, disclosure.terms_url):
        assert escape(words).casefold() in html.casefold()


def test_at_first_this_site_s_own_list_is_on_and_nobody_has_chosen(manager):
    html = read(manager)
    assert 'class="service service--on" id="service-local"' in html
    assert 'class="service" id="service-mailchimp"' in html
    assert not ServiceSettings.objects.exists()


def test_each_list_says_how_many_supporters_are_on_it(manager, petition):
    ContactFactory.create_batch(7, petition=petition, provider="mailchimp", provider_state=ListState.ON_LIST)
    ContactFactory(petition=petition, provider="mailchimp", provider_state=ListState.REFUSED)
    assert ">7</a>" in section(read(manager), "mailchimp")
    assert ">0</a>" in section(read(manager), "local")


def test_a_list_without_its_key_shows_variables_file_and_command_to_hand_on(administrator, key, settings):
    key["api_key"] = key["list_id"] = ""
    settings.ENV_FILE, settings.RESTART_COMMAND = "/etc/essai/.env", "sudo redémarrer essai"
    html = section(read(administrator), "mailchimp")
    copied = re.findall(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", html, re.DOTALL)
    assert copied == ["MAILCHIMP_API_KEY=\nMAILCHIMP_LIST_ID=", "/etc/essai/.env", "sudo redémarrer essai"]
    assert page_of() not in html
    assert "<form" not in read(administrator, page_of()).partition('class="switching"')[2]


def test_a_list_without_its_key_is_not_switched_on_by_its_address_either(administrator, key):
    key["list_id"] = ""
    answer = administrator.post(page_of(), FILLED)
    assert answer.status_code == 422
    assert not ServiceSettings.objects.exists()


def test_the_page_shows_what_visitors_will_read_in_both_languages(administrator, petition):
    html = read(administrator, page_of())
    for language in ("fr", "en"):
        with translation.override(language):
            sentence = mailing.entry("mailchimp").disclosure.sentence()
        assert escape(sentence) in html
    assert not ConsentText.objects.exclude(discloses="").exists()


def test_the_page_says_what_changes(administrator, petition):
    OpenPetitionFactory()
    ContactFactory.create_batch(3, petition=petition)
    html = read(administrator, page_of())
    changes = re.findall(r"<li>\s*(\d+)", html[html.index("switching__changes") :])
    assert changes == ["2", "3"]


def test_an_administrator_switches_it_on_and_the_history_says_who_when_and_why(administrator, petition):
    answer = administrator.post(page_of(), FILLED)
    assert answer["Location"] == reverse(LIST)
    row = ServiceSettings.objects.get()
    assert (row.mailing, row.reason) == ("mailchimp", WHY)
    assert row.changed_by.get_username().startswith(Role.ADMINISTRATOR.name.lower())
    entry = ModelLogEntry.objects.get(action="services.switch_mailing")
    assert entry.user == row.changed_by
    html = section(read(administrator), "mailchimp")
    assert escape(WHY) in html
    assert row.changed_by.get_username() in html
    history = read(administrator, reverse("wagtailadmin_reports:site_history"))
    assert escape(str(entry.message)) in history
    assert WHY in str(entry.message)


def test_the_choice_of_somebody_whose_account_is_gone_is_still_told(manager, administrator, petition):
    administrator.post(page_of(), FILLED)
    ServiceSettings.objects.get().changed_by.delete()
    assert escape(WHY) in section(read(manager), "mailchimp")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"reason": WHY, "typed": "mail"}, "typed"),
        ({"reason": "", "typed": "Mailchimp"}, "reason"),
        ({"reason": "x" * 301, "typed": "Mailchimp"}, "reason"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    administrator, petition, typed, field
):
    answer = administrator.post(page_of(), typed)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    html = answer.content.decode()
    for words in filter(None, typed.values()):
        assert escape(words) in html
    assert not ServiceSettings.objects.exists()
    assert not ModelLogEntry.objects.filter(action="services.switch_mailing").exists()


def test_a_manager_reads_who_may_and_finds_no_button(manager, petition):
    for address in (reverse(LIST), page_of()):
        html = read(manager, address)
        assert Role.ADMINISTRATOR.value in html
    assert f'action="{page_of()}"' not in html
    answer = manager.post(page_of(), FILLED)
    assert answer.status_code == 403
    assert Role.ADMINISTRATOR.value in answer.content.decode()
    assert not ServiceSettings.objects.exists()


def test_a_manager_goes_back_to_this_site_s_own_list(manager, petition):
    ServiceSettings.objects.create(pk=1, mailing="mailchimp")
    assert manager.post(page_of("local"), {"reason": WHY}).status_code == 302
    assert ServiceSettings.objects.get().mailing == "local"


def test_whoever_may_only_read_switches_nothing(petition):
    client = reader_of("view_servicesettings")
    assert client.get(page_of("local")).status_code == 200
    assert f'action="{page_of("local")}"' not in read(client, page_of("local"))
    assert client.post(page_of("local"), {"reason": WHY}).status_code == 403
    assert not ServiceSettings.objects.exists()


def test_a_list_that_the_settings_do_not_know_is_not_found(administrator):
    assert administrator.get(page_of("nowhere")).status_code == 404
    assert administrator.post(page_of("nowhere"), FILLED).status_code == 404


def test_a_form_of_another_site_switches_nothing_on(account):
    client = Client(enforce_csrf_checks=True)
    client.force_login(account(Role.ADMINISTRATOR), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(page_of(), FILLED).status_code == 403
    assert not ServiceSettings.objects.exists()


def test_the_screen_costs_no_more_statements_with_more_supporters(manager, petition, statements_of):
    ContactFactory(petition=petition, provider="mailchimp", provider_state=ListState.ON_LIST)
    one = statements_of(manager, reverse(LIST))
    ContactFactory.create_batch(2, petition=petition, provider="local", provider_state=ListState.ON_LIST)
    assert statements_of(manager, reverse(LIST)) == one


def test_the_page_of_calls_prints_each_host_of_the_settings_and_no_secret(manager, settings):
    settings.OUTGOING_HOSTS = {"mail": "mail.essai.example.org", "mailchimp": "us1.api.mailchimp.com"}
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "qui-envoie", "un-secret"
    html = read(manager, reverse("outgoing:index"))
    for host in settings.OUTGOING_HOSTS.values():
        assert host in html
    for secret in ("qui-envoie", "un-secret", "essai-us1"):
        assert secret not in html


def test_the_page_of_calls_says_which_service_is_on(manager, settings):
    settings.OUTGOING_HOSTS = {"mailchimp": "us1.api.mailchimp.com"}
    before = read(manager, reverse("outgoing:index"))
    ServiceSettings.objects.create(pk=1, mailing="mailchimp")
    assert "w-status--primary" not in before[before.index("outgoing__what") :]
    after = read(manager, reverse("outgoing:index"))
    assert "w-status--primary" in after[after.index("outgoing__what") :]


def test_a_site_that_calls_nobody_says_so(manager, settings):
    shown = 'class="listing outgoing"'
    assert shown in read(manager, reverse("outgoing:index"))
    settings.OUTGOING_HOSTS = {}
    assert shown not in read(manager, reverse("outgoing:index"))


def test_both_screens_are_closed_to_who_may_not_see_services(editor):
    for name in (LIST, "outgoing:index"):
        assert editor.get(reverse(name)).status_code == 302

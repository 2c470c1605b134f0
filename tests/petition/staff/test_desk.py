"""What somebody of each group finds after the login: menu, dashboard, and what they may not do."""

import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaign.outbox.models import OutboxTask
from campaign.roles import Role
from petition import sql
from petition.enums import ListState
from tests.factories import ContactFactory, PendingSignatureFactory
from tests.petition.staff.conftest import PASSWORD

HOME = "wagtailadmin_home"


def menu_of(client: Client) -> list[str]:
    """The addresses that the menu leads to."""
    html = client.get(reverse(HOME)).content.decode()
    found = re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', html, re.DOTALL)
    assert found, "The admin's page holds no menu."
    props = json.loads(found[1])
    return re.findall(r'"(/admin/[^"]*)"', json.dumps(props))


@pytest.mark.parametrize("role", Role)
def test_each_group_logs_in_by_the_form(account, role):
    account(role)
    client = Client()
    data = {"username": f"{role.name}@essai".lower(), "password": PASSWORD}
    response = client.post(reverse("wagtailadmin_login"), data, follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == reverse(HOME)


def test_the_menu_of_an_editor_leads_to_pages_and_to_nothing_of_the_petition(editor):
    menu = menu_of(editor)
    assert any("/admin/pages/" in address for address in menu)
    assert not [address for address in menu if address.startswith("/admin/petition/")]


def test_the_menu_of_a_petition_manager_leads_to_the_screens_and_to_no_settings(manager):
    menu = menu_of(manager)
    screens = ("signatures", "pending_signatures", "contacts", "deliveries", "petitions", "petition_texts")
    for screen in (*screens, "services", "outgoing"):
        assert reverse(f"{screen}:index") in menu
    for forbidden in ("users", "groups", "sites", "settings", "clockwork", "pages"):
        assert not [address for address in menu if f"/{forbidden}/" in address]


def test_the_menu_of_an_administrator_leads_to_both(desk):
    menu = menu_of(desk(Role.ADMINISTRATOR))
    for screen in ("signatures", "deliveries", "clockwork", "wagtailusers_users"):
        assert reverse(f"{screen}:index") in menu


def test_a_petition_manager_changes_neither_accounts_nor_settings_nor_pages(manager, petition):
    user = get_user_model().objects.get()
    addresses = [
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_users:add"),
        reverse("wagtailusers_users:edit", args=[user.pk]),
        reverse("wagtailusers_groups:index"),
        reverse("wagtailusers_groups:add"),
        reverse("wagtailsites:index"),
        reverse("wagtailsettings:edit", args=["home", "organisation"]),
        reverse("wagtailadmin_pages:add", args=["home", "standardpage", 1]),
    ]
    for address in addresses:
        for method in (manager.get, manager.post):
            assert method(address).status_code in {302, 403}, address
    assert not get_user_model().objects.exclude(pk=user.pk).exists()


def test_the_dashboard_tells_a_manager_where_the_petition_stands(manager, petition):
    sql.add_to_total(petition.pk, 0, 7)
    PendingSignatureFactory.create_batch(3, petition=petition)
    PendingSignatureFactory(petition=petition, trial=True)
    OutboxTask.objects.create(kind="signature_mail")
    OutboxTask.objects.create(kind="signature_mail", failed_at=timezone.now())
    html = manager.get(reverse(HOME)).content.decode()
    panel = html[html.index("petition-now") :]
    assert "<strong>7</strong>" in panel
    assert "<strong>10</strong>" in panel  # the goal
    assert "<strong>3</strong>" in panel
    for screen in ("signatures", "pending_signatures", "deliveries"):
        assert reverse(f"{screen}:index") in panel


def test_the_dashboard_tells_a_manager_how_supporters_stand_with_the_list(manager, petition):
    for state, number in ((ListState.ON_LIST, 11), (ListState.WAITING, 5), (ListState.REFUSED, 3)):
        ContactFactory.create_batch(number, petition=petition, provider_state=state)
    html = manager.get(reverse(HOME)).content.decode()
    panel = html[html.index("petition-now") :]
    line = re.sub(r"\s+", " ", panel[panel.index(reverse("contacts:index")) :].partition("</a>")[0])
    assert re.findall(r"[0-9]+", line.partition(">")[2]) == ["19", "5", "3"]


def test_the_dashboard_tells_an_editor_nothing_of_it(editor, petition):
    assert "petition-now" not in editor.get(reverse(HOME)).content.decode()


def test_more_signatures_and_mails_cost_the_dashboard_no_statement(manager, petition, statements_of):
    PendingSignatureFactory(petition=petition)
    one = statements_of(manager, reverse(HOME))
    PendingSignatureFactory.create_batch(2, petition=petition)
    ContactFactory.create_batch(2, petition=petition)
    OutboxTask.objects.create(kind="signature_mail")
    assert statements_of(manager, reverse(HOME)) == one

"""The screen of supporters: how they stand with the list, what it refused and why, and another try."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import ModelLogEntry

from campaign.outbox.models import OutboxTask
from campaign.roles import Role
from petition.email_address import email_key
from petition.enums import ContactState, ListState, Refusal
from petition.models import Contact
from petition.services.subscription import SYNC
from petition.staff.supporters import supporters_now
from tests.factories import ContactFactory

LIST = "contacts:index"


@pytest.fixture
def refused(petition):
    return ContactFactory(
        petition=petition,
        email="refusee@example.org",
        provider="mailchimp",
        provider_state=ListState.REFUSED,
        provider_refusal=Refusal.ADDRESS,
        provider_said="Invalid Resource",
    )


def listed(client: Client, **query) -> str:
    return client.get(reverse(LIST), query).content.decode()


def test_the_list_says_state_list_and_why_in_words(manager, refused):
    html = listed(manager)
    shown = ["refusee@example.org (Camille)", "Mailchimp", "Invalid Resource"]
    shown += [ContactState.SUBSCRIBED.label, ListState.REFUSED.label, Refusal.ADDRESS.label]
    for words in shown:
        assert escape(str(words)) in html
    assert "looks_fake" not in html


def test_the_figures_on_top_count_those_who_want_the_news_wait_were_refused_and_left(petition):
    long_ago = datetime(2026, 3, 1, 9, tzinfo=UTC)
    ContactFactory.create_batch(2, petition=petition)
    ContactFactory(petition=petition, state_changed_at=long_ago)
    ContactFactory(petition=petition, provider_state=ListState.ON_LIST)
    for state in (ListState.REFUSED, ListState.OWN_HAND):
        ContactFactory(petition=petition, provider_state=state)
    ContactFactory(
        petition=petition,
        provider_state=ListState.LEFT,
        state=ContactState.UNSUBSCRIBED,
        email="",
        email_key="0" * 32,
    )
    now = supporters_now()
    assert (now.subscribed, now.waiting, now.refused, now.left) == (6, 3, 2, 1)
    assert now.waiting_since == long_ago


def test_the_screen_says_since_when_the_first_one_waits(manager, petition):
    ContactFactory(petition=petition, state_changed_at=datetime(2026, 3, 1, 9, tzinfo=UTC))
    assert "01/03/2026" in listed(manager)


def test_an_empty_list_says_who_comes_here(manager):
    told = "supporters__none"
    assert told in listed(manager)
    assert told not in listed(manager, state="unsubscribed")


def test_the_list_is_filtered_by_state_by_list_and_by_how_far_it_took_them(manager, refused, contact):
    for query in ({"provider": "mailchimp"}, {"provider_state": "refused"}):
        html = listed(manager, **query)
        assert "refusee@" in html
        assert "aristide@" not in html
    assert "aristide@" not in listed(manager, state="unsubscribed")


def test_each_figure_leads_to_those_whom_it_counts(manager, petition):
    for state in ListState.values:
        ContactFactory.create_batch(2, petition=petition, provider_state=state)
    for state in (ContactState.UNSUBSCRIBED, ContactState.BOUNCED, ContactState.COMPLAINED):
        ContactFactory(petition=petition, provider_state=ListState.ON_LIST, state=state)
    figures = re.findall(r'<a href="([^"]*)">\s*<strong>(\d+)</strong>', listed(manager))
    assert len(figures) == 4
    for address, number in figures:
        shown = manager.get(unescape(address)).context["object_list"]
        assert len(shown) == int(number), address


@pytest.mark.parametrize("typed", ["aristide@example.org", " Aristide+news@EXAMPLE.org "])
def test_a_supporter_is_found_by_their_address_in_any_spelling(manager, contact, refused, typed):
    answer = manager.post(reverse("contacts:find"), {"email": typed})
    assert answer["Location"] == f"{reverse(LIST)}?mailbox={email_key('aristide@example.org')}"
    html = manager.get(answer["Location"]).content.decode()
    assert "aristide@" in html
    assert "refusee@" not in html


def test_an_address_is_looked_up_by_its_fingerprint_alone(manager, contact):
    with CaptureQueriesContext(connection) as captured:
        listed(manager, mailbox=contact.email_key)
    reads = [query["sql"] for query in captured if '"email_key" = ' in query["sql"]]
    assert reads
    assert not [sql for sql in reads if "petition_petition" in sql]


def test_three_rows_cost_no_more_statements_than_one(manager, contact, statements_of):
    one = statements_of(manager, reverse(LIST))
    ContactFactory.create_batch(2, consent_text=contact.consent_text)
    assert statements_of(manager, reverse(LIST)) == one


def test_the_details_hold_the_words_that_were_agreed_to(manager, refused):
    html = manager.get(reverse("contacts:inspect", args=[refused.pk])).content.decode()
    for words in (refused.consent_text.sentence, refused.email, "Mailchimp", Refusal.ADDRESS.label):
        assert escape(str(words)) in html


def test_who_has_left_is_shown_without_an_address(manager, petition):
    left = ContactFactory(petition=petition, email="", email_key="0" * 32, state=ContactState.UNSUBSCRIBED)
    for address in (reverse(LIST), reverse("contacts:inspect", args=[left.pk])):
        assert manager.get(address).status_code == 200


def test_the_list_is_asked_again_for_one_and_the_history_says_who_asked(manager, refused):
    answer = manager.post(reverse("contacts:try_again", args=[refused.pk]))
    assert answer["Location"] == reverse(LIST)
    refused.refresh_from_db()
    assert (refused.provider_state, refused.provider_refusal) == (ListState.WAITING, "")
    assert OutboxTask.objects.get(kind=SYNC).subject == str(refused.pk)
    entry = ModelLogEntry.objects.get(action="contact.ask_list_again")
    assert entry.user.get_username().startswith(Role.PETITION_MANAGER.name.lower())
    assert "@" not in entry.label


def test_the_list_is_asked_again_for_all_who_wait_or_were_refused_and_for_nobody_else(manager, petition):
    asked = [
        ContactFactory(petition=petition, provider_state=state)
        for state in (ListState.WAITING, ListState.REFUSED)
    ]
    for state in (ListState.ON_LIST, ListState.ASKED, ListState.OWN_HAND, ListState.LEFT):
        ContactFactory(petition=petition, provider_state=state)
    manager.post(reverse("contacts:try_all_again"))
    tasks = OutboxTask.objects.filter(kind=SYNC).values_list("subject", flat=True)
    assert set(tasks) == {str(one.pk) for one in asked}
    entry = ModelLogEntry.objects.get(action="contact.ask_list_again_for_all")
    assert entry.data == {"number": 2}
    history = manager.get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert escape(str(entry.message)) in history


def test_when_nobody_waits_the_button_is_not_there_and_its_address_says_so(manager, petition):
    ContactFactory(petition=petition, provider_state=ListState.ON_LIST)
    assert reverse("contacts:try_all_again") not in listed(manager)
    answer = manager.post(reverse("contacts:try_all_again"), follow=True)
    assert list(answer.context["messages"])
    assert not OutboxTask.objects.exists()


def test_who_is_on_the_list_has_no_button(manager, contact):
    assert reverse("contacts:try_again", args=[contact.pk]) in listed(manager)
    Contact.objects.update(provider_state=ListState.ON_LIST)
    assert reverse("contacts:try_again", args=[contact.pk]) not in listed(manager)
    assert manager.post(reverse("contacts:try_again", args=[contact.pk])).status_code == 404


def test_a_link_asks_for_nothing(manager, refused):
    for address in (reverse("contacts:try_again", args=[refused.pk]), reverse("contacts:try_all_again")):
        assert manager.get(address).status_code == 405
    assert not OutboxTask.objects.exists()


def test_whoever_may_only_read_finds_no_button_and_is_refused(refused):
    reader = get_user_model().objects.create_user("lectrice", password="a-long-enough-password")
    reader.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_contact"]))
    client = Client()
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    html = listed(client)
    assert "refusee@" in html
    assert not re.search(r'action="[^"]*try-again', html)
    for address in (reverse("contacts:try_again", args=[refused.pk]), reverse("contacts:try_all_again")):
        assert client.post(address).status_code == 302
    assert not OutboxTask.objects.exists()

"""« Envois en attente »: what is owed, in words, and another try for one or for all that failed."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import ModelLogEntry

from campaign.outbox import registry
from campaign.outbox.errors import describe
from campaign.outbox.models import OutboxTask, TaskState
from campaign.roles import Role
from petition.enums import Refusal
from petition.errors import ProviderError
from petition.services.subscription import FORGET

LIST = "deliveries:index"


@pytest.fixture
def failed(db):
    return [
        OutboxTask.objects.create(
            kind="signature_mail", attempts=10, failed_at=timezone.now(), last_error="SMTPDataError: 554"
        )
        for _ in range(3)
    ]


def test_the_list_says_what_is_owed_in_words(manager, task, failed):
    html = manager.get(reverse(LIST)).content.decode()
    shown = (
        registry.label("signature_mail"),
        TaskState.WAITING.label,
        TaskState.FAILED.label,
        "SMTPDataError: 554",
    )
    for words in shown:
        assert escape(str(words)) in html
    assert "signature_mail" not in html


def test_what_a_list_refused_is_said_in_words(manager):
    for code, said in (("unreachable", ""), ("fields", "COMPANY")):
        error = describe(ProviderError(Refusal(code), permanent=False, said=said))
        OutboxTask.objects.create(kind="sync_contact", attempts=1, last_error=error)
    html = manager.get(reverse(LIST)).content.decode()
    assert "ProviderError" not in html
    assert escape(str(Refusal.UNREACHABLE.label)) in html
    assert escape(f"{Refusal.FIELDS.label} COMPANY") in html


def test_what_is_done_is_not_owed(manager):
    OutboxTask.objects.create(kind="thank_you_mail", done_at=timezone.now())
    assert not list(manager.get(reverse(LIST)).context["object_list"])


def test_failures_come_first(manager, task, failed):
    listed = list(manager.get(reverse(LIST)).context["object_list"])
    assert [row.pk for row in listed][-1] == task.pk


def test_three_rows_cost_no_more_statements_than_one(manager, task, statements_of):
    one = statements_of(manager, reverse(LIST))
    for _ in range(2):
        OutboxTask.objects.create(kind="thank_you_mail")
    assert statements_of(manager, reverse(LIST)) == one


def test_a_failed_delivery_is_tried_again_and_the_history_says_who_asked(manager, failed):
    response = manager.post(reverse("deliveries:try_again", args=[failed[0].pk]))
    assert response["Location"] == reverse(LIST)
    failed[0].refresh_from_db()
    assert (failed[0].failed_at, failed[0].attempts) == (None, 0)
    assert failed[0].due <= timezone.now()
    assert OutboxTask.objects.failed().count() == 2
    entry = ModelLogEntry.objects.get(action="outbox.try_again")
    assert entry.user.get_username().startswith(Role.PETITION_MANAGER.name.lower())
    assert entry.object_id == str(failed[0].pk)
    history = manager.get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert escape(registry.label("signature_mail")) in history


def test_all_that_failed_are_tried_again_at_once_and_the_history_says_how_many(manager, failed, task):
    manager.post(reverse("deliveries:try_all_again"))
    assert not OutboxTask.objects.failed().exists()
    entry = ModelLogEntry.objects.get(action="outbox.try_all_again")
    assert entry.data == {"number": 3}
    assert "3" in str(entry.message)


def test_trying_again_when_nothing_failed_is_answered_with_words(manager, task):
    response = manager.post(reverse("deliveries:try_all_again"), follow=True)
    assert list(response.context["messages"])
    assert not ModelLogEntry.objects.filter(action="outbox.try_all_again").exists()


def test_a_delivery_that_has_left_meanwhile_is_not_found(manager):
    gone = OutboxTask.objects.create(kind="thank_you_mail", done_at=timezone.now())
    assert manager.post(reverse("deliveries:try_again", args=[gone.pk])).status_code == 404


def test_a_link_asks_for_no_other_try(manager, failed):
    for address in (
        reverse("deliveries:try_again", args=[failed[0].pk]),
        reverse("deliveries:try_all_again"),
    ):
        assert manager.get(address).status_code == 405
    assert OutboxTask.objects.failed().count() == 3


def test_whoever_may_only_read_finds_no_button_and_is_refused(failed):
    reader = get_user_model().objects.create_user("lectrice", password="a-long-enough-password")
    names = ["access_admin", "view_outboxtask"]
    reader.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    html = client.get(reverse(LIST)).content.decode()
    assert "SMTPDataError" in html
    assert "try-again" not in html
    for address in (
        reverse("deliveries:try_again", args=[failed[0].pk]),
        reverse("deliveries:try_all_again"),
    ):
        assert client.post(address).status_code == 302
    assert OutboxTask.objects.failed().count() == 3


def test_a_form_of_another_site_is_refused(account, failed):
    client = Client(enforce_csrf_checks=True)
    client.force_login(account(Role.PETITION_MANAGER), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse("deliveries:try_all_again")).status_code == 403
    assert OutboxTask.objects.failed().count() == 3


def test_each_button_s_form_carries_the_token_that_it_needs(account, failed):
    client = Client(enforce_csrf_checks=True)
    client.force_login(account(Role.PETITION_MANAGER), backend="django.contrib.auth.backends.ModelBackend")
    for address in (
        reverse("deliveries:try_again", args=[failed[0].pk]),
        reverse("deliveries:try_all_again"),
    ):
        html = client.get(reverse(LIST)).content.decode()
        [form] = re.findall(f'<form action="{address}".*?</form>', html, re.DOTALL)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
        assert client.post(address, {"csrfmiddlewaretoken": token}).status_code == 302
    assert not OutboxTask.objects.failed().exists()


def test_the_clockwork_is_for_administrators(desk, something_of_everything):
    address = reverse("clockwork:index")
    assert desk(Role.ADMINISTRATOR).get(address).status_code == 200
    assert desk(Role.PETITION_MANAGER).get(address).status_code == 302


@pytest.fixture
def left_to_hands(db):
    """A list has not confirmed for a month that it deleted somebody; only the fingerprint is left."""
    return OutboxTask.objects.create(
        kind=FORGET,
        subject="f" * 32,
        parameters={"list": "mailchimp"},
        attempts=30,
        failed_at=timezone.now(),
        last_error="Permanent: essai",
    )


def test_what_only_hands_can_do_names_the_list_and_the_fingerprint_and_offers_no_other_try(
    manager, left_to_hands
):
    html = manager.get(reverse(LIST)).content.decode()
    assert "Mailchimp" in html
    assert "f" * 32 in html
    assert reverse("deliveries:done_by_hand", args=[left_to_hands.pk]) in html
    assert reverse("deliveries:try_again", args=[left_to_hands.pk]) not in html
    assert reverse("deliveries:try_all_again") not in html


def test_what_only_hands_can_do_is_left_alone_by_another_try(manager, left_to_hands, failed):
    assert manager.post(reverse("deliveries:try_again", args=[left_to_hands.pk])).status_code == 404
    manager.post(reverse("deliveries:try_all_again"))
    assert list(OutboxTask.objects.failed()) == [left_to_hands]
    assert ModelLogEntry.objects.get(action="outbox.try_all_again").data == {"number": 3}


def test_a_deletion_that_can_still_be_tried_is_tried_again(manager, left_to_hands):
    left_to_hands.parameters["reference"] = "abc"
    left_to_hands.save()
    assert manager.post(reverse("deliveries:done_by_hand", args=[left_to_hands.pk])).status_code == 404
    manager.post(reverse("deliveries:try_all_again"))
    assert not OutboxTask.objects.failed().exists()


def test_what_was_done_by_hand_is_done_and_the_fingerprint_goes(manager, left_to_hands):
    answer = manager.post(reverse("deliveries:done_by_hand", args=[left_to_hands.pk]))
    assert answer["Location"] == reverse(LIST)
    left_to_hands.refresh_from_db()
    assert left_to_hands.state == TaskState.DONE
    assert (left_to_hands.subject, left_to_hands.parameters) == ("", {"list": "mailchimp"})
    entry = ModelLogEntry.objects.get(action="outbox.done_by_hand")
    assert entry.user.get_username().startswith(Role.PETITION_MANAGER.name.lower())
    assert "f" * 32 not in entry.label
    assert "Mailchimp" in entry.label


def test_only_what_is_left_to_hands_is_done_by_hand(manager, failed):
    assert manager.post(reverse("deliveries:done_by_hand", args=[failed[0].pk])).status_code == 404
    assert manager.get(reverse("deliveries:done_by_hand", args=[failed[0].pk])).status_code == 405
    assert OutboxTask.objects.failed().count() == 3

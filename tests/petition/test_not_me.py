"""« Ce n'est pas moi »: it deletes and blocks; the mailbox's owner alone can lift it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from petition.email_address import email_key
from petition.enums import SuppressionReason, SuppressionScope
from petition.models import Contact, PendingSignature, Signature, Suppression
from petition.services.counting import progress
from tests.factories import OpenPetitionFactory
from tests.people import (
    Form,
    Visitor,
    confirm_path,
    drain_outbox,
    html_of,
    links_in,
    path_of,
    personal_path,
    text_of,
    words_of,
)
from tests.petition.test_same_answer import observe

pytestmark = pytest.mark.django_db


def path_with(message, part: str) -> str:
    """Return the path of the link of one kind in a mail."""
    return next(path_of(link) for link in links_in(message) if f"/signature/{part}/" in link)


def not_me_path(message) -> str:
    return path_with(message, "contestation")


def unblock_path(message) -> str:
    return path_with(message, "permission")


@pytest.fixture
def said_not_me(petition, visitor, mailbox):
    """Somebody signs with Élise's address, and she says that it wasn't her; return the path of her link."""
    visitor.sign(petition, agree_newsletter="on")
    drain_outbox()
    path = not_me_path(mailbox.messages[-1])
    assert visitor.send(path).status_code == 303
    return path


@pytest.fixture
def blocked_mail(petition, visitor, mailbox, said_not_me):
    """The address is entered again while it is blocked; return the mail that comes of it."""
    visitor.sign(petition, first_name="Encore")
    drain_outbox()
    return mailbox.messages[-1]


def test_the_link_shows_what_the_button_does_and_changes_nothing(petition, visitor, mailbox):
    visitor.sign(petition)
    drain_outbox()
    path = not_me_path(mailbox.messages[0])
    answer = visitor.read(path)
    words = words_of(answer)
    assert answer.status_code == 200
    assert Form(words, "not-me-form").found
    assert "effacer et bloquer" in words
    assert "Une demande" in words
    assert "elise@example.org" not in words
    assert PendingSignature.objects.count() == 1
    assert not Suppression.objects.exists()


def test_the_button_deletes_at_once_and_blocks_that_mailbox_for_that_petition_for_thirty_days(
    petition, visitor, said_not_me
):
    assert not PendingSignature.objects.exists()
    block = Suppression.objects.get()
    assert (block.scope, block.reason, block.petition) == (
        SuppressionScope.PETITION,
        SuppressionReason.NOT_ME,
        petition,
    )
    assert block.email_key == email_key("elise@example.org")
    assert block.until - block.created_at == timedelta(days=30)
    page = visitor.read(said_not_me)
    assert page.status_code == 410
    assert "<h1>Rien n’est gardé de cette demande</h1>" in words_of(page)


def test_pressing_twice_is_harmless(visitor, said_not_me):
    assert visitor.send(said_not_me).status_code == 303
    assert Suppression.objects.count() == 1


def test_another_site_can_not_press_it(petition, visitor, mailbox):
    visitor.sign(petition)
    drain_outbox()
    path = not_me_path(mailbox.messages[0])
    assert visitor.send(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert PendingSignature.objects.count() == 1


def test_a_mailbox_that_has_confirmed_is_told_so_and_led_to_where_it_can_withdraw(
    petition, visitor, mailbox, confirm_link
):
    path = not_me_path(mailbox.messages[-1])
    visitor.send(confirm_link)
    answer = visitor.read(path)
    assert answer.status_code == 200
    assert "Cette boîte aux lettres a confirmé la signature" in words_of(answer)
    assert "/signature/page/" in words_of(answer)
    visitor.send(path)
    assert progress(petition).count == 1
    assert not Suppression.objects.exists()


def test_another_petition_can_be_signed_meanwhile(visitor, mailbox, said_not_me):
    visitor.sign(OpenPetitionFactory())
    drain_outbox()
    assert "/signature/confirmation/" in text_of(mailbox.messages[-1])


def test_who_signs_with_it_again_is_answered_as_for_any_address(petition, visitor, mailbox, said_not_me):
    visitor.sign(petition, email="echauffement@example.org")
    blocked = observe(lambda address: visitor.sign(petition, email=address), "elise@example.org")
    unknown = observe(lambda address: visitor.sign(petition, email=address), "inconnue@example.org")
    assert blocked == unknown
    assert blocked[0] == 303


class TestTheOwnerIsTold:
    def test_by_a_mail_that_says_until_when_and_holds_no_link_to_confirm(self, blocked_mail):
        until = date_format(timezone.localtime() + timedelta(days=30), "j F Y")
        for part in (text_of(blocked_mail), html_of(blocked_mail)):
            assert f"jusqu’au {until}" in part
            assert "/signature/confirmation/" not in part
            assert "/signature/permission/" in part
            assert "/signature/contestation/" in part

    def test_in_the_language_of_the_form_by_a_worker_that_knows_no_request(
        self, petition, visitor, mailbox, said_not_me
    ):
        visitor.sign(petition, "en")
        drain_outbox()
        assert mailbox.messages[-1]["Subject"] == "Somebody has signed with your address, which is blocked"
        assert all(path_of(link).startswith("/en/") for link in links_in(mailbox.messages[-1]))

    def test_by_three_mails_a_day_at_most(self, petition, visitor, mailbox, blocked_mail):
        for _ in range(4):
            visitor.sign(petition)
            drain_outbox()
        assert len(mailbox.messages) == 3

    def test_not_at_all_where_no_mail_may_be_sent_for_good(self, petition, visitor, mailbox, said_not_me):
        Suppression.objects.create(
            email_key=email_key("elise@example.org"),
            scope=SuppressionScope.ALL_MAIL,
            reason=SuppressionReason.COMPLAINT,
            created_at=timezone.now(),
        )
        visitor.sign(petition)
        drain_outbox()
        assert len(mailbox.messages) == 1

    def test_asking_for_the_mail_again_brings_the_same_mail(self, petition, visitor, mailbox, blocked_mail):
        visitor.send("/signature/message/", {"email": "elise@example.org"})
        drain_outbox()
        assert mailbox.messages[-1]["Subject"] == blocked_mail["Subject"]


class TestTheBlockIsLifted:
    def test_by_one_press_that_leads_to_the_page_that_confirms(self, petition, visitor, blocked_mail):
        path = unblock_path(blocked_mail)
        shown = visitor.read(path)
        assert shown.status_code == 200
        assert "Encore" not in words_of(shown)
        assert Suppression.objects.exists()

        onwards = visitor.send(path)
        assert onwards.status_code == 303
        assert not Suppression.objects.exists()
        page = words_of(visitor.read(onwards["Location"]))
        assert "Encore" in page
        assert progress(petition).count == 0, "lifting confirms nothing"
        form = Form(page, "confirm-form")
        visitor.send(form.action, form.values)
        assert Signature.objects.get().first_name == "Encore"

    def test_once_lifted_the_link_leads_on_and_a_second_press_is_harmless(self, visitor, blocked_mail):
        path = unblock_path(blocked_mail)
        visitor.send(path)
        assert visitor.send(path).status_code == 303
        assert visitor.read(path).status_code == 302
        assert visitor.client.get(path, follow=True).status_code == 200

    def test_not_by_the_link_of_a_mail_that_a_newer_one_replaced(
        self, petition, visitor, mailbox, blocked_mail
    ):
        visitor.sign(petition, first_name="Troisième")
        drain_outbox()
        assert mailbox.messages[-1] is not blocked_mail
        answer = visitor.send(unblock_path(blocked_mail))
        assert visitor.read(answer["Location"]).status_code == 410
        assert Suppression.objects.exists()

    def test_by_itself_after_thirty_days_and_the_clock_deletes_it(
        self, petition, visitor, mailbox, said_not_me
    ):
        with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)):
            drain_outbox()
            assert not Suppression.objects.exists()
            visitor.sign(petition)
            drain_outbox()
            assert "/signature/confirmation/" in text_of(mailbox.messages[-1])

    def test_the_clock_leaves_one_that_is_in_force(self, said_not_me):
        with time_machine.travel(timezone.now() + timedelta(days=29)):
            drain_outbox()
        assert Suppression.objects.exists()


def test_saying_it_once_more_deletes_what_came_meanwhile_and_begins_the_thirty_days_anew(
    visitor, blocked_mail
):
    with time_machine.travel(timezone.now() + timedelta(days=10)):
        visitor.send(not_me_path(blocked_mail))
        assert not PendingSignature.objects.exists()
        assert Suppression.objects.get().until > timezone.now() + timedelta(days=29)


def test_links_of_other_purposes_neither_delete_nor_lift(visitor, mailbox, blocked_mail):
    tokens = {
        token.rstrip("/").rpartition("/")[2]
        for token in (
            not_me_path(blocked_mail),
            unblock_path(blocked_mail),
            personal_path(mailbox.messages[0]),
        )
    }
    for part in ("contestation", "permission"):
        opened = [token for token in tokens if visitor.read(f"/signature/{part}/{token}/").status_code != 404]
        assert len(opened) == 1
        assert visitor.send(f"/signature/{part}/nonsense/").status_code == 404


def test_the_page_that_confirms_leads_to_it_as_well(visitor, confirm_link):
    assert "/signature/contestation/" in words_of(visitor.read(confirm_link))


def test_nobody_is_on_the_list_of_supporters_by_it(petition, visitor, said_not_me):
    assert not Contact.objects.exists()
    assert progress(petition).count == 0


def test_the_answer_to_the_press_costs_the_same_few_statements_each_time(petition, visitor, mailbox):
    visitor.sign(petition)
    drain_outbox()
    path = not_me_path(mailbox.messages[0])
    with CaptureQueriesContext(connection) as captured:
        Visitor().send(path)
    assert len([query for query in captured if "petition_signature" in query["sql"]]) == 0


def test_a_link_to_confirm_from_before_finds_nothing(visitor, mailbox, said_not_me):
    assert visitor.read(confirm_path(mailbox.messages[0])).status_code == 410

"""The mailbox's word: without it nobody of the staff sees anything; and the way back for whoever gave it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from petition import erasures
from petition.email_address import email_key
from petition.enums import EndorsementState, SuppressionReason, SuppressionScope
from petition.models import Endorsement, Suppression
from petition.services import reviewing
from petition.services.replaying import replay
from tests.people import drain_outbox, html_of, links_in, path_of, text_of

pytestmark = pytest.mark.django_db


def state_of(row: Endorsement) -> str:
    return Endorsement.objects.get(pk=row.pk).state


def test_the_mail_repeats_nothing_of_what_was_typed_but_the_first_name(endorsed, mailbox):
    row, _, _ = endorsed(name="Gagnez sur example.org", role="Cliquez", last_name="Vite")
    [mail] = mailbox.messages
    assert str(mail["To"]) == row.email
    assert "Bonjour Camille" in text_of(mail)
    assert "<bdi>Camille</bdi>" in html_of(mail)
    for typed in ("Gagnez", "Cliquez", "Vite"):
        assert typed not in text_of(mail) + html_of(mail) + str(mail["Subject"])


def test_reading_the_link_changes_nothing_and_pressing_hands_it_to_staff_once(
    endorsed, visitor, mailbox, petition
):
    row, confirm, _ = endorsed()
    html = visitor.read(confirm).content.decode()
    assert "<bdi>Association d’essai</bdi>" in html
    assert row.statement.split(".")[0] in html.replace("\u202f", " ").replace("\u00a0", " ")
    assert state_of(row) == EndorsementState.RECEIVED
    for _ in range(2):
        assert visitor.send(confirm).status_code == 303
    drain_outbox()
    assert state_of(row) == EndorsementState.CONFIRMED
    assert [str(mail["Subject"]) for mail in mailbox.messages[1:]] == [
        "Nous avons reçu le soutien de votre organisation"
    ]
    shown = visitor.read(confirm)
    assert "notre équipe relit" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    wall = visitor.read(f"/petitions/{petition.slug}/organisations/").content.decode()
    assert "Association d’essai" not in wall


def test_each_try_has_a_link_of_its_own_and_the_first_to_be_confirmed_clears_the_others(endorsed, visitor):
    first, confirm, _ = endorsed()
    second, _, _ = endorsed(role="Trésorière")
    assert visitor.read(confirm).status_code == 200
    visitor.send(confirm)
    assert list(Endorsement.objects.values_list("pk", flat=True)) == [first.pk]
    assert second.pk != first.pk


def test_a_link_too_old_or_altered_leads_to_the_form_again(endorsed, visitor):
    row, confirm, _ = endorsed()
    altered = visitor.read(f"{confirm[:-3]}x/")
    assert altered.status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        for answer in (visitor.read(confirm), visitor.send(confirm)):
            assert answer.status_code == 410
            assert "organisations/soutenir/" in answer.content.decode()
    assert state_of(row) == EndorsementState.RECEIVED


def test_one_kind_of_link_opens_no_other_page(endorsed, visitor):
    _, confirm, page = endorsed()
    token = confirm.strip("/").split("/")[-1]
    own = page.strip("/").split("/")[-1]
    assert visitor.read(f"/organisations/page/{token}/").status_code == 404
    assert visitor.read(f"/organisations/confirmation/{own}/").status_code == 404
    assert visitor.read(f"/signature/page/{own}/").status_code == 404


@pytest.mark.parametrize("confirmed", [False, True])
def test_the_personal_link_withdraws_at_any_time_and_nothing_remains(endorsed, visitor, confirmed):
    _, confirm, page = endorsed()
    if confirmed:
        visitor.send(confirm)
    html = visitor.read(page).content.decode()
    assert "camille@asso.example.org" not in html
    assert "Essai" not in html
    assert Endorsement.objects.exists()
    assert visitor.send(page).status_code == 303
    assert not Endorsement.objects.exists()
    for path in (page, confirm):
        assert visitor.read(path).status_code == 410
    assert visitor.send(page).status_code == 303
    drain_outbox()


def test_after_a_restored_backup_what_was_withdrawn_goes_again_and_nothing_else(endorsed, visitor):
    stays, _, _ = endorsed(name="Autre")
    row, _, page = endorsed()
    visitor.send(page)
    row.save(force_insert=True)  # the backup is older than the withdrawal
    assert +replay(erasures.entries()) == {"endorsements": 1}  # and nothing else
    assert list(Endorsement.objects.all()) == [stays]


def test_at_most_three_mails_a_day_and_what_nobody_is_asked_about_is_not_kept(endorse, mailbox):
    for number in range(5):
        endorse(name=f"Essai {number}")
    drain_outbox()
    assert len(mailbox.messages) == 3
    assert Endorsement.objects.count() == 3


def test_a_mailbox_that_has_had_its_mails_of_today_is_asked_tomorrow(petition, visitor, endorse, mailbox):
    for name in ("Un", "Deux", "Trois"):
        visitor.sign(petition, first_name=name, email="camille@asso.example.org")
        drain_outbox()
    endorse()
    drain_outbox()
    assert len(mailbox.messages) == 3
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=10)):
        drain_outbox()
        assert mailbox.messages[-1]["Subject"] == "Confirmez le soutien de votre organisation"
    assert Endorsement.objects.exists()


def test_nobody_is_written_to_who_asked_for_it(endorse, mailbox, petition):
    Suppression.objects.create(
        email_key=email_key("camille@asso.example.org"),
        scope=SuppressionScope.ALL_MAIL,
        reason=SuppressionReason.COMPLAINT,
        created_at=timezone.now(),
    )
    assert endorse().status_code == 303
    drain_outbox()
    assert not mailbox.messages
    assert not Endorsement.objects.exists()


def test_mails_speak_the_language_of_the_form(endorse, mailbox, visitor):
    endorse("en")
    drain_outbox()
    assert mailbox.messages[0]["Subject"] == "Confirm your organisation's endorsement"
    confirm = path_of(links_in(mailbox.messages[0])[0])
    assert confirm.startswith("/en/")
    visitor.send(confirm)
    drain_outbox()
    assert mailbox.messages[1]["Subject"] == "We have received your organisation's endorsement"


class TestTheEnd:
    def test_what_no_mailbox_confirmed_goes_after_fourteen_days(self, endorsed):
        endorsed()
        now = timezone.now()
        assert reviewing.expire(now + timedelta(days=13)).unconfirmed == 0
        assert reviewing.expire(now + timedelta(days=15), dry_run=True).unconfirmed == 1
        assert Endorsement.objects.exists()
        assert reviewing.expire(now + timedelta(days=15)).unconfirmed == 1
        assert not Endorsement.objects.exists()

    def test_what_was_refused_goes_after_six_months_and_the_rest_stays(self, endorsed, visitor, admin_user):
        refused, confirm, _ = endorsed()
        visitor.send(confirm)
        reviewing.refuse(refused, by=admin_user, reason="Essai")
        waiting, confirm, _ = endorsed(name="Autre")
        visitor.send(confirm)
        now = timezone.now()
        assert reviewing.expire(now + timedelta(days=175)).refused == 0
        assert reviewing.expire(now + timedelta(days=190)).refused == 1
        assert list(Endorsement.objects.all()) == [waiting]

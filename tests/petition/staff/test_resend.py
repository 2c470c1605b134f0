"""Staff have the mail to confirm sent again to those who wait: to whom, how often, by whom."""

import re
from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from campaign.outbox.models import OutboxTask
from campaign.roles import Role
from petition.enums import BounceKind, PetitionState, SuppressionReason, SuppressionScope
from petition.models import PendingSignature, Petition, Signature, Suppression
from petition.services import reminding, resending, returning
from petition.services.closing import close_petition
from petition.services.confirmation import confirm
from petition.services.withdrawal import withdraw
from petition.staff.resend import RESEND
from tests.factories import OpenPetitionFactory, PendingSignatureFactory
from tests.people import confirm_path, drain_outbox, words_of
from tests.petition.test_opening import in_a_connection_of_its_own, wait_until_a_connection_waits_for_a_lock

pytestmark = pytest.mark.django_db

ALL = "pending_signatures:resend"
SEND = {"send": "now"}


def waiting(petition, **values):
    """Return one who signed four days ago, whose mail left then; too long ago for the one reminder."""
    before = timezone.now() - timedelta(days=4)
    return PendingSignatureFactory(petition=petition, received_at=before, mailed_at=before, **values)


def confirmed(petition) -> Signature:
    row = waiting(petition)
    confirm(row.petition, row.uuid, row.nonce)
    return Signature.objects.get(uuid=row.uuid)


def left_out(client, path):
    """Return what a page says of those left out."""
    found = re.search(r'id="step-left-out".*?</section>', words_of(client.get(path)), re.DOTALL)
    text = re.sub(r"<[^>]+>", "", found.group()) if found else ""
    return " ".join(text.split())


@pytest.fixture
def three_confirmed_two_waiting(petition, mailbox):
    """Besides: one has withdrawn, and the mail of another came back."""
    *_three, leaving = [confirmed(petition) for _ in range(4)]
    withdraw(leaving.uuid)
    two = [waiting(petition), waiting(petition, language="en", text=petition.texts.get(language="en"))]
    returned = waiting(petition)
    returning.note_bounce(returned.email_key, BounceKind.HARD, timezone.now())
    drain_outbox()
    mailbox.messages.clear()
    return two


def test_exactly_those_who_wait_get_one_mail_each_in_their_language_and_the_number_is_told_before(
    manager, three_confirmed_two_waiting, mailbox
):
    listed = words_of(manager.get(reverse("pending_signatures:index")))
    assert "Renvoyer l’e-mail à ceux qui attendent (2)…" in listed
    assert reverse(ALL) in listed
    page = words_of(manager.get(reverse(ALL)))
    assert "2 personnes" in page
    assert "Un message envoyé à cette adresse est revenu (1)" in left_out(manager, reverse(ALL))
    manager.post(reverse(ALL), SEND)
    drain_outbox()
    assert sorted(sent["To"] for sent in mailbox.messages) == sorted(
        row.email for row in three_confirmed_two_waiting
    )
    by_address = {sent["To"]: sent for sent in mailbox.messages}
    french, english = [confirm_path(by_address[row.email]) for row in three_confirmed_two_waiting]
    assert english.startswith("/en/") and not french.startswith("/en/")


def test_a_second_press_sends_nothing_whether_the_mails_have_left_or_not(
    manager, three_confirmed_two_waiting, mailbox
):
    for _ in range(3):
        manager.post(reverse(ALL), SEND)
    drain_outbox()
    manager.post(reverse(ALL), SEND)
    drain_outbox()
    assert len(mailbox.messages) == 2
    assert "Un message est parti il y a moins de 24 heures, ou va partir (2)" in left_out(
        manager, reverse(ALL)
    )
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        PendingSignature.objects.update(mailed_at=timezone.now() - timedelta(hours=25))
        told = resending.told_apart(PendingSignature.objects.all(), timezone.now())
        assert (told[resending.DUE], told["reminded"]) == (0, 2), "once is enough"


def test_reading_the_page_and_a_post_that_is_not_its_button_send_nothing(
    manager, three_confirmed_two_waiting
):
    for row in three_confirmed_two_waiting:
        for path in (reverse(ALL), reverse("pending_signatures:resend_one", args=[row.pk])):
            assert manager.get(path + "?send=now").status_code == 200
            assert manager.head(path).status_code == 200
            assert manager.post(path).status_code == 200
    assert not OutboxTask.objects.active().filter(kind="signature_mail").exists()


def test_who_is_left_out_is_told_with_the_reason(manager, petition):
    now = timezone.now()
    waiting(petition, trial=True)
    delivered = waiting(OpenPetitionFactory()).petition
    close_petition(delivered)
    Petition.objects.filter(pk=delivered.pk).update(state=PetitionState.DELIVERED, delivered_at=now)
    for reason, scope in [
        (SuppressionReason.NOT_ME, SuppressionScope.PETITION),
        (SuppressionReason.PAUSED, SuppressionScope.ALL_MAIL),
        (SuppressionReason.COMPLAINT, SuppressionScope.ALL_MAIL),
    ]:
        Suppression.objects.create(
            email_key=waiting(petition).email_key,
            scope=scope,
            petition=petition if scope == SuppressionScope.PETITION else None,
            reason=reason,
            created_at=now,
            until=now + timedelta(days=7),
        )
    PendingSignature.objects.filter(pk=waiting(petition).pk).update(mailed_at=now - timedelta(hours=23))
    told = left_out(manager, reverse(ALL))
    for words in (
        "Un essai, qui ne compte jamais (1)",
        "La pétition a été remise : plus rien ne peut être confirmé (1)",
        "Bloquée par le titulaire de la boîte, qui n’a pas signé (1)",
        "Un message envoyé à cette adresse est revenu (1)",
        "La personne ne veut plus de message (1)",
        "Un message est parti il y a moins de 24 heures, ou va partir (1)",
    ):
        assert words in told
    assert 'name="send"' not in words_of(manager.get(reverse(ALL)))
    manager.post(reverse(ALL), SEND)
    assert not OutboxTask.objects.filter(kind="signature_mail").exists()
    assert not ModelLogEntry.objects.filter(action=RESEND).exists()


def test_a_press_sends_a_bounded_number_and_says_how_many_remain(manager, petition, monkeypatch, mailbox):
    monkeypatch.setattr(resending, "AT_ONCE", 2)
    rows = [waiting(petition) for _ in range(5)]
    said = words_of(manager.post(reverse(ALL), SEND, follow=True))
    assert "2 e-mails vont partir." in said
    assert "3 autres personnes attendent" in said
    assert list(PendingSignature.objects.filter(resent_at__isnull=False).order_by("pk")) == rows[:2]
    manager.post(reverse(ALL), SEND)
    manager.post(reverse(ALL), SEND)
    drain_outbox()
    assert sorted(sent["To"] for sent in mailbox.messages) == sorted(row.email for row in rows)


def test_a_list_of_one_petition_leads_to_those_of_that_petition(manager, petition):
    mine, other = waiting(petition), waiting(OpenPetitionFactory())
    query = f"?petition={petition.pk}"
    assert reverse(ALL) + query in manager.get(reverse("pending_signatures:index") + query).content.decode()
    manager.post(reverse(ALL) + query, SEND)
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.resent_at is None, other.resent_at is None) == (False, True)


def test_one_alone_is_sent_the_mail_from_their_own_page(manager, petition, mailbox):
    one, _other = waiting(petition), waiting(petition)
    path = reverse("pending_signatures:resend_one", args=[one.pk])
    own = reverse("pending_signatures:inspect", args=[one.pk])
    assert path in manager.get(own).content.decode()
    assert manager.post(path, SEND)["Location"] == own
    manager.post(path, SEND)
    drain_outbox()
    assert [sent["To"] for sent in mailbox.messages] == [one.email]
    assert manager.get(reverse("pending_signatures:resend_one", args=[999_999])).status_code == 404


def test_the_earlier_link_stays_good_until_the_mail_has_left_and_the_new_one_confirms(
    manager, petition, visitor, mailbox
):
    row = waiting(petition)
    manager.post(reverse(ALL), SEND)
    drain_outbox()
    visitor.send(confirm_path(mailbox.messages[-1]))
    assert Signature.objects.get().uuid == row.uuid


def test_whoever_was_reminded_once_is_left_alone(manager, petition, mailbox):
    row = waiting(petition)
    manager.post(reverse(ALL), SEND)
    drain_outbox()
    now = timezone.now()
    PendingSignature.objects.filter(pk=row.pk).update(mailed_at=now - timedelta(hours=50))
    assert not reminding.due(now).exists(), "staff have reminded them"
    manager.post(reverse(ALL), SEND)
    by_the_clock = waiting(petition)
    PendingSignature.objects.filter(pk=by_the_clock.pk).update(reminded_at=now)
    manager.post(reverse(ALL), SEND)
    drain_outbox()
    assert [sent["To"] for sent in mailbox.messages] == [row.email]


def test_the_mail_is_one_of_the_three_a_day(manager, petition, mailbox):
    row = waiting(petition)
    for _ in range(4):
        manager.post(reverse(ALL), SEND)
        drain_outbox()
        long_ago = timezone.now() - timedelta(days=2)
        PendingSignature.objects.filter(pk=row.pk).update(mailed_at=long_ago, resent_at=None)
    assert len(mailbox.messages) == 3


def test_the_petitions_history_says_who_had_how_many_sent_and_names_nobody(
    manager, petition, three_confirmed_two_waiting
):
    manager.post(reverse(ALL), SEND)
    entry = ModelLogEntry.objects.get(action=RESEND)
    assert entry.user.get_username() == f"{Role.PETITION_MANAGER.name}@essai".lower()
    assert entry.data == {"number": 2}
    assert entry.object_id == str(petition.pk)
    assert "Essai" not in entry.label
    assert "à 2 personnes" in words_of(manager.get(reverse("petitions:history", args=[petition.pk])))


def test_whoever_may_not_judge_signatures_finds_no_button_and_sends_nothing(petition, editor):
    row = waiting(petition)
    reader = get_user_model().objects.create_user("lecture@essai", password="a-long-enough-password")
    reader.user_permissions.add(
        *Permission.objects.filter(codename__in=("access_admin", "view_pendingsignature"))
    )
    client = Client()
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    for path in (reverse(ALL), reverse("pending_signatures:resend_one", args=[row.pk])):
        for somebody in (client, editor):
            assert somebody.get(path).status_code == 302
            assert somebody.post(path, SEND).status_code == 302
        assert path not in client.get(reverse("pending_signatures:index")).content.decode()
    row.refresh_from_db()
    assert row.resent_at is None


def test_the_list_costs_the_same_statements_for_one_and_for_many(manager, petition, statements_of):
    waiting(petition)
    address = reverse("pending_signatures:index")
    one = statements_of(manager, address)
    for _ in range(3):
        waiting(petition)
    assert statements_of(manager, address) == one


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_instant_owe_one_mail_each():
    petition = OpenPetitionFactory()
    for _ in range(3):
        waiting(petition)
    everybody, presses = PendingSignature.objects.all(), []

    def press():
        presses.append(resending.resend(everybody, timezone.now()).total())

    other = Thread(target=in_a_connection_of_its_own, args=(press,))
    with transaction.atomic():
        press()
        other.start()
        wait_until_a_connection_waits_for_a_lock()
    other.join(timeout=60)
    assert presses == [3, 0]
    assert OutboxTask.objects.filter(kind="signature_mail").count() == 3

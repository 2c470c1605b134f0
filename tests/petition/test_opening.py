"""Opening removes what was tried, freezes the words and takes signatures; the checklist says what is still to do."""

from datetime import timedelta
from threading import Event, Thread

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from campaign.outbox.models import OutboxTask
from petition.email_address import is_reserved
from petition.enums import ConsentPurpose, PetitionState
from petition.errors import NothingToSign, PetitionClosed
from petition.models import (
    Consent,
    Contact,
    PendingSignature,
    ServiceSettings,
    Signature,
    SignatureEvent,
    Total,
)
from petition.services import checklist, rehearsal
from petition.services.checklist import opening_checks
from petition.services.confirmation import Confirmed, confirm
from petition.services.counting import progress
from petition.services.opening import hold_in_preparation, open_petition, trials_of
from tests.factories import (
    OpenPetitionFactory,
    PendingSignatureFactory,
    PetitionFactory,
    PreparedPetitionFactory,
    SignatureFactory,
)
from tests.people import confirm_path, drain_outbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition(db):
    return PreparedPetitionFactory()


def trial_of(petition, **values):
    words = petition.consent_texts.get(purpose=ConsentPurpose.NEWSLETTER, language="fr")
    return PendingSignatureFactory(petition=petition, trial=True, newsletter_text=words, **values)


def confirmed_trial_of(petition, **values) -> Signature:
    pending = trial_of(petition, **values)
    assert confirm(petition, pending.uuid, pending.nonce) == Confirmed.NOW
    return Signature.objects.get(uuid=pending.uuid)


class TestOpening:
    def test_it_freezes_the_texts_publishes_the_words_and_takes_signatures(self, visitor):
        petition = PetitionFactory()
        assert not petition.consent_texts.exists()
        before = timezone.now()
        assert open_petition(petition) == 0
        petition.refresh_from_db()
        assert petition.state == PetitionState.OPEN
        assert before <= petition.opened_at <= timezone.now()
        assert {text.frozen_at for text in petition.texts.all()} == {petition.opened_at}
        assert petition.consent_texts.count() == 2 * len(ConsentPurpose)
        assert visitor.sign(petition).status_code == 303

    def test_before_its_opening_moment_an_opened_petition_takes_nothing(self, petition, visitor):
        petition.opens_at = timezone.now() + timedelta(days=1)
        petition.save()
        open_petition(petition)
        assert visitor.sign(petition).status_code == 422
        with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
            assert visitor.sign(petition).status_code == 303

    def test_nothing_of_a_trial_remains_waiting_or_confirmed(self, petition):
        confirmed_trial_of(petition)
        trial_of(petition)
        assert trials_of(petition) == 2
        assert open_petition(petition) == 2
        for model in (PendingSignature, Signature, Consent, SignatureEvent, Total, Contact):
            assert not model.objects.exists(), model
        assert progress(petition).count == 0

    def test_the_mails_of_trials_are_no_longer_owed_and_others_are(self, petition, visitor, mailbox):
        elsewhere = OpenPetitionFactory()
        visitor.sign(elsewhere, email="autre@example.org")
        for email in ("camille@example.org", "dominique@example.org"):
            pending = trial_of(petition, email=email)
            OutboxTask.objects.create(kind="signature_mail", subject=str(pending.pk))
        confirmed_trial_of(petition)
        open_petition(petition)
        assert OutboxTask.objects.get().kind == "signature_mail"
        drain_outbox()
        assert [mail["To"] for mail in mailbox.messages] == ["autre@example.org"]

    def test_what_was_tried_for_another_petition_stays(self, petition):
        other = trial_of(PreparedPetitionFactory())
        trial_of(petition)
        assert open_petition(petition) == 1
        assert PendingSignature.objects.get() == other

    def test_whoever_tried_signs_for_real_afterwards(self, petition, visitor, mailbox):
        confirmed_trial_of(petition, email="elise@example.org")
        open_petition(petition)
        assert visitor.sign(petition).status_code == 303
        drain_outbox()
        visitor.send(confirm_path(mailbox.messages[0]))
        assert progress(petition).count == 1

    def test_a_second_press_changes_nothing(self, petition):
        open_petition(petition)
        first = petition.opened_at
        stale = PreparedPetitionFactory._meta.model.objects.get(pk=petition.pk)
        stale.state = PetitionState.PREPARATION
        signature = SignatureFactory(petition=petition)
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            assert open_petition(stale) is None
        assert (stale.state, stale.opened_at) == (PetitionState.OPEN, first)
        assert Signature.objects.get() == signature

    @pytest.mark.parametrize("state", [PetitionState.CLOSED, PetitionState.DELIVERED, PetitionState.ANSWERED])
    def test_a_petition_that_is_over_is_not_opened_by_it(self, state):
        petition = OpenPetitionFactory()
        petition.state = state
        petition.save()
        assert open_petition(petition) is None
        petition.refresh_from_db()
        assert petition.state == state

    def test_without_a_text_in_the_main_language_nothing_opens(self, petition):
        trial_of(petition)
        PendingSignature.objects.update(text=petition.texts.get(language="en"))
        petition.texts.filter(language="fr").delete()
        with pytest.raises(NothingToSign):
            open_petition(petition)
        petition.refresh_from_db()
        assert petition.state == PetitionState.PREPARATION
        assert PendingSignature.objects.exists()
        assert not petition.texts.filter(frozen_at__isnull=False).exists()


class TestWhatIsReady:
    @pytest.fixture(autouse=True)
    def in_french(self):
        with translation.override("fr"):
            yield

    def test_every_point_of_the_settings_is_asked_in_order(self, petition, settings):
        settings.OPENING_CHECKS = [
            "petition.services.checklist.list_is_chosen",
            "petition.services.checklist.texts_are_written",
        ]
        urls = [check.url for check in opening_checks(petition)]
        assert urls[0] == reverse("services:index")
        assert [check.blocks for check in opening_checks(petition)] == [False, True, False]

    def test_each_language_has_its_text_and_the_main_one_is_needed(self, petition):
        assert all(check.done for check in checklist.texts_are_written(petition))
        petition.texts.all().delete()
        french, english = checklist.texts_are_written(petition)
        assert (french.done, french.blocks, english.done, english.blocks) == (False, True, False, False)
        assert french.url == f"{reverse('petition_texts:add')}?petition={petition.pk}&language=fr"
        assert "Français" in french.words
        assert "Anglais" in english.words

    def test_a_mail_has_arrived_once_somebody_confirmed_a_trial(self, petition):
        [point] = checklist.a_mail_has_arrived(petition)
        assert (point.done, point.blocks) == (False, False)
        assert point.url == f"{reverse('petitions:edit', args=[petition.pk])}#trial"
        pending = trial_of(petition)
        assert not checklist.a_mail_has_arrived(petition)[0].done
        confirm(petition, pending.uuid, pending.nonce)
        assert checklist.a_mail_has_arrived(petition)[0].done
        assert not checklist.a_mail_has_arrived(PreparedPetitionFactory())[0].done

    @pytest.mark.parametrize("field", ["sender_address", "reply_to"])
    def test_an_address_for_examples_is_no_sender_and_no_reply_address(self, petition, field):
        petition.sender_address = petition.reply_to = "petition@asso-essai.fr"
        assert checklist.mails_can_be_answered(petition)[0].done
        setattr(petition, field, "petition@example.org")
        [point] = checklist.mails_can_be_answered(petition)
        assert not point.done
        assert "petition@example.org" in point.words

    def test_the_demo_may_send_from_an_address_for_examples_and_says_so(self, petition, settings):
        settings.DEMO = True
        [point] = checklist.mails_can_be_answered(petition)
        assert point.done
        assert "démonstration" in point.words

    def test_the_list_is_chosen_once_somebody_of_the_staff_has_saved_it(self, petition):
        assert not checklist.list_is_chosen(petition)[0].done
        row = ServiceSettings.objects.create(pk=1)
        assert not checklist.list_is_chosen(petition)[0].done
        row.changed_by = get_user_model().objects.create_user("essai")
        row.save()
        assert checklist.list_is_chosen(petition)[0].done

    def test_a_closing_moment_that_has_passed_forbids_to_open(self, petition):
        assert checklist.it_ends_later(petition) == []
        for days, done in ((1, True), (-1, False)):
            petition.closes_at = timezone.now() + timedelta(days=days)
            [point] = checklist.it_ends_later(petition)
            assert (point.done, point.blocks) == (done, True)

    def test_a_rehearsal_that_was_not_taken_away_forbids_to_open(self, petition):
        assert checklist.nobody_is_made_up(petition) == []
        rehearsal.seed(petition, 2)
        [point] = checklist.nobody_is_made_up(petition)
        assert (point.done, point.blocks) == (False, True)
        assert point.words.startswith("2 ")
        rehearsal.remove(petition)
        assert checklist.nobody_is_made_up(petition) == []

    def test_a_screen_that_this_site_lacks_is_no_error(self):
        assert checklist._url("no_such_screen:index") is None


@pytest.mark.parametrize(
    ("address", "reserved"),
    [
        *(
            (f"a@{domain}", True)
            for domain in ("example.org", "Example.COM", "example.net", "sub.example.org")
        ),
        *((f"a@x.{top}", True) for top in ("test", "example", "invalid", "localhost")),
        *((f"a@{domain}", False) for domain in ("exemple.fr", "example.fr", "myexample.org", "test.fr")),
    ],
)
def test_addresses_for_examples_are_known_by_their_domain(address, reserved):
    assert is_reserved(address) == reserved


def in_a_connection_of_its_own(act):
    try:
        act()
    finally:
        connection.close()


def wait_until_a_connection_waits_for_a_lock():
    """Ask the server, with an end: it is the one who knows."""
    for _ in range(3000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        Event().wait(0.01)
    raise AssertionError("nobody waits")


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
class TestAtTheSameInstant:
    """Two real connections on PostgreSQL: one inside its transaction while the other begins."""

    def test_opening_waits_for_a_trial_that_is_being_confirmed_and_removes_it(self):
        petition = PreparedPetitionFactory()
        pending = trial_of(petition)
        opener = Thread(target=in_a_connection_of_its_own, args=(lambda: open_petition(petition),))
        with transaction.atomic():
            assert confirm(petition, pending.uuid, pending.nonce) == Confirmed.NOW
            opener.start()
            wait_until_a_connection_waits_for_a_lock()
        opener.join(timeout=60)
        petition.refresh_from_db()
        assert petition.state == PetitionState.OPEN
        self.nothing_remains(petition)

    def test_a_trial_that_is_confirmed_while_the_petition_opens_waits_and_finds_it_open(self):
        petition = PreparedPetitionFactory()
        stale = PreparedPetitionFactory._meta.model.objects.get(pk=petition.pk)
        pending, answers = trial_of(petition), []

        def press():
            try:
                answers.append(confirm(stale, pending.uuid, pending.nonce))
            except PetitionClosed:
                answers.append("closed")

        presser = Thread(target=in_a_connection_of_its_own, args=(press,))
        with transaction.atomic():
            open_petition(petition)
            presser.start()
            wait_until_a_connection_waits_for_a_lock()
        presser.join(timeout=60)
        assert answers == ["closed"]
        self.nothing_remains(petition)

    def test_a_trial_that_is_sent_while_the_petition_opens_is_not_taken(self):
        petition = PreparedPetitionFactory()
        answers = []

        def send():
            try:
                with transaction.atomic():
                    hold_in_preparation(petition)
                answers.append("taken")
            except PetitionClosed:
                answers.append("closed")

        sender = Thread(target=in_a_connection_of_its_own, args=(send,))
        with transaction.atomic():
            open_petition(PreparedPetitionFactory._meta.model.objects.get(pk=petition.pk))
            sender.start()
            wait_until_a_connection_waits_for_a_lock()
        sender.join(timeout=60)
        assert answers == ["closed"]

    def nothing_remains(self, petition):
        for model in (PendingSignature, Signature, Consent, SignatureEvent, Total, Contact):
            assert not model.objects.exists(), model
        assert not OutboxTask.objects.filter(kind="thank_you_mail").exists()
        assert progress(petition).count == 0

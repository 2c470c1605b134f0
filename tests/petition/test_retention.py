"""What is kept of supporters how long: three years since their last yes, one question, thirty days, a fingerprint."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from campaign.outbox.models import OutboxTask, ScheduledRun
from petition import periods
from petition.email_address import email_key
from petition.enums import ContactState, ListState, SuppressionReason, SuppressionScope
from petition.limits import ANSWER_TIME
from petition.mailing import pace
from petition.models import Contact, ServiceSettings, Signature, Suppression
from petition.services import news, retention, wording
from petition.services.withdrawal import erase
from tests.factories import ContactFactory
from tests.fakes.notebook import Notebook
from tests.people import Form, drain_outbox, links_in, path_of

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
CONTACT_LIFE, PROOF_LIFE = periods.supporter(), periods.proof()


@pytest.fixture
def moments():
    """Return a function that travels to so long after the test began."""
    start, travels = timezone.now(), []

    def go(after: timedelta):
        for travel in travels:
            travel.stop()
        travels[:] = [time_machine.travel(start + after, tick=False)]
        travels[0].start()
        return start + after

    yield go
    for travel in travels:
        travel.stop()


@pytest.fixture
def notebook(settings):
    """A list abroad, switched on."""
    settings.MAILING_LISTS = {
        **settings.MAILING_LISTS,
        "notebook": {"BACKEND": "tests.fakes.notebook.Notebook"},
    }
    ServiceSettings.objects.update_or_create(pk=1, defaults={"mailing": "notebook"})
    wording.publish_all()
    Notebook.clear()
    pace.paces.clear()
    yield Notebook
    Notebook.clear()
    pace.paces.clear()


@pytest.fixture
def supporter(petition, mailbox) -> Contact:
    return ContactFactory.create(petition=petition, provider="local", provider_state=ListState.ON_LIST)


def reloaded(contact: Contact) -> Contact:
    return Contact.objects.get(pk=contact.pk)


def press(visitor, message, act: str) -> None:
    path = path_of(links_in(message)[0])
    form = Form(visitor.read(path).content.decode(), "news-form")
    assert visitor.send(path, {**form.values, "act": act}).status_code == 303


class TestSupporters:
    def test_within_three_years_nobody_is_asked(self, supporter, mailbox, moments):
        moments(timedelta(days=3 * 365 - 1))
        drain_outbox()
        assert mailbox.messages == []

    def test_after_three_years_they_are_asked_once(self, supporter, mailbox, moments):
        for day in range(4):
            moments(CONTACT_LIFE + day * A_DAY + timedelta(hours=1))
            drain_outbox()
        moments(CONTACT_LIFE + ANSWER_TIME)
        drain_outbox()
        assert [message["To"] for message in mailbox.messages] == [supporter.email]

    def test_without_an_answer_they_are_deleted_after_thirty_days_and_the_proof_is_kept(
        self, supporter, mailbox, moments
    ):
        moments(CONTACT_LIFE + timedelta(hours=1))
        drain_outbox()
        moments(CONTACT_LIFE + ANSWER_TIME - A_DAY)
        drain_outbox()
        assert Contact.objects.exists()
        now = moments(CONTACT_LIFE + ANSWER_TIME + A_DAY)
        drain_outbox()
        assert not Contact.objects.exists()
        proof = Suppression.objects.get()
        assert (proof.email_key, proof.reason, proof.withdrawn_at) == (
            supporter.email_key,
            SuppressionReason.ERASURE,
            now,
        )
        assert (proof.consent_text_id, proof.given_at) == (supporter.consent_text_id, supporter.given_at)

    def test_a_yes_keeps_them_for_three_more_years(self, visitor, supporter, mailbox, moments):
        moments(CONTACT_LIFE + timedelta(hours=1))
        drain_outbox()
        press(visitor, mailbox.messages[-1], "keep")
        moments(CONTACT_LIFE + ANSWER_TIME + A_DAY)
        drain_outbox()
        assert reloaded(supporter).state == ContactState.SUBSCRIBED
        assert len(mailbox.messages) == 1
        moments(2 * CONTACT_LIFE + A_DAY)
        drain_outbox()
        assert len(mailbox.messages) == 2
        moments(2 * CONTACT_LIFE + ANSWER_TIME + 3 * A_DAY)
        drain_outbox()
        assert not Contact.objects.exists()

    def test_opening_the_mail_or_its_page_is_no_yes(self, visitor, supporter, mailbox, moments):
        moments(CONTACT_LIFE + timedelta(hours=1))
        drain_outbox()
        visitor.read(path_of(links_in(mailbox.messages[-1])[0]))
        moments(CONTACT_LIFE + ANSWER_TIME + A_DAY)
        drain_outbox()
        assert not Contact.objects.exists()

    def test_a_question_about_a_list_left_without_an_answer_deletes_nobody(
        self, supporter, notebook, mailbox, moments
    ):
        moments(CONTACT_LIFE - ANSWER_TIME - 2 * A_DAY)
        news.ask_those_not_named()
        drain_outbox()
        assert len(mailbox.messages) == 1
        moments(CONTACT_LIFE + timedelta(hours=1))
        drain_outbox()
        assert len(mailbox.messages) == 2, "after three years they are asked all the same"
        moments(CONTACT_LIFE + ANSWER_TIME - timedelta(hours=1))
        drain_outbox()
        assert Contact.objects.exists()

    def test_a_question_about_a_list_that_comes_late_leaves_it_to_the_retention(
        self, supporter, notebook, mailbox, moments
    ):
        moments(CONTACT_LIFE - A_DAY)
        news.ask_those_not_named()
        moments(CONTACT_LIFE)
        ScheduledRun.objects.create(name="retire_contacts", last_started=timezone.now())
        drain_outbox()
        assert mailbox.messages == []
        assert news.ask_those_not_named() == 0
        assert reloaded(supporter).asked_at is None

    def test_the_question_shows_the_words_of_today_and_a_yes_moves_to_the_list_they_name(
        self, visitor, supporter, notebook, mailbox, moments
    ):
        moments(CONTACT_LIFE + timedelta(hours=1))
        drain_outbox()
        press(visitor, mailbox.messages[-1], "keep")
        drain_outbox()
        assert list(notebook.members) == [reloaded(supporter).provider_reference]

    def test_the_list_is_told_to_forget_who_did_not_answer(self, supporter, notebook, mailbox, moments):
        Contact.objects.update(provider="notebook", provider_reference="ref-muet")
        notebook.members["ref-muet"] = object()
        moments(CONTACT_LIFE + timedelta(hours=1))
        drain_outbox()
        moments(CONTACT_LIFE + ANSWER_TIME + A_DAY)
        drain_outbox()
        assert notebook.members == {}
        assert ("forget", "ref-muet") in notebook.acts

    def test_an_answer_that_comes_while_they_are_being_deleted_counts(
        self, visitor, supporter, mailbox, moments, monkeypatch
    ):
        moments(CONTACT_LIFE + timedelta(hours=1))
        drain_outbox()
        moments(CONTACT_LIFE + ANSWER_TIME + A_DAY)
        found = news.in_batches

        def then_they_answer(contacts):
            for keys in found(contacts):
                if keys and Contact.objects.filter(pk__in=keys, asked_at__isnull=False).exists():
                    press(visitor, mailbox.messages[-1], "keep")
                yield keys

        monkeypatch.setattr(news, "in_batches", then_they_answer)
        assert retention.retire_contacts(timezone.now()).silent == 0
        assert reloaded(supporter).asked_at is None

    @pytest.mark.parametrize("hindrance", ["suppressed", "refused"])
    def test_whoever_cannot_be_asked_is_not_kept_for_ever(self, supporter, mailbox, moments, hindrance):
        if hindrance == "refused":
            mailbox.answer_to_rcpt = "550 no such mailbox"
        else:
            Suppression.objects.create(
                email_key=supporter.email_key,
                scope=SuppressionScope.ALL_MAIL,
                reason=SuppressionReason.BOUNCE,
                created_at=timezone.now(),
            )
        moments(CONTACT_LIFE + timedelta(hours=1))
        drain_outbox()
        assert mailbox.messages == []
        moments(CONTACT_LIFE + ANSWER_TIME + A_DAY)
        drain_outbox()
        assert not Contact.objects.exclude(email="").exists(), (
            "of a dead mailbox the fingerprint stays for a while"
        )
        assert OutboxTask.objects.failed().exists() == (hindrance == "refused")


class TestThoseWhoLeft:
    @pytest.mark.parametrize("state", [state for state in ContactState if state != ContactState.SUBSCRIBED])
    def test_their_fingerprint_goes_after_three_years(self, supporter, mailbox, moments, state):
        Contact.objects.update(state=state, state_changed_at=timezone.now(), provider_state=ListState.LEFT)
        moments(CONTACT_LIFE - A_DAY)
        drain_outbox()
        assert Contact.objects.exists()
        moments(CONTACT_LIFE + A_DAY)
        drain_outbox()
        assert not Contact.objects.exists()
        assert not Suppression.objects.exists(), "three years from when they left, and not three more"
        assert mailbox.messages == []


class TestTheProof:
    def test_erasing_leaves_the_fingerprint_alone_and_that_for_three_years(self, visitor, signed, moments):
        erase(signed[0].uuid)
        drain_outbox()
        assert not Contact.objects.exists()
        assert not Signature.objects.exists()
        proof = Suppression.objects.values().get()
        assert proof["email_key"] == email_key("elise@example.org")
        assert "elise" not in str(proof).lower()
        moments(PROOF_LIFE - A_DAY)
        drain_outbox()
        assert Suppression.objects.exists()
        moments(PROOF_LIFE + A_DAY)
        drain_outbox()
        assert not Suppression.objects.exists()

    def test_other_suppressions_stay(self, petition, moments):
        Suppression.objects.create(
            email_key=email_key("refus@example.org"),
            scope=SuppressionScope.ALL_MAIL,
            reason=SuppressionReason.REFUSAL,
            created_at=timezone.now(),
        )
        moments(PROOF_LIFE + A_DAY)
        drain_outbox()
        assert Suppression.objects.exists()

    @pytest.mark.parametrize("act", [None, "stop_news"])
    def test_my_signature_says_so_where_there_is_something_to_prove(self, visitor, signed, act):
        if act:
            visitor.send(signed[1], {"act": act})
        html = visitor.read(signed[1]).content.decode()
        assert "une empreinte illisible de votre adresse, gardée 3 ans" in html

    def test_my_signature_says_nothing_of_it_to_whoever_never_agreed(self, visitor, signed):
        Contact.objects.all().delete()
        assert "empreinte" not in visitor.read(signed[1]).content.decode()

    def test_in_english_too(self, visitor, signed):
        html = visitor.read(f"/en{signed[1]}").content.decode()
        assert "an unreadable fingerprint of your address, for 3 years" in html


def test_the_worker_does_it_once_a_day_and_says_what_it_did(supporter, mailbox, moments):
    moments(CONTACT_LIFE + timedelta(hours=1))
    drain_outbox()
    assert "1" in ScheduledRun.objects.get(name="retire_contacts").report
    moments(CONTACT_LIFE + timedelta(hours=13))
    ContactFactory(consent_text=supporter.consent_text, confirmed_at=supporter.confirmed_at)
    drain_outbox()
    assert len(mailbox.messages) == 1


def test_many_go_in_batches_each_once(petition, supporter, monkeypatch, moments):
    monkeypatch.setattr(news, "AT_ONCE", 4)
    monkeypatch.setattr(retention, "AT_ONCE", 4)
    for _ in range(10):
        ContactFactory(consent_text=supporter.consent_text)
    moments(CONTACT_LIFE + A_DAY)
    Contact.objects.update(asked_at=timezone.now())
    moments(CONTACT_LIFE + ANSWER_TIME + 2 * A_DAY)
    assert retention.retire_contacts(timezone.now()).silent == 11
    assert Suppression.objects.count() == 11
    moments(CONTACT_LIFE + ANSWER_TIME + PROOF_LIFE + 3 * A_DAY)
    assert retention.retire_contacts(timezone.now()).fingerprints == 11

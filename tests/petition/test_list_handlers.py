"""The worker and a list that is slow, away, or told of somebody who is just leaving."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from campaign.outbox import queue
from campaign.outbox.models import OutboxTask
from petition.enums import ListState, Refusal
from petition.errors import ProviderError
from petition.mailing import pace
from petition.models import ConsentText, Contact, ServiceSettings
from petition.services import subscription
from tests.factories import ContactFactory
from tests.fakes.notebook import Notebook
from tests.people import drain_outbox

pytestmark = pytest.mark.django_db
AWAY = ProviderError(Refusal.UNREACHABLE, permanent=False)


@pytest.fixture(autouse=True)
def notebook(settings, petition):
    """A list abroad, switched on after the petition's first words; nothing written in it yet."""
    settings.MAILING_LISTS = {
        **settings.MAILING_LISTS,
        "notebook": {"BACKEND": "tests.fakes.notebook.Notebook"},
    }
    ServiceSettings.objects.update_or_create(pk=1, defaults={"mailing": "notebook"})
    Notebook.clear()
    pace.paces.clear()
    yield Notebook
    Notebook.clear()
    pace.paces.clear()


@pytest.fixture
def agreed(petition):
    """Words of the newsletter box that name the list."""
    words = petition.consent_texts.filter(purpose="newsletter", language="fr").get()
    return ConsentText.objects.create(
        petition=petition,
        purpose="newsletter",
        language="fr",
        version=words.version + 1,
        label=words.label,
        sentence=f"{words.sentence} Carnet, en Suisse, reçoit mon adresse.",
        discloses="notebook",
        sha256="0" * 64,
    )


def tell(*contacts: Contact) -> None:
    queue.put_many(queue.Task(subscription.SYNC, str(contact.pk)) for contact in contacts)
    drain_outbox()


def only_task(kind: str) -> OutboxTask:
    return OutboxTask.objects.get(kind=kind)


def days(number: float) -> timedelta:
    return timedelta(days=number)


class TestWhoIsPassedOn:
    def test_whose_words_name_the_list_is_passed_on(self, agreed, notebook):
        contact = ContactFactory(consent_text=agreed)
        tell(contact)
        contact.refresh_from_db()
        assert list(notebook.members) == [contact.provider_reference]
        assert (contact.provider, contact.provider_state) == ("notebook", ListState.ON_LIST)

    def test_whose_words_dont_name_it_stays_on_this_site_and_is_never_passed(self, petition, notebook):
        contact = ContactFactory(petition=petition)
        tell(contact)
        contact.refresh_from_db()
        assert notebook.acts == []
        assert (contact.provider, contact.provider_state) == ("local", ListState.ON_LIST)

    def test_switching_a_list_on_moves_nobody_who_was_there_before(self, petition, notebook):
        ServiceSettings.objects.update(mailing="local")
        contact = ContactFactory(petition=petition)
        tell(contact)
        ServiceSettings.objects.update(mailing="notebook")
        Contact.objects.update(provider_state=ListState.WAITING)
        subscription.try_again(Contact.objects.all())
        drain_outbox()
        assert notebook.acts == []

    def test_whoever_agrees_to_another_list_later_is_forgotten_by_the_first(self, petition, agreed, notebook):
        contact = ContactFactory(consent_text=agreed)
        tell(contact)
        ServiceSettings.objects.update(mailing="local")
        Contact.objects.update(provider_state=ListState.WAITING)
        tell(contact)
        contact.refresh_from_db()
        assert notebook.members == {}
        assert contact.provider == "local"


class TestSomebodyLeavesWhileTheListIsBeingTold:
    def test_who_is_erased_meanwhile_is_forgotten_by_the_list_too(self, agreed, notebook):
        contact = ContactFactory(consent_text=agreed)

        def erased_and_already_told_by_another_worker():
            subscription.forget(contact.email_key)
            OutboxTask.objects.filter(kind=subscription.FORGET).update(done_at=timezone.now())

        notebook.meanwhile.append(erased_and_already_told_by_another_worker)
        tell(contact)
        assert notebook.members == {}
        assert [act for act, _ in notebook.acts][:2] == ["subscribe", "forget"]

    def test_who_is_erased_while_a_worker_dies_is_forgotten_once_its_task_is_free(self, agreed, notebook):
        contact = ContactFactory(consent_text=agreed)
        queue.put(subscription.SYNC, subject=str(contact.pk))
        [task] = queue.claim(1)
        queue.begin(task)
        Contact.objects.update(provider="notebook", provider_reference="ref-mort")

        subscription.forget(contact.email_key)
        drain_outbox()
        notebook.members["ref-mort"] = object()  # what the dead worker had sent arrives last
        with time_machine.travel(timezone.now() + queue.LEASE * 2, tick=False):
            drain_outbox()
        assert notebook.members == {}

    @pytest.mark.parametrize("act", [subscription.stop, subscription.forget])
    def test_who_leaves_between_the_reading_and_the_telling_is_not_told_of(
        self, agreed, notebook, monkeypatch, act
    ):
        contact = ContactFactory(consent_text=agreed)
        reference_of = notebook.reference_of

        def leave_first(adapter, email):
            act(contact.email_key)
            return reference_of(adapter, email)

        monkeypatch.setattr(notebook, "reference_of", leave_first)
        tell(contact)
        with time_machine.travel(timezone.now() + queue.LEASE * 2, tick=False):
            drain_outbox()
        assert notebook.acts == []
        assert not OutboxTask.objects.owed().exists()

    def test_who_stops_while_a_worker_dies_is_taken_off_once_its_task_is_free(self, agreed, notebook):
        contact = ContactFactory(consent_text=agreed)
        queue.put(subscription.SYNC, subject=str(contact.pk))
        [task] = queue.claim(1)
        queue.begin(task)
        Contact.objects.update(provider="notebook", provider_reference="ref-mort")

        subscription.stop(contact.email_key)
        drain_outbox()
        OutboxTask.objects.filter(pk=task.pk).update(done_at=timezone.now(), lease_until=None)
        notebook.members["ref-mort"] = object()  # what the dead worker had sent arrives last
        with time_machine.travel(timezone.now() + queue.LEASE * 2, tick=False):
            drain_outbox()
        assert notebook.members == {}

    def test_who_stops_meanwhile_is_taken_off_again(self, agreed, notebook):
        contact = ContactFactory(consent_text=agreed)
        notebook.meanwhile.append(lambda: subscription.stop(contact.email_key))
        tell(contact)
        contact.refresh_from_db()
        assert notebook.members == {}
        assert (contact.state, contact.provider_state) == ("unsubscribed", ListState.LEFT)


class TestAListThatIsAway:
    def test_the_contact_waits_and_says_why_and_is_passed_on_afterwards(self, agreed, notebook):
        contact = ContactFactory(consent_text=agreed)
        notebook.failing = AWAY
        tell(contact)
        contact.refresh_from_db()
        assert (contact.provider_state, contact.provider_refusal) == ("waiting", "unreachable")
        task = only_task(subscription.SYNC)
        assert (task.attempts, task.failed_at) == (1, None)

        notebook.failing = None
        with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
            drain_outbox()
        contact.refresh_from_db()
        assert (contact.provider_state, contact.provider_refusal) == ("on_list", "")

    def test_a_crowd_leaves_it_alone_after_three_failures_and_loses_nobody(self, agreed, notebook):
        contacts = [ContactFactory(consent_text=agreed) for _ in range(10)]
        notebook.failing = AWAY
        tell(*contacts)
        assert len(notebook.acts) == pace.FAILURES_IN_A_ROW
        assert sum(OutboxTask.objects.values_list("attempts", flat=True)) == pace.FAILURES_IN_A_ROW

        notebook.failing = None
        with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
            drain_outbox()
        assert len(notebook.members) == 10

    def test_a_list_that_asks_for_patience_is_left_alone_at_once(self, agreed, notebook):
        notebook.failing = ProviderError(Refusal.BUSY, permanent=False)
        tell(*[ContactFactory(consent_text=agreed) for _ in range(5)])
        assert len(notebook.acts) == 1

    def test_one_contact_that_always_fails_holds_nobody_up(self, agreed, notebook):
        contacts = [ContactFactory(consent_text=agreed) for _ in range(30)]
        poisoned = notebook().reference_of(contacts[7].email)
        notebook.failing_for = {poisoned: ProviderError(Refusal.TROUBLE, permanent=False)}
        tell(*contacts)
        assert len(notebook.members) == 29
        assert poisoned not in notebook.members

    def test_mail_goes_before_what_a_list_is_owed(self, agreed, notebook):
        contact = ContactFactory(consent_text=agreed)
        queue.put(subscription.SYNC, subject=str(contact.pk))
        queue.put("signature_mail", subject="0", priority=10)
        assert [task.kind for task in queue.claim()] == ["signature_mail", subscription.SYNC]

    def test_a_refusal_for_good_is_written_down_and_not_repeated(self, agreed, notebook):
        contact = ContactFactory(consent_text=agreed)
        notebook.failing = ProviderError(Refusal.ADDRESS, permanent=True)
        tell(contact)
        contact.refresh_from_db()
        assert (contact.provider_state, contact.provider_refusal) == ("refused", "address")
        assert only_task(subscription.SYNC).done_at
        assert not OutboxTask.objects.failed().exists()

    def test_staff_can_have_the_refused_and_the_waiting_tried_again(self, agreed, notebook):
        contacts = [ContactFactory(consent_text=agreed) for _ in range(3)]
        notebook.failing = ProviderError(Refusal.ADDRESS, permanent=True)
        tell(*contacts[:2])
        notebook.failing = None
        tell(contacts[2])
        assert subscription.try_again(Contact.objects.all()) == 2
        drain_outbox()
        assert len(notebook.members) == 3


class TestForgetting:
    @pytest.fixture
    def forgotten(self, agreed, notebook) -> str:
        """Somebody erased, while the list that knew them is away: their fingerprint."""
        ContactFactory(consent_text=agreed)
        contact = Contact.objects.get()
        tell(contact)
        notebook.failing = AWAY
        subscription.forget(contact.email_key)
        drain_outbox()
        return contact.email_key

    def test_what_the_task_held_of_the_person_is_wiped_on_success(self, forgotten, notebook):
        notebook.failing = None
        with time_machine.travel(timezone.now() + days(1), tick=False):
            drain_outbox()
        task = only_task(subscription.FORGET)
        assert task.done_at
        assert (task.subject, task.parameters) == ("", {"list": "notebook"})
        assert notebook.members == {}

    def test_who_agrees_afresh_meanwhile_is_told_of_again_once_the_list_has_forgotten(
        self, forgotten, agreed, notebook
    ):
        notebook.failing = None
        pace.paces.clear()
        [owed] = OutboxTask.objects.filter(kind=subscription.FORGET)
        reference = owed.parameters["reference"]
        email = f"{reference.removeprefix('ref-')}@example.org"
        tell(ContactFactory(consent_text=agreed, email=email))
        assert reference in notebook.members
        with time_machine.travel(timezone.now() + days(1), tick=False):
            drain_outbox()
        assert [act for act, _ in notebook.acts][-2:] == ["forget", "subscribe"]
        assert reference in notebook.members

    def test_it_is_tried_for_thirty_days(self, forgotten, notebook):
        start = timezone.now()
        for day in range(1, 30):
            with time_machine.travel(start + days(day), tick=False):
                drain_outbox()
        task = only_task(subscription.FORGET)
        assert task.failed_at is None
        assert task.parameters["reference"]
        assert len(notebook.acts) > 15

    @pytest.mark.parametrize("refusal", [AWAY, ProviderError(Refusal.OTHER, permanent=True)])
    def test_after_thirty_days_staff_are_left_with_fingerprint_and_name_alone(
        self, forgotten, notebook, refusal
    ):
        notebook.failing = refusal
        with time_machine.travel(timezone.now() + days(30.5), tick=False):
            drain_outbox()
        task = only_task(subscription.FORGET)
        assert task.failed_at
        assert (task.subject, task.parameters) == (forgotten, {"list": "notebook"})
        assert "Carnet" in task.last_error

        queue.try_again(task)  # nobody knows any more whom to forget
        drain_outbox()
        task.refresh_from_db()
        assert task.failed_at

    def test_a_list_left_alone_for_a_while_does_not_lengthen_the_month(self, forgotten, notebook):
        notebook.failing = ProviderError(Refusal.BUSY, permanent=False)
        with time_machine.travel(timezone.now() + days(30.5), tick=False):
            pace.of("notebook").failed(Refusal.BUSY, timezone.now())
            drain_outbox()
        assert only_task(subscription.FORGET).failed_at

    def test_a_list_that_lost_its_entry_in_the_settings_is_still_owed(self, forgotten, settings):
        settings.MAILING_LISTS = {"local": settings.MAILING_LISTS["local"]}
        with time_machine.travel(timezone.now() + days(1), tick=False):
            drain_outbox()
        assert only_task(subscription.FORGET).failed_at is None

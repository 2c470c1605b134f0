"""What staff do to a signature: hold, release, set aside, restore; each once, written down, and reversible."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from campaign.outbox.models import OutboxTask
from petition.enums import Channel, ContactState, EventKind, PetitionState, Reason, SignatureState
from petition.errors import CountIsFinal
from petition.models import Contact, PendingSignature, Petition, Signature, SignatureEvent
from petition.services import invalidation
from petition.services.confirmation import confirm
from petition.services.counting import progress, recount
from petition.services.invalidation import ACTS, HOLD, RELEASE, RESTORE, SET_ASIDE, acts_on, judge, judge_some
from petition.services.withdrawal import erase, stop_news, withdraw
from tests.factories import OpenPetitionFactory, PendingSignatureFactory, SignatureFactory

pytestmark = pytest.mark.django_db
WHY = "Vérifiée à la main."


@pytest.fixture
def somebody(db):
    return get_user_model().objects.create_user("gestion@essai")


@pytest.fixture
def signed(petition):
    """Return a function that signs and confirms, perhaps with reasons, the box of the news ticked."""

    def make(*reasons: Reason, news: bool = True) -> Signature:
        words = petition.consent_texts.get(purpose="newsletter", language="fr") if news else None
        row = PendingSignatureFactory.create(petition=petition, reasons=list(reasons), newsletter_text=words)
        confirm(petition, row.uuid, row.nonce)
        return Signature.objects.get(uuid=row.uuid)

    return make


def told(petition) -> tuple[int, int, int]:
    [telling] = [one for one in recount() if one.petition == petition]
    return telling.signatures, telling.events, telling.total


def kinds() -> list[tuple[str, int]]:
    return list(SignatureEvent.objects.order_by("pk").values_list("kind", "delta"))


@pytest.mark.parametrize(
    ("begin", "act", "state", "event", "count"),
    [
        ([], HOLD, SignatureState.HELD, (EventKind.HELD, -1), 0),
        ([], SET_ASIDE, SignatureState.INVALIDATED, (EventKind.INVALIDATED, -1), 0),
        ([HOLD], RELEASE, SignatureState.CONFIRMED, (EventKind.RELEASED, 1), 1),
        ([HOLD], SET_ASIDE, SignatureState.INVALIDATED, (EventKind.INVALIDATED, 0), 0),
        ([SET_ASIDE], RESTORE, SignatureState.CONFIRMED, (EventKind.RESTORED, 1), 1),
    ],
)
def test_each_act_moves_state_event_and_total_together(
    petition, signed, somebody, begin, act, state, event, count
):
    signature = signed()
    for before in begin:
        judge(signature, before, reason=WHY, by=somebody)
    assert judge(signature, act, reason=WHY, by=somebody)
    signature.refresh_from_db()
    assert (signature.state, signature.state_reason) == (state, WHY)
    assert kinds()[-1] == event
    assert SignatureEvent.objects.order_by("pk").last().channel == Channel.STAFF
    assert told(petition) == (count, count, count)


def test_no_act_begins_at_a_state_that_it_doesnt_know(petition, signed, somebody):
    acts = {
        SignatureState.CONFIRMED: {HOLD, SET_ASIDE},
        SignatureState.HELD: {RELEASE, SET_ASIDE},
        SignatureState.INVALIDATED: {RESTORE},
    }
    signature = signed()
    for state, possible in acts.items():
        Signature.objects.update(state=state)
        signature.refresh_from_db()
        assert set(acts_on(signature)) == possible
        events = len(kinds())
        for act in set(ACTS.values()) - possible:
            assert not judge(signature, act, reason=WHY, by=somebody)
        assert (Signature.objects.get().state, len(kinds())) == (state, events)


def test_a_repeat_changes_nothing(petition, signed, somebody):
    signature = signed()
    assert invalidation.set_aside(signature, reason=WHY, by=somebody)
    assert not invalidation.set_aside(signature, reason="Autre chose.", by=somebody)
    assert Signature.objects.get().state_reason == WHY
    assert told(petition) == (0, 0, 0)
    assert ModelLogEntry.objects.filter(action="signature.set_aside").count() == 1


def test_the_history_says_who_and_why_and_nothing_of_the_person(signed, somebody):
    signature = signed()
    invalidation.hold(signature, reason=WHY, by=somebody)
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user, entry.data) == ("signature.hold", somebody, {"reason": WHY})
    assert entry.label == str(signature.uuid)
    assert entry.timestamp == SignatureEvent.objects.get(kind=EventKind.HELD).happened_at


class TestWhoWaited:
    """A signature held when its mailbox confirmed: release brings what confirming would have brought."""

    def test_releasing_thanks_subscribes_with_the_moment_of_the_yes_and_counts(
        self, petition, signed, somebody
    ):
        signature = signed(Reason.TRAP)
        assert progress(petition).count == 0
        assert invalidation.release(signature, reason=WHY, by=somebody)
        assert progress(petition).count == 1
        owed = OutboxTask.objects.exclude(kind="held_mail").order_by("pk")
        assert [task.kind for task in owed] == ["thank_you_mail", "sync_contact"]
        contact = Contact.objects.get()
        assert (contact.email_key, contact.confirmed_at) == (signature.email_key, signature.confirmed_at)
        assert contact.state == ContactState.SUBSCRIBED

    def test_the_mails_say_what_is_true_when_they_leave(self, petition, signed, somebody, mailbox):
        from tests.people import drain_outbox

        signature = signed(Reason.TRAP)
        invalidation.release(signature, reason=WHY, by=somebody)  # before the first mail could leave
        drain_outbox()
        assert [mail["Subject"] for mail in mailbox.messages] == ["Votre signature est comptée"]

    def test_who_did_not_ask_for_the_news_gets_none(self, signed, somebody):
        invalidation.release(signed(Reason.TRAP, news=False), reason=WHY, by=somebody)
        assert not Contact.objects.exists()

    def test_who_stopped_the_news_meanwhile_gets_none(self, signed, somebody):
        signature = signed(Reason.TRAP)
        stop_news(signature.uuid)
        invalidation.release(signature, reason=WHY, by=somebody)
        assert not Contact.objects.exists()
        assert Signature.objects.get().state == SignatureState.CONFIRMED

    @pytest.mark.parametrize("state", [ContactState.UNSUBSCRIBED, ContactState.SUBSCRIBED])
    def test_what_they_said_later_stands(self, signed, somebody, state):
        signature = signed(Reason.TRAP)
        other = signed(Reason.TRAP)
        invalidation.release(other, reason=WHY, by=somebody)
        later = signature.confirmed_at + timedelta(minutes=1)
        Contact.objects.update(email_key=signature.email_key, state=state, state_changed_at=later)
        invalidation.release(signature, reason=WHY, by=somebody)
        assert (Contact.objects.get().state, Contact.objects.get().state_changed_at) == (state, later)

    def test_set_aside_and_restored_it_gets_the_same(self, signed, somebody):
        signature = signed(Reason.TRAP)
        invalidation.set_aside(signature, reason=WHY, by=somebody)
        assert not Contact.objects.exists()
        invalidation.restore(signature, reason=WHY, by=somebody)
        assert Contact.objects.count() == 1
        assert OutboxTask.objects.filter(kind="thank_you_mail").count() == 1

    def test_who_has_counted_before_is_not_thanked_again(self, signed, somebody):
        signature = signed(Reason.TRAP)
        counted = signed()
        for one in (signature, counted):
            for act in (RELEASE, HOLD, RELEASE, SET_ASIDE, RESTORE):
                judge(one, act, reason=WHY, by=somebody)
        assert OutboxTask.objects.filter(kind="thank_you_mail").count() == 2
        assert OutboxTask.objects.filter(kind="sync_contact").count() == 2

    def test_a_name_that_is_erased_gets_no_mail_and_counts(self, petition, signed, somebody):
        signature = signed(Reason.TRAP)
        blank = dict.fromkeys(("first_name", "last_name", "email", "email_key"))
        Signature.objects.update(blanked_at=timezone.now(), **blank)
        assert invalidation.release(signature, reason=WHY, by=somebody)
        assert not OutboxTask.objects.filter(kind="thank_you_mail").exists()
        assert told(petition) == (1, 1, 1)


class TestLeaving:
    """What is held or set aside can be withdrawn and erased, and the count stays right."""

    @pytest.mark.parametrize("leave", [withdraw, erase])
    @pytest.mark.parametrize("act", [HOLD, SET_ASIDE])
    def test_who_does_not_count_is_not_counted_off(self, petition, signed, somebody, act, leave):
        signature = signed()
        stays = signed()
        judge(signature, act, reason=WHY, by=somebody)
        leave(signature.uuid)
        assert list(Signature.objects.all()) == [stays]
        assert kinds()[-1] == (EventKind.WITHDRAWN, 0)
        assert told(petition) == (1, 1, 1)

    @pytest.mark.parametrize("act", ACTS.values(), ids=lambda act: act.name)
    def test_what_has_gone_is_judged_no_more(self, petition, signed, somebody, act):
        signature = signed()
        withdraw(signature.uuid)
        assert not judge(signature, act, reason=WHY, by=somebody)
        assert told(petition) == (0, 0, 0)


def test_all_tellings_are_equal_after_deleting_setting_aside_erasing_and_closing(
    petition, signed, somebody, visitor
):
    five = [signed() for _ in range(5)]
    withdraw(five[0].uuid)
    invalidation.set_aside(five[1], reason=WHY, by=somebody)
    erase(five[2].uuid)
    Petition.objects.update(state=PetitionState.CLOSED, closes_at=timezone.now())
    assert told(petition) == (2, 2, 2)
    assert progress(petition).count == 2
    assert visitor.read(f"/api/petitions/{petition.slug}/count.json").json()["count"] == 2
    assert Signature.objects.confirmed().count() == 2


class TestAfterDelivery:
    """The number is final, but for a signatory who leaves."""

    @pytest.fixture
    def delivered(self, petition):
        def deliver():
            Petition.objects.update(state=PetitionState.DELIVERED)

        return deliver

    @pytest.mark.parametrize(
        ("begin", "act"), [([], HOLD), ([], SET_ASIDE), ([HOLD], RELEASE), ([SET_ASIDE], RESTORE)]
    )
    def test_no_act_moves_it(self, petition, signed, somebody, delivered, begin, act):
        signature = signed()
        for before in begin:
            judge(signature, before, reason=WHY, by=somebody)
        before = (kinds(), Signature.objects.get().state)
        delivered()
        with pytest.raises(CountIsFinal):
            judge(signature, act, reason=WHY, by=somebody)
        assert (kinds(), Signature.objects.get().state) == before
        assert act not in acts_on(Signature.objects.get())

    def test_what_is_held_can_be_set_aside_since_it_does_not_count(
        self, petition, signed, somebody, delivered
    ):
        signature = signed(Reason.TRAP)
        delivered()
        assert acts_on(Signature.objects.get()) == [SET_ASIDE]
        assert invalidation.set_aside(signature, reason=WHY, by=somebody)
        assert told(petition) == (0, 0, 0)

    def test_the_person_may_still_leave(self, petition, signed, delivered):
        signature = signed()
        delivered()
        withdraw(signature.uuid)
        assert told(petition) == (0, 0, 0)


class TestMany:
    def test_the_oldest_are_judged_so_many_at_a_time(self, petition, signed, somebody, monkeypatch):
        monkeypatch.setattr(invalidation, "AT_ONCE", 2)
        rows = [signed(Reason.TRAP) for _ in range(3)]
        held = Signature.objects.to_be_looked_at()
        assert judge_some(held, RELEASE, reason=WHY, by=somebody) == 2
        assert list(held) == [rows[2]]
        assert judge_some(held, RELEASE, reason=WHY, by=somebody) == 1
        assert judge_some(held, RELEASE, reason=WHY, by=somebody) == 0
        assert told(petition) == (3, 3, 3)

    def test_those_of_a_delivered_petition_are_left_out(self, petition, signed, somebody):
        signed(Reason.TRAP)
        Petition.objects.update(state=PetitionState.ANSWERED)
        assert judge_some(Signature.objects.all(), RELEASE, reason=WHY, by=somebody) == 0
        assert judge_some(Signature.objects.all(), SET_ASIDE, reason=WHY, by=somebody) == 1

    def test_trials_are_never_judged(self, petition, somebody):
        trial = SignatureFactory(petition=petition, trial=True)
        assert judge_some(Signature.objects.all(), SET_ASIDE, reason=WHY, by=somebody) == 0
        assert not judge(trial, SET_ASIDE, reason=WHY, by=somebody)
        assert acts_on(trial) == []


def in_threads(*acts) -> list:
    """Do all at once, each over a connection of its own; return what they returned or raised."""
    together, answers = Barrier(len(acts)), []

    def run(act):
        together.wait(timeout=30)
        try:
            answers.append(act())
        except Exception as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
class TestAtTheSameInstant:
    def test_many_who_set_the_same_aside_do_it_once(self):
        petition = OpenPetitionFactory()
        by = get_user_model().objects.create_user("gestion@essai")
        row = PendingSignatureFactory(petition=petition)
        confirm(petition, row.uuid, row.nonce)
        signature = Signature.objects.get()
        press = lambda: invalidation.set_aside(signature, reason=WHY, by=by)  # noqa: E731
        assert sorted(in_threads(*[press] * 6)) == [False] * 5 + [True]
        assert told(petition) == (0, 0, 0)

    def test_twenty_confirmations_of_one_link_count_once(self):
        petition = OpenPetitionFactory()
        row = PendingSignatureFactory(petition=petition)
        answers = in_threads(*[lambda: confirm(petition, row.uuid, row.nonce).name] * 20)
        assert sorted(answers) == ["ALREADY"] * 19 + ["NOW"]
        assert told(petition) == (1, 1, 1)
        assert OutboxTask.objects.filter(kind="thank_you_mail").count() == 1

    def test_twenty_forms_with_the_same_new_address_make_one_row_one_mail_and_count_once(self, mailbox):
        from tests.people import Visitor, confirm_path, drain_outbox

        petition = OpenPetitionFactory()
        with time_machine.travel(timezone.now() - timedelta(minutes=1)):  # else too fast, besides so many
            form = Visitor().form_of(petition)
        path = f"/petitions/{petition.slug}/signature/"
        answers = in_threads(*[lambda: Visitor().send(path, form).status_code] * 20)
        assert answers == [303] * 20
        assert PendingSignature.objects.count() == 1
        drain_outbox()
        assert len(mailbox.messages) == 1
        link = confirm_path(mailbox.messages[0])
        assert in_threads(*[lambda: Visitor().send(link).status_code] * 20) == [303] * 20
        assert told(petition) == (1, 1, 1)

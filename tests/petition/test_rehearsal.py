"""Made-up signers: counted like others, spread, never written to, and gone again without a trace."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from campaign.outbox import queue
from campaign.outbox.models import OutboxTask
from petition.enums import Channel, EventKind
from petition.models import Consent, Contact, PendingSignature, Signature, SignatureEvent
from petition.services import counting, rehearsal
from tests.factories import OpenPetitionFactory, PendingSignatureFactory, PetitionFactory, SignatureFactory
from tests.people import confirm_path, drain_outbox

pytestmark = pytest.mark.django_db


def seed(petition, *words) -> str:
    said = StringIO()
    call_command("seed_signatures", "--petition", petition.slug, *words, stdout=said)
    return said.getvalue()


def tellings(petition) -> tuple[int, int, int]:
    """Return what signatures, events and total each say."""
    (told,) = [each for each in counting.recount() if each.petition == petition]
    return told.signatures, told.events, told.total


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(rehearsal, "AT_ONCE", 7)


def test_made_up_signers_count_in_all_three_tellings(petition, small_batches):
    assert "20 made-up signers added, 20 in all" in seed(petition, "--count", "20")
    assert tellings(petition) == (20, 20, 20)
    assert counting.progress(petition).count == 20
    call_command("recount")


def test_each_is_marked_in_its_address_its_name_and_its_event(petition):
    seed(petition, "--count", "30")
    for signature in Signature.objects.all():
        assert signature.email and signature.email.endswith("@rehearsal.invalid")
        assert signature.first_name == "Essai" and "Essai-" in (signature.last_name or "")
    assert set(SignatureEvent.objects.values_list("channel", flat=True)) == {Channel.SEEDED}
    assert not Contact.objects.exists() and not OutboxTask.objects.exists()


def test_each_has_agreed_to_sign_in_the_language_of_what_it_signs_and_to_nothing_else(petition):
    seed(petition, "--count", "30")
    for signature in Signature.objects.select_related("text"):
        (consent,) = signature.consents.all()
        assert consent.text.purpose == "sign"
        assert consent.text.language == signature.text.language == signature.language
    assert set(Signature.objects.values_list("language", flat=True)) == {"fr", "en"}


def test_they_come_from_everywhere_and_from_many_days_none_of_them_to_come(petition):
    seed(petition, "--count", "240")
    places = Counter(Signature.objects.values_list("place", flat=True))
    assert {"FR-75", "FR-2A", "FR-2B", "FR-974", "BE"} <= set(places)
    moments = list(Signature.objects.values_list("confirmed_at", flat=True))
    assert len({moment.date() for moment in moments}) >= rehearsal.DAYS
    assert max(moments) <= timezone.now()


def test_repeated_it_adds_only_what_is_missing_and_takes_nothing_away(petition, small_batches):
    seed(petition, "--count", "10")
    assert "15 made-up signers added, 25 in all" in seed(petition, "--count", "25")
    assert "0 made-up signers added, 25 in all" in seed(petition, "--count", "25")
    assert "0 made-up signers added, 25 in all" in seed(petition, "--count", "3")
    assert tellings(petition) == (25, 25, 25)


def test_interrupted_it_leaves_whole_batches_and_goes_on_from_there(petition, small_batches, monkeypatch):
    batches = iter([True, True])
    write = SignatureEvent.objects.bulk_create

    def power_cut(*rows):
        if not next(batches, False):
            raise KeyboardInterrupt
        return write(*rows)

    monkeypatch.setattr(SignatureEvent.objects, "bulk_create", power_cut)
    with pytest.raises(KeyboardInterrupt):
        seed(petition, "--count", "30")
    assert tellings(petition) == (14, 14, 14)
    monkeypatch.undo()
    seed(petition, "--count", "30")
    assert tellings(petition) == (30, 30, 30)


def test_removed_nothing_of_them_is_left(petition, small_batches):
    seed(petition, "--count", "20")
    assert "20 made-up signers removed" in seed(petition, "--remove")
    assert tellings(petition) == (0, 0, 0)
    for model in (Signature, Consent, SignatureEvent):
        assert not model.objects.exists()
    assert "0 made-up signers removed" in seed(petition, "--remove")


def test_of_another_petition_nothing_is_removed(petition):
    other = OpenPetitionFactory()
    for each in (petition, other):
        seed(each, "--count", "5")
    seed(petition, "--remove")
    assert tellings(other) == (5, 5, 5)


class TestBesideRealSignatures:
    @pytest.fixture
    def signed(self, petition, visitor, mailbox):
        """Made-up signers first, then Élise signs and confirms; return her signature."""
        seed(petition, "--count", "5")
        visitor.sign(petition)
        drain_outbox()
        visitor.send(confirm_path(mailbox.messages[-1]))
        drain_outbox()
        return Signature.objects.get(email="elise@example.org")

    def test_no_more_are_added(self, petition, signed):
        with pytest.raises(CommandError, match="real signatures"):
            seed(petition, "--count", "9")
        assert tellings(petition) == (6, 6, 6)

    def test_removing_leaves_the_real_one_with_its_consents_and_its_event(self, petition, signed):
        assert "5 made-up signers removed" in seed(petition, "--remove")
        assert tellings(petition) == (1, 1, 1)
        assert Signature.objects.get() == signed
        assert Consent.objects.filter(signature=signed).count() == Consent.objects.count() == 1
        assert SignatureEvent.objects.get().signature_uuid == signed.uuid

    @pytest.mark.parametrize("fate", ["confirmed", "held", "invalidated"])
    def test_a_real_signature_in_any_state_is_in_the_way(self, petition, fate):
        SignatureFactory(petition=petition, state=fate)
        with pytest.raises(CommandError, match="real signatures"):
            seed(petition, "--count", "9")
        assert Signature.objects.count() == 1

    def test_one_whose_name_was_erased_is_real(self, petition):
        erased = {"first_name": None, "last_name": None, "email": None, "email_key": None}
        SignatureFactory(petition=petition, blanked_at=timezone.now(), **erased)
        with pytest.raises(CommandError, match="real signatures"):
            seed(petition, "--count", "9")

    def test_what_staff_tried_out_and_what_waits_are_in_nobodys_way(self, petition):
        SignatureFactory(petition=petition, trial=True)
        PendingSignatureFactory(petition=petition)
        seed(petition, "--count", "9")
        assert tellings(petition) == (9, 9, 9)
        seed(petition, "--remove")
        assert Signature.objects.get().trial
        assert PendingSignature.objects.count() == 1


def test_one_that_was_set_aside_goes_too_and_the_record_stays_even(petition):
    seed(petition, "--count", "5")
    aside = Signature.objects.order_by("pk")[0]
    Signature.objects.filter(pk=aside.pk).update(state="invalidated")
    counting.record(
        petition.pk,
        EventKind.INVALIDATED,
        -1,
        signature_uuid=aside.uuid,
        place=aside.place,
        moment=timezone.now(),
        channel=Channel.STAFF,
    )
    assert tellings(petition) == (4, 4, 4)
    seed(petition, "--remove")
    assert tellings(petition) == (0, 0, 0)
    assert not Signature.objects.exists()
    assert SignatureEvent.objects.filter(signature_uuid=aside.uuid).count() == 2


class TestWhatIsRefused:
    def test_an_unknown_petition_by_naming_those_that_exist(self, petition):
        with pytest.raises(CommandError, match=f"no petition ailleurs .there are: {petition.slug}"):
            call_command("seed_signatures", "--petition", "ailleurs", "--count", "5")

    @pytest.mark.parametrize("count", ["0", "-1"])
    def test_fewer_than_one(self, petition, count):
        with pytest.raises(CommandError, match="from 1"):
            seed(petition, f"--count={count}")

    @pytest.mark.parametrize("words", [(), ("--count", "5", "--remove"), ("--count", "many")])
    def test_neither_both_and_what_is_no_number(self, petition, words):
        with pytest.raises(CommandError):
            seed(petition, *words)

    def test_a_petition_without_words(self, db):
        petition = PetitionFactory()
        petition.texts.all().delete()
        with pytest.raises(CommandError, match="no text"):
            seed(petition, "--count", "5")
        assert not Signature.objects.exists()


def test_no_mail_ever_leaves_for_them_whichever_task_asks_for_it(petition, mailbox):
    seed(petition, "--count", "3")
    keys = [str(pk) for pk in Signature.objects.values_list("pk", flat=True)]
    waiting = PendingSignatureFactory(petition=petition, email="essai@rehearsal.invalid")
    queue.put_many(
        [queue.Task(kind, key) for kind in ("thank_you_mail", "held_mail") for key in keys]
        + [queue.Task("signature_mail", str(waiting.pk))]
    )
    drain_outbox()
    assert OutboxTask.objects.owed().count() == 0
    assert mailbox.messages == []


def test_the_public_form_refuses_their_addresses(petition, visitor):
    answer = visitor.sign(petition, email="essai-0000001@rehearsal.invalid")
    assert answer.status_code == 422
    assert not PendingSignature.objects.exists()

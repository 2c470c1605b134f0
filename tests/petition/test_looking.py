"""What holds a signature whose mailbox has confirmed: the table of reasons, row by row."""

from itertools import combinations

import pytest
from django.utils import translation

from campaign.outbox.models import OutboxTask
from petition.enums import EventKind, Reason, SignatureState
from petition.models import Consent, Contact, PendingSignature, Signature, SignatureEvent, Total
from petition.services.confirmation import Confirmed, confirm
from petition.services.counting import progress
from petition.services.looking import must_be_looked_at, weigh
from tests.factories import PendingSignatureFactory, PreparedPetitionFactory
from tests.people import confirm_path, drain_outbox, html_of, personal_path, text_of, words_of

# (reason, stays after the mailbox confirms, counts as a sign)
TABLE = [
    (Reason.TOO_FAST, False, True),
    (Reason.BUSY_NETWORK, False, True),
    (Reason.NO_ORIGIN, False, False),
    (Reason.DISPOSABLE, False, False),
    (Reason.NO_SCRIPT, False, False),
    (Reason.TRAP, True, True),
    (Reason.PROOF, True, True),
    (Reason.MATCHED, True, True),
]


def test_the_table_knows_every_reason():
    assert {reason for reason, _stays, _counts in TABLE} == set(Reason)


@pytest.mark.parametrize(("reason", "stays", "counts"), TABLE)
def test_alone_a_reason_holds_only_if_it_stays(reason, stays, counts):
    assert must_be_looked_at([reason]) == stays
    assert weigh([reason]).notes == ([] if stays else [reason])


def test_two_hold_where_one_stays_or_both_count():
    for (one, stays, counts), (other, other_stays, other_counts) in combinations(TABLE, 2):
        expected = stays or other_stays or (counts and other_counts)
        assert must_be_looked_at([one, other]) == expected, (one, other)


def test_notes_never_hold_however_many():
    notes = [Reason.NO_ORIGIN, Reason.DISPOSABLE, Reason.NO_SCRIPT]
    assert not must_be_looked_at(notes)
    assert not must_be_looked_at([*notes, Reason.TOO_FAST])
    assert weigh([*notes, Reason.TRAP]).holding == [Reason.TRAP]


def test_one_sign_told_twice_is_one_sign():
    assert not must_be_looked_at([Reason.TOO_FAST, Reason.TOO_FAST])


def test_nothing_and_what_nobody_knows_hold_nothing():
    assert not must_be_looked_at([])
    assert weigh(["of_another_version"]).notes == []


def test_every_sign_is_named_once_the_signature_is_held():
    weighed = weigh([Reason.TRAP, Reason.NO_SCRIPT, Reason.TOO_FAST])
    assert weighed.holding == [Reason.TOO_FAST, Reason.TRAP]
    assert weighed.notes == [Reason.NO_SCRIPT]


@pytest.fixture
def pending(petition):
    """Return a function that makes a pending signature with reasons, its box of the news ticked."""

    def make(*reasons: Reason, **values) -> PendingSignature:
        news = petition.consent_texts.get(purpose="newsletter", language=values.get("language", "fr"))
        return PendingSignatureFactory.create(
            petition=petition, reasons=list(reasons), newsletter_text=news, **values
        )

    return make


def test_a_confirmed_mailbox_clears_what_happens_to_honest_people(petition, pending):
    for reason in (Reason.TOO_FAST, Reason.BUSY_NETWORK):
        row = pending(reason)
        assert confirm(petition, row.uuid, row.nonce) == Confirmed.NOW
        signature = Signature.objects.get(uuid=row.uuid)
        assert signature.state == SignatureState.CONFIRMED
        assert signature.reasons == [reason], "it stays readable as a note"
    assert progress(petition).count == 2


def test_a_second_sign_holds_it_its_mailbox_confirmed_nothing_counted_nobody_subscribed(petition, pending):
    row = pending(Reason.TOO_FAST, Reason.BUSY_NETWORK)
    assert confirm(petition, row.uuid, row.nonce) == Confirmed.NOW
    signature = Signature.objects.get()
    assert (signature.state, signature.reasons) == (SignatureState.HELD, ["too_fast", "busy_network"])
    event = SignatureEvent.objects.get()
    assert (event.kind, event.delta, event.signature_uuid) == (EventKind.HELD, 0, row.uuid)
    assert not Total.objects.exists()
    assert not Contact.objects.exists()
    assert Consent.objects.filter(text__purpose="newsletter", withdrawn_at=None).count() == 1
    assert [task.kind for task in OutboxTask.objects.all()] == ["held_mail"]
    assert confirm(petition, row.uuid, row.nonce) == Confirmed.ALREADY


def test_the_person_reads_that_it_is_looked_at_on_every_page_and_in_the_mail(petition, visitor, mailbox):
    visitor.sign(petition)
    PendingSignature.objects.update(reasons=[Reason.TRAP])
    drain_outbox()
    link = confirm_path(mailbox.messages[-1])
    shown = visitor.send(link)["Location"]
    assert "en cours de vérification" in words_of(visitor.read(shown))
    drain_outbox()
    mail = mailbox.messages[-1]
    assert mail["Subject"] == "Votre signature est en cours de vérification"
    for words in (text_of(mail), html_of(mail)):
        assert "Avant que votre signature soit comptée" in words
        assert "est comptée" not in words
    page = words_of(visitor.read(personal_path(mail)))
    assert "en cours de vérification" in page
    assert "est comptée." not in page


def test_the_mail_speaks_english_to_whom_the_form_did(petition, pending, mailbox):
    row = pending(Reason.PROOF, language="en")
    confirm(petition, row.uuid, row.nonce)
    with translation.override("fr"):
        drain_outbox()
    assert mailbox.messages[-1]["Subject"] == "Your signature is being looked at"
    assert "somebody looks at it" in text_of(mailbox.messages[-1])


def test_a_trial_is_never_held_since_it_never_counts(db):
    petition = PreparedPetitionFactory()
    row = PendingSignatureFactory(petition=petition, trial=True, reasons=[Reason.TRAP])
    confirm(petition, row.uuid, row.nonce)
    assert Signature.objects.get().state == SignatureState.CONFIRMED
    assert not SignatureEvent.objects.exists()


def test_holding_costs_no_more_statements_than_counting(petition, pending, django_assert_max_num_queries):
    row = pending(Reason.TRAP, Reason.MATCHED)
    with django_assert_max_num_queries(10):
        confirm(petition, row.uuid, row.nonce)

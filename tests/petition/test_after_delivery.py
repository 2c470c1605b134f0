"""Who is still looked at when a petition is delivered isn't counted, and reads so wherever a state is told."""

import pytest
from django.urls import reverse
from django.utils import timezone

from campaign.outbox import queue
from petition import links
from petition.enums import PetitionState, Reason, SignatureState
from petition.models import Petition, Signature
from petition.services.closing import close_petition
from petition.services.confirmation import confirm
from petition.services.delivering import deliver, take_delivery_back
from tests.factories import PendingSignatureFactory, SignatureFactory
from tests.people import drain_outbox, text_of, words_of

pytestmark = pytest.mark.django_db
LOOKED_AT = "en cours de vérification"
NOT_COUNTED = (
    "Votre signature n’a pas été comptée : elle était encore à vérifier quand la pétition a été remise."
)


@pytest.fixture
def held(petition) -> Signature:
    """Somebody whose mailbox has confirmed and whose signature is looked at; the petition is closed."""
    row = PendingSignatureFactory.create(petition=petition, reasons=[Reason.TRAP], email="elise@example.org")
    confirm(petition, row.uuid, row.nonce)
    drain_outbox()
    close_petition(petition)
    return Signature.objects.get(state=SignatureState.HELD)


@pytest.fixture
def delivered(held) -> Petition:
    petition = Petition.objects.get()
    assert deliver(petition, timezone.localdate())
    return petition


def pages_of(visitor, signature: Signature) -> list[str]:
    """Read what is behind every link of somebody's mails that tells the state."""
    paths = [
        reverse("confirm", args=[links.confirm_token(signature.uuid, "x")]),
        reverse("my_signature", args=[links.personal_token(signature.uuid)]),
        reverse("my_data", args=[links.change_url(signature.uuid, "fr").rstrip("/").rpartition("/")[2]]),
    ]
    return [words_of(visitor.read(path)) for path in paths]


def test_before_delivery_each_page_says_that_it_is_looked_at(visitor, held):
    for page in pages_of(visitor, held):
        assert LOOKED_AT in page


@pytest.mark.parametrize("state", [PetitionState.DELIVERED, PetitionState.ANSWERED])
def test_afterwards_each_page_says_that_it_was_not_counted(visitor, held, delivered, state):
    Petition.objects.update(state=state)
    confirmed, personal, data = pages_of(visitor, held)
    assert "<h1>Votre signature n’a pas été comptée</h1>" in confirmed
    assert NOT_COUNTED in personal
    assert NOT_COUNTED in data
    for page in (confirmed, personal, data):
        assert LOOKED_AT not in page


def test_the_mail_with_their_links_says_so_in_both_parts(visitor, mailbox, held, delivered):
    visitor.send(reverse("my_signature", args=[links.personal_token(held.uuid)]), {"act": "ask"})
    drain_outbox()
    mail = mailbox.to("elise@example.org")[-1]
    assert NOT_COUNTED in " ".join(text_of(mail).split())
    assert LOOKED_AT not in text_of(mail)


def test_a_mail_that_promised_to_count_it_leaves_no_more(mailbox, held, delivered):
    mailbox.messages.clear()
    queue.put("held_mail", subject=str(held.pk))
    drain_outbox()
    assert not mailbox.messages


def test_where_the_delivery_is_taken_back_it_is_looked_at_again(visitor, held, delivered):
    take_delivery_back(delivered)
    assert LOOKED_AT in pages_of(visitor, held)[0]


def test_other_states_are_told_as_before(visitor, delivered):
    for state, told in (
        (SignatureState.CONFIRMED, "Votre signature est comptée."),
        (SignatureState.INVALIDATED, "a été écartée"),
    ):
        row = SignatureFactory(petition=delivered, state=state)
        assert told in pages_of(visitor, row)[1]

"""Whoever asks for mails by their own link again and again fills nobody's queue and nobody's mailbox."""

import pytest

from campaign.outbox.models import OutboxTask
from petition import limits
from petition.links import change_token, confirm_token, personal_token
from petition.models import PendingSignature
from tests.factories import PendingSignatureFactory, SignatureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(monkeypatch):
    monkeypatch.setattr(limits, "NETWORK_HARD_PER_HOUR", 2)


def test_a_network_that_asks_too_often_is_told_so(petition, visitor, busy):
    signature, pending = SignatureFactory(petition=petition), PendingSignatureFactory(petition=petition)
    asks = [
        (f"/signature/page/{personal_token(signature.uuid)}/", {"act": "ask"}),
        (f"/signature/confirmation/{confirm_token(pending.uuid, pending.nonce)}/message/", {}),
    ]
    for _ in range(limits.network_limits()[1]):
        visitor.send(*asks[0])
    before = OutboxTask.objects.count()
    nonce = PendingSignature.objects.get().nonce
    for path, data in asks:
        answer = visitor.send(path, data)
        assert answer.status_code == 429
        assert "réessayer plus tard" in answer.content.decode()
    assert (OutboxTask.objects.count(), PendingSignature.objects.get().nonce) == (before, nonce)
    change = f"/signature/rectification/{change_token(signature.uuid)}/"
    assert visitor.read(change).status_code == 200, "only what sends a mail is slowed"

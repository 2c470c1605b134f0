"""Somebody on the way from the form to a counted signature."""

import pytest

from petition.models import PendingSignature, Signature
from tests.people import confirm_path, drain_outbox, personal_path


@pytest.fixture
def confirm_link(petition, visitor, mailbox):
    """Sign as Élise and return the path of the link in her mail."""
    visitor.sign(petition, agree_newsletter="on")
    drain_outbox()
    return confirm_path(mailbox.messages[-1])


@pytest.fixture
def signed(petition, visitor, mailbox, confirm_link):
    """Sign and confirm as Élise; return the signature and the path of her personal page."""
    visitor.send(confirm_link)
    drain_outbox()
    assert not PendingSignature.objects.exists()
    return Signature.objects.get(), personal_path(mailbox.messages[-1])

"""Mail goes to the domain that was typed, and to no other that looks like it."""

import pytest

from petition.email_address import as_mailed, email_key
from petition.models import PendingSignature
from tests.people import drain_outbox

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "mailed"),
    [
        ("Élise.essai@Example.org", "Élise.essai@Example.org"),
        ("a@société.example", "a@xn--socit-esab.example"),
        ("a@faß.example", "a@xn--fa-hia.example"),
        ("a@βόλος.example", "a@xn--nxasmm1c.example"),
    ],
)
def test_a_domain_is_written_as_the_mail_of_today_writes_it(typed, mailed):
    assert as_mailed(typed) == mailed
    assert email_key(typed) == email_key(mailed)


def test_two_domains_that_look_alike_get_a_mail_each(petition, visitor, mailbox):
    for address in ("a@faß.example", "a@fass.example"):
        assert visitor.sign(petition, email=address).status_code == 303
    drain_outbox()
    assert PendingSignature.objects.count() == 2
    assert sorted(mail["To"] for mail in mailbox.messages) == ["a@fass.example", "a@xn--fa-hia.example"]

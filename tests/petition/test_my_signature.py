"""Leave: withdraw, stop the news, erase; three ways, never mixed."""

import pytest

from petition.enums import ContactState, EventKind
from petition.models import Consent, Contact, PendingSignature, Signature, SignatureEvent
from petition.services.counting import progress, recount
from tests.factories import OpenPetitionFactory
from tests.people import confirm_path, drain_outbox, personal_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_twice(visitor, mailbox, signed):
    """Élise, who has signed one petition, signs a second one; its signature and personal path."""
    other = OpenPetitionFactory()
    visitor.sign(other)
    drain_outbox()
    visitor.send(confirm_path(mailbox.messages[-1]))
    drain_outbox()
    return other, personal_path(mailbox.messages[-1])


def test_the_page_shows_the_state_and_no_data_and_changes_nothing(visitor, signed):
    html = visitor.read(signed[1]).content.decode()
    assert "Votre signature est comptée" in html
    assert "Élise" not in html
    assert "elise@example.org" not in html
    assert Signature.objects.count() == 1


def test_withdrawing_lowers_the_count_and_deletes_name_contact_and_row_at_once(petition, visitor, signed):
    signature, path = signed
    response = visitor.send(path, {"act": "withdraw"})
    assert response.status_code == 303
    assert progress(petition).count == 0
    assert not Signature.objects.exists()
    assert not Consent.objects.exists()
    assert not Contact.objects.exists()
    kinds = list(SignatureEvent.objects.order_by("id").values_list("kind", "delta", "signature_uuid"))
    assert kinds == [(EventKind.CONFIRMED, 1, signature.uuid), (EventKind.WITHDRAWN, -1, signature.uuid)]
    page = visitor.read(response["Location"])
    assert page.status_code == 410
    assert "Votre signature est retirée" in page.content.decode()
    assert all(telling.agrees for telling in recount())


def test_with_one_signature_withdraw_and_erase_are_one_button(visitor, signed):
    html = visitor.read(signed[1]).content.decode()
    assert html.count('value="withdraw"') == 1
    assert 'value="erase"' not in html


def test_a_second_press_is_harmless(petition, visitor, signed):
    visitor.send(signed[1], {"act": "withdraw"})
    assert visitor.send(signed[1], {"act": "withdraw"}).status_code == 303
    assert visitor.send(signed[1], {"act": "erase"}).status_code == 303
    assert progress(petition).count == 0
    assert SignatureEvent.objects.count() == 2


def test_one_may_sign_again_after_withdrawing(petition, visitor, mailbox, signed):
    visitor.send(signed[1], {"act": "withdraw"})
    visitor.sign(petition)
    drain_outbox()
    visitor.send(confirm_path(mailbox.messages[-1]))
    assert progress(petition).count == 1


def test_withdrawing_one_of_two_leaves_the_other_and_the_contact_alone(
    petition, visitor, signed, signed_twice
):
    other, path = signed_twice
    assert 'value="erase"' in visitor.read(path).content.decode()
    visitor.send(path, {"act": "withdraw"})
    assert progress(other).count == 0
    assert progress(petition).count == 1
    assert Contact.objects.count() == 1


def test_erasing_removes_everything_under_the_address(petition, visitor, mailbox, signed, signed_twice):
    third = OpenPetitionFactory()
    visitor.sign(third)
    visitor.send(signed_twice[1], {"act": "erase"})
    assert not Signature.objects.exists()
    assert not PendingSignature.objects.exists()
    assert not Contact.objects.exists()
    assert not Consent.objects.exists()
    assert progress(petition).count == 0
    assert progress(signed_twice[0]).count == 0


def test_erasing_leaves_other_people_alone(petition, visitor, mailbox, signed):
    visitor.sign(petition, email="autre@example.org", agree_newsletter="on")
    drain_outbox()
    visitor.send(confirm_path(mailbox.messages[-1]))
    visitor.sign(petition, email="tiers@example.org")
    visitor.send(signed[1], {"act": "erase"})
    assert PendingSignature.objects.get().email == "tiers@example.org"
    assert Signature.objects.get().email == "autre@example.org"
    assert Contact.objects.get().email == "autre@example.org"
    assert progress(petition).count == 1


def test_stopping_the_news_keeps_the_signature_and_records_the_withdrawal_of_that_consent(
    petition, visitor, signed
):
    visitor.send(signed[1], {"act": "stop_news"})
    assert Contact.objects.get().state == ContactState.UNSUBSCRIBED
    assert progress(petition).count == 1
    withdrawn = Consent.objects.filter(withdrawn_at__isnull=False)
    assert [consent.text.purpose for consent in withdrawn] == ["newsletter"]
    assert 'value="stop_news"' not in visitor.read(signed[1]).content.decode()


def test_a_pending_request_can_be_erased_by_the_link_in_its_mail(petition, visitor, mailbox, confirm_link):
    path = personal_path(mailbox.messages[0])
    assert "ne compte pas encore" in visitor.read(path).content.decode()
    visitor.send(path, {"act": "withdraw"})
    assert not PendingSignature.objects.exists()
    assert visitor.read(path).status_code == 410
    assert not SignatureEvent.objects.exists()


def test_a_try_that_waits_goes_with_the_signature_so_that_no_mail_follows(petition, visitor, mailbox, signed):
    visitor.sign(petition)
    visitor.send(signed[1], {"act": "withdraw"})
    before = len(mailbox.messages)
    drain_outbox()
    assert len(mailbox.messages) == before
    assert not PendingSignature.objects.exists()


def test_an_unknown_act_or_another_site_changes_nothing(visitor, signed):
    visitor.send(signed[1], {"act": "confirm"})
    visitor.send(signed[1], {})
    assert visitor.send(signed[1], {"act": "erase"}, {"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert Signature.objects.count() == 1


def test_every_mail_carries_the_personal_link(petition, visitor, mailbox, signed):
    visitor.sign(petition)
    drain_outbox()
    assert len(mailbox.messages) == 3
    assert {personal_path(message).split("/")[3].split("~")[0] for message in mailbox.messages} == {
        signed[1].split("/")[3].split("~")[0]
    }

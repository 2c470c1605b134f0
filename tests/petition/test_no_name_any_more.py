"""What still leaves, and what can still be done, once a petition is delivered or names are erased."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from campaign.outbox import queue
from campaign.outbox.models import OutboxTask
from petition import limits
from petition.enums import ContactState, PetitionState, SignatureState
from petition.links import change_token, confirm_token, news_token, personal_token
from petition.models import Consent, Contact, Endorsement, PendingSignature, Petition, Signature
from petition.services import own_data
from petition.services.endorsing import CONFIRM_MAIL
from petition.services.invalidation import hold, release
from tests.factories.organisations import EndorsementFactory
from tests.people import drain_outbox, links_in, path_of, text_of

pytestmark = pytest.mark.django_db


def deliver(petition):
    Petition.objects.filter(pk=petition.pk).update(state=PetitionState.DELIVERED, delivered_at=timezone.now())


def blank(signature):
    Consent.objects.filter(signature=signature).delete()
    Signature.objects.filter(pk=signature.pk).update(
        first_name=None,
        last_name=None,
        email=None,
        email_key=None,
        blanked_at=timezone.now(),
        is_public=False,
    )


def confirmed(petition, visitor, **boxes) -> Signature:
    visitor.sign(petition, **boxes)
    drain_outbox()
    pending = PendingSignature.objects.get()
    visitor.send(f"/signature/confirmation/{confirm_token(pending.uuid, pending.nonce)}/")
    drain_outbox()
    return Signature.objects.get()


@pytest.fixture
def judge(db):
    return get_user_model().objects.create_user("essai", "essai@example.org", "a-long-password-1")


class TestADeliveredPetition:
    def test_nobody_is_asked_to_confirm_what_can_be_confirmed_no_more(self, petition, visitor, mailbox):
        visitor.sign(petition)
        deliver(petition)
        drain_outbox()
        assert mailbox.messages == []

    def test_an_old_link_sends_no_fresh_mail(self, petition, visitor, mailbox):
        visitor.sign(petition)
        drain_outbox()
        pending = PendingSignature.objects.get()
        deliver(petition)
        mailbox.messages.clear()
        path = f"/signature/confirmation/{confirm_token(pending.uuid, pending.nonce)}/"
        answer = visitor.send(f"{path}message/")
        assert (answer.status_code, answer["Location"]) == (303, path)
        drain_outbox()
        assert mailbox.messages == []

    def test_who_asks_with_their_address_gets_the_links_to_erase_what_waits(self, petition, visitor, mailbox):
        visitor.sign(petition, email="elise@example.org")
        drain_outbox()
        deliver(petition)
        mailbox.messages.clear()
        visitor.send("/signature/message/", {"email": "elise@example.org"})
        drain_outbox()
        [mail] = mailbox.messages
        assert "Vos liens" in mail["Subject"]


class TestWhoHasNewsAndNoName:
    @pytest.fixture
    def supporter(self, petition, visitor, mailbox) -> Contact:
        blank(confirmed(petition, visitor, email="elise@example.org", agree_newsletter="on"))
        mailbox.messages.clear()
        return Contact.objects.get()

    def ask(self, visitor, mailbox):
        visitor.send("/signature/message/", {"email": "elise@example.org"})
        drain_outbox()
        [mail] = mailbox.messages
        return mail

    def test_they_are_told_by_mail_what_is_kept(self, supporter, visitor, mailbox):
        mail = self.ask(visitor, mailbox)
        assert mail["To"] == "elise@example.org"
        assert supporter.consent_text.sentence in text_of(mail)

    def test_its_link_stops_the_news(self, supporter, visitor, mailbox):
        visitor.send(path_of(links_in(self.ask(visitor, mailbox))[0]), {"act": "stop"})
        supporter.refresh_from_db()
        assert supporter.state == ContactState.UNSUBSCRIBED

    def test_its_link_erases_everything(self, supporter, visitor, mailbox):
        path = path_of(links_in(self.ask(visitor, mailbox))[0])
        assert 'value="erase"' in visitor.read(path).content.decode()
        visitor.send(path, {"act": "erase"})
        assert not Contact.objects.exists()

    def test_whose_name_is_held_with_a_signature_erases_that_on_its_own_page(
        self, petition, visitor, mailbox
    ):
        confirmed(petition, visitor, email="elise@example.org", agree_newsletter="on")
        path = f"/signature/information/{news_token(Contact.objects.get().uuid)}/"
        assert 'value="erase"' not in visitor.read(path).content.decode()
        visitor.send(path, {"act": "erase"})
        assert Signature.objects.get().first_name
        assert Contact.objects.get().state == ContactState.UNSUBSCRIBED

    def test_the_personal_page_leads_to_it(self, petition, visitor, mailbox):
        signature = confirmed(petition, visitor)
        blank(signature)
        page = visitor.read(f"/signature/page/{personal_token(signature.uuid)}/").content.decode()
        assert "/signature/message/" in page

    def test_what_was_set_aside_and_has_no_name_is_nobody_s(self, petition, visitor, mailbox):
        signature = confirmed(petition, visitor)
        blank(signature)
        Signature.objects.update(state=SignatureState.INVALIDATED)
        assert visitor.read(f"/signature/page/{personal_token(signature.uuid)}/").status_code == 410


class TestAYesToTheNewsWhileASignatureIsLookedAt:
    def choose_news(self, visitor, signature):
        path = f"/signature/rectification/{change_token(signature.uuid)}/"
        boxes = own_data.choices(own_data.own_data(signature.uuid))
        shown = " ".join(str(box.words.pk) for box in boxes)
        answer = visitor.send(path, {"act": "choices", "keep": ["newsletter"], "shown": shown})
        assert answer.status_code == 303
        return {box.purpose: box.given for box in own_data.choices(own_data.own_data(signature.uuid))}

    def test_it_is_kept_and_served_once_the_signature_counts(self, petition, visitor, mailbox, judge):
        signature = confirmed(petition, visitor)
        hold(signature, reason="Essai", by=judge)
        assert self.choose_news(visitor, signature)["newsletter"]
        assert not Contact.objects.exists()
        release(signature, reason="Essai", by=judge)
        assert Contact.objects.get().state == ContactState.SUBSCRIBED

    def test_it_outweighs_the_no_before_it(self, petition, visitor, mailbox, judge):
        signature = confirmed(petition, visitor, agree_newsletter="on")
        visitor.send(f"/signature/page/{personal_token(signature.uuid)}/", {"act": "stop_news"})
        hold(signature, reason="Essai", by=judge)
        assert self.choose_news(visitor, signature)["newsletter"]
        release(signature, reason="Essai", by=judge)
        assert Contact.objects.get().state == ContactState.SUBSCRIBED

    def test_a_no_after_it_stands(self, petition, visitor, mailbox, judge):
        signature = confirmed(petition, visitor, agree_newsletter="on")
        hold(signature, reason="Essai", by=judge)
        visitor.send(f"/signature/page/{personal_token(signature.uuid)}/", {"act": "stop_news"})
        release(signature, reason="Essai", by=judge)
        assert Contact.objects.get().state == ContactState.UNSUBSCRIBED


def test_who_signs_again_is_told_what_became_of_their_signature(petition, visitor, mailbox, judge):
    signature = confirmed(petition, visitor, email="elise@example.org")
    for state, words in (("confirmed", "est comptée"), ("held", "en cours de vérification")):
        Signature.objects.filter(pk=signature.pk).update(state=state)
        mailbox.messages.clear()
        visitor.sign(petition, email="elise@example.org")
        drain_outbox()
        assert words in text_of(mailbox.messages[0])


def test_an_endorsement_whose_mailbox_had_its_mails_of_today_waits_for_tomorrow(petition, visitor, mailbox):
    row = EndorsementFactory(petition=petition, state="received")
    for _ in range(limits.MAILS_PER_ADDRESS_AND_DAY):
        limits.count_mail(row.email_key, timezone.now())
    queue.put(CONFIRM_MAIL, subject=str(row.pk))
    drain_outbox()
    assert Endorsement.objects.filter(pk=row.pk).exists()
    task = OutboxTask.objects.get(kind=CONFIRM_MAIL)
    assert task.done_at is None and task.due > timezone.now()

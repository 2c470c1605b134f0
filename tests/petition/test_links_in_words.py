"""Behind each link that can't do what it was for stands a page in plain words, with its status and a way on."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation

from petition import links
from petition.enums import PetitionState, SignatureState
from petition.models import PendingSignature, Petition, Signature
from petition.services.withdrawal import withdraw
from tests.factories import PendingSignatureFactory, SignatureFactory
from tests.people import confirm_path, drain_outbox, words_of

pytestmark = pytest.mark.django_db

HEADINGS = {
    "altered": ("Ce lien est incomplet", "This link is not complete"),
    "expired": ("Ce lien a expiré", "This link has expired"),
    "used": ("Votre signature est comptée", "Your signature is counted"),
    "replaced": ("Un e-mail plus récent vous a été envoyé", "A newer mail has been sent"),
    "withdrawn": ("Cette signature a été retirée", "This signature has been withdrawn"),
    "late": ("Cette pétition a été remise à son destinataire", "This petition has been delivered"),
    "gone": ("Ce lien n’a plus rien à confirmer", "Nothing is waiting behind this link"),
    "held": ("Votre signature est en cours de vérification", "Your signature is being looked at"),
    "set aside": ("Votre signature a été écartée", "Your signature was set aside"),
}
STATUS = {"altered": 404, "used": 200, "held": 200, "set aside": 200}
WAYS_ON = {
    "altered": ['action="{mail_again}"'],
    "expired": ['action="{fresh_mail}"', "{contact}"],
    "used": ["{petition}"],
    "replaced": ['action="{fresh_mail}"', "{contact}"],
    "withdrawn": ["{home}"],
    "late": ["{petition}", "{contact}"],
    "gone": ["{mail_again}"],
    "held": ["{contact}", "{my_signature}"],
    "set aside": ["{contact}", "{my_signature}"],
}


def heading_of(words: str) -> str:
    (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", words, re.DOTALL)
    return heading


def pending_in(language: str, petition) -> PendingSignature:
    return PendingSignatureFactory.create(
        petition=petition,
        language=language,
        sign_text=petition.consent_texts.get(purpose="sign", language=language),
    )


def token_of(case: str, pending: PendingSignature) -> str:
    """Bring one case about; return the token of a link that meets it."""
    if case == "expired":
        with time_machine.travel(timezone.now() - links.CONFIRM_LIFE - timedelta(hours=1), tick=False):
            return links.confirm_token(pending.uuid, pending.nonce)
    token = links.confirm_token(pending.uuid, "another" if case == "replaced" else pending.nonce)
    if case == "altered":
        return token[:-1] + ("A" if token[-1] != "A" else "B")
    if case == "late":
        Petition.objects.filter(pk=pending.petition_id).update(
            state=PetitionState.DELIVERED, delivered_at=timezone.now()
        )
    if case in {"gone", "held", "set aside", "withdrawn", "used"}:
        pending.delete()
    if case in {"held", "set aside", "withdrawn", "used"}:
        state = {"held": SignatureState.HELD, "set aside": SignatureState.INVALIDATED}.get(
            case, SignatureState.CONFIRMED
        )
        SignatureFactory.create(
            petition=pending.petition,
            uuid=pending.uuid,
            language=pending.language,
            state=state,
            email=pending.email,
        )
    if case == "withdrawn":
        withdraw(pending.uuid)
    return token


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("case", HEADINGS)
def test_each_has_its_own_words_its_status_and_a_way_on(petition, visitor, case, language):
    pending = pending_in(language, petition)
    token = token_of(case, pending)
    with translation.override(language):
        path = reverse("confirm", args=[token])
        answer = visitor.read(path)
        ways = {
            "mail_again": reverse("mail_again"),
            "fresh_mail": reverse("fresh_mail", args=[token]),
            "petition": petition.get_absolute_url(),
            "contact": petition.reply_to,
            "my_signature": "/signature/page/",
            "home": "",
        }
    words = words_of(answer)
    assert f'<html lang="{language}">' in words
    assert HEADINGS[case][language == "en"] in heading_of(words)
    assert answer.status_code == STATUS.get(case, 410)
    for way in WAYS_ON[case]:
        assert way.format(**ways) in words, way
    assert token not in words.partition("</title>")[0], "no link in the title"


@pytest.mark.parametrize("case", [case for case in HEADINGS if case not in {"altered"}])
def test_pressing_behind_any_of_them_is_answered_by_the_same_page_and_counts_nothing(petition, visitor, case):
    pending = pending_in("fr", petition)
    token = token_of(case, pending)
    before = Signature.objects.count()
    with translation.override("fr"):
        path = reverse("confirm", args=[token])
    answer = visitor.send(path)
    assert answer.status_code == 303
    assert HEADINGS[case][0] in heading_of(words_of(visitor.read(answer["Location"])))
    assert Signature.objects.count() == before


class TestThePageAfterTheForm:
    """C-03: the same for everybody."""

    @pytest.fixture
    def shown(self, petition, visitor):
        return words_of(visitor.read(visitor.sign(petition)["Location"]))

    def test_says_that_it_does_not_count_yet(self, shown):
        assert "<h1>Il reste une étape : votre signature ne compte pas encore</h1>" in shown

    def test_names_sender_and_subject_as_they_will_come(self, petition, visitor, mailbox, shown):
        drain_outbox()
        (mail,) = mailbox.messages
        assert f"{petition.sender_name} &lt;{petition.sender_address}&gt;" in shown
        assert f"<dd>{mail['Subject']}</dd>" in shown
        assert petition.sender_address in str(mail["From"])

    def test_says_where_else_to_look_how_to_ask_again_and_what_to_do_about_a_wrong_address(
        self, petition, shown
    ):
        assert "spam" in shown
        assert 'href="/signature/message/"' in shown
        assert f'href="{petition.get_absolute_url()}#sign-form"' in shown

    def test_in_english(self, petition, visitor):
        words = words_of(visitor.read(visitor.sign(petition, "en")["Location"]))
        assert "<h1>One step remains: your signature does not count yet</h1>" in words

    def test_holds_nothing_of_whoever_signed(self, shown):
        assert "Élise" not in shown
        assert "elise@example.org" not in shown


def test_no_page_behind_a_link_leads_out_of_the_site(petition, visitor, mailbox):
    visitor.sign(petition)
    drain_outbox()
    words = words_of(visitor.read(confirm_path(mailbox.messages[-1])))
    assert 'href="http' not in words.replace('href="http://testserver', "")

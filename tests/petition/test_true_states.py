"""Each page says what is so: in whose language, what can still be done, and why something was set aside."""

import pytest
from django.utils import timezone

from petition.enums import PetitionState, SignatureState
from petition.links import change_token, confirm_token, personal_token
from petition.mail_domains import meant
from petition.models import Petition
from tests.factories import PendingSignatureFactory, SignatureFactory
from tests.people import words_of

pytestmark = pytest.mark.django_db


def test_what_was_never_confirmed_is_not_told_to_be_confirmed_after_delivery(petition, visitor):
    pending = PendingSignatureFactory(petition=petition)
    Petition.objects.filter(pk=petition.pk).update(state=PetitionState.DELIVERED, delivered_at=timezone.now())
    for path in (f"page/{personal_token(pending.uuid)}", f"rectification/{change_token(pending.uuid)}"):
        page = words_of(visitor.read(f"/signature/{path}/"))
        assert "s’efface d’elle-même" in page
        assert "Effacer ma demande" in page
        assert "cliquez sur le bouton" not in page


@pytest.mark.parametrize("state", [SignatureState.CONFIRMED, SignatureState.INVALIDATED])
def test_a_reason_is_read_where_it_explains_something(petition, visitor, state):
    signature = SignatureFactory(petition=petition, state=state, state_reason="Boîte commune d’essai")
    page = words_of(visitor.read(f"/signature/rectification/{change_token(signature.uuid)}/"))
    assert ("Motif donné par l’équipe : Boîte commune d’essai" in page) == (state != SignatureState.CONFIRMED)


def test_words_of_another_language_say_so(petition, visitor):
    pending = PendingSignatureFactory(petition=petition)
    path = f"/signature/confirmation/{confirm_token(pending.uuid, pending.nonce)}/"
    page = visitor.read(path).content.decode()
    assert f'<dd lang="fr">{pending.text.title}</dd>' in page.replace("&#x27;", "'")


@pytest.mark.parametrize(("typed", "known"), [("gmail.fr", "gmail.com"), ("wanadoo.com", "wanadoo.fr")])
def test_a_known_name_with_anothers_ending_is_asked_about(typed, known):
    assert meant(typed) == known

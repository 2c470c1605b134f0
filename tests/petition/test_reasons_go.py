"""What staff wrote about somebody goes with them; that something was done, and who did it, stays."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import ModelLogEntry

from petition.models import Signature
from petition.services.invalidation import set_aside
from petition.services.withdrawal import erase
from petition.staff.judging_form import ReasonForm
from tests.factories import SignatureFactory

pytestmark = pytest.mark.django_db


def test_the_history_keeps_the_act_and_forgets_the_reason(petition):
    by = get_user_model().objects.create_user("essai", "essai@example.org", "a-long-password-1")
    signature = SignatureFactory(petition=petition)
    set_aside(signature, reason="Un prénom d’essai", by=by)
    erase(signature.uuid)
    assert not Signature.objects.exists()
    [line] = ModelLogEntry.objects.filter(action="signature.set_aside")
    assert (line.user, line.data) == (by, {"reason": ""})


@pytest.mark.parametrize(
    ("reason", "taken"),
    [("Élise Essai est un faux nom", False), ("elise", False), ("Adresse d’une boîte commune", True)],
)
def test_a_reason_that_names_the_person_is_refused_in_words(petition, reason, taken):
    signature = SignatureFactory(petition=petition, first_name="Élise", last_name="Le Essai")
    assert ReasonForm({"reason": reason}, about=signature).is_valid() == taken

"""One number, wherever it is told: pages, data for programs, the hours, a count of the rows; closed ones too."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from petition.models import Signature
from petition.services import tallying
from petition.services.closing import close_petition
from petition.services.confirmation import confirm
from petition.services.counting import progress
from petition.services.figures import figures
from petition.services.invalidation import set_aside
from petition.services.withdrawal import erase, withdraw
from tests.factories import OpenPetitionFactory, PendingSignatureFactory
from tests.people import words_of

pytestmark = pytest.mark.django_db(transaction=True)


def confirmed(petition, **values) -> Signature:
    pending = PendingSignatureFactory.create(petition=petition, **values)
    confirm(petition, pending.uuid, pending.nonce)
    return Signature.objects.get(uuid=pending.uuid)


@pytest.mark.parametrize("closed", [False, True])
def test_all_tellings_agree_after_every_kind_of_act(visitor, closed):
    petition = OpenPetitionFactory()
    signatures = [confirmed(petition) for _ in range(5)]
    staff = get_user_model().objects.create_superuser("essai", password="a-long-enough-password")
    withdraw(signatures[0].uuid)
    set_aside(signatures[1], reason="Essai", by=staff)
    erase(signatures[2].uuid)
    if closed:
        close_petition(petition)
    tallying.roll_up()

    added_up = figures(petition)
    assert added_up
    page = words_of(visitor.read(f"/petitions/{petition.slug}/comment-nous-comptons/"))
    told = {
        "total": progress(petition).count,
        "rows": Signature.objects.confirmed().filter(petition=petition).count(),
        "hours": added_up.total,
        "json": visitor.read(f"/api/petitions/{petition.slug}/count.json").json()["count"],
        "csv": int(visitor.read(f"/api/petitions/{petition.slug}/daily.csv").content.decode().split(",")[-1]),
        "page": int(re.search(r"<strong>= (\d+)</strong>", page)[1]),
    }
    assert set(told.values()) == {2}, told
    call_command("recount")


def test_somebody_who_signs_two_petitions_counts_in_both():
    first, second = OpenPetitionFactory(), OpenPetitionFactory()
    for petition in (first, second):
        confirmed(petition, email="elise@example.org")
    assert [progress(petition).count for petition in (first, second)] == [1, 1]
    assert Signature.objects.count() == 2

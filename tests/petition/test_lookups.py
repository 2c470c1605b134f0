"""What is looked up once in ten seconds: never at the cost of the truth."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from petition import lookups
from petition.enums import PetitionState
from petition.models import PendingSignature, Petition
from petition.services.closing import close_petition, reopen_petition
from petition.services.wording import publish_consent_texts
from tests.people import words_of

pytestmark = pytest.mark.django_db


def sign(petition, visitor, **values):
    return visitor.send(f"/petitions/{petition.slug}/signature/", visitor.form_of(petition, **values))


def reads_of(act) -> int:
    """Return how many statements an act takes that read what signing needs."""
    with CaptureQueriesContext(connection) as captured:
        act()
    read = ("petition_petitiontext", "petition_consenttext")
    return sum(
        query["sql"].startswith("SELECT") and any(t in query["sql"] for t in read) for query in captured
    )


def test_the_next_signature_asks_for_nothing_that_is_known(petition, visitor):
    first, second = (visitor.form_of(petition, email=f"{name}@exemple.fr") for name in "ab")
    path = f"/petitions/{petition.slug}/signature/"
    assert reads_of(lambda: visitor.send(path, first)) == 2
    assert reads_of(lambda: visitor.send(path, second)) == 0
    assert PendingSignature.objects.count() == 2


def test_after_ten_seconds_it_is_asked_for_again(petition, visitor, monkeypatch):
    sign(petition, visitor)
    later = lookups.time.monotonic() + lookups.SECONDS
    monkeypatch.setattr(lookups.time, "monotonic", lambda: later)
    data = visitor.form_of(petition, email="b@exemple.fr")
    assert reads_of(lambda: visitor.send(f"/petitions/{petition.slug}/signature/", data)) == 2


def test_a_petition_closed_by_another_process_takes_nothing_though_it_is_remembered_as_open(
    petition, visitor
):
    sign(petition, visitor)
    Petition.objects.filter(pk=petition.pk).update(state=PetitionState.CLOSED)  # tells nobody here
    answer = sign(petition, visitor, email="b@exemple.fr")
    assert answer.status_code == 422
    assert "ne reçoit plus de signatures" in words_of(answer)
    assert not PendingSignature.objects.filter(email="b@exemple.fr").exists()


def test_a_closing_moment_set_by_another_process_is_kept_to_the_second(petition, visitor):
    sign(petition, visitor)
    Petition.objects.filter(pk=petition.pk).update(closes_at=timezone.now())
    assert sign(petition, visitor, email="b@exemple.fr").status_code == 422


def test_closing_and_opening_in_this_process_is_seen_at_once(petition, visitor):
    sign(petition, visitor)
    close_petition(petition)
    assert sign(petition, visitor, email="b@exemple.fr").status_code == 422
    reopen_petition(petition)
    assert sign(petition, visitor, email="b@exemple.fr").status_code == 303


def test_that_a_petition_takes_nothing_is_never_remembered(petition, visitor):
    Petition.objects.filter(pk=petition.pk).update(state=PetitionState.CLOSED)
    lookups.forget_all()
    assert sign(petition, visitor).status_code == 422
    Petition.objects.filter(pk=petition.pk).update(state=PetitionState.OPEN)
    assert sign(petition, visitor).status_code == 303


def test_new_words_are_seen_at_once(petition, visitor):
    sign(petition, visitor)
    petition.organiser = "Autre nom d’essai"
    petition.save()
    publish_consent_texts(petition)
    assert "Autre nom d’essai" in words_of(sign(petition, visitor, first_name=""))


def test_what_was_asked_for_before_a_change_is_not_remembered_after_it():
    def ask() -> str:
        lookups.forget_all()  # somebody changed it meanwhile
        return "old"

    assert lookups.remembered("key", ask) == "old"
    assert lookups.remembered("key", lambda: "new") == "new"
    assert lookups.remembered("key", lambda: "newer") == "new"


@pytest.mark.django_db(transaction=True)
def test_a_change_is_dropped_again_once_others_can_see_it(petition):
    with transaction.atomic():
        petition.save()
        lookups.remembered("key", lambda: "read by another thread before the commit")
    assert lookups.remembered("key", lambda: "after it") == "after it"

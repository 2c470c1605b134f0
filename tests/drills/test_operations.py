"""Random acts by several workers at once leave all tellings of the count equal."""

import os
import time

import pytest

from petition.enums import SignatureState
from petition.models import Signature, SignatureEvent
from petition.services import tallying
from petition.services.counting import progress, recount
from tests.drills.random_acts import WISHES, play

# `make drill` plays all, `make test` a few.
OPERATIONS, WORKERS = (10_000, 8) if os.environ.get("FULL_SIZE") else (400, 4)
SEED = os.environ.get("SEED", "2020-11-20")


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_random_acts_of_several_workers_leave_every_telling_of_the_count_equal(record_property):
    begun = time.monotonic()
    played = play(OPERATIONS, WORKERS, SEED)
    took = time.monotonic() - begun

    assert played.raised == []
    assert played.acts.total() == OPERATIONS
    told = recount()
    assert all(telling.agrees for telling in told), told
    assert tallying.compare() == []
    for telling in told:
        assert progress(telling.petition).count == telling.signatures
    not_done = [name for name in WISHES if not played.done[name]]
    if OPERATIONS == 10_000:
        assert not_done == []

    record_property("took", f"{took:.0f}")
    for name in WISHES:
        record_property(f"act-{name}", f"{played.acts[name]} {played.done[name]}")
    for telling in told:
        record_property(
            f"count-{telling.petition.pk}", f"{telling.signatures} {telling.events} {telling.total}"
        )
    record_property("signatures", Signature.objects.count())
    record_property("blank", Signature.objects.filter(blanked_at__isnull=False).count())
    for state in SignatureState:
        record_property(f"state-{state.value}", Signature.objects.filter(state=state).count())
    record_property("events", SignatureEvent.objects.count())

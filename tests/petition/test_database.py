"""The database keeps the truth, whatever the code hopes."""

import uuid
from datetime import timedelta
from threading import Barrier, Event, Thread

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from petition.checks import PROTECTED_TABLES, protected_tables
from petition.enums import EventKind, PetitionState, SignatureState
from petition.models import (
    ConsentText,
    OfficeHolder,
    PendingSignature,
    Petition,
    PetitionText,
    Signature,
    SignatureEvent,
    Suppression,
    Total,
)
from petition.models.tally import SLOTS
from petition.services.confirmation import Confirmed, confirm
from petition.services.counting import goal_for, progress, record, recount
from tests.factories import OpenPetitionFactory, PendingSignatureFactory, PetitionFactory, SignatureFactory

pytestmark = pytest.mark.django_db


def refused(write) -> bool:
    try:
        with transaction.atomic():
            write()
    except DatabaseError:
        return True
    return False


def test_one_signature_per_mailbox_and_petition(petition):
    SignatureFactory(petition=petition, email="a@example.org")
    assert refused(lambda: SignatureFactory(petition=petition, email="A+x@Example.org"))
    SignatureFactory(petition=PetitionFactory(), email="a@example.org")


def test_a_signature_is_whole_or_blank(petition):
    signature = SignatureFactory(petition=petition)
    rows = Signature.objects.filter(pk=signature.pk)
    assert refused(lambda: rows.update(email=None))
    assert refused(lambda: rows.update(blanked_at=timezone.now()))
    blank = {"first_name": None, "last_name": None, "email": None, "email_key": None}
    rows.update(blanked_at=timezone.now(), **blank)
    second = SignatureFactory(petition=petition)
    Signature.objects.filter(pk=second.pk).update(blanked_at=timezone.now(), **blank)
    assert Signature.objects.count() == 2


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Petition, {"state": "unheard-of"}),
        (Petition, {"state": PetitionState.OPEN, "opened_at": None}),
        (Signature, {"state": "unheard-of"}),
    ],
)
def test_states_outside_the_list_are_refused(petition, model, values):
    SignatureFactory(petition=petition)
    assert refused(lambda: model.objects.update(**values))


def test_a_frozen_text_changes_neither_by_save_nor_by_sql(petition):
    text = petition.texts.get(language="fr")
    assert text.frozen_at
    text.title = "Autre chose"
    with pytest.raises(ValidationError):
        text.save()
    assert refused(lambda: PetitionText.objects.update(title="Autre chose"))
    fresh = PetitionFactory().texts.get(language="fr")
    fresh.title = "Autre chose"
    fresh.save()


def test_consent_words_and_events_never_change(petition):
    assert refused(lambda: ConsentText.objects.update(sentence="Autre chose"))
    record(petition.pk, EventKind.CONFIRMED, 1, signature_uuid=uuid.uuid4(), place="", moment=timezone.now())
    assert refused(lambda: SignatureEvent.objects.update(delta=0))
    assert refused(
        lambda: record(
            petition.pk, EventKind.CONFIRMED, 2, signature_uuid=uuid.uuid4(), place="", moment=timezone.now()
        )
    )


@pytest.mark.postgresql_only
def test_an_event_is_never_deleted(petition):
    record(petition.pk, EventKind.CONFIRMED, 1, signature_uuid=uuid.uuid4(), place="", moment=timezone.now())
    assert refused(lambda: SignatureEvent.objects.all().delete())
    assert SignatureEvent.objects.count() == 1


@pytest.mark.parametrize("values", [{"scope": "unheard-of"}, {"reason": "unheard-of"}])
def test_a_suppression_has_a_known_scope_and_reason(values):
    whole = {"email_key": "k", "scope": "all_mail", "reason": "bounce", "created_at": timezone.now()}
    Suppression.objects.create(**whole)
    assert refused(lambda: Suppression.objects.update(**values))


def test_the_total_has_sixteen_slots(petition):
    assert refused(lambda: Total.objects.create(petition=petition, slot=16))


def test_the_triggers_are_there_and_their_loss_is_reported():
    assert set(PROTECTED_TABLES) <= protected_tables()
    with connection.cursor() as cursor:
        on_table = " ON petition_consenttext" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER petition_consenttext_frozen{on_table}")
    with pytest.raises(Exception, match="petition.E001"):
        call_command("check", databases=["default"])


def test_a_petition_with_signatures_can_not_be_deleted(petition):
    SignatureFactory(petition=petition)
    with pytest.raises(models.ProtectedError, match="'Signature.petition'"):
        petition.delete()


def test_signatures_have_few_indexes_since_each_is_paid_for_six_million_times():
    constraints = connection.introspection.get_constraints(connection.cursor(), Signature._meta.db_table)
    indexes = [
        name
        for name, found in constraints.items()
        if found["index"] or found["unique"] or found["primary_key"]
    ]
    of_a_few_alone = {"signature_shown", "signature_not_counted"}
    assert len(set(indexes) - of_a_few_alone) == 3, indexes


def test_rows_of_people_stay_out_of_wagtails_reference_index_and_show_no_name():
    for model in (PendingSignature, Signature):
        assert model.wagtail_reference_index_ignore
    signature = Signature(uuid=uuid.uuid4(), first_name="Nom", email="x@example.org")
    assert str(signature) == str(signature.uuid)


def test_an_event_carries_its_transactions_number(petition):
    pending = PendingSignatureFactory(petition=petition)
    confirm(petition, pending.uuid, pending.nonce)
    event = SignatureEvent.objects.get()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            assert event.transaction == cursor.fetchone()[0]
    else:
        assert event.transaction == 0


def free_slot(petition) -> int:
    return next(
        slot for slot in range(SLOTS) if not Total.objects.filter(petition=petition, slot=slot).exists()
    )


class TestRecount:
    def test_all_three_tellings_agree_after_signing_and_leaving(self, petition):
        from petition.services.withdrawal import withdraw

        rows = [PendingSignatureFactory(petition=petition) for _ in range(5)]
        for row in rows:
            confirm(petition, row.uuid, row.nonce)
        withdraw(rows[0].uuid)
        (telling,) = recount()
        assert (telling.signatures, telling.events, telling.total) == (4, 4, 4)
        call_command("recount")

    def test_a_difference_is_told_and_mended_by_adding_it(self, petition):
        rows = [PendingSignatureFactory(petition=petition) for _ in range(3)]
        for row in rows:
            confirm(petition, row.uuid, row.nonce)
        Total.objects.create(petition=petition, slot=free_slot(petition), value=7)
        assert progress(petition).count == 10
        with pytest.raises(CommandError):
            call_command("recount")
        assert progress(petition).count == 10
        call_command("recount", "--fix")
        assert progress(petition).count == 3

    def test_signatures_that_do_not_count_are_not_counted(self, petition):
        SignatureFactory(petition=petition, state=SignatureState.HELD)
        SignatureFactory(petition=petition, state=SignatureState.INVALIDATED)
        SignatureFactory(petition=petition, trial=True)
        (telling,) = recount()
        assert (telling.signatures, telling.events, telling.total) == (0, 0, 0)

    @pytest.mark.postgresql_only
    @pytest.mark.django_db(transaction=True)
    def test_it_reads_one_snapshot_outside_a_transaction(self):
        """Somebody confirms, over a connection of their own, between the first telling and the second."""
        petition = OpenPetitionFactory()
        pending = PendingSignatureFactory(petition=petition)
        between = []

        def somebody_confirms():
            between.append(confirm(petition, pending.uuid, pending.nonce))
            connection.close()

        def after_the_first_telling(execute, sql, params, many, context):
            result = execute(sql, params, many, context)
            if 'FROM "petition_signature"' in sql and not between:
                somebody = Thread(target=somebody_confirms)
                somebody.start()
                somebody.join(timeout=60)
            return result

        with connection.execute_wrapper(after_the_first_telling):
            (telling,) = recount(fix=True)
        assert between == [Confirmed.NOW]
        assert (telling.signatures, telling.events, telling.total) == (0, 0, 0)
        assert progress(petition).count == 1

    @pytest.mark.postgresql_only
    @pytest.mark.django_db(transaction=True)
    def test_two_that_mend_at_once_mend_once(self):
        petition = OpenPetitionFactory()
        SignatureFactory(petition=petition)
        both = Barrier(2)

        def mend():
            both.wait(timeout=30)
            recount(fix=True)
            connection.close()

        with transaction.atomic():
            list(Petition.objects.select_for_update())  # neither gets further than its first statement
            menders = [Thread(target=mend) for _ in range(2)]
            [mender.start() for mender in menders]
            for _ in range(3000):
                with connection.cursor() as cursor:
                    cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                    if cursor.fetchone()[0] == 2:
                        break
                Event().wait(0.01)
        [mender.join(timeout=60) for mender in menders]
        assert progress(petition).count == 1


@pytest.mark.parametrize(
    ("count", "goal"),
    [(0, 10), (8, 10), (9, 100), (89, 100), (90, 1000), (899, 1000), (900, 1000), (2000, 1000)],
)
def test_the_next_goal_shows_when_the_last_is_nearly_reached(count, goal):
    assert goal_for(count, [10, 100, 1000]) == goal


def test_the_bar_never_passes_100(petition):
    Total.objects.create(petition=petition, slot=0, value=5000)
    assert progress(petition).percent == 100


def test_holders_of_an_office_are_dated(petition):
    OfficeHolder.objects.create(petition=petition, name="X", as_of="2020-11-20")
    assert refused(lambda: OfficeHolder.objects.create(petition=petition, name="Y", as_of="2020-11-20"))


def test_expiry_deletes_unconfirmed_rows_after_14_days_and_nothing_else(petition):
    now = timezone.now()
    PendingSignatureFactory(petition=petition, received_at=now - timedelta(days=14, minutes=1))
    kept = PendingSignatureFactory(petition=petition, received_at=now - timedelta(days=13, hours=23))
    SignatureFactory(petition=petition, received_at=now - timedelta(days=100))
    call_command("expire_signatures")
    assert PendingSignature.objects.get() == kept
    assert Signature.objects.count() == 1

"""Staff at their desks: one of each group, and rows to look at."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaign.outbox.models import OutboxTask, ScheduledRun
from campaign.roles import Role, ensure_roles
from petition.email_address import email_key
from petition.enums import BounceKind
from petition.models import OfficeHolder, ServiceSettings
from petition.services import returning
from tests.factories import ContactFactory, PendingSignatureFactory, SignatureFactory
from tests.factories.organisations import EndorsementFactory

PASSWORD = "a-long-enough-password"


@pytest.fixture
def account(db):
    """Return a function that makes an account of a group."""
    groups = ensure_roles()

    def make(role: Role):
        user = get_user_model().objects.create_user(f"{role.name}@essai".lower(), password=PASSWORD)
        user.groups.add(groups[role])
        return user

    return make


@pytest.fixture
def desk(account):
    """Return a function that gives the browser of somebody of a group, logged in."""

    def sit_down(role: Role) -> Client:
        client = Client()
        client.force_login(account(role), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sit_down


@pytest.fixture
def editor(desk) -> Client:
    return desk(Role.EDITOR)


@pytest.fixture
def manager(desk) -> Client:
    return desk(Role.PETITION_MANAGER)


@pytest.fixture
def superuser(db) -> Client:
    """Somebody with every permission that Django knows."""
    user = get_user_model().objects.create_superuser("tout", password=PASSWORD)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def signature(petition):
    return SignatureFactory(
        petition=petition, first_name="Célestine", last_name="Introuvable", email="celestine@example.org"
    )


@pytest.fixture
def pending(petition):
    return PendingSignatureFactory(
        petition=petition, first_name="Barnabé", last_name="Introuvable", email="barnabe@example.org"
    )


@pytest.fixture
def contact(petition):
    return ContactFactory(petition=petition, first_name="Aristide", email="aristide@example.org")


@pytest.fixture
def task(db):
    return OutboxTask.objects.create(kind="signature_mail", subject="1")


@pytest.fixture
def something_of_everything(signature, pending, task, contact):
    """One row at least for each screen."""
    ServiceSettings.objects.create(pk=1)
    ScheduledRun.objects.create(name="recount", report="ok")
    EndorsementFactory(petition=signature.petition)
    OfficeHolder.objects.create(petition=signature.petition, name="Essai, au ministère", as_of="2026-11-20")
    returning.note_bounce(email_key("revenu@example.org"), BounceKind.HARD, timezone.now())
    return signature, pending, task


@pytest.fixture
def statements_of():
    """Return a function that counts the statements of one GET."""

    def count(client: Client, address: str) -> int:
        client.get(address)  # what a process remembers is remembered
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert response.status_code == 200
        return len(captured)

    return count

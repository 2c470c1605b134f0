"""Deletions tell what they would do, and are missed when they haven't run for a day."""

from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from campaign import staff_log
from campaign.outbox import heartbeat, registry, schedules
from campaign.outbox.health import late_deletions
from campaign.outbox.models import OutboxTask, ScheduledRun
from petition.models import PendingSignature, TokenBucket
from petition.staff.life import OPEN
from tests.factories import ContactFactory, OpenPetitionFactory, PendingSignatureFactory, SignatureFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def ran(name: str, **ago: timedelta) -> None:
    ScheduledRun.objects.create(name=name, **{field: timezone.now() - since for field, since in ago.items()})


def everything() -> dict[str, list]:
    """Return every row of our own tables."""
    ours = [model for model in apps.get_models() if model._meta.app_label in {"petition", "outbox", "home"}]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in ours}


@pytest.fixture
def things_that_are_over():
    petition, now = OpenPetitionFactory(), timezone.now()
    PendingSignatureFactory(petition=petition, received_at=now - timedelta(days=20))
    SignatureFactory(petition=petition)
    ContactFactory(petition=petition, confirmed_at=now - timedelta(days=4 * 365))
    TokenBucket.objects.create(bucket="essai", count=1, expires_at=now - HOUR)
    OutboxTask.objects.create(kind="essai", done_at=now - timedelta(days=8))


class TestDryRuns:
    def test_the_command_tells_what_each_would_delete_and_changes_nothing(self, things_that_are_over):
        before, out = everything(), StringIO()
        call_command("expire_signatures", "--dry-run", stdout=out)
        assert everything() == before
        told = dict(line.split(": ", 1) for line in out.getvalue().splitlines())
        assert set(told) == {known.name for known in registry.deletions()}
        assert ": 1" in told["expire_signatures"]
        assert ": 1" in told["retire_contacts"]
        assert told["purge_done_tasks"].endswith(": 1")

    def test_without_it_they_go(self, things_that_are_over):
        call_command("expire_signatures", stdout=StringIO())
        assert not PendingSignature.objects.exists()
        assert not TokenBucket.objects.exists()
        assert not OutboxTask.objects.filter(kind="essai").exists()

    def test_a_run_that_has_never_ended_is_a_first_one(self):
        ran("erase_names", last_started=HOUR)
        assert not schedules.has_ended_before("erase_names")
        ScheduledRun.objects.update(last_ended=timezone.now())
        assert schedules.has_ended_before("erase_names")


class TestLate:
    @pytest.mark.parametrize(
        ("ago", "is_late"),
        [
            ({"last_started": 23 * HOUR, "last_ended": 23 * HOUR}, False),
            ({"last_started": 25 * HOUR, "last_ended": 25 * HOUR}, True),
            ({"last_started": HOUR, "last_ended": 25 * HOUR}, True),  # begun and killed, again and again
            ({"last_started": 25 * HOUR}, True),
            ({"last_started": HOUR, "last_ended": HOUR, "failed_at": HOUR}, True),
            ({}, False),  # no worker yet: that is told by itself
        ],
    )
    def test_a_day_without_a_good_end_is_too_long(self, ago, is_late):
        ran("expire_signatures", **ago)
        assert [run.name for run in late_deletions()] == ["expire_signatures"] * is_late

    def test_what_runs_once_a_day_has_an_hour_more(self):
        ran("retire_contacts", last_ended=24.5 * HOUR)
        assert late_deletions() == []
        ScheduledRun.objects.update(last_ended=timezone.now() - 25.5 * HOUR)
        assert [run.name for run in late_deletions()] == ["retire_contacts"]

    def test_what_deletes_nothing_is_no_business_of_this(self):
        ran("recount", last_ended=90 * HOUR)
        assert late_deletions() == []

    def test_health_names_it_and_changes_no_status(self, client):
        heartbeat.beat()
        ran("erase_names", last_ended=30 * HOUR)
        answer = client.get("/health/ready")
        assert (answer.status_code, answer.json()["degraded"]) == (200, ["deletions"])


class TestStaffLog:
    @pytest.fixture
    def lines(self):
        """A line about a page, an account, a petition and a signature, each old and new."""
        petition, page = OpenPetitionFactory(), Page.objects.first()
        user = get_user_model().objects.create_user("essai")
        signature = SignatureFactory(petition=petition)
        for age in (timedelta(days=370), timedelta(days=300)):
            for instance, action in [
                (page, "wagtail.edit"),
                (user, "wagtail.edit"),
                (petition, OPEN),
                (signature, "wagtail.edit"),
            ]:
                entry = log(instance, action, user=user)
                type(entry).objects.filter(pk=entry.pk).update(timestamp=timezone.now() - age)
        return petition

    def test_lines_older_than_a_year_go_but_those_of_the_petition_and_its_count(self, lines, monkeypatch):
        monkeypatch.setattr(staff_log, "AT_ONCE", 1)
        before = PageLogEntry.objects.count(), ModelLogEntry.objects.count()
        assert staff_log.forget_staff_acts(timezone.now(), dry_run=True) == 2
        assert (PageLogEntry.objects.count(), ModelLogEntry.objects.count()) == before
        assert staff_log.forget_staff_acts(timezone.now()) == 2
        assert (PageLogEntry.objects.count(), ModelLogEntry.objects.count()) == (before[0] - 1, before[1] - 1)
        assert ModelLogEntry.objects.filter(action=OPEN).count() == 2

    def test_the_months_are_a_setting(self, lines, settings):
        settings.KEEP_STAFF_LOG_MONTHS = 6
        assert staff_log.forget_staff_acts(timezone.now(), dry_run=True) == 4

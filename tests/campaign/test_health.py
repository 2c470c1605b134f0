"""Is this node able to answer, and what is late elsewhere?"""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaign import health
from campaign.outbox import heartbeat, queue
from campaign.outbox.models import OutboxTask

pytestmark = pytest.mark.django_db


def ready(client):
    answer = client.get("/health/ready")
    assert answer["Cache-Control"].startswith("max-age=0")
    return answer.status_code, answer.json()


def test_alive_is_answered_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/health/live").json() == {"status": "ok"}


def test_ready_is_ok_while_a_worker_is_alive_and_nothing_is_late(client):
    heartbeat.beat()
    assert ready(client) == (200, {"status": "ok", "failed": [], "degraded": []})


def test_a_silent_worker_and_old_mail_are_named_and_change_no_status(client):
    queue.put("signature_mail", subject="1", due=timezone.now() - timedelta(minutes=20))
    assert ready(client) == (200, {"status": "degraded", "failed": [], "degraded": ["worker", "mail"]})


def test_mail_is_late_when_the_banner_says_so_and_not_before(client):
    long_ago = timezone.now() - timedelta(minutes=20)
    heartbeat.beat()
    queue.put("signature_mail", subject="1", due=long_ago)
    queue.put("signature_mail", subject="2", due=long_ago)
    OutboxTask.objects.filter(subject="2").update(done_at=timezone.now())
    assert ready(client)[1]["degraded"] == []
    OutboxTask.objects.update(done_at=None, failed_at=long_ago)
    queue.put("signature_mail", subject="3", due=long_ago)
    OutboxTask.objects.filter(subject="3").update(failed_at=long_ago)
    assert ready(client)[1]["degraded"] == ["mail"]


def test_asking_whether_mail_is_late_takes_three_statements_at_most(django_assert_max_num_queries):
    queue.put("signature_mail", subject="1")
    with django_assert_max_num_queries(3):
        assert not health.DEGRADED["mail"]()


@pytest.mark.parametrize("name", ["database", "migrations", "disk"])
def test_what_this_node_lacks_is_named_with_503(client, monkeypatch, name):
    monkeypatch.setitem(health.READY, name, lambda: False)
    assert ready(client) == (503, {"status": "unavailable", "failed": [name], "degraded": []})


def test_a_full_disk_is_noticed(monkeypatch):
    assert health.READY["disk"]()
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 2**80)
    assert not health.READY["disk"]()


def test_a_missing_migration_is_noticed(monkeypatch):
    from django.db.migrations.recorder import MigrationRecorder

    assert health.READY["migrations"]()
    MigrationRecorder.Migration.objects.filter(app="petition").order_by("name").last().delete()
    assert not health.READY["migrations"]()

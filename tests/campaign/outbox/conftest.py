from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from campaign.outbox import registry
from campaign.outbox.models import OutboxTask


@pytest.fixture(autouse=True)
def only_own_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test registers the kinds and schedules that it needs, and leaves none behind."""
    monkeypatch.setattr(registry, "handlers", {})
    monkeypatch.setattr(registry, "schedules", {})


@pytest.fixture
def make_due() -> Callable[[], int]:
    """Lets the time pass that tasks wait for: those put back are due, and every lease has run out."""

    def move() -> int:
        past = timezone.now() - timedelta(seconds=1)
        OutboxTask.objects.exclude(lease_until=None).update(lease_until=past)
        return OutboxTask.objects.active().update(due=past)

    return move

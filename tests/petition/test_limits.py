"""Networks and mailboxes are counted without being kept."""

from datetime import UTC, date, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone

from campaign.outbox.models import OutboxTask
from petition import limits
from petition.models import DailyKey, TokenBucket
from tests.people import drain_outbox

pytestmark = pytest.mark.django_db


def network(settings, remote: str, forwarded: str = "", trusted: str = "") -> str:
    from campaign import env

    settings.TRUSTED_PROXIES = env.networks(trusted)
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return limits.client_network(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))


def test_a_network_is_a_24_or_a_64(settings):
    assert network(settings, "203.0.113.7") == network(settings, "203.0.113.250")
    assert network(settings, "203.0.113.7") != network(settings, "203.0.114.7")
    assert network(settings, "2001:db8:1:2::1") == network(settings, "2001:db8:1:2:ffff::9")
    assert network(settings, "2001:db8:1:2::1") != network(settings, "2001:db8:1:3::1")
    assert network(settings, "::ffff:203.0.113.7") == network(settings, "203.0.113.9")


def test_a_forged_header_counts_for_nothing_unless_a_trusted_proxy_wrote_it(settings):
    own = network(settings, "203.0.113.7")
    assert network(settings, "203.0.113.7", forwarded="198.51.100.1") == own
    told = network(settings, "127.0.0.1", forwarded="198.51.100.1, 203.0.113.7", trusted="127.0.0.1")
    assert told == own
    two = network(
        settings, "127.0.0.1", forwarded="198.51.100.1, 203.0.113.7, 10.0.0.2", trusted="127.0.0.1,10.0.0.0/8"
    )
    assert two == own


@pytest.mark.parametrize("hop", ["203.0.113.7:5555", "[2001:db8::1]:443", "2001:db8::1"])
def test_a_port_behind_the_address_does_not_matter(settings, hop):
    bare = hop.partition("]")[0].lstrip("[") if "[" in hop else hop.removesuffix(":5555")
    told = network(settings, "127.0.0.1", forwarded=f"198.51.100.1, {hop}", trusted="127.0.0.1")
    assert told == network(settings, bare)


@pytest.mark.parametrize("hop", ["unknown", "_hidden", "1.2.3", "\x00"])
def test_a_hop_that_can_not_be_read_never_lets_the_senders_own_part_decide(settings, hop):
    assert network(settings, "127.0.0.1", forwarded=f"198.51.100.1, {hop}", trusted="127.0.0.1") == "unknown"


def test_counters_are_named_by_a_fingerprint_that_says_nothing_without_the_days_key():
    now = timezone.now()
    assert limits.count_network("4:cb0071", now) == 1
    assert limits.count_network("4:cb0071", now) == 2
    assert limits.count_network("4:cb0072", now) == 1
    assert limits.count_mail("4:cb0071", now) == 1
    for bucket in TokenBucket.objects.all():
        assert "cb0071" not in bucket.bucket


def test_keys_and_counters_are_destroyed_after_48_hours():
    now = timezone.now()
    limits.count_network("4:cb0071", now - timedelta(days=4))
    limits.count_network("4:cb0071", now)
    call_command("expire_signatures")
    assert TokenBucket.objects.count() == 1
    assert DailyKey.objects.get().day == now.astimezone(UTC).date()


@pytest.mark.django_db(transaction=True)
def test_a_key_that_was_rolled_back_is_not_remembered():
    with pytest.raises(RuntimeError), transaction.atomic():
        limits.daily_key(date(2026, 11, 25))
        raise RuntimeError
    kept = limits.daily_key(date(2026, 11, 25))
    assert DailyKey.objects.get().key == kept
    limits.daily_key(date(2026, 11, 26))
    limits.daily_key(date(2026, 11, 28))
    assert len(limits._keys) == 1


def test_the_fingerprint_goes_with_the_task_that_it_served(petition, visitor):
    visitor.send("/signature/message/", {"email": "elise@example.org"})
    assert OutboxTask.objects.get().subject
    drain_outbox()
    assert OutboxTask.objects.get().done_at
    assert OutboxTask.objects.get().subject == ""

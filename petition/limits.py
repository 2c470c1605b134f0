"""Every limit, with its number and its reason. What is counted is named by a keyed fingerprint, never by an address."""

import hashlib
import hmac
import secrets
from datetime import UTC, date, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from petition import sql
from petition.models import DailyKey, TokenBucket

NETWORK_SOFT_PER_HOUR = 30  # a school or an office signs in such numbers; beyond, a look is worth it
NETWORK_HARD_PER_HOUR = 600  # no office does; the form is kept and offered again later
DEMO_FACTOR = 1_000  # in the demo everybody comes from the one loopback network
MAILS_PER_ADDRESS_AND_DAY = 3  # whoever asks: nobody's mailbox is filled through our form
FORM_TOO_FAST = timedelta(seconds=3)  # nobody reads and fills four fields in less
FORM_LIFE = timedelta(hours=24)  # a tab left open overnight still works
ANSWER_TIME = timedelta(days=30)  # a month away from the mailbox loses nobody their news
BUCKET_LIFE = timedelta(hours=48)  # keys and counters die together
IPV4_PREFIX = 24
IPV6_PREFIX = 64


def network_limits() -> tuple[int, int]:
    """Return the soft and the hard number of signatures per network and hour."""
    factor = DEMO_FACTOR if settings.DEMO else 1
    return NETWORK_SOFT_PER_HOUR * factor, NETWORK_HARD_PER_HOUR * factor


def client_network(request: HttpRequest) -> str:
    """Return the client's network (/24 or /64) as text. Used to make a fingerprint in this request, kept nowhere.

    A forwarded header is believed only from TRUSTED_PROXIES, and read from the right: the left part is the client's.
    """
    client = _address(request.META.get("REMOTE_ADDR", ""))
    forwarded = [part for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    while forwarded and client is not None and any(client in network for network in settings.TRUSTED_PROXIES):
        client = _address(forwarded.pop())
    if client is None:
        return "unknown"
    if isinstance(client, IPv6Address) and client.ipv4_mapped:
        client = client.ipv4_mapped
    bits = IPV4_PREFIX if isinstance(client, IPv4Address) else IPV6_PREFIX
    shift = client.max_prefixlen - bits
    return f"{client.version}:{int(client) >> shift:x}"


def count_network(network: str, now: datetime) -> int:
    """Count one more signature from this network in this hour and return how many there were."""
    return _count("network", f"{now:%Y%m%d%H}", network, now)


def count_mail(email_key: str, now: datetime) -> int:
    """Count one more mail to this mailbox today (UTC) and return how many there were."""
    return _count("mail", f"{now:%Y%m%d}", email_key, now)


def bucket(scope: str, window: str, name: str, now: datetime) -> str:
    """Return what the counter of this name in this window is called: nothing that can be read once the day is over."""
    key = daily_key(now.astimezone(UTC).date())
    fingerprint = hmac.new(key.encode(), f"{scope}:{name}".encode(), hashlib.sha256).hexdigest()[:32]
    return f"{scope}:{window}:{fingerprint}"


def _count(scope: str, window: str, name: str, now: datetime) -> int:
    return sql.count_up(bucket(scope, window, name, now), now + BUCKET_LIFE)


_keys: dict[date, str] = {}  # of today and yesterday, so that most requests need not ask for it


def daily_key(day: date) -> str:
    """Return the day's random key, made by whoever asks first.

    Remembered only once the transaction that may have made it is committed: a key that was rolled back is nobody's.
    """
    if day in _keys:
        return _keys[day]
    keys = DailyKey.objects.filter(day=day).values_list("key", flat=True)
    known = keys.first()
    if known is None:
        ours = DailyKey(day=day, key=secrets.token_hex(32))
        known = ours.key if sql.insert_unless_there(ours) else keys.get()  # whoever was faster
    transaction.on_commit(lambda: _remember(day, known))
    return known


def forget_keys() -> None:
    """Forget the keys that this process remembers; the table has them as long as they live."""
    _keys.clear()


def _remember(day: date, key: str) -> None:
    for old in [known for known in _keys if known < day - timedelta(days=1)]:
        del _keys[old]
    _keys[day] = key


def forget_old(now: datetime, *, dry_run: bool = False) -> tuple[int, int]:
    """Delete the counters and keys that are older than 48 hours; return how many of each went, or would."""
    buckets = TokenBucket.objects.filter(expires_at__lt=now)
    keys = DailyKey.objects.filter(day__lt=(now - BUCKET_LIFE).astimezone(UTC).date())
    if dry_run:
        return buckets.count(), keys.count()
    return buckets.delete()[0], keys.delete()[0]


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Read an address as proxies write it: bare, in brackets, or with a port behind it."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return ip_address(text)
    except ValueError:
        return None

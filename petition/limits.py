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
WIDER_FACTOR = 10  # a /48 is a town's or a university's: what ten of its /64 may, all of them may together
NO_SCRIPT_FACTOR = 0.5  # where no browser has worked for it, half as many
DEMO_FACTOR = 1_000  # in the demo everybody comes from the one loopback network
MAILS_PER_ADDRESS_AND_DAY = 3  # whoever asks: nobody's mailbox is filled through our form
REMINDER_AFTER = timedelta(hours=48)  # sooner, most would have come by themselves
REMINDER_UNTIL = timedelta(hours=72)  # later, it would surprise; a worker that was away so long sends none
FORM_TOO_FAST = timedelta(seconds=3)  # nobody reads and fills four fields in less
FORM_TOO_FAST_NO_SCRIPT = timedelta(seconds=8)  # without a browser's own work, the time a person really takes
FORM_LIFE = timedelta(hours=24)  # a tab left open overnight still works
REFUSED_ENDORSEMENT_MONTHS = 6  # long enough to answer whoever asks why; nothing of it is used
ANSWER_TIME = timedelta(days=30)  # a month away from the mailbox loses nobody their news
NOT_ME_LIFE = timedelta(days=30)  # a nuisance tires of it; the mailbox's owner may still change their mind
BACKUP_LIFE = timedelta(days=30)  # no backup may be older: it holds whoever has left since
ERASURE_LINE_LIFE = BACKUP_LIFE + timedelta(days=10)  # a restored site may be found out late
BUCKET_LIFE = timedelta(hours=48)  # keys and counters die together
IPV4_PREFIX = 24
IPV6_PREFIX = 64
IPV6_WIDER_PREFIX = 48  # whoever has one has 65,536 of the smaller ones

# What a browser works out while the form is filled in: measured, and how to measure again, in docs/limits.md.
CHALLENGE_COST = 5_000  # rounds of PBKDF2 for each turn: 1.3 ms for us to ask
CHALLENGE_TURNS_LEAST = 60  # what a robot pays at least
CHALLENGE_TURNS_MOST = 120  # a phone of five years stays under 2 s, even with one core
CHALLENGE_LIFE = timedelta(minutes=20)  # renewed by the page while the form stays open
CHALLENGES_PER_NETWORK_AND_HOUR = 1_200  # twice what may sign; each process counts for itself, in memory


def network_limits(*, proven: bool = True) -> tuple[int, int]:
    """Return the soft and the hard number of signatures per network and hour; `proven`: a browser worked for it."""
    factor = _demo_factor() * (1 if proven else NO_SCRIPT_FACTOR)
    return int(NETWORK_SOFT_PER_HOUR * factor), int(NETWORK_HARD_PER_HOUR * factor)


def challenges_per_network() -> int:
    """Return how many challenges one network gets from one process in an hour."""
    return CHALLENGES_PER_NETWORK_AND_HOUR * _demo_factor()


def least_age_of_form(*, proven: bool) -> timedelta:
    """Return what a form must have lived not to have been sent too fast; `proven`: a browser worked for it."""
    return FORM_TOO_FAST if proven else FORM_TOO_FAST_NO_SCRIPT


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
    bits = IPV4_PREFIX if isinstance(client, IPv4Address) else IPV6_PREFIX
    shift = client.max_prefixlen - bits
    return f"{client.version}:{int(client) >> shift:x}"


def count_network(network: str, now: datetime) -> int:
    """Count one more signature from this network in this hour and return how many there were.

    An IPv6 network counts for the /48 around it as well, in the same statement; where that is the fuller of the two
    for its size, it is told instead.
    """
    names = [network, wider] if (wider := _wider(network)) else [network]
    own, *around = _count_each("network", f"{now:%Y%m%d%H}", names, now)
    return max([own, *(count // WIDER_FACTOR for count in around)])


def _wider(network: str) -> str:
    """Return the /48 around a /64, as client_network() would name it; nothing for another network."""
    version, _, prefix = network.partition(":")
    return f"48:{int(prefix, 16) >> (IPV6_PREFIX - IPV6_WIDER_PREFIX):x}" if version == "6" else ""


def _demo_factor() -> int:
    return DEMO_FACTOR if settings.DEMO else 1


def count_mail(email_key: str, now: datetime) -> int:
    """Count one more mail to this mailbox today (UTC) and return how many there were."""
    return _count_each("mail", f"{now:%Y%m%d}", [email_key], now)[0]


def bucket(scope: str, window: str, name: str, now: datetime) -> str:
    """Return what the counter of this name in this window is called: nothing that can be read once the day is over."""
    return _buckets(scope, window, [name], now)[0]


def _buckets(scope: str, window: str, names: list[str], now: datetime) -> list[str]:
    key = daily_key(now.astimezone(UTC).date())
    marks = [hmac.new(key.encode(), f"{scope}:{name}".encode(), hashlib.sha256) for name in names]
    return [f"{scope}:{window}:{mark.hexdigest()[:32]}" for mark in marks]


def _count_each(scope: str, window: str, names: list[str], now: datetime) -> list[int]:
    return sql.count_up(_buckets(scope, window, names, now), now + BUCKET_LIFE)


_keys: dict[date, str] = {}  # of today and yesterday, so that most requests need not ask for it


def daily_key(day: date) -> str:
    """Return the day's random key, made by whoever asks first.

    Remembered only once the transaction that may have made it is committed: a key that was rolled back is nobody's.
    """
    if day in _keys:
        return _keys[day]
    known = sql.key_of_day(day, secrets.token_hex(32))  # ours, or that of whoever was faster
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
    """Read an address as proxies write it: bare, in brackets, or with a port behind it.

    A server that listens on IPv6 gives IPv4 addresses as ::ffff:192.0.2.1: they are read as what they are.
    """
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address

"""How often a network has come to this process: counted in memory, by a keyed name, for an hour at most.

For what must cost next to nothing: a challenge is asked for by GET, which writes nothing, and a flood is answered
without asking the database. So each process of the site counts for itself.
"""

import hashlib
import hmac
import secrets
from datetime import datetime
from threading import Lock

from petition.limits import challenges_per_network

AT_MOST_NETWORKS = 100_000  # some 10 MB; who makes up more of them within the time begins a new count
REFUSED_IN_FULL = (
    10  # forms of a network and minute that are shown again as they were; after that a short page
)
_secret = secrets.token_bytes(32)


class Crowd:
    """Counts networks within the time that `window` tells, as strftime has it."""

    def __init__(self, window: str):
        self._window, self._now = window, ""
        self._seen: dict[bytes, int] = {}
        self._lock = Lock()

    def count(self, network: str, now: datetime) -> int:
        """Count a network once more and return how often it has come within this time."""
        with self._lock:
            self._begin(now)
            name = _name(network)
            self._seen[name] = self._seen.get(name, 0) + 1
            return self._seen[name]

    def seen(self, network: str, now: datetime) -> int:
        """Return how often a network has come within this time."""
        with self._lock:
            self._begin(now)
            return self._seen.get(_name(network), 0)

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._seen.clear()

    def _begin(self, now: datetime) -> None:
        if self._now != (window := now.strftime(self._window)) or len(self._seen) >= AT_MOST_NETWORKS:
            self._now = window
            self._seen.clear()


_asking, _refused = Crowd("%Y%m%d%H"), Crowd("%Y%m%d%H%M")


def may_ask(network: str, now: datetime) -> bool:
    """Count one more challenge for a network in this hour; False where it has had its share."""
    return _asking.count(network, now) <= challenges_per_network()


def note_refused(network: str, now: datetime, *, answered: bool) -> None:
    """Note that a form of a network that is over its limit was refused; `answered`: it came with a browser's answer."""
    _refused.count(f"{network} {answered}", now)


def floods(network: str, now: datetime, *, answered: bool) -> bool:
    """Whether so many forms of a network were refused in this minute that the database need not be asked again.

    Forms with and without a browser's answer are told apart: their limits differ.
    """
    return _refused.seen(f"{network} {answered}", now) >= REFUSED_IN_FULL


def forget_all() -> None:
    """Count from nothing again, in this process."""
    _asking.forget()
    _refused.forget()


def _name(network: str) -> bytes:
    return hmac.new(_secret, network.encode(), hashlib.sha256).digest()[:8]

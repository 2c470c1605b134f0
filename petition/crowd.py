"""How often a network asks this process for a challenge: counted in memory, by a keyed name, for an hour at most.

A challenge is asked for by GET, which writes nothing; so there is no table to count in, and each process of the site
counts for itself.
"""

import hashlib
import hmac
import secrets
from datetime import datetime
from threading import Lock

from petition.limits import challenges_per_network

AT_MOST_NETWORKS = 100_000  # some 10 MB; who makes up more of them within an hour begins a new count
_secret = secrets.token_bytes(32)
_lock = Lock()
_hour = ""
_asked: dict[bytes, int] = {}


def may_ask(network: str, now: datetime) -> bool:
    """Count one more challenge for a network in this hour; False where it has had its share."""
    global _hour
    name = hmac.new(_secret, network.encode(), hashlib.sha256).digest()[:8]
    with _lock:
        if _hour != f"{now:%Y%m%d%H}" or len(_asked) >= AT_MOST_NETWORKS:
            _hour = f"{now:%Y%m%d%H}"
            _asked.clear()
        _asked[name] = _asked.get(name, 0) + 1
        return _asked[name] <= challenges_per_network()


def forget_all() -> None:
    """Count from nothing again, in this process."""
    _asked.clear()

"""Addresses: which mailbox is meant, and its keyed fingerprint."""

import contextlib
import hashlib
import hmac
import unicodedata

import idna
from django.conf import settings

DOTS_DO_NOT_MATTER = {"gmail.com", "googlemail.com"}
# RFC 2606 §2: a top-level domain that will never exist. The signers of a rehearsal have theirs under it.
NOBODYS_DOMAIN = "invalid"
# RFC 2606 §2 and §3: nobody owns these, so that examples may use them; nobody can send or answer from them.
RESERVED_TOP_LEVELS = {"test", "example", NOBODYS_DOMAIN, "localhost"}
RESERVED_DOMAINS = {"example.com", "example.net", "example.org"}
KEY_LENGTH = 32  # 128 bits in hexadecimal: no collision to be met among six million


def canonical(address: str) -> str:
    """Return the one spelling under which a mailbox signs.

    Lower case, NFC, the domain in IDNA, a `+tag` dropped, dots dropped where the provider ignores them.
    Only for comparing: mail goes to the address as typed.
    """
    address = unicodedata.normalize("NFC", address.strip()).lower()
    local, _, domain = address.rpartition("@")
    with contextlib.suppress(idna.IDNAError):  # compared as it is: the form refuses such a domain
        domain = idna.encode(domain, uts46=True).decode("ascii")
    local = local.partition("+")[0] or local
    if domain in DOTS_DO_NOT_MATTER:
        domain = "gmail.com"
        local = local.replace(".", "") or local
    return f"{local}@{domain}"


def as_mailed(address: str) -> str:
    """Return an address as it is handed to the mail server: as typed, but its domain in IDNA 2008 (RFC 5891).

    Python's own codec is of 2003 and makes ss of ß: another domain, and perhaps somebody else's.
    """
    mailbox, _, domain = address.rpartition("@")
    if domain.isascii():
        return address
    return f"{mailbox}@{idna.encode(domain, uts46=True).decode('ascii')}"


def email_key(address: str) -> str:
    """Return the fingerprint of the mailbox: HMAC-SHA-256 under EMAIL_KEY_SECRET, 128 bits, hexadecimal."""
    secret = settings.EMAIL_KEY_SECRET.encode()
    return hmac.new(secret, canonical(address).encode(), hashlib.sha256).hexdigest()[:KEY_LENGTH]


def reaches_nobody(address: str) -> bool:
    """Whether no mailbox can ever be behind this address, so that no mail need leave for it."""
    return address.rpartition("@")[2].lower().rpartition(".")[2] == NOBODYS_DOMAIN


def is_reserved(address: str) -> bool:
    """Whether an address stands for an example: its domain is one that nobody can own."""
    parts = address.rpartition("@")[2].lower().rstrip(".").split(".")
    return parts[-1] in RESERVED_TOP_LEVELS or ".".join(parts[-2:]) in RESERVED_DOMAINS

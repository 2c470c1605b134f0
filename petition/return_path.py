"""The address to which a mail comes back when it can't be delivered, one per row: it says whose mail came back.

The token in it is the row's public UUID and a MAC under LINK_SECRET. So whoever finds such an address learns nobody's
name, and whoever makes one up is not believed. Lower-case letters and digits alone: some servers lower-case addresses.
"""

import base64
import binascii
import hashlib
import hmac
import re
import uuid

from django.conf import settings

PURPOSE = b"petition.links.bounce:"
MAC_BYTES = 8  # 64 bits: a guess costs a mail each, and tells nobody whether it was right
TOKEN_LENGTH = 39  # 24 bytes in base32; with it a local part of 24 stays within RFC 5321's 64 octets


def return_address(row_uuid: uuid.UUID) -> str:
    """Return the envelope's sender for a mail about this row; empty where no mailbox takes what comes back."""
    if not settings.BOUNCE_ADDRESS:
        return ""
    local, _, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{local}+{_token(row_uuid)}@{domain}"


def rows_named_in(text: str) -> list[uuid.UUID]:
    """Return the rows named by our own return addresses that stand in a text, in order; forged ones are passed over."""
    if not settings.BOUNCE_ADDRESS:
        return []
    local, _, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    ours = rf"{re.escape(local)}\+([a-z2-7]{{{TOKEN_LENGTH}}})@{re.escape(domain)}"
    return [found for token in re.findall(ours, text, re.IGNORECASE) if (found := _read(token))]


def _token(row_uuid: uuid.UUID) -> str:
    return base64.b32encode(row_uuid.bytes + _mac(row_uuid.bytes)).decode().rstrip("=").lower()


def _read(token: str) -> uuid.UUID | None:
    try:
        raw = base64.b32decode(token.upper() + "=")
    except binascii.Error:
        return None
    named, mac = raw[:-MAC_BYTES], raw[-MAC_BYTES:]
    return uuid.UUID(bytes=named) if hmac.compare_digest(mac, _mac(named)) else None


def _mac(raw: bytes) -> bytes:
    return hmac.new(settings.LINK_SECRET.encode(), PURPOSE + raw, hashlib.sha256).digest()[:MAC_BYTES]

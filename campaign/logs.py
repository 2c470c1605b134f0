"""Log lines without personal data: what happened to which row, never to whom."""

import logging
import re
import time

ADDRESS = re.compile(r"[^\s@<>\"'=,;()]+@[^\s@<>\"'=,;()]+")
# A link's token or a fingerprint, with what it hangs together with; not the names of functions in a traceback.
TOKEN = re.compile(
    r"[A-Za-z0-9_:.~-]*(?:(?=[a-z0-9_-]*[A-Z])[A-Za-z0-9_-]{28,}|\b[0-9a-f]{32,}\b)[A-Za-z0-9_:.~-]*"
)
# The whole of an IPv4 or IPv6 address; only its network may be of use, and then a keyed one.
IP = re.compile(
    r"\b(?:\d{1,3}\.){3}\d{1,3}\b"
    r"|(?<![\w:])(?:[0-9a-fA-F]{1,4}:){4,7}[0-9a-fA-F]{1,4}(?![\w:])"
    r"|(?<![\w:])(?:[0-9a-fA-F]{1,4}:){0,6}:(?::?[0-9a-fA-F]{1,4}){1,7}(?![\w:])"  # shortened by ::
)
# Where PostgreSQL quotes the row or the statement that it refused.
QUOTED_VALUES = re.compile(r"(Failing row contains |^LINE \d+: ).*", re.MULTILINE)


def scrub(text: str) -> str:
    """Return `text` with quoted rows, addresses, tokens and IP addresses masked."""
    text = QUOTED_VALUES.sub(r"\1[values]", text)
    text = ADDRESS.sub("[address]", text)
    text = TOKEN.sub("[token]", text)
    return IP.sub("[ip]", text)


class ScrubbingFormatter(logging.Formatter):
    """Mask after formatting, so that arguments and tracebacks are covered too. Moments are UTC, and say so."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        return scrub(super().format(record))

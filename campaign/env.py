"""Read one environment variable, or stop the start and say which one is wrong."""

import os
import re
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

Parsed = TypeVar("Parsed")
TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"", "0", "false", "no", "off"}
LEAST_LENGTH = 32  # characters: a random one can't be guessed
LEAST_DIFFERENT = 5  # characters: fewer are no random ones (Django's security.W009)
HOST_AND_PORT = re.compile(r"(\[[0-9a-f:.]+]|[\w.-]+)(:\d+)?", re.IGNORECASE)  # no user, no password
ONE_WORD = re.compile(r"[A-Za-z0-9_.~-]{1,200}")  # goes into a path or a header as it is
HOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{32,200}")  # user information of an address, without escapes
MAILCHIMP_KEY = re.compile(r"[A-Za-z0-9]+-[a-z]{2,4}[0-9]{1,3}")
# RFC 5321 §4.5.3.1.1: a local part of 64 octets, of which "+" and a token take 40. No `+` of its own.
BOUNCE_ADDRESS = re.compile(r"[A-Za-z0-9_.-]{1,24}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
REDIS = "django.core.cache.backends.redis.RedisCache"
CACHE_BACKENDS = {"django.core.cache.backends.locmem.LocMemCache", REDIS}


def read(name: str, parse: Callable[[str], Parsed], expected: str, default: str | None = None) -> Parsed:
    """Return the parsed value of `name`; `default` is text too, parsed the same way.

    Raises ImproperlyConfigured with the variable's name and what is expected, never with the value:
    the value may be a secret.
    """
    text = os.environ.get(name, default)
    if text is None or (text == "" and default is None):
        raise ImproperlyConfigured(f"{name} is missing: expected {expected}.")
    try:
        with warnings.catch_warnings(action="ignore"):  # a library's warning would show the value
            return parse(text)
    except Exception:  # whatever a parser raises, the operator needs the variable's name
        raise ImproperlyConfigured(f"{name} is wrong: expected {expected}.") from None


def secret(name: str, least: int = LEAST_LENGTH) -> str:
    """Return a secret of at least `least` characters, from `name` or from the file that `name`_FILE names."""
    file_name = os.environ.get(f"{name}_FILE")
    if file_name:
        try:
            text = Path(file_name).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(f"{name}_FILE is wrong: the file can't be read as text.") from error
        os.environ[name] = text

    def parse(text: str) -> str:
        if len(text) < least or len(set(text)) < LEAST_DIFFERENT:
            raise ValueError("too easily guessed")
        return text

    return read(name, parse, f"a random secret of at least {least} characters")


def boolean(text: str) -> bool:
    """Parse yes and no as an operator writes them."""
    word = text.strip().lower()
    if word in TRUE_WORDS | FALSE_WORDS:
        return word in TRUE_WORDS
    raise ValueError(word)


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """Return a parser of whole numbers between two bounds, both included."""

    def parse(text: str) -> int:
        number = int(text)
        if not least <= number <= most:
            raise ValueError("out of bounds")
        return number

    return parse


def words(text: str) -> list[str]:
    """Parse a comma-separated list; empty entries are dropped."""
    return [word.strip() for word in text.split(",") if word.strip()]


def networks(text: str) -> list[IPv4Network | IPv6Network]:
    """Parse a comma-separated list of addresses and CIDR networks."""
    return [ip_network(word) for word in words(text)]


def site_url(text: str) -> str:
    """Parse the site's own address: scheme, host and perhaps a port, nothing else."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not HOST_AND_PORT.fullmatch(parts.netloc) or parts.port == 0:
        raise ValueError("no address of a site")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ValueError("more than the address of a site")
    return f"{parts.scheme}://{parts.netloc}"


def service_url(text: str) -> str:
    """Parse the base address of an outside service: https, or plain HTTP on this machine alone; empty for its own."""
    if not text:
        return ""
    parts = urlsplit(text)
    is_here = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if parts.scheme not in ({"http", "https"} if is_here else {"https"}):
        raise ValueError("not secret on its way")
    if not HOST_AND_PORT.fullmatch(parts.netloc) or parts.port == 0 or parts.query or parts.fragment:
        raise ValueError("no base address")
    return text.rstrip("/")


def word_or_nothing(text: str) -> str:
    """Parse a key or the name of a list as a provider gives it: one word, or empty while there is none."""
    if text and not ONE_WORD.fullmatch(text):
        raise ValueError("no single word")
    return text


def hook_secret(text: str) -> str:
    """Parse a secret that a provider sends with what it tells us; empty while it tells nothing."""
    if text and not HOOK_SECRET.fullmatch(text) or text and len(set(text)) < LEAST_DIFFERENT:
        raise ValueError("too easily guessed, or no part of an address")
    return text


def mailchimp_key(text: str) -> str:
    """Parse a key of Mailchimp's, whose end names the data centre that answers; empty while there is none."""
    if text and not MAILCHIMP_KEY.fullmatch(text):
        raise ValueError("no data centre at its end")
    return text


def mailchimp_host(*, api_key: str, api_url: str, **_others: str) -> str:
    """Return the host that a key of Mailchimp's is for, or that of the base address given instead."""
    centre = api_key.rpartition("-")[2].lower()
    return urlsplit(api_url).hostname or f"{centre}.api.mailchimp.com"


def folder(text: str) -> Path:
    """Parse the name of a folder; an empty one would be wherever the program was started."""
    if not text.strip():
        raise ValueError("no name")
    return Path(text)


def database(text: str) -> dict:
    """Parse DATABASE_URL: PostgreSQL or SQLite, nothing else, and which database."""
    config = environ.Env.db_url_config(text)
    if config["ENGINE"] not in {"django.db.backends.postgresql", "django.db.backends.sqlite3"}:
        raise ValueError(config["ENGINE"])
    if not config["NAME"]:
        raise ValueError("no name")
    return config


def email(text: str) -> dict:
    """Parse EMAIL_URL, for example smtp+tls://user:password@mail.example.org:587."""
    config = environ.Env.email_url_config(text)
    if not config.get("EMAIL_BACKEND"):
        raise ValueError("no such scheme")
    return config


def bounce_address(text: str) -> str:
    """Parse the address to which undeliverable mail comes back; empty for the sender's own."""
    if text and not BOUNCE_ADDRESS.fullmatch(text):
        raise ValueError("no address, or too long for what is put into it")
    return text.lower()


def pop_mailbox(text: str) -> dict[str, Any] | None:
    """Parse pop3s://user:password@host:995, or pop3:// on this machine alone; signs in user and password in %XX."""
    if not text:
        return None
    parts = urlsplit(text)
    is_here = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if parts.scheme not in ({"pop3", "pop3s"} if is_here else {"pop3s"}):
        raise ValueError("not secret on its way")
    if not (parts.hostname and parts.username and parts.password) or parts.port == 0:
        raise ValueError("no host, user or password")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ValueError("more than a mailbox")
    is_secret = parts.scheme == "pop3s"
    return {
        "host": parts.hostname,
        "port": parts.port or (995 if is_secret else 110),
        "user": unquote(parts.username),
        "password": unquote(parts.password),
        "is_secret": is_secret,
    }


def cache(text: str) -> dict:
    """Parse CACHE_URL: locmemcache:// or, where Python's package `redis` is installed, rediscache://127.0.0.1:6379/1."""
    config = environ.Env.cache_url_config(text)
    if config["BACKEND"] not in CACHE_BACKENDS:
        raise ValueError(config["BACKEND"])
    if config["BACKEND"] == REDIS:
        server = urlsplit(config["LOCATION"])
        if not find_spec("redis") or not server.hostname or server.port == 0:  # .port refuses 99999
            raise ValueError("Redis can't be asked")
    return config

"""Read one environment variable, or stop the start and say which one is wrong."""

import os
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

Parsed = TypeVar("Parsed")
TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"", "0", "false", "no", "off"}


def read(name: str, parse: Callable[[str], Parsed], expected: str, default: str | None = None) -> Parsed:
    """Return the parsed value of `name`; `default` is text too, parsed the same way.

    Raises ImproperlyConfigured with the variable's name and what is expected, never with the value:
    the value may be a secret.
    """
    text = os.environ.get(name, default)
    if text is None or (text == "" and default is None):
        raise ImproperlyConfigured(f"{name} is missing: expected {expected}.")
    try:
        return parse(text)
    except Exception as error:  # whatever a parser raises, the operator needs the variable's name
        raise ImproperlyConfigured(f"{name} is wrong: expected {expected}.") from error


def secret(name: str, fallback: str | None = None) -> str:
    """Return a secret of at least 32 characters, from `name` or from the file that `name`_FILE names."""
    file_name = os.environ.get(f"{name}_FILE")
    if file_name:
        try:
            text = Path(file_name).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE is wrong: the file can't be read.") from error
        os.environ[name] = text
    return read(name, _long_enough, "a random secret of at least 32 characters", fallback)


def boolean(text: str) -> bool:
    """Parse yes and no as an operator writes them."""
    word = text.strip().lower()
    if word in TRUE_WORDS | FALSE_WORDS:
        return word in TRUE_WORDS
    raise ValueError(word)


def words(text: str) -> list[str]:
    """Parse a comma-separated list; empty entries are dropped."""
    return [word.strip() for word in text.split(",") if word.strip()]


def networks(text: str) -> list[IPv4Network | IPv6Network]:
    """Parse a comma-separated list of addresses and CIDR networks."""
    return [ip_network(word) for word in words(text)]


def site_url(text: str) -> str:
    """Parse the site's own address: scheme and host, without a path."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise ValueError(text)
    return f"{parts.scheme}://{parts.netloc}"


def database(text: str) -> dict:
    """Parse DATABASE_URL: PostgreSQL or SQLite, nothing else."""
    config = environ.Env.db_url_config(text)
    if config["ENGINE"] not in {"django.db.backends.postgresql", "django.db.backends.sqlite3"}:
        raise ValueError(config["ENGINE"])
    return config


def email(text: str) -> dict:
    """Parse EMAIL_URL, for example smtp+tls://user:password@mail.example.org:587."""
    config = environ.Env.email_url_config(text)
    if not config.get("EMAIL_BACKEND"):
        raise ValueError("no such scheme")
    return config


def cache(text: str) -> dict:
    """Parse CACHE_URL, for example locmem:// or rediscache://127.0.0.1:6379/1."""
    return environ.Env.cache_url_config(text)


def _long_enough(text: str) -> str:
    if len(text) < 32:
        raise ValueError("too short")
    return text

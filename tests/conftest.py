"""What all tests share: a database with Wagtail's first rows, an open petition, a person at a browser, real mail."""

import os
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from petition import crowd, limits, lookups
from tests.factories import OpenPetitionFactory
from tests.people import Mailbox, Visitor

pytest_plugins = ["tests.built_site", "tests.real_site.fixtures"]  # pytest takes them from this file alone

# The browser driver runs an event loop in this thread; Django then refuses the database without this.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure(config):
    call_command("compile_catalogues", stdout=StringIO())


def pytest_collection_modifyitems(items):
    """Leave out, on SQLite, what only PostgreSQL can show; the run says how many were deselected."""
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    items[:] = [item for item in items if not item.get_closest_marker("postgresql_only")]


@pytest.fixture(scope="session", autouse=True)
def only_loopback():
    """Close every socket that leaves the machine."""
    import pytest_socket

    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    yield
    pytest_socket._remove_restrictions()


@pytest.fixture(autouse=True)
def nothing_remembered_between_tests():
    """Forget what a rolled-back test took with it: the day's key, what was looked up; and the last language."""
    limits.forget_keys()
    lookups.forget_all()
    crowd.forget_all()
    translation.activate("fr")
    yield
    limits.forget_keys()
    lookups.forget_all()


@pytest.fixture
def petition(db):
    """A petition that takes signatures, in French and English."""
    return OpenPetitionFactory()


@pytest.fixture
def visitor():
    """Somebody at a browser, without a cookie jar to speak of."""
    return Visitor()


@pytest.fixture
def mailbox(settings):
    """A real SMTP server on loopback, and what it received."""
    with Mailbox() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.EMAIL_TIMEOUT = 5
        yield box

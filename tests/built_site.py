"""The campaign's whole site, every fact filled in, built once for neighbouring files; what tests change is undone."""

from contextlib import ExitStack
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connections, transaction
from django.utils import translation

from campaign.demo.build import build
from campaign.outbox.worker import Worker
from campaign.roles import ensure_roles
from petition.models import Petition
from petition.services.opening import open_petition
from tests.facts import fill_in_facts, texts_filled_in


class _Standing:
    """The site that stands in the database now, inside a transaction that ends with it; None while there is none."""

    def __init__(self) -> None:
        self.site: tuple[dict, Petition] | None = None
        self._blocker = ExitStack()
        self._transaction = ExitStack()
        self._connection: Any = None
        self._has_files = False

    def build(self, blocker) -> None:
        self._blocker.enter_context(blocker.unblock())
        self._connection = connections["default"]
        self._transaction.enter_context(transaction.atomic())
        with translation.override("fr"):
            groups = ensure_roles()
            with texts_filled_in():
                petition = build()
            fill_in_facts()
            open_petition(petition)
        self.site, self._has_files = (groups, petition), False

    def make_files(self) -> None:
        """Make the PDFs and pictures of all its pages, once."""
        if not self._has_files:
            Worker().drain()
        self._has_files = True

    @property
    def is_out_of_reach(self) -> bool:
        """Whether Django has another connection by now: a browser's driver brings an event loop, which has its own."""
        return self.site is not None and connections["default"] is not self._connection

    def take_down(self) -> None:
        """Take back all that was built."""
        if self.site is None:
            return
        if self.is_out_of_reach:
            self._connection.connection.close()  # which takes it back, too
            self._transaction.pop_all()
        else:
            transaction.set_rollback(True)
            self._transaction.close()
        self._blocker.close()
        self.site = None


STANDING = _Standing()
_file = pytest.StashKey[str]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Take the site down before a file that begins without it: it needs the database as the migrations leave it."""
    file = str(item.path)
    if item.session.stash.get(_file, "") != file and "built_site" not in item.fixturenames:
        STANDING.take_down()
    item.session.stash[_file] = file


@pytest.fixture(scope="session", autouse=True)
def _site_is_taken_down_in_the_end(django_db_setup):
    yield
    STANDING.take_down()


@pytest.fixture(scope="module")
def built_site(django_db_setup, django_db_blocker):
    """Groups, pages in both languages and an open petition, as they are in the database."""
    if STANDING.is_out_of_reach:
        STANDING.take_down()
    if STANDING.site is None:
        STANDING.build(django_db_blocker)
    groups, petition = STANDING.site
    with django_db_blocker.unblock():
        fresh = {role: Group.objects.get(pk=group.pk) for role, group in groups.items()}
        return fresh, Petition.objects.get(pk=petition.pk)


@pytest.fixture(scope="module")
def files_made(built_site, django_db_blocker):
    """The PDFs and pictures of the site's pages take seconds: no test should wait for those of other pages."""
    with django_db_blocker.unblock():
        STANDING.make_files()


@pytest.fixture
def campaign_petition(built_site, db):
    """The campaign's own petition, with its pages, as if no request had been answered yet."""
    petition = built_site[1]
    petition.refresh_from_db()
    cache.clear()
    yield petition
    cache.clear()

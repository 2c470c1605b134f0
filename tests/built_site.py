"""The campaign's whole site, built once per file of tests; each test's own changes are taken back."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import translation

from campaign.demo.build import build
from campaign.roles import ensure_roles
from petition.services.opening import open_petition


@pytest.fixture(scope="module")
def built_site(django_db_setup, django_db_blocker):
    """Groups, pages in both languages and an open petition; gone at the end of the file."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("fr"):
        groups = ensure_roles()
        petition = build()
        open_petition(petition)
        yield groups, petition
        transaction.set_rollback(True)


@pytest.fixture
def campaign_petition(built_site, db):
    """The campaign's own petition, with its pages, as if no request had been answered yet."""
    petition = built_site[1]
    petition.refresh_from_db()
    cache.clear()
    yield petition
    cache.clear()

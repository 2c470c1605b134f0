"""The campaign's whole site, every fact filled in, built once per file of tests; what a test changes is taken back."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import translation

from campaign.demo.build import build
from campaign.roles import ensure_roles
from petition.services.opening import open_petition
from tests.facts import fill_in_facts, texts_filled_in


@pytest.fixture(scope="module")
def built_site(django_db_setup, django_db_blocker):
    """Groups, pages in both languages and an open petition; gone at the end of the file."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("fr"):
        groups = ensure_roles()
        with texts_filled_in():
            petition = build()
        fill_in_facts()
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

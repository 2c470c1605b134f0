"""The campaign's site, built once per file of tests; each test's own changes are taken back."""

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import transaction
from django.utils import translation
from wagtail.models import Page

from campaign.demo.build import TREE, build
from campaign.roles import Role, ensure_roles
from petition.services.opening import open_petition

BUILT_IN = "fr"


@pytest.fixture(scope="module")
def built_site(django_db_setup, django_db_blocker):
    """Groups, pages in both languages and an open petition; gone at the end of the file."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override(BUILT_IN):
        groups = ensure_roles()
        petition = build()
        open_petition(petition)
        yield groups, petition
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def french_and_nothing_cached(built_site, db):
    """Requests leave their language active and Wagtail caches the roots of sites: neither may reach another test."""
    cache.clear()
    with translation.override(BUILT_IN):
        yield
    cache.clear()


@pytest.fixture
def petition(built_site):
    return built_site[1]


@pytest.fixture
def page():
    """Find a page of the site by the name of its texts and its language."""
    keys = {entry.name: entry.key for entry in TREE}

    def find(name: str, language: str = "fr"):
        return Page.objects.get(translation_key=keys[name], locale__language_code=language).specific

    return find


@pytest.fixture
def editor(built_site):
    """Somebody of the group that writes pages."""
    user = get_user_model().objects.create_user("redactrice", "redactrice@example.org", "a-long-password-1")
    user.groups.add(built_site[0][Role.EDITOR])
    return user


@pytest.fixture
def staff_client(client, editor):
    """A browser in which the editor is logged in."""
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    return client

"""Pages of the campaign's site, and an editor who is logged in."""

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.utils import translation
from wagtail.models import Page

from campaign.demo.build import TREE
from campaign.roles import Role

BUILT_IN = "fr"


@pytest.fixture(autouse=True)
def french_and_nothing_cached(files_made, db):
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

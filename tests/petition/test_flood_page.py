"""The short page for a network that floods the form says whose it is, and leads to the petition."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from petition import crowd, limits, lookups
from tests.people import words_of

pytestmark = pytest.mark.django_db
HOST = urlsplit(settings.SITE_URL).hostname


@pytest.fixture
def short(petition, visitor, monkeypatch):
    """Return a function that sends the form from a network that floods it, once the petition was looked up or not."""
    monkeypatch.setattr(limits, "NETWORK_HARD_PER_HOUR", 0)

    def send(prefix: str = "") -> str:
        path = f"{prefix}/petitions/{petition.slug}/signature/"
        data = visitor.form_of(petition, "en" if prefix else "fr")
        for _ in range(crowd.REFUSED_IN_FULL + 1):
            answer = visitor.send(path, data)
        assert answer.status_code == 429
        return words_of(answer)

    return send


@pytest.mark.parametrize(("prefix", "title"), [("", "Une demande"), ("/en", "A demand")])
def test_it_names_the_petition_and_the_site_and_leads_there(short, petition, visitor, prefix, title):
    page = short(prefix)
    assert title in page
    assert f"– {HOST}</title>" in page
    address = re.search(r'<a class="button[^"]*" href="([^"]+)"', page).group(1)
    assert visitor.read(address)["Location"] == _about(petition, prefix)


def test_where_the_title_is_not_known_nobody_is_asked_and_the_site_is_named(
    short, petition, visitor, django_assert_num_queries
):
    short()
    lookups.forget_all()
    with django_assert_num_queries(0):
        page = words_of(visitor.send(f"/petitions/{petition.slug}/signature/", {"altcha": "x"}))
    assert "Une demande" not in page
    assert f'<p class="meta">{HOST}</p>' in page


def test_a_title_is_still_known_once_it_would_be_looked_up_again(short, monkeypatch):
    monkeypatch.setattr(lookups, "SECONDS", -1)
    assert "Une demande" in short()


@pytest.mark.parametrize(("typed", "status"), [("mastodon.example", 200), ("not a host", 422)])
def test_what_a_page_answers_to_whoever_typed_is_kept_by_no_cache(petition, visitor, typed, status):
    path = f"/petitions/{petition.slug}/partager/"
    answer = visitor.send(path, {"instance": typed})
    assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store, private")
    assert "no-store" not in visitor.read(path).get("Cache-Control", "")


def _about(petition, prefix: str) -> str:
    from django.utils import translation

    with translation.override(prefix.strip("/") or "fr"):
        return petition.get_absolute_url()

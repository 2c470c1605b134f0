"""The pages that the law and the site ask for: there from the beginning, one of each, true by themselves."""

import html
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from campaign.first_pages.standard import STANDARD, write_standard_pages
from home.blocks.site import site_tree
from home.models import HomePage, NewsPage, Organisation, Purpose, StandardPage
from home.standing import standing_paths
from tests.facts import FACTS

SPACES = re.compile("[\u00a0\u202f\u2009]")
LANGUAGES = ("fr", "en")


def read(client, page) -> str:
    """Return what a page shows, with plain spaces."""
    return SPACES.sub(" ", html.unescape(client.get(page.url).content.decode()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [entry.name for entry in STANDARD])
def test_each_is_there_in_both_languages_without_a_place_left_open(client, page, name, language):
    shown = read(client, page(name, language))
    assert f"<h1>{page(name, language).title}</h1>" in shown
    assert "to-complete" not in shown
    assert "[À compléter" not in shown
    assert "[To be completed" not in shown


def test_each_purpose_has_its_page():
    assert {entry.extra["purpose"] for entry in STANDARD} == set(Purpose.values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_skip_no_level(client, page, language):
    for entry in STANDARD:
        levels = [
            int(level) for level in re.findall(r"<h([1-6])\b", read(client, page(entry.name, language)))
        ]
        assert levels[0] == 1
        assert all(below <= above + 1 for above, below in zip(levels, levels[1:], strict=False)), entry.name


def test_the_legal_notice_says_all_that_the_law_asks_for(client, page):
    shown = read(client, page("LEGAL"))
    names = (
        "legal_form",
        "phone",
        "email",
        "publication_director",
        "host_name",
        "host_address",
        "host_phone",
    )
    for told in (Organisation.current().name, *(FACTS[name] for name in names), "article 1-1", "article 1-2"):
        assert told in shown, told
    for line in FACTS["postal_address"].splitlines():
        assert line in shown
    assert "article 6" not in shown  # where the law said so until 2024


def test_there_is_one_page_per_purpose_and_language(page):
    second = StandardPage(title="Autre", slug="autre", purpose=Purpose.COOKIES)
    with pytest.raises(ValidationError, match="Cookies : aucun"):
        page("HOME").add_child(instance=second)
        second.full_clean()
    page("COOKIES").full_clean()
    page("COOKIES", "en").full_clean()


def test_a_page_keeps_the_part_that_its_purpose_is_about(page):
    for name, label in (("LEGAL", "Mentions légales"), ("ACCESSIBILITY", "Déclaration d’accessibilité")):
        stripped = page(name)
        stripped.body = []
        with pytest.raises(ValidationError, match=label):
            stripped.full_clean()


def test_staff_s_own_page_of_a_purpose_is_found_and_no_second_one_is_made(page):
    for language in LANGUAGES:
        page("COOKIES", language).delete()
        own = StandardPage(title="Nos cookies", slug="nos-cookies", purpose=Purpose.COOKIES)
        own.locale = Locale.objects.get(language_code=language)
        page("HOME", language).add_child(instance=own)
    write_standard_pages()
    assert list(StandardPage.objects.filter(purpose=Purpose.COOKIES).values_list("title", flat=True)) == [
        "Nos cookies",
        "Nos cookies",
    ]


def test_what_staff_edited_is_kept(page):
    edited = page("VERIFY")
    edited.title, edited.slug = "À vous de voir", "a-vous-de-voir"
    edited.save_revision().publish()
    page("TERMS", "en").unpublish()
    before = StandardPage.objects.count()
    write_standard_pages()
    assert StandardPage.objects.count() == before
    assert page("VERIFY").title == "À vous de voir"
    assert not page("TERMS", "en").live


def test_they_are_made_below_a_home_page_that_the_demo_did_not_make(page):
    StandardPage.objects.all().delete()
    HomePage.objects.filter(locale__language_code="fr").update(
        translation_key="00000000-0000-4000-8000-000000000000"
    )
    HomePage.objects.filter(locale__language_code="en").update(
        translation_key="00000000-0000-4000-8000-000000000000"
    )
    write_standard_pages()
    assert StandardPage.objects.live().count() == 2 * len(STANDARD)
    assert page("LEGAL").get_parent().depth == 2


def test_the_rules_name_each_text_with_its_version_and_fingerprint(client, page, petition):
    for language in LANGUAGES:
        text = petition.texts.get(language=language)
        shown = read(client, page("TERMS", language))
        assert text.title in shown
        assert text.sha256 in shown
        assert f"Version {text.version}" in shown
    page("PETITION_PAGE", "en").unpublish()
    assert petition.texts.get(language="en").sha256 not in read(client, page("TERMS", "en"))


def test_the_site_map_lists_each_page_of_its_language_below_its_own(page):
    [home] = site_tree("fr")
    assert home.url == "/"
    news = next(branch for branch in home.below if branch.url == "/actualites/")
    assert {branch.url for branch in news.below} == {page("NEWS_ORDER").url, page("NEWS_RELEASE").url}
    assert not any(branch.url.startswith("/en/") for branch in home.below)


def test_the_site_map_shows_nothing_that_nobody_can_open(client, page):
    page("NEWS_ORDER").unpublish()
    hidden = page("PRESS_RELEASE")
    hidden.live = False
    hidden.save()
    shown = read(client, page("SITE_MAP")).split("<main")[1]
    assert page("NEWS_ORDER").url not in shown
    assert hidden.url not in shown
    assert page("NEWS_RELEASE").url in shown


def test_the_site_map_leads_to_the_search_and_to_each_feed(client, page):
    for language, search, feed in (
        ("fr", "/recherche/", "/actualites/flux.xml"),
        ("en", "/en/search/", "/en/news/feed.xml"),
    ):
        shown = read(client, page("SITE_MAP", language)).split("<main")[1]
        assert f'href="{search}"' in shown
        assert f'href="{feed}"' in shown
        assert client.get(feed).status_code == 200
        assert client.get(search).status_code == 200


def test_the_site_map_costs_one_statement_however_many_pages_there_are(page):
    for number in range(5):
        page("NEWS_INDEX").add_child(
            instance=NewsPage(title=f"N {number}", slug=f"n-{number}", summary="…", date="2020-12-01")
        )
    with CaptureQueriesContext(connection) as statements:
        site_tree("fr")
    assert len(statements) == 1


def test_security_txt_leads_to_the_page_about_it(client, page):
    assert standing_paths(Purpose.SECURITY) == ["/securite/", "/en/security/"]
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    assert [line for line in lines if line.startswith("Policy:")] == [
        "Policy: http://testserver/securite/",
        "Policy: http://testserver/en/security/",
    ]
    for language in LANGUAGES:
        page("SECURITY", language).unpublish()
    assert "Policy:" not in client.get("/.well-known/security.txt").content.decode()


def test_the_way_to_report_is_that_of_the_settings(client, page, settings):
    settings.SECURITY_CONTACT = "mailto:failles@example.org"
    assert 'href="mailto:failles@example.org">failles@example.org<' in read(client, page("SECURITY"))


def test_none_of_them_loads_anything_or_claims_a_certificate_for_health_data(client, page):
    for entry in STANDARD:
        for language in LANGUAGES:
            shown = read(client, page(entry.name, language)).split("<main")[1].split("<footer")[0]
            assert not re.search(r'\b(?:src|srcset)="', shown), entry.name
            assert "HDS" not in shown

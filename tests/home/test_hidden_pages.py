"""What is unpublished, below something unpublished, or under embargo, is found nowhere."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from home.links import reachable
from home.models import PressReleasePage

PLACES = ("/", "/communiques/", "/sitemap.xml")


@pytest.fixture
def release(page):
    return page("PRESS_RELEASE")


def places_that_show(client, release, *more: str) -> list[str]:
    """Return the addresses that say a word of a press release."""
    answers = {address: client.get(address) for address in (*PLACES, *more)}
    return [
        address
        for address, answer in answers.items()
        if answer.status_code == 200 and (release.url in answer.text or release.title in answer.text)
    ]


def test_a_published_page_is_found(client, release):
    assert places_that_show(client, release) == list(PLACES)


def test_what_stands_below_an_unpublished_page_is_found_nowhere(client, page, release):
    page("PRESS_INDEX").unpublish()
    assert release.get_parent().specific_class.__name__ == "PressIndexPage"
    assert PressReleasePage.objects.get(pk=release.pk).live
    assert places_that_show(client, release) == []
    assert not page("PRESS_INDEX").entries()


def test_what_stands_two_levels_below_an_unpublished_page_is_found_nowhere(page):
    legal = page("LEGAL")
    child = legal.add_child(instance=type(legal)(title="Essai", slug="essai"))
    grandchild = child.add_child(instance=type(legal)(title="Essai", slug="essai"))
    pages = Page.objects.filter(pk=grandchild.pk)
    assert reachable(pages).exists()
    legal.unpublish()
    assert not reachable(pages).exists()
    assert Page.objects.get(pk=grandchild.pk).live


def test_what_is_under_embargo_is_found_from_its_minute_on(client, release):
    moment = timezone.now()
    PressReleasePage.objects.filter(pk=release.pk).update(embargo_until=moment + timedelta(minutes=1))
    assert places_that_show(client, release) == []
    PressReleasePage.objects.filter(pk=release.pk).update(embargo_until=moment - timedelta(seconds=1))
    assert places_that_show(client, release) == list(PLACES)


def test_all_pages_are_asked_for_in_one_statement():
    with CaptureQueriesContext(connection) as statements:
        assert len(reachable(Page.objects.all())) > 10
    assert len(statements) == 1

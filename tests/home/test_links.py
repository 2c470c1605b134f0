"""The way from a petition to the page about it, as mails take it."""

from django.utils import translation

from home.links import petition_url
from petition.models import Petition


def test_it_leads_to_the_page_in_the_active_language(petition):
    for language, path in (("fr", "/petition/"), ("en", "/en/petition/")):
        with translation.override(language):
            assert petition_url(petition) == f"http://testserver{path}"
            assert petition.get_absolute_url() == f"http://testserver{path}"


def test_it_falls_back_to_the_other_language_and_then_to_the_home_page(petition, page):
    page("PETITION_PAGE", "en").unpublish()
    with translation.override("en"):
        assert petition_url(petition) == "http://testserver/petition/"
    page("PETITION_PAGE").unpublish()
    assert petition_url(petition) == "http://testserver/"
    assert petition_url(Petition(pk=0)) == "http://testserver/"


def test_it_never_leads_below_a_home_page_that_is_unpublished(petition, page):
    page("HOME", "en").unpublish()
    with translation.override("en"):
        assert petition_url(petition) == "http://testserver/petition/"

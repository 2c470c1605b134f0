"""Menu, language switch, canonical address: right on every page, cheap, and never from the Host header."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from home.context import site
from home.models import StandardPage

MOST_STATEMENTS = 15  # of the whole petition page, in a process that has remembered nothing


def links(html: str) -> str:
    return html.split("<main")[0]


def test_the_menu_names_the_pages_of_the_language_and_where_the_reader_is(client):
    french, english = (client.get(address).context["nav"]() for address in ("/communiques/", "/en/news/"))
    assert [link.url for link in french] == ["/petition/", "/communiques/", "/positions/", "/actualites/"]
    assert [link.current for link in french] == ["", "page", "", ""]
    assert [link.url for link in english] == [
        "/en/petition/",
        "/en/press-releases/",
        "/en/position-papers/",
        "/en/news/",
    ]


def test_below_a_list_its_section_is_marked(client, page):
    nav = client.get(page("NEWS_ORDER").url).context["nav"]()
    assert [link.current for link in nav] == ["", "", "", "section"]


def test_the_footer_names_the_standing_pages_in_a_fixed_order_then_the_others(client, page):
    other = StandardPage(title="Qui nous sommes", slug="qui-nous-sommes")
    page("HOME").add_child(instance=other)
    page("VERIFY").move(page("LEGAL"), pos="last-child")  # wherever they stand
    french, english = (
        [link.url for link in client.get(home).context["footer_links"]()] for home in ("/", "/en/")
    )
    assert french == [
        *("/mentions-legales/", "/confidentialite/", "/cookies/", "/accessibilite/", "/conditions/"),
        *("/plan-du-site/", "/contact/", "/securite/", "/mentions-legales/verifiez-vous-meme/"),
        "/qui-nous-sommes/",
    ]
    assert english == [
        *("/en/legal-notice/", "/en/privacy/", "/en/cookies/", "/en/accessibility/", "/en/terms/"),
        *("/en/site-map/", "/en/contact-us/", "/en/security/", "/en/check-for-yourself/"),
    ]


def test_the_switch_leads_to_the_same_page_in_the_other_language(client, page):
    switch = client.get(page("PRESS_RELEASE").url).context["switch"]()
    assert (switch.url, switch.language) == (page("PRESS_RELEASE", "en").url, "en")
    assert client.get("/en/petition/").context["switch"]().url == "/petition/"


def test_the_switch_leads_nowhere_without_a_home_page(client, page):
    page("HOME", "en").unpublish()
    assert client.get("/petition/").context["switch"]() is None


def test_the_host_header_changes_no_address(client):
    for host in ("testserver", "127.0.0.1", "localhost:99"):
        html = client.get("/petition/", headers={"host": host}).content.decode()
        assert '<link rel="canonical" href="http://testserver/petition/">' in html
        assert '<link rel="alternate" hreflang="en" href="http://testserver/en/petition/">' in html
        assert '<link rel="alternate" hreflang="x-default" href="http://testserver/petition/">' in html
        assert "//127.0.0.1" not in html
        assert "//localhost" not in html


def test_the_way_back_is_shown_below_the_home_page(client, page):
    crumbs = client.get(page("PRESS_RELEASE").url).context["crumbs"]()
    assert [crumb.url for crumb in crumbs] == ["/", "/communiques/", page("PRESS_RELEASE").url]
    assert client.get("/").context["crumbs"]() == []


@pytest.mark.parametrize("address", ["/nowhere/", "/en/nowhere/"])
def test_a_page_that_does_not_exist_still_has_a_menu_and_a_switch(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert (
        'href="/en/petition/"' in response.content.decode()
        or 'href="/petition/"' in response.content.decode()
    )
    assert response.context["canonical"]() == ""


@pytest.mark.parametrize("address", ["/petition/", "/en/petition/"])
def test_the_petition_page_is_cheap_in_a_cold_process(client, address):
    ContentType.objects.clear_cache()
    cache.clear()
    with CaptureQueriesContext(connection) as statements:
        assert client.get(address).status_code == 200
    assert len(statements) <= MOST_STATEMENTS, "\n".join(
        query["sql"] for query in statements.captured_queries
    )


def test_the_menu_and_the_names_cost_two_statements_however_often_they_are_asked_for(page):
    request = RequestFactory().get("/petition/")
    request.campaign_page = page("PETITION_PAGE")
    with CaptureQueriesContext(connection) as statements:
        context = site(request)
    assert len(statements) == 0
    with CaptureQueriesContext(connection) as statements:
        for _again in range(2):
            for name in (
                "site_name",
                "organiser",
                "nav",
                "footer_links",
                "crumbs",
                "switch",
                "canonical",
                "alternates",
            ):
                context[name]()
    assert len(statements) == 2


def test_health_asks_for_no_menu(client):
    with CaptureQueriesContext(connection) as statements:
        client.get("/health/live")
    assert len(statements) == 0


def test_without_the_english_home_page_nothing_leads_to_english(client, page):
    page("HOME", "en").unpublish()
    for address in ("/", "/petition/", "/nulle-part/", page("NEWS_ORDER").url):
        html = client.get(address).content.decode()
        assert "/en/" not in html, address
    missing = client.get("/en/petition/")
    html = missing.content.decode()
    assert missing.status_code == 404
    assert 'href="/en/' not in html
    assert missing.context["nav"]() == []
    assert missing.context["switch"]().url == "/petition/"


def test_each_way_on_from_a_page_that_does_not_exist_is_there(client, page):
    def ways(address: str) -> list[str]:
        html = client.get(address).content.decode()
        main = html.split("<main")[1].split("</main>")[0]
        return re.findall(r'href="([^"]*)"', main)

    assert ways("/nulle-part/") == ["/petition/", "/", "/actualites/", "/en/"]
    assert ways("/en/nowhere/") == ["/en/petition/", "/en/", "/en/news/", "/"]
    page("PETITION_PAGE", "en").unpublish()
    assert ways("/en/nowhere/") == ["/en/", "/en/news/", "/"]
    renamed = page("PETITION_PAGE")
    renamed.slug = "demande"
    renamed.save_revision().publish()
    assert ways("/nulle-part/") == ["/demande/", "/", "/actualites/", "/en/"]


def test_the_name_of_the_site_leads_home_where_there_is_a_home_page(client, page):
    brand = re.compile(r'class="site-header__brand"( href="[^"]*")?>')
    for address, home in (("/petition/", "/"), ("/en/petition/", "/en/")):
        assert brand.findall(client.get(address).content.decode()) == [f' href="{home}"']
    page("HOME", "en").unpublish()
    assert brand.findall(client.get("/en/petition/").content.decode()) == [""]


@pytest.mark.parametrize(
    ("here", "there"), [("/", "/en/petitions/{}/signature/"), ("/en/", "/petitions/{}/signature/")]
)
def test_from_a_form_with_mistakes_the_switch_leads_to_the_petition_in_the_other_language(
    client, petition, here, there
):
    answer = client.post(f"{here}petitions/{petition.slug}/signature/", {})
    assert answer.status_code == 422
    switch = answer.context["switch"]()
    assert switch.url == there.format(petition.slug)
    final = client.get(switch.url, follow=True)
    assert final.redirect_chain[-1][0] == (
        "http://testserver/en/petition/" if here == "/" else "http://testserver/petition/"
    )
    on_the_page = client.post(f"{here}petition/", {})
    assert on_the_page.context["switch"]().url == ("/en/petition/" if here == "/" else "/petition/")

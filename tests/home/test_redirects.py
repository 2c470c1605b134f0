"""Addresses that lead on: of renamed and moved pages, and those that staff made."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from home.models import StandardPage
from tests.home.edit_forms import edit_address, edit_form

FROM_AN_ENGLISH_BROWSER = {"accept-language": "en"}


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """Give a page another name in its address, and publish it."""

    def change(page, slug: str) -> None:
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return change


@pytest.fixture
def short(page):
    """A short address that staff made, which leads to the French page of the petition."""
    return Redirect.add_redirect("/petition-courte", page("PETITION_PAGE"))


def leads_to(client, path: str, **headers) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code in (301, 302), path
    assert not answer.cookies
    assert "Vary" not in answer
    return answer["Location"]


def screen(staff_client, **form):
    address = reverse("wagtailredirects:add")
    filled = {"old_path": "/court", "redirect_page": "", "redirect_link": "", "is_permanent": "on", **form}
    return staff_client.post(address, filled)


def words(answer) -> str:
    return html.unescape(answer.content.decode())


def test_o_lang_05_a_renamed_english_page_keeps_its_old_address_within_english(client, page, rename):
    renamed = page("NEWS_ORDER", "en")
    old = renamed.url
    rename(renamed, "another-name")
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, "/en/news/another-name/")
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(page("NEWS_ORDER").url).status_code == 200


def test_a_page_renamed_in_the_editor_keeps_its_old_address(
    client, staff_client, page, django_capture_on_commit_callbacks
):
    source = page("LEGAL")
    form = edit_form(staff_client, source)
    form["slug"], form["action-publish"] = "mentions", "action-publish"
    with django_capture_on_commit_callbacks(execute=True):
        assert staff_client.post(edit_address(source), form).status_code == 302
    assert leads_to(client, "/mentions-legales/") == "/mentions/"
    assert leads_to(client, "/mentions-legales") == "/mentions/"


def test_pages_below_a_renamed_page_keep_their_old_addresses(client, page, rename):
    below = page("NEWS_ORDER", "en").url
    rename(page("NEWS_INDEX", "en"), "updates")
    assert leads_to(client, "/en/news/") == "/en/updates/"
    assert leads_to(client, below) == below.replace("/en/news/", "/en/updates/")


def test_the_feed_and_the_pdf_of_a_renamed_page_go_with_it(client, page, rename):
    feed, paper = page("NEWS_INDEX").feed_url, page("POSITION_PAPER")
    pdf = f"{paper.url}{paper.slug}.pdf"
    rename(page("NEWS_INDEX"), "nouvelles")
    rename(paper, "autre-nom")
    assert leads_to(client, feed) == "/nouvelles/flux.xml"
    assert client.get("/nouvelles/flux.xml").status_code == 200
    assert leads_to(client, f"{pdf}?a=b") == "/positions/autre-nom/autre-nom.pdf?a=b"


def test_a_short_address_has_no_files(client, short):
    assert client.get("/petition-courte/x.pdf").status_code == 404


def test_after_two_renamings_the_first_address_leads_straight_to_the_last(client, page, rename):
    for slug in ("deux", "trois"):
        rename(page("NEWS_INDEX"), slug)
    assert leads_to(client, "/actualites/") == leads_to(client, "/deux/") == "/trois/"


def test_a_page_that_gets_its_first_name_back_is_there_again(client, page, rename):
    for slug in ("deux", "actualites"):
        rename(page("NEWS_INDEX"), slug)
    assert client.get("/actualites/").status_code == 200
    assert leads_to(client, "/deux/") == "/actualites/"
    assert Redirect.objects.count() == 2 + 1  # the list and the two pages in it, from their second address


def test_a_moved_page_keeps_its_old_address_and_those_below_it(client, page, rename):
    for title in ("Lieu", "Page"):
        page("HOME").add_child(instance=StandardPage(title=title, slug=title.lower()))
    moved = StandardPage.objects.get(slug="page")
    moved.add_child(instance=StandardPage(title="Bas", slug="bas"))
    for made in StandardPage.objects.filter(slug__in=["lieu", "page", "bas"]):
        made.save_revision().publish()
    moved.refresh_from_db()
    moved.move(StandardPage.objects.get(slug="lieu"), pos="last-child")
    assert leads_to(client, "/page/") == "/lieu/page/"
    assert leads_to(client, "/page/bas/") == "/lieu/page/bas/"


def test_a_page_put_in_another_order_makes_no_redirect(page):
    page("NEWS_INDEX").move(page("PETITION_PAGE"), pos="left")
    assert not Redirect.objects.exists()


def test_a_draft_that_no_reader_has_seen_makes_no_redirect(page, django_capture_on_commit_callbacks):
    draft = StandardPage(title="Brouillon", slug="brouillon", live=False)
    page("HOME").add_child(instance=draft)
    draft.slug = "autre"
    with django_capture_on_commit_callbacks(execute=True):
        draft.save()
    assert not Redirect.objects.exists()


def test_the_name_of_a_home_page_is_in_no_address(page, rename):
    rename(page("HOME", "en"), "start")
    assert not Redirect.objects.exists()


def test_a_new_page_at_an_old_address_is_what_readers_find(client, page, rename):
    rename(page("LEGAL"), "mentions")
    page("HOME").add_child(instance=StandardPage(title="Neuve", slug="mentions-legales"))
    assert client.get("/mentions-legales/").status_code == 200
    assert leads_to(client, "/mentions-legales") == "/mentions-legales/"


@pytest.mark.parametrize("address", ["/petition-courte", "/petition-courte/"])
@pytest.mark.parametrize(("prefix", "target"), [("", "/petition/"), ("/en", "/en/petition/")])
def test_o_lang_12_a_short_address_ends_on_the_page_in_its_language_in_one_hop(
    client, short, address, prefix, target
):
    found = leads_to(client, f"{prefix}{address}?utm_source=x&a=%C3%A9", **FROM_AN_ENGLISH_BROWSER)
    assert found == f"{target}?utm_source=x&a=%C3%A9"
    assert client.get(found).status_code == 200


def test_a_short_address_leads_to_nothing_that_cannot_be_read(client, page, short):
    page("PETITION_PAGE", "en").unpublish()
    assert client.get("/en/petition-courte/").status_code == 404
    assert leads_to(client, "/petition-courte") == "/petition/"
    page("PETITION_PAGE").unpublish()
    assert client.get("/petition-courte/").status_code == 404


def test_staff_may_lead_to_the_english_page_whatever_the_address(client, page):
    Redirect.add_redirect("/english", page("PETITION_PAGE", "en"))
    assert leads_to(client, "/english") == leads_to(client, "/en/english") == "/en/petition/"


def test_the_old_address_of_a_french_page_stays_unknown_in_english(client, page, rename):
    rename(page("LEGAL"), "mentions")
    assert client.get("/en/mentions-legales/").status_code == 404


def test_the_host_header_changes_no_redirect(client, short):
    assert leads_to(client, "/petition-courte/", host="localhost:99") == "/petition/"


@pytest.mark.parametrize(
    "address",
    ["//example.org//x/", "/\\example.org/", "/petition-courte/%00/", "/%E9/", "/" + "a" * 400 + "/"],
)
def test_no_address_leads_away_by_what_a_visitor_sends(client, short, address):
    assert client.get("/", PATH_INFO=address).status_code == 404


def test_an_outside_address_keeps_its_own_query_and_gets_the_visitor_s(client):
    Redirect.add_redirect("/video", "https://example.org/v?id=1#t", is_permanent=False)
    answer = client.get("/video?utm_source=x")
    assert (answer.status_code, answer["Location"]) == (302, "https://example.org/v?id=1&utm_source=x#t")


def test_a_row_that_leads_to_anything_but_a_page_of_the_web_leads_nowhere(client):
    for link in ("javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org/"):
        Redirect.objects.all().delete()
        Redirect.add_redirect("/piege", link)
        assert client.get("/piege/").status_code == 404, link


def test_a_redirect_is_remembered_for_half_a_minute_alone(client, short):
    assert client.get("/petition-courte/")["Cache-Control"] == "max-age=30"


def test_nothing_sent_is_led_on_and_nothing_under_admin(client, staff_client, short):
    assert client.post("/petition-courte/").status_code == 404
    Redirect.add_redirect("/admin/inconnu", "https://example.org/")
    assert staff_client.get("/admin/inconnu/").status_code == 404


def test_a_page_that_is_there_costs_no_statement_more(client, short):
    with CaptureQueriesContext(connection) as statements:
        assert client.get("/petition/").status_code == 200
    assert not [one for one in statements.captured_queries if "wagtailredirects" in one["sql"]]


def test_an_editor_makes_a_short_address_in_french(client, staff_client, page):
    shown = words(staff_client.get(reverse("wagtailredirects:add")))
    assert "Adresse qui renvoie" in shown
    assert "Tous les sites" not in shown
    chosen = page("NEWS_ORDER")
    answer = screen(staff_client, old_path="https://testserver/court/", redirect_page=chosen.pk)
    assert answer.status_code == 302
    assert leads_to(client, "/court") == chosen.url
    assert leads_to(client, "/en/court") == page("NEWS_ORDER", "en").url


def test_the_menu_offers_redirects_to_those_who_may_make_them(staff_client):
    assert reverse("wagtailredirects:index") in words(staff_client.get(reverse("wagtailadmin_home")))
    assert staff_client.get(reverse("wagtailredirects:index")).status_code == 200


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"redirect_link": "javascript:alert(1)"}, "commence par https:// ou http://"),
        ({"redirect_link": "/petition/"}, "commence par https:// ou http://"),
        ({"redirect_link": "https://[x"}, "commence par https:// ou http://"),
        ({"redirect_link": "https://exa mple"}, "URL valide"),
        ({}, "l’un des deux"),
        ({"redirect_link": "https://example.org/", "redirect_page": "NEWS_ORDER"}, "l’un des deux"),
        (
            {"old_path": "/petition/", "redirect_link": "https://example.org/"},
            "Une page se trouve à cette adresse",
        ),
        ({"old_path": "/en/petition/", "redirect_link": "https://example.org/"}, "Une page se trouve"),
        ({"old_path": "/", "redirect_link": "https://example.org/"}, "appartient au site"),
        ({"old_path": "/admin/x", "redirect_link": "https://example.org/"}, "appartient au site"),
        ({"redirect_link": "https://campagne.example.org/court"}, "renvoie elle-même"),
        ({"redirect_link": "https://campagne.example.org/petition-courte/"}, "renvoie elle-même"),
        ({"old_path": "/petition-courte", "redirect_link": "https://example.org/"}, "existe déjà"),
    ],
)
def test_each_slip_is_told_beside_its_field(staff_client, page, short, settings, form, told):
    settings.SITE_URL = "https://campagne.example.org"
    if name := form.get("redirect_page"):
        form = {**form, "redirect_page": page(name).pk}
    answer = screen(staff_client, **form)
    assert answer.status_code == 200
    assert told in words(answer)
    assert Redirect.objects.count() == 1

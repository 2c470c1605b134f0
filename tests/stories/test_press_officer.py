"""The press officer writes a press release, looks at it, corrects it and publishes it."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.real_site.visitor import letters
from tests.stories.desk import type_page_title


@pytest.fixture
def page(site, browse) -> Page:
    """The press officer's browser, logged in."""
    page = browse(locale="fr-FR", viewport={"width": 1400, "height": 900}).page
    page.goto("/admin/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.fill("[name=username]", "redaction")
    page.fill("[name=password]", site.logins()["redaction"])
    page.click("form button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def test_the_press_officer_publishes_a_press_release(site, page, someone):
    title, text = f"Communiqué {letters()}", f"Notre demande {letters()}."

    page.get_by_role("button", name="Pages").click()
    page.get_by_role("link", name="Voir les sous-pages de 'Nos données").click()
    page.get_by_role("link", name="Communiqués", exact=True).click()
    page.wait_for_url("**/admin/pages/*/")
    page.goto(page.locator("a[href$='/add_subpage/']").first.get_attribute("href") or "")
    type_page_title(page, title)
    page.fill("[name=place]", "Paris")
    page.fill("[name=summary]", "Ce qu’il faut en retenir.")
    page.locator("#body-root").get_by_title("Insérer un bloc").click()
    page.get_by_role("option", name="Texte", exact=True).click()
    page.locator(".public-DraftEditor-content").click()
    page.keyboard.type(text)
    # The editor hands on what was typed a moment later; nobody presses "save" faster than that.
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile(text))
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    page.wait_for_url("**/edit/")
    address = quote(f"/communiques/{page.input_value('[name=slug]')}/")
    assert someone.read(address).status_code == 404, "a draft is nobody's business"
    assert title not in someone.read("/communiques/").text

    page.get_by_label("Afficher/masquer la prévisualisation").click()
    preview = page.frame_locator("iframe[title]").first
    expect(preview.get_by_role("heading", name=title)).to_be_visible()
    expect(preview.get_by_text(text, exact=True)).to_be_visible()
    expect(preview.get_by_text("Ce qu’il faut en retenir.", exact=True)).to_be_visible()

    page.fill("[name=summary]", "Ce qu’il faut vraiment en retenir.")
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name="Publier", exact=True).click()
    page.wait_for_load_state("load")
    expect(page.locator(".messages")).to_contain_text(title)

    page.goto("/communiques/")
    page.get_by_role("link", name=title).click()
    page.wait_for_url(f"**{address}")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_text("Ce qu’il faut vraiment en retenir.", exact=True)).to_be_visible()
    expect(page.get_by_text(text, exact=True)).to_be_visible()
    expect(page.locator("main time").first).to_contain_text("Paris")
    assert site.url + address in someone.read("/sitemap.xml").text


def test_the_press_officer_finds_nothing_of_signatures_in_the_menu(site, page):
    sidebar = page.locator("#wagtail-sidebar")
    expect(sidebar.get_by_role("button", name="Pages")).to_be_visible()
    for name in ("Rapports", "Aide"):
        sidebar.get_by_role("button", name=name).click()
    links = sidebar.locator("a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    assert any(link.startswith("/admin/") for link in links)
    assert not [link for link in links if "signature" in link or "petition" in link or "outbox" in link]
    assert "ignature" not in sidebar.inner_text()

"""Somebody of the team is at a gathering, and writes about it on their phone, with a photograph taken there."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.home.files import heic
from tests.real_site.browser import PHONE, PHONE_SCREEN
from tests.real_site.visitor import letters
from tests.stories.desk import type_page_title

WIDTH = PHONE_SCREEN[0]
# What the phone's camera hands to the page: its own format, the place inside.
PHOTOGRAPH = {"name": "IMG_0042.HEIC", "mimeType": "image/heic", "buffer": heic((2000, 1500))}


@pytest.fixture
def page(site, browse) -> Page:
    """A phone in somebody's hand, logged in."""
    page = browse(**PHONE).page
    page.goto("/admin/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.fill("[name=username]", "redaction")
    page.fill("[name=password]", site.logins()["redaction"])
    page.locator("form button[type=submit]").tap()
    page.wait_for_url("**/admin/")
    return page


def fits(page: Page) -> None:
    """Nothing that somebody reads or fills in reaches beyond the screen."""
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH, page.url
    wide = page.evaluate(
        """() => [...document.querySelectorAll("main :is(input, textarea, select, button, label, h1)")]
            .filter((one) => one.checkVisibility() && !one.closest(".w-sr-only, .tippy-box, .form-side"))
            .map((one) => [one.getBoundingClientRect(), one.name || one.innerText || one.outerHTML.slice(0, 200)])
            .filter(([box]) => box.width > 1 && (box.right > innerWidth + 1 || box.left < -1))
            .map(([box, name]) => `${name}: ${box.left} to ${box.right}`)"""
    )
    assert not wide, wide


def insert(page: Page, kind: str, number: int) -> None:
    """Put a block of one kind at the end of the text."""
    page.locator("[data-contentpath=body]").get_by_title("Insérer un bloc").nth(number).tap()
    page.get_by_role("option", name=kind, exact=True).tap()


def test_somebody_publishes_news_with_a_photograph_from_their_phone(site, page, someone):
    title, words = f"Rassemblement {letters()}", f"Beaucoup de monde {letters()}."

    page.locator(".sidebar-nav-toggle").tap()
    page.get_by_role("button", name="Pages").tap()
    page.get_by_role("link", name="Voir les sous-pages de 'Nos données").tap()
    page.get_by_role("link", name="Actualités", exact=True).tap()
    page.wait_for_url("**/admin/pages/*/")
    fits(page)
    page.goto(page.locator("a[href$='/add_subpage/']").first.get_attribute("href") or "")

    type_page_title(page, title)
    page.fill("[name=summary]", "Devant le ministère, ce matin.")
    insert(page, "Texte simple", 0)
    page.fill("[name=body-0-value]", words)
    insert(page, "Image", 1)
    page.get_by_role("button", name="Choisir une image").tap()
    page.get_by_role("tab", name="Transférer").tap()
    page.set_input_files("[name=image-chooser-upload-file]", PHOTOGRAPH)
    # The picture's name follows its file's a moment later; nobody sends faster than that.
    expect(page.locator("[name=image-chooser-upload-title]")).to_have_value("IMG_0042")
    page.fill("[name=image-chooser-upload-licence]", "CC BY 4.0")
    page.locator("#tab-upload button[type=submit]").tap()
    picture = page.locator("[data-contentpath=body] .chooser__image")
    expect(picture).to_be_visible()
    page.fill("[name=body-1-value-image-alt_text]", "Une place pleine de gens")
    fits(page)

    page.get_by_role("button", name="Plus d'actions").tap()
    page.get_by_role("button", name="Publier", exact=True).tap()
    expect(page.locator(".messages li.success")).to_contain_text(title)

    page.goto("/actualites/")
    page.get_by_role("link", name=title).tap()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_text(words)).to_be_visible()
    shown = page.get_by_alt_text("Une place pleine de gens", exact=True)
    shown.scroll_into_view_if_needed()
    expect(shown).to_be_visible()
    # Loaded, and not merely named: the browser knows its size.
    page.wait_for_function("(one) => one.complete && one.naturalWidth > 300", arg=shown.element_handle())
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH

    html = someone.read(page.url).text
    assert "IMG_0042" not in html
    sizes = re.findall(r"/media/images/[\w.]+", html)
    assert {name.rpartition(".")[2] for name in sizes} == {"avif", "webp", "jpg"}
    for name in set(sizes):
        content = someone.read(name).content
        assert b"Essai-Camera" not in content
        assert b"Exif" not in content

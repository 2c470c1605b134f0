"""What several stories do at a desk of staff, by clicks alone."""

import re
from contextlib import suppress

from playwright.sync_api import Page, expect

from tests.real_site.site import RealSite

TRIES = 10
A_MOMENT = 3_000  # milliseconds


def log_in(site: RealSite, browse, user: str) -> Page:
    """Return the browser of one of staff, logged in."""
    page = browse(locale="fr-FR", viewport={"width": 1400, "height": 1000}).page
    page.goto("/admin/")
    page.fill("[name=username]", user)
    page.fill("[name=password]", site.logins()[user])
    page.click("form button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def save(page: Page, button: str) -> None:
    """Press the form's button, and see that the site says what it has done."""
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".messages li.success")).to_be_visible()


def go_to(page: Page, screen: str) -> None:
    """Go to one of the petition's screens by the menu."""
    page.get_by_role("button", name="Pétition", exact=True).click()
    page.get_by_role("list", name="Pétition").get_by_role("link", name=screen, exact=True).click()


def list_petitions(page: Page) -> None:
    """Go to the list of petitions by the menu."""
    go_to(page, "Pétitions")


def add_petition(page: Page, slug: str, **filled: str) -> None:
    """Make a petition; `filled` gives its fields by the names of the form: organiser, sender_name and the like."""
    list_petitions(page)
    page.get_by_role("link", name="Ajouter une pétition").click()
    for name, value in {"slug": slug, **filled}.items():
        page.fill(f"[name={name}]", value)
    save(page, "Créer")


def write_text(page: Page, language: str, title: str, demands: str, addressee: str) -> None:
    """Write what is signed in one language, from the petition's own page."""
    page.get_by_role("link", name=f"Écrire le texte ({language})").click()
    expect(page.locator("[name=language] option:checked")).to_have_text(language)
    page.fill("[name=title]", title)
    page.fill("[name=demands]", demands)
    page.fill("[name=addressee]", addressee)
    save(page, "Enregistrer")
    expect(page.get_by_role("heading", name=title).first).to_be_visible()


def type_page_title(page: Page, title: str) -> None:
    """Type a page's title, again until its address follows: the editor's scripts may not have been there yet."""
    for _ in range(TRIES):
        page.fill("[name=title]", "")
        page.fill("[name=title]", title)
        with suppress(AssertionError):
            # The scripts wait until nobody has typed for a moment.
            expect(page.locator("[name=slug]")).not_to_have_value("", timeout=A_MOMENT)
            return
    raise AssertionError("The page's address does not follow its title.")


def close_calendar(page: Page) -> None:
    """Leave a field for a moment until its calendar is gone: it may open a moment after one has left already."""
    for _ in range(TRIES):
        page.locator("[name=place]").click()
        with suppress(AssertionError):
            expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(0, timeout=A_MOMENT)
            return
    raise AssertionError("The calendar stays open.")


def publish_page(page: Page, title: str, petition_title: str) -> None:
    """Make the page about a petition in the CMS."""
    page.get_by_role("button", name="Pages").click()
    page.get_by_role("link", name=re.compile("^Nos données .* Français$")).click()
    page.get_by_role("link", name="Ajouter une sous-page", exact=True).click()
    page.get_by_role("link", name="Page de pétition", exact=True).click()
    type_page_title(page, title)
    page.get_by_role("combobox", name="Pétition").select_option(label=petition_title)
    page.fill("[name=intro]", "Pourquoi cette demande, en une phrase.")
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.locator(".messages li.success")).to_contain_text(title)

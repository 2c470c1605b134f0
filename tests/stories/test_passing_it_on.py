"""Somebody has just confirmed, and passes the petition on with the keyboard alone."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.people import confirm_path
from tests.real_site.visitor import Person


def tab_to(page: Page, name: str) -> None:
    """Press the tabulator until what has this name has the focus."""
    wanted = page.locator("main").get_by_text(name, exact=True)
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"“{name}” is not reached by the keyboard")


def test_somebody_confirms_and_passes_the_petition_on_by_the_keyboard(site, someone, browse):
    mail = someone.sign_and_read_mail(Person.somebody())
    window = browse(permissions=["clipboard-read", "clipboard-write"])
    page = window.page
    page.goto(confirm_path(mail))
    tab_to(page, "Je confirme ma signature")
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name="Votre signature est comptée")
    expect(heading).to_contain_text("vous êtes la")

    tab_to(page, "Copier")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Copié.")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == f"{site.url}/petition/"

    tab_to(page, "Envoyer par e-mail")
    tab_to(page, "Sur un réseau")
    page.keyboard.press("Enter")
    page.wait_for_url("**/partager/")
    for network in ("Bluesky", "LinkedIn", "WhatsApp"):
        tab_to(page, f"{network} (États-Unis)")
        focused = page.evaluate("document.activeElement.href")
        told = " ".join(value for values in parse_qs(urlsplit(focused).query).values() for value in values)
        assert address in told
        assert "confirmation" not in told

    instance = page.get_by_label("Votre instance Mastodon")
    instance.focus()
    page.keyboard.type("mastodon.example")
    page.keyboard.press("Enter")
    there = page.get_by_role("link", name="Continuer vers mastodon.example")
    expect(there).to_have_attribute("rel", "noreferrer noopener")
    assert there.get_attribute("href").startswith("https://mastodon.example/share?text=")

    assert [url for url in window.requested if not url.startswith(site.url)] == []
    assert window.context.cookies() == []
    assert window.complaints == []

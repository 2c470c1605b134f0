"""Data about a page stand in it as a block that a browser doesn't run: the policy against inline scripts holds."""

import json

import pytest

READ = """() => ({
    blocks: [...document.querySelectorAll('script[type="application/ld+json"]')].map((one) => one.textContent),
    inline: [...document.scripts].filter((one) => !one.src && one.type !== "application/ld+json").length,
})"""
LISTEN = "document.addEventListener('securitypolicyviolation', (event) => console.error('refused', event.blockedURI))"


@pytest.mark.parametrize(
    "address", ["/", "/petition/", "/communiques/", "/en/news/", "/recherche/?q=petition"]
)
def test_no_page_breaks_the_policy_and_its_data_can_be_read(browse, address):
    window = browse()
    window.context.add_init_script(LISTEN)
    answer = window.page.goto(address)
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    found = window.page.evaluate(READ)
    assert window.complaints == []
    assert found["inline"] == 0
    assert len(found["blocks"]) == (0 if "recherche" in address else 1)
    assert all(json.loads(block)["@context"] == "https://schema.org" for block in found["blocks"])


def test_a_search_works_with_a_keyboard_alone_and_without_a_script(browse):
    window = browse(java_script_enabled=False, locale="fr-FR")
    page = window.page
    page.goto("/")
    page.get_by_role("link", name="Recherche").first.click()
    field = page.get_by_role("searchbox")
    field.fill("PETITION")
    field.press("Enter")
    assert page.url.endswith("/recherche/?q=PETITION")
    assert page.locator(".search-results mark").count() > 0
    first = page.locator(".search-results a").first
    first.click()
    assert page.locator("h1").count() == 1

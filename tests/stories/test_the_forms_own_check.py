"""What the browser works out while somebody fills in the form: unseen, under the real policy, and never in the way."""

import brotli
import requests
from playwright.sync_api import expect

from petition.enums import Reason
from tests.real_site.browser import PHONE
from tests.real_site.visitor import Person
from tests.stories.pages import fill_in

ANSWER = "#sign-form input[name=altcha]"
STATUS = "#sign-form [role=status]"
SIGN = "/petitions/donnees-de-sante/signature/"
SCRIPTS = 30_000  # bytes: W-01's, with all that is loaded once the form is used


def loaded_after_focus(site, window) -> int:
    """Return what all scripts of the page weigh on the way (brotli, as every browser of today takes over HTTPS)."""
    scripts = {url for url in window.requested if url.endswith(".js")}
    assert any("altcha.min" in url for url in scripts)
    return sum(len(brotli.compress(requests.get(url, timeout=30).content)) for url in scripts)


def reasons_of(site, person: Person) -> list[str]:
    """Return what the stored signature deserves a look for."""
    [(reasons,)] = site.database.rows(
        "SELECT CAST(reasons AS text) FROM petition_pendingsignature WHERE email = %s", person.email
    )
    return reasons


def send(page) -> None:
    page.check("[name=agree_sign]")
    page.locator("#sign-form button[type=submit]").click()
    page.wait_for_url("**/signature/message/")


def test_the_check_begins_with_the_form_asks_nobody_else_and_breaks_no_rule(site, browse):
    window = browse(**PHONE)
    page, somebody = window.page, Person.somebody()
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error(e.violatedDirective))"
    )
    page.goto("/petition/")
    assert not [url for url in window.requested if "altcha" in url or "/signature/verification/" in url]
    expect(page.locator(STATUS)).to_be_empty()

    fill_in(page, somebody)
    expect(page.locator(STATUS)).to_have_text("Vérifié : aucun robot.")
    expect(page.locator(ANSWER)).not_to_have_value("")
    assert page.locator("altcha-widget").is_hidden()
    assert page.locator(".altcha-popover:visible").count() == 0
    assert page.inner_text(STATUS)
    send(page)

    assert Reason.NO_SCRIPT not in reasons_of(site, somebody)
    assert Reason.PROOF not in reasons_of(site, somebody)
    page.reload()
    page.go_back()
    page.go_forward()
    page.reload()
    assert [sent for sent in window.sent if sent.startswith("POST")] == [f"POST {site.url}{SIGN}"]
    assert loaded_after_focus(site, window) <= SCRIPTS
    assert {url.split("/")[2] for url in window.requested if "://" in url} == {site.url.split("/")[2]}
    assert window.context.cookies() == []
    assert window.complaints == []


def test_a_check_that_fails_says_so_and_the_form_is_sent_all_the_same(site, browse):
    window = browse(locale="en-GB")
    page, somebody = window.page, Person.somebody()
    page.route("**/signature/verification/**", lambda route: route.fulfill(status=500, body="no"))
    page.goto("/en/petition/")
    fill_in(page, somebody)
    expect(page.locator(STATUS)).to_contain_text("You can send the form all the same.")
    assert page.locator(".altcha-popover:visible").count() == 0
    send(page)
    assert Reason.NO_SCRIPT in reasons_of(site, somebody)

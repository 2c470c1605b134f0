"""The promise: only a press of a button changes anything. Scanners of mails follow every link, some run its scripts."""

from itertools import product

import pytest

from tests.people import Form, confirm_path, links_in, personal_path
from tests.real_site.site import SLUG, RealSite
from tests.real_site.visitor import Person

A_BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"
AN_HOUR = "01:00:00"
# How robots and mail programs ask.
MANNERS = (
    {"User-Agent": None},
    {"User-Agent": A_BROWSER, "Sec-Fetch-Site": "none"},
    {"User-Agent": A_BROWSER, "Sec-Fetch-Site": "cross-site", "Sec-Purpose": "prefetch;prerender"},
    {"X-HTTP-Method-Override": "POST"},
)


def changed(site: RealSite, before: dict[str, str]) -> dict[str, tuple[str | None, str]]:
    """Return the tables that are not as they were."""
    now = site.database.fingerprints()
    return {table: (before.get(table), found) for table, found in now.items() if before.get(table) != found}


def test_reading_any_address_in_any_manner_changes_no_row(site, addresses, someone):
    assert len(addresses) > 100
    site.wait_for_quiet()
    before, count = site.database.fingerprints(), site.count()
    for address in addresses:
        for method, manner in [*product(["GET"], MANNERS), *product(["HEAD"], MANNERS[:2])]:
            assert someone.ask(method, address, headers=dict(manner)).status_code < 500, address
    assert changed(site, before) == {}
    assert site.count() == count


def test_the_values_of_a_form_in_the_address_of_a_read_change_no_row(site, people, addresses, someone):
    form = Form(someone.read("/petition/").text, "sign-form")
    values = [
        {**form.values, **people.pending.filled(), "act": "withdraw"},
        {"act": "erase"},
        {"act": "stop_news"},
        {"act": "keep", "shown": "1"},
        {"act": "stop"},
    ]
    site.wait_for_quiet()
    before = site.database.fingerprints()
    for address in addresses:
        for given in values:
            someone.session.params = given
            someone.ask("GET", address)
    someone.session.params = {}
    assert changed(site, before) == {}


def test_a_scanner_that_follows_every_link_twice_confirms_nobody(site, someone):
    somebody = Person.somebody()
    mail = someone.sign_and_read_mail(somebody, agree_newsletter="on")
    site.wait_for_quiet()
    before, count = site.database.fingerprints(), site.count()
    for link in links_in(mail) * 2:
        for manner in MANNERS:
            assert someone.ask("GET", link, headers=dict(manner)).status_code == 200
            assert someone.ask("HEAD", link, headers=dict(manner)).status_code == 200
    site.wait_for_quiet()
    assert changed(site, before) == {}
    assert site.count() == count
    assert len(site.post.to(somebody.email)) == 1, "no welcome before the confirmation"

    someone.confirm(mail)
    assert site.count() == count + 1


@pytest.mark.parametrize("page", [confirm_path, personal_path])
def test_a_page_left_open_with_its_scripts_running_confirms_and_withdraws_nothing(
    site, someone, browse, page
):
    mail = someone.sign_and_read_mail(Person.somebody())
    site.wait_for_quiet()
    before = site.database.fingerprints()
    window = browse()
    window.page.clock.install()
    window.page.goto(page(mail))
    window.page.mouse.move(100, 100)
    window.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    window.page.clock.run_for(AN_HOUR)
    # Whatever the scripts have begun by now has left before this answer is back.
    assert window.page.evaluate("fetch('/health/live').then((answer) => answer.status)") == 200
    assert window.sent == []
    window.page.close()
    site.wait_for_quiet()
    assert changed(site, before) == {}

    window.page = window.context.new_page()
    window.page.goto(confirm_path(mail))
    window.page.click("#confirm-form [type=submit]")
    window.page.wait_for_selector(".counter")


def test_reading_the_count_is_the_same_before_and_after(site, someone):
    path = f"/api/petitions/{SLUG}/count.json"
    first, second = someone.read(path).json(), someone.read(path).json()
    assert (first["count"], first["goal"]) == (second["count"], second["goal"])

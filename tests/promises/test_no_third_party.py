"""The promise: a visit leaves nothing behind in the browser and tells nobody else."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from tests.people import confirm_path, personal_path
from tests.promises.addresses import NOWHERE, crawl, is_page
from tests.real_site.browser import Window
from tests.real_site.site import SLUG, RealSite
from tests.real_site.visitor import Person, petition_path

# What a browser keeps for a site, cookies apart (those are asked of the browser itself).
KEPT_BY_THE_BROWSER = """async () => ({
    "localStorage": Object.keys(localStorage),
    "sessionStorage": Object.keys(sessionStorage),
    "IndexedDB": (await indexedDB.databases()).map((database) => database.name),
    "service workers": (await navigator.serviceWorker.getRegistrations()).map((worker) => worker.scope),
    "caches": await caches.keys(),
    "document.cookie": document.cookie ? [document.cookie] : [],
})"""
A_WHILE = 10 * 60 * 1000  # milliseconds by the page's clock: also what a script does later happens
# Where a page may lead elsewhere: only by the reader's own press.
FOLLOWED_BY_HAND = {("a", "href"), ("area", "href"), ("blockquote", "cite"), ("q", "cite")}
OPENS_CONNECTIONS = {"preconnect", "dns-prefetch", "prefetch", "prerender", "modulepreload"}
CSS_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")


class Outside(HTMLParser):
    """Finds whatever of a page would be asked of another host, or sent to one."""

    def __init__(self, html: str, base: str):
        super().__init__()
        self.base = base
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        if tag == "link" and OPENS_CONNECTIONS & set(values.get("rel", "").lower().split()):
            self.found.append(self.get_starttag_text() or tag)
        for name, value in values.items():
            if (tag, name) in FOLLOWED_BY_HAND or name == "xmlns":
                continue
            addresses = [match[0] or match[1] for match in CSS_ADDRESS.findall(value)]
            addresses += re.findall(r"(?:https?:)?//\S+", value) if tag != "meta" or name == "content" else []
            if any(leads_elsewhere(address, self.base) for address in addresses):
                self.found.append(self.get_starttag_text() or tag)


def leads_elsewhere(address: str, base: str) -> bool:
    url = urlsplit(urljoin(base, address))
    return url.scheme in {"http", "https", "ws", "wss"} and url.netloc != urlsplit(base).netloc


def is_same_origin(url: str, site: RealSite) -> bool:
    return url.startswith((site.url + "/", "data:", "blob:" + site.url))


def look(window: Window, path: str) -> None:
    """Open a page and leave it open for a while, scrolled to its end."""
    window.page.goto(path)
    look_at_what_is_open(window, path)


def look_at_what_is_open(window: Window, what: str) -> None:
    window.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    window.page.clock.run_for(A_WHILE)
    kept = {name: values for name, values in window.page.evaluate(KEPT_BY_THE_BROWSER).items() if values}
    assert not kept, f"{what} keeps something in the browser"


def assert_alone(window: Window, site: RealSite) -> None:
    """Every request went to our own site, nothing was refused by our own policy, no cookie is there."""
    assert not [url for url in window.requested if not is_same_origin(url, site)]
    assert not [text for text in window.complaints if "Content Security Policy" in text]
    assert window.context.cookies() == []


@pytest.fixture
def window(browse) -> Window:
    window = browse()
    window.context.clock.install()
    return window


def test_every_public_page_asks_nobody_else_and_keeps_nothing(site, people, window):
    answers = crawl(site)
    pages = [path for path, answer in answers.items() if is_page(answer)]
    named_in_sitemap = re.findall(r"<loc>(.*?)</loc>", answers["/sitemap.xml"].text)
    assert {location.removeprefix(site.url) for location in named_in_sitemap} <= set(pages)
    assert {"/", "/petition/", "/en/", "/en/petition/", *NOWHERE[:2]} <= set(pages)
    for path in pages:
        look(window, path)
    for language in ("", "/en"):
        for token in people.tokens.values():
            look(window, f"{language}/signature/confirmation/{token}/")
            look(window, f"{language}/signature/page/{token}/")
            look(window, f"{language}/signature/information/{token}/")
    assert_alone(window, site)


@pytest.mark.parametrize("page", ["/petition/", "/en/petition/"])
def test_the_whole_way_of_a_signature_asks_nobody_else_and_keeps_nothing(site, window, page):
    somebody, tab = Person.somebody(), window.page
    look(window, page)
    tab.click("#sign-form [type=submit]")
    tab.wait_for_selector("#error-summary")
    look_at_what_is_open(window, "the form with its errors")
    for name in ("first_name", "last_name", "email"):
        tab.fill(f"#sign-form [name={name}]", somebody.filled()[name])
    for box in ("sign", "public", "newsletter", "addressee"):
        tab.check(f"[name=agree_{box}]")
    tab.click("#sign-form [type=submit]")
    tab.wait_for_url("**/signature/message/")
    look_at_what_is_open(window, "the page about the mailbox")
    mail = site.post.newest_to(somebody.email)
    look(window, confirm_path(mail))
    tab.click("#confirm-form [type=submit]")
    tab.wait_for_selector(".counter")
    look_at_what_is_open(window, "the page of thanks")
    look(window, personal_path(site.post.newest_to(somebody.email, beyond=1)))
    tab.click("#withdraw-form [type=submit]")
    tab.wait_for_selector("#withdraw-form", state="detached")
    look_at_what_is_open(window, "the page after the withdrawal")
    assert_alone(window, site)


def test_an_error_of_the_server_asks_nobody_else_either(site, window, monkeypatch):
    monkeypatch.setattr("campaign.well_known.settings", None)
    answer = Client(raise_request_exception=False).get("/robots.txt")
    assert answer.status_code == 500
    assert not answer.cookies
    html = answer.content.decode()
    assert Outside(html, site.url).found == []
    window.page.route(
        "**/out-of-order", lambda route: route.fulfill(status=500, body=html, content_type="text/html")
    )
    look(window, "/out-of-order")
    assert_alone(window, site)


def test_no_public_answer_sets_a_cookie_whatever_is_asked_and_how(addresses, someone):
    with_cookie = []
    for address in addresses:
        answers = [someone.ask(method, address) for method in ("GET", "HEAD", "OPTIONS")]
        answers.append(someone.ask("POST", address, headers={"Origin": "https://elsewhere.example"}))
        answers.append(someone.read(address, Cookie="sessionid=of-another-site; csrftoken=x"))
        with_cookie += [(a.request.method, address) for a in answers if "Set-Cookie" in a.headers]
    assert with_cookie == []


def test_no_answer_to_a_form_sets_a_cookie(site, someone):
    somebody = Person.somebody()
    answers = [someone.sign(somebody, email="no-address"), someone.sign(somebody)]
    mail = site.post.newest_to(somebody.email)
    answers += [someone.press_confirm(mail), someone.read(confirm_path(mail))]
    answers += [someone.send("/signature/message/", {"email": somebody.email})]
    answers += [someone.press_withdraw(mail), someone.read(personal_path(mail))]
    answers += [someone.read("/", Host="evil.example")]
    answers += [someone.send(petition_path(), {}, {"Origin": "https://elsewhere.example"})]
    assert [answer.status_code for answer in answers] == [422, 303, 303, 200, 303, 303, 410, 400, 403]
    assert not [answer.url for answer in answers if "Set-Cookie" in answer.headers]


def test_nothing_in_the_text_of_a_page_or_sheet_points_to_another_host(addresses, someone):
    found = {}
    for address in addresses:
        answer = someone.read(address)
        if is_page(answer):
            found[address] = Outside(answer.text, answer.url).found
        elif "css" in answer.headers.get("Content-Type", ""):
            addresses = [match[0] or match[1] for match in CSS_ADDRESS.findall(answer.text)]
            found[address] = [url for url in addresses if leads_elsewhere(url, answer.url)]
    assert any(address.endswith(".css") for address in found)
    assert {address: outside for address, outside in found.items() if outside} == {}


def test_staff_pages_ask_nobody_else_and_their_cookies_stay_under_admin(site, browse):
    window = browse(locale="fr-FR")
    tab = window.page
    tab.goto("/admin/login/")
    tab.fill("[name=username]", "administration")
    tab.fill("[name=password]", site.logins()["administration"])
    tab.press("[name=password]", "Enter")
    tab.wait_for_url("**/admin/")
    tab.wait_for_selector("#wagtail-sidebar a[href^='/admin/']")
    links = tab.eval_on_selector_all(
        "a[href^='/admin/']", "links => links.map((link) => link.getAttribute('href'))"
    )
    visited = {link for link in links if "logout" not in link} | edit_pages(site)
    assert len(visited) > 8
    for path in sorted(visited):
        tab.goto(path)
        tab.wait_for_load_state("load")
    cookies = window.context.cookies()
    assert {cookie["path"] for cookie in cookies} == {"/admin/"}
    assert [url for url in window.requested if not is_same_origin(url, site)] == []
    public = tab.goto("/petition/")
    assert public and "cookie" not in public.request.all_headers()
    assert not {c["path"] for c in window.context.cookies()} - {"/admin/"}


def edit_pages(site: RealSite) -> set[str]:
    """The editor of one page of each kind."""
    kinds = "SELECT min(id) FROM wagtailcore_page WHERE depth > 1 GROUP BY content_type_id"
    return {f"/admin/pages/{key}/edit/" for (key,) in site.database.rows(kinds)}


def test_the_count_and_its_days_are_the_only_answers_that_other_sites_may_read(site, someone):
    open_to_others = {
        path
        for path, answer in crawl(site).items()
        if "Access-Control-Allow-Origin" in answer.headers and not path.startswith("/static/")
    }
    assert open_to_others <= {f"/api/petitions/{SLUG}/{name}" for name in ("count.json", "daily.csv")}

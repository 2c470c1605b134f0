"""The promise: whatever a request says of its host, every link leads to the site's own address."""

import re
import socket
from urllib.parse import urlsplit

import pytest

from tests.people import html_of, links_in, text_of
from tests.promises.addresses import crawl
from tests.real_site.visitor import Person, without_moment

EVIL = "evil.example"
ABSOLUTE = re.compile(r"""https?://[^\s"'<>]+""")
# Names that XML gives to its vocabularies: no links, nobody fetches them.
VOCABULARIES = ("http://www.sitemaps.org/", "http://www.w3.org/")


def forgeries(port: int) -> list[dict[str, str]]:
    """What a request may say: other names that the site answers to, other ports, and proxies' headers."""
    return [
        {"Host": f"localhost:{port}"},
        {"Host": "127.0.0.1:1"},
        {"Host": "LOCALHOST"},
        {"X-Forwarded-Host": EVIL, "X-Forwarded-Port": "666", "X-Forwarded-Server": EVIL},
        {"X-Forwarded-Proto": "https", "X-Forwarded-Prefix": f"//{EVIL}", "X-Script-Name": f"//{EVIL}"},
        {"Forwarded": f"host={EVIL};proto=https", "X-Original-Host": EVIL, "X-Host": EVIL},
        {
            "X-Original-URL": f"https://{EVIL}/",
            "X-Rewrite-URL": f"https://{EVIL}/",
            "Referer": f"https://{EVIL}/",
        },
    ]


def test_every_page_is_the_same_under_every_host(site, addresses, someone):
    for address in addresses:
        usual = someone.read(address)
        for forged in forgeries(site.port):
            answer = someone.read(address, **forged)
            assert answer.status_code == usual.status_code, (address, forged)
            assert answer.headers.get("Location") == usual.headers.get("Location"), (address, forged)
            if address.startswith("/health/") or without_moment(answer.text) == without_moment(usual.text):
                continue
            usual = someone.read(address)  # the figures of a minute may have been added up meanwhile
            assert without_moment(answer.text) == without_moment(usual.text), (address, forged)


def test_every_full_address_in_pages_and_sitemap_is_the_sites_own_or_one_that_editors_wrote(site, someone):
    ours = 0
    for path, answer in crawl(site).items():
        if path.startswith("/static/"):
            continue
        for url in ABSOLUTE.findall(answer.text):
            if urlsplit(url).hostname in {"127.0.0.1", "localhost", "testserver"}:
                assert url == site.url or url.startswith(site.url + "/"), (path, url)
                ours += 1
            assert EVIL not in url
    assert ours > 50
    locations = re.findall(
        r"(?:<loc>|href=\")(.*?)[<\"]", someone.read("/sitemap.xml", Host="localhost").text
    )
    assert locations
    assert all(location.startswith(site.url + "/") for location in locations)


@pytest.mark.parametrize("host", [EVIL, f"{EVIL}:80", f"127.0.0.1.{EVIL}", f"localhost@{EVIL}", "", "a b"])
def test_a_host_that_is_not_ours_is_refused_and_stores_nothing(site, someone, host):
    for path in ("/", "/petition/", "/sitemap.xml", "/nulle-part/", "/health/live/x", "/admin/login/"):
        answer = someone.read(path, Host=host)
        assert answer.status_code == 400
        assert EVIL not in answer.text
    somebody = Person.somebody()
    refused = someone.sign(somebody, headers={"Host": host})
    assert refused.status_code == 400
    found = site.database.one(
        "SELECT count(*) FROM petition_pendingsignature WHERE email = %s", somebody.email
    )
    assert found == 0


def test_a_full_address_in_the_request_line_changes_no_link_either(site):
    request = f"GET http://{EVIL}/ HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", site.port), timeout=30) as connection:
        connection.sendall(request.encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    assert answer.startswith("HTTP/1.1 ")
    assert EVIL not in answer


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_link_in_every_mail_comes_from_the_sites_own_address(site, someone, language):
    origin = {"Origin": site.url, "Sec-Fetch-Site": "same-origin"}
    people = {Person.somebody(): {**forged, **origin} for forged in forgeries(site.port)}
    for somebody, headers in people.items():
        assert someone.sign(somebody, language, headers).status_code == 303
    for somebody, headers in people.items():
        mail = site.post.newest_to(somebody.email)
        assert someone.press_confirm(mail, headers).status_code == 303
    for somebody, headers in people.items():
        site.post.newest_to(somebody.email, beyond=1)
        assert someone.send("/signature/message/", {"email": somebody.email}, headers).status_code == 303
    for somebody in people:
        site.post.newest_to(somebody.email, beyond=2)
        for message in site.post.to(somebody.email):
            links = links_in(message) + ABSOLUTE.findall(html_of(message))
            assert len(links) > 1
            assert [link for link in links if not link.startswith(site.url + "/")] == []
            whole = text_of(message) + html_of(message) + str(message.items())
            assert EVIL not in whole
            assert "localhost" not in whole

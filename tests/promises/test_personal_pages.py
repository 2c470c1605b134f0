"""The promise: a page behind a personal link is kept by no cache and no search engine, and tells nobody of the link."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from petition import links
from petition.services.blocking import say_not_me
from tests.factories import PendingSignatureFactory, SignatureFactory
from tests.promises.test_no_third_party import Outside, assert_alone, look

HERE = "http://testserver"


@pytest.fixture
def personal_pages(petition) -> dict[str, str]:
    """Every kind of page behind a link that names somebody, each by its path."""
    signature = SignatureFactory.create(petition=petition)
    waiting = PendingSignatureFactory.create(petition=petition)
    blocked = PendingSignatureFactory.create(petition=petition, email="bloquee@example.org")
    say_not_me(blocked.uuid)
    again = PendingSignatureFactory.create(petition=petition, email="bloquee@example.org")
    change = links.change_token(signature.uuid)
    tokens = {
        "confirm": links.confirm_token(waiting.uuid, waiting.nonce),
        "my_signature": links.personal_token(signature.uuid),
        "my_data": change,
        "not_me": links.not_me_token(waiting.uuid),
        "unblock": links.unblock_token(again.uuid, again.nonce),
    }
    with translation.override("fr"):
        pages = {name: reverse(name, args=[token]) for name, token in tokens.items()}
        return pages | {
            f"my_file {kind}": reverse("my_file", args=[change, kind]) for kind in ("json", "csv")
        }


@pytest.mark.django_db
def test_none_is_kept_found_or_told_of(personal_pages):
    for name, path in personal_pages.items():
        answer = Client().get(path)
        assert answer.status_code == 200, name
        assert answer["Cache-Control"] == "no-store, private", name
        assert answer["Referrer-Policy"] == "strict-origin", name
        assert "noindex" in answer["X-Robots-Tag"], name
        assert not answer.cookies, name
        assert len(HERE + path) < 200, name


@pytest.mark.django_db
def test_none_repeats_its_link_where_it_would_be_passed_on_or_asks_another_host(personal_pages):
    for name, path in personal_pages.items():
        if name.startswith("my_file"):
            continue
        html = Client().get(path).content.decode()
        token = path.split("/")[3]
        title = re.findall("<title>(.*?)</title>", html, re.DOTALL)
        assert len(title) == 1 and token not in title[0], name
        assert f"mailto:?{token}" not in html, name
        assert Outside(html, HERE + path).found == [], name
        led_out = re.findall(r'<a[^>]+href="(https?://[^"]+)"', html)
        assert [url for url in led_out if not url.startswith(HERE)] == [], name


def test_none_asks_another_host_in_a_browser_or_keeps_anything_there(site, people, browse):
    window = browse()
    window.context.clock.install()
    for token, path in (
        ("confirmed, data", "/signature/rectification/"),
        ("pending, not me", "/signature/contestation/"),
        ("confirmed, personal", "/signature/page/"),
    ):
        look(window, f"{path}{people.tokens[token]}/")
        assert window.page.locator("form[method=post]").count()
    assert_alone(window, site)

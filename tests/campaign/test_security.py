"""Headers, cookies and languages of every answer."""

import pytest

from campaign.language import language_of

pytestmark = pytest.mark.django_db
ONLY_OURS = ("script-src", "style-src", "img-src", "font-src", "connect-src", "worker-src", "form-action")
NOTHING = ("default-src", "base-uri", "object-src", "frame-ancestors")
STRICT = {**dict.fromkeys(ONLY_OURS, "'self'"), **dict.fromkeys(NOTHING, "'none'")}


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/", "fr"),
        ("/en/", "en"),
        ("/en", "en"),
        ("/english/", "fr"),
        ("/petition/", "fr"),
        ("/fr/", "fr"),
        ("", "fr"),
    ],
)
def test_the_language_goes_by_the_address_alone(path, language):
    assert language_of(path) == language


def test_what_the_browser_prefers_changes_nothing(client):
    answer = client.get("/signature/message/", headers={"Accept-Language": "en"})
    assert '<html lang="fr">' in answer.content.decode()
    assert "Accept-Language" not in answer.get("Vary", "")
    assert answer["Content-Language"] == "fr"


def test_visitors_get_the_strict_policy_and_no_cookie(client):
    answer = client.get("/signature/message/")
    policy = answer["Content-Security-Policy"].rstrip("; ")
    assert dict(one.strip().split(" ", 1) for one in policy.split(";")) == STRICT
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_staffs_cookies_stay_under_admin(client):
    answer = client.get("/admin/login/")
    assert answer.cookies
    assert {cookie["path"] for cookie in answer.cookies.values()} == {"/admin/"}
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "http" not in answer["Content-Security-Policy"]


def test_staff_keep_djangos_protection_against_other_sites():
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x", "password": "y"})
    assert answer.status_code == 403


def test_security_txt_and_robots_say_what_their_standards_ask(client):
    security = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:security@testserver" in security
    assert "Expires: 20" in security
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in robots
    assert "Disallow: /admin/" in robots


def test_no_request_sends_a_mail_to_reset_a_password(client):
    assert client.get("/admin/password_reset/").status_code == 404
    assert client.post("/admin/password_reset/", {"email": "staff@example.org"}).status_code == 404
    page = client.get("/admin/login/").content.decode()
    assert 'name="password"' in page
    assert "password_reset" not in page

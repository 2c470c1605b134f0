"""The demo's mail: files, written whole, read in the browser, and nothing else of the disk with them."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import override_settings

from campaign.demo import mail

LINK = "http://testserver/signature/abc/"


@pytest.fixture(autouse=True)
def _mail_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def demo_client(client, db):
    with override_settings(ROOT_URLCONF="tests.campaign.demo_urls", DEMO=True):
        yield client


def send(subject="Confirmez votre signature", *, html: str = "") -> None:
    message = EmailMultiAlternatives(
        subject, f"Bonjour Zoé,\n\n{LINK}\n", "Nous <nous@example.org>", ["zoe@example.org"]
    )
    if html:
        message.attach_alternative(html, "text/html")
    assert get_connection("campaign.demo.mail.EmlBackend").send_messages([message]) == 1


def test_each_mail_is_one_whole_file(tmp_path):
    send("Première")
    send("Seconde")
    files = sorted((tmp_path / "mail").iterdir())
    assert [path.suffix for path in files] == [".eml", ".eml"]
    assert [found.subject for found in mail.newest(10)] == ["Seconde", "Première"]
    assert b"\r\n\r\n" in files[0].read_bytes()


def test_the_mailbox_lists_the_newest_first_and_leads_to_each(demo_client):
    empty = demo_client.get("/demo/mail/")
    assert empty.status_code == 200
    assert "noindex" in empty["X-Robots-Tag"]
    send("Première")
    send("Seconde")
    page = demo_client.get("/demo/mail/").content.decode()
    assert page.index("Seconde") < page.index("Première")
    assert "zoe@example.org" in page
    for found in mail.newest(10):
        shown = demo_client.get(f"/demo/mail/{found.name}/").content.decode()
        assert f'href="{LINK}"' in shown
        assert "Zoé" in shown


def test_what_a_mail_says_is_shown_as_words(demo_client):
    send("<script>alert(1)</script>")
    name = next(mail.newest(1)).name
    for address in ("/demo/mail/", f"/demo/mail/{name}/"):
        assert "<script>alert" not in demo_client.get(address).content.decode()


def test_the_html_part_has_an_address_of_its_own_in_a_sandbox(demo_client):
    send(html='<p style="color:red">Bonjour</p><script>alert(1)</script>')
    name = next(mail.newest(1)).name
    assert f"/demo/mail/{name}/html/" in demo_client.get(f"/demo/mail/{name}/").content.decode()
    response = demo_client.get(f"/demo/mail/{name}/html/")
    policy = response["Content-Security-Policy"]
    assert "Bonjour" in response.content.decode()
    assert "default-src 'none'" in policy
    assert "sandbox allow-top-navigation-by-user-activation" in policy
    assert "allow-scripts" not in policy
    assert not response.cookies


def test_a_mail_without_html_has_no_such_address(demo_client):
    send()
    name = next(mail.newest(1)).name
    assert demo_client.get(f"/demo/mail/{name}/html/").status_code == 404


def test_no_other_file_can_be_read(demo_client, tmp_path):
    (tmp_path / "secret.eml").write_text("Subject: secret\n\n")
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "notes.eml").write_text("Subject: notes\n\n")
    for name in (
        "../secret",
        "..%2Fsecret",
        "%2e%2e%2fsecret",
        "notes",
        "nothing",
        "20201120T000000000000Z-1-1\n",
    ):
        assert mail.read(name) is None
        assert demo_client.get(f"/demo/mail/{name}/").status_code == 404
    assert list(mail.newest(10)) == []


def test_the_mailbox_is_read_only(demo_client):
    assert demo_client.post("/demo/mail/").status_code == 405


@pytest.mark.django_db
def test_outside_the_demo_there_is_no_mailbox(client):
    assert client.get("/demo/mail/").status_code == 404

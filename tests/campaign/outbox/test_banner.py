from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaign.outbox import registry
from campaign.outbox.models import OutboxTask

pytestmark = pytest.mark.django_db

BANNER = 'class="mail-banner" role="alert"'


@pytest.fixture(autouse=True)
def mail(only_own_kinds):
    registry.handler("mail", is_mail=True)(lambda task: None)


def owed(minutes: int, **fields) -> None:
    moment = timezone.now() - timedelta(minutes=minutes)
    OutboxTask.objects.create(kind="mail", due=moment, created_at=moment, **fields)


def page(client, name="wagtailadmin_home") -> str:
    return client.get(reverse(name)).content.decode()


@pytest.mark.parametrize("name", ["wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_explore_root"])
def test_each_admin_page_says_that_mail_is_owed_and_none_leaves(admin_client, name):
    owed(20, attempts=2, last_error="ConnectionRefusedError: [Errno 111] Connection refused")
    html = page(admin_client, name)
    assert html.count(BANNER) == 1
    assert "ConnectionRefusedError: [Errno 111] Connection refused" in html
    assert "css/admin.css" in html


def test_no_banner_while_the_post_goes_out(admin_client):
    owed(20, attempts=2)
    OutboxTask.objects.create(kind="mail", done_at=timezone.now())
    assert BANNER not in page(admin_client)


def test_no_banner_where_nothing_is_owed(admin_client):
    assert BANNER not in page(admin_client)


def test_nobody_reads_the_banner_before_logging_in(client):
    owed(20)
    response = client.get(reverse("wagtailadmin_login"))
    assert response.status_code == 200
    assert BANNER not in response.content.decode()


def test_an_error_in_the_banner_is_text_and_no_markup(admin_client):
    owed(20, last_error="RuntimeError: <script>alert(1)</script>")
    html = page(admin_client)
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert(1)" not in html

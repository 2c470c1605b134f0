"""What a mail provider tells us of returned mail: believed with the secret alone, harmless to repeat."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from campaign.outbox.models import OutboxTask
from petition.email_address import email_key
from petition.enums import BounceKind, ContactState
from petition.models import Bounce, Consent, Contact, Suppression
from petition.services import bounce_feed
from tests.factories import ContactFactory, SignatureFactory

SECRET = "essai-essai-essai-essai-essai-essai"
ADDRESS = "elise@example.org"
MOMENT = datetime(2026, 3, 2, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hook_is_on(settings):
    settings.MAIL_HOOK_SECRET = SECRET


def tell(provider: str, told: object, secret: str = SECRET):
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    proof = base64.b64encode(f"mail:{secret}".encode()).decode()
    return Client().post(
        f"/hooks/mail/{provider}/",
        body,
        content_type="application/json",
        headers={"Authorization": f"Basic {proof}"},
    )


def brevo(event: str, **more) -> dict:
    return {"event": event, "email": ADDRESS, "ts_epoch": int(MOMENT.timestamp() * 1000), **more}


def mailjet(event: str, **more) -> dict:
    return {"event": event, "email": ADDRESS, "time": int(MOMENT.timestamp()), **more}


@pytest.mark.parametrize(
    ("provider", "told", "kind"),
    [
        ("brevo", brevo("hard_bounce", reason="550 5.1.1 user unknown"), BounceKind.HARD),
        ("brevo", brevo("hard_bounce"), BounceKind.HARD),
        ("brevo", brevo("invalid_email"), BounceKind.HARD),
        ("brevo", brevo("soft_bounce"), BounceKind.SOFT),
        ("brevo", brevo("hard_bounce", reason="550 5.7.1 policy of elise@example.org"), BounceKind.SOFT),
        ("brevo", brevo("complaint"), BounceKind.COMPLAINT),
        ("mailjet", [mailjet("bounce", hard_bounce=True, error="user unknown")], BounceKind.HARD),
        ("mailjet", [mailjet("bounce", hard_bounce=False, error="quota exceeded")], BounceKind.SOFT),
        ("mailjet", mailjet("spam", source="JMRPP"), BounceKind.COMPLAINT),
    ],
)
def test_returns_and_complaints_are_written_down(provider, told, kind):
    for _ in range(2):  # told twice, they are one
        assert tell(provider, told).status_code == 204
    bounce = Bounce.objects.get()
    assert (bounce.email_key, bounce.kind, bounce.happened_at) == (email_key(ADDRESS), kind, MOMENT)
    assert "@" not in bounce.said


@pytest.mark.parametrize(
    "event", ["delivered", "request", "deferred", "opened", "click", "blocked", "error", "new"]
)
def test_anything_else_says_only_that_the_provider_still_speaks(event):
    assert tell("brevo", brevo(event)).status_code == 204
    assert not Bounce.objects.exists()
    assert not Suppression.objects.exists()


def test_who_leaves_by_the_providers_own_link_leaves_the_news(petition):
    ContactFactory(petition=petition, email=ADDRESS)
    signature = SignatureFactory(petition=petition, email=ADDRESS)
    words = Contact.objects.get().consent_text
    yes = Consent.objects.create(
        signature=signature, text=words, given_at=timezone.now(), confirmed_at=timezone.now()
    )
    tell("brevo", brevo("unsubscribe"))
    assert Contact.objects.get().state == ContactState.UNSUBSCRIBED
    yes.refresh_from_db()
    assert yes.withdrawn_at, "what the person's own page and file say of it, too"


def test_a_wrong_or_missing_secret_is_refused_and_changes_nothing(caplog):
    told = brevo("hard_bounce")
    for answer in (
        tell("brevo", told, "another"),
        Client().post("/hooks/mail/brevo/", json.dumps(told), content_type="application/json"),
        Client().post("/hooks/mail/brevo/", "x", content_type="a/b", headers={"Authorization": "Basic %%%"}),
    ):
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Basic")
    assert not Bounce.objects.exists()
    assert ADDRESS not in caplog.text
    assert "another" not in caplog.text


def test_without_a_secret_in_the_settings_there_is_no_such_address(settings):
    settings.MAIL_HOOK_SECRET = ""
    assert tell("brevo", brevo("hard_bounce"), "").status_code == 404
    assert not Bounce.objects.exists()


def test_a_provider_that_we_know_nothing_of_has_no_address():
    assert tell("inconnu", brevo("hard_bounce")).status_code == 404


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_reading_the_address_does_nothing(method):
    assert getattr(Client(), method)("/hooks/mail/brevo/").status_code == 405


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"x"', b"12", b"\xff", b'{"items": []}', b'[{"event": 1}]']
)
def test_what_is_no_report_changes_nothing_and_is_no_error_of_ours(body):
    for provider in ("brevo", "mailjet"):
        assert tell(provider, body).status_code in {204, 400}
    assert not Bounce.objects.exists()


@pytest.mark.parametrize("recipient", [None, 12, "", "nobody", ["a@example.org"]])
def test_a_report_about_nobody_is_passed_over(recipient):
    assert tell("brevo", brevo("hard_bounce") | {"email": recipient}).status_code == 204
    assert not Bounce.objects.exists()


def test_a_moment_ahead_of_us_or_none_is_now():
    before = timezone.now()
    tell("brevo", brevo("hard_bounce", ts_epoch=int((before + timedelta(days=900)).timestamp() * 1000)))
    assert before <= Bounce.objects.get().happened_at <= timezone.now()


def test_many_mails_of_which_nothing_is_told_are_a_hook_that_isnt_connected():
    long_ago, now = timezone.now() - timedelta(days=2), timezone.now()
    OutboxTask.objects.create(kind="signature_mail", done_at=long_ago)
    assert bounce_feed.silent_since() is None
    OutboxTask.objects.bulk_create(OutboxTask(kind="thank_you_mail", done_at=now) for _ in range(20))
    assert bounce_feed.silent_since() == long_ago
    tell("brevo", brevo("delivered"))
    assert bounce_feed.silent_since() is None
    with time_machine.travel(now + timedelta(days=3)):  # and then no mail leaves: nothing is to be told
        assert bounce_feed.silent_since() is None

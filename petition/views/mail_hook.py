"""What the mail provider tells us, without being asked, of mails that came back or were called unwanted."""

from collections.abc import Iterable

from anymail.exceptions import AnymailConfigurationError, AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent, EventType
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailjet import MailjetTrackingWebhookView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from petition import bounces
from petition.email_address import email_key
from petition.enums import BounceKind
from petition.services import bounce_feed, returning, withdrawal

USER = "mail"  # in the address that the provider is given: https://mail:SECRET@…
READERS: dict[str, type[AnymailBaseWebhookView]] = {
    "brevo": BrevoTrackingWebhookView,
    "mailjet": MailjetTrackingWebhookView,
}


@never_cache
@require_POST
def mail_hook(request: HttpRequest, provider: str) -> HttpResponse:
    """Take a provider's reports where the settings hold a secret for them; harmless to repeat.

    404 without a secret in the settings, 401 for a wrong one, 400 for what its own documentation doesn't know.
    """
    if provider not in READERS or not settings.MAIL_HOOK_SECRET:
        raise Http404
    reader = READERS[provider](webhook_secret=f"{USER}:{settings.MAIL_HOOK_SECRET}")
    try:
        reader.run_validators(request)
        events = list(reader.parse_events(request))
    except AnymailWebhookValidationFailure:
        return HttpResponse(status=401, headers={"WWW-Authenticate": 'Basic realm="mail"'})
    except (AnymailConfigurationError, AttributeError, KeyError, TypeError, ValueError):
        return HttpResponse(status=400)
    note_events(events)
    return HttpResponse(status=204)


def note_events(events: Iterable[AnymailTrackingEvent]) -> None:
    """Write down what each event says of its mailbox; most say nothing but that the provider still speaks to us."""
    now = timezone.now()
    for event in events:
        if not isinstance(event.recipient, str) or "@" not in event.recipient:
            continue
        key = email_key(event.recipient)
        if event.event_type == EventType.UNSUBSCRIBED:
            withdrawal.stop_news_of(key)
        elif kind := _kind(event):
            moment = min(event.timestamp or now, now)
            returning.note_bounce(key, kind, moment, bounces.codes_in(event.mta_response or ""))
    bounce_feed.heard()


def _kind(event: AnymailTrackingEvent) -> BounceKind | None:
    """What an event says of the address. "Blocked" says nothing: the provider didn't even try."""
    if event.event_type == EventType.COMPLAINED:
        return BounceKind.COMPLAINT
    if event.event_type != EventType.BOUNCED:
        return None
    told = event.esp_event
    passes = told.get("event") == "soft_bounce" or told.get("hard_bounce") is False  # Brevo's word, Mailjet's
    # Some call a refusal final that is about our server or the mail, not about the address.
    return (
        bounces.kind_of_status(event.mta_response or "") or BounceKind.HARD if not passes else BounceKind.SOFT
    )

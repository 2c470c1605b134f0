"""The address by which one named journalist reads a release under embargo: signed, and stored nowhere."""

import base64
import binascii
import uuid
from datetime import datetime, timedelta
from enum import Enum

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone, translation

from home.models import EmbargoLink, PressReleasePage

# A link's row names a person: it goes a month after nobody can use the link any more.
KEEP_AFTER_END = timedelta(days=30)
# How long a new link is good beyond the embargo, so that a worker who is late makes nobody read "expired".
GRACE = timedelta(days=1)
WITHOUT_EMBARGO = timedelta(days=7)  # how long where the release has no moment yet


class LinkState(Enum):
    """Whether a link still opens its release."""

    GOOD = "good"
    EXPIRED = "expired"
    REVOKED = "revoked"


def _signer() -> Signer:
    return Signer(key=settings.LINK_SECRET, salt="home.embargo_links", sep="~")


def link_url(link: EmbargoLink) -> str:
    """Return the full address to hand on, in the language of the release."""
    token = _signer().sign(base64.urlsafe_b64encode(link.uuid.bytes).rstrip(b"=").decode())
    with translation.override(link.page.language):
        return settings.SITE_URL + reverse("embargo", args=[token])


def link_called(token: str) -> EmbargoLink | None:
    """Return the link that an address names, with its release; None where it was altered or its row is gone."""
    try:
        short = _signer().unsign(token)
        named = uuid.UUID(bytes=base64.urlsafe_b64decode(short + "=="))
    except (BadSignature, ValueError, binascii.Error):
        return None
    return EmbargoLink.objects.select_related("page__locale").filter(uuid=named).first()


def state_of(link: EmbargoLink) -> LinkState:
    """Return whether a link is good at this moment."""
    if link.revoked_at:
        return LinkState.REVOKED
    return LinkState.GOOD if link.expires_at > timezone.now() else LinkState.EXPIRED


def end_for(page: PressReleasePage) -> datetime:
    """Return until when a new link of a release is good unless somebody says otherwise."""
    draft = page.get_latest_revision_as_object()
    if draft.embargo_until and draft.embargo_until > timezone.now():
        return draft.embargo_until + GRACE
    return timezone.now() + WITHOUT_EMBARGO


def revoke(link: EmbargoLink) -> None:
    """Make a link useless from now on."""
    EmbargoLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def forget_old(now: datetime, *, dry_run: bool = False) -> int:
    """Delete the rows of links that have been useless for a month; return how many went, or would."""
    over = EmbargoLink.objects.filter(expires_at__lt=now - KEEP_AFTER_END)
    if dry_run:
        return over.count()
    deleted, _by_table = over.delete()
    return deleted

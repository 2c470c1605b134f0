"""Links in mails: signed, not stored; one salt per purpose; made, read, expired here and nowhere else.

A link names a row by its public UUID, so a stolen database opens none without LINK_SECRET, and the row's own state
says what is still possible.
"""

import base64
import binascii
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.urls import reverse
from django.utils import translation

from petition import periods
from petition.errors import LinkExpired, LinkInvalid
from petition.models import Petition

# Long enough for a holiday week; the row itself usually lives twice as long, so that a fresh mail can be asked for.
CONFIRM_LIFE = timedelta(days=7)
TRIAL_LIFE = timedelta(days=7)  # long enough for all who should try it; one that got about dies by itself
NEWS_LIFE = timedelta(days=60)  # twice the time to answer: who comes late still learns what became of it
# It shows name and address: long enough to read the mail and act, too short to lie about in a mailbox.
CHANGE_LIFE = timedelta(minutes=30)

Named = TypeVar("Named")


@dataclass(frozen=True)
class ConfirmLink:
    """What a confirmation link says: which row, which attempt."""

    uuid: uuid.UUID
    nonce: str


def confirm_life() -> timedelta:
    """Return how long a confirmation link works: a week, and no longer than what it confirms is kept."""
    return min(CONFIRM_LIFE, periods.unconfirmed())


def _signer(purpose: str) -> TimestampSigner:
    return TimestampSigner(key=settings.LINK_SECRET, salt=f"petition.links.{purpose}", sep="~")


def _short(value: uuid.UUID) -> str:
    return base64.urlsafe_b64encode(value.bytes).rstrip(b"=").decode()


def _long(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(bytes=base64.urlsafe_b64decode(text + "=="))
    except (ValueError, binascii.Error) as error:
        raise LinkInvalid from error


def _open(purpose: str, token: str, read: Callable[[str], Named], life: timedelta | None = None) -> Named:
    """Return what a link names. Raises LinkInvalid, or LinkExpired (with the same) once it is older than `life`."""
    signer = _signer(purpose)
    try:
        return read(signer.unsign(token, max_age=life))
    except SignatureExpired as error:
        raise LinkExpired(read(signer.unsign(token))) from error
    except BadSignature as error:
        raise LinkInvalid from error


def confirm_token(row_uuid: uuid.UUID, nonce: str) -> str:
    """Return the token of a confirmation link, good as long as confirm_life() says."""
    return _signer("confirm").sign(f"{_short(row_uuid)}.{nonce}")


def read_confirm_token(token: str) -> ConfirmLink:
    """Return what the token says. Raises LinkInvalid (altered) or LinkExpired (with the same payload)."""
    return _open("confirm", token, _confirm_link, confirm_life())


def _confirm_link(payload: str) -> ConfirmLink:
    short, _, nonce = payload.partition(".")
    return ConfirmLink(_long(short), nonce)


def personal_token(row_uuid: uuid.UUID) -> str:
    """Return the token of "Ma signature", good as long as the row."""
    return _signer("personal").sign(_short(row_uuid))


def read_personal_token(token: str) -> uuid.UUID:
    """Return the UUID that the token names. Raises LinkInvalid."""
    return _open("personal", token, _long)


def change_token(row_uuid: uuid.UUID) -> str:
    """Return the token of the page that shows and changes somebody's data, good for thirty minutes."""
    return _signer("change").sign(_short(row_uuid))


def read_change_token(token: str) -> uuid.UUID:
    """Return the UUID that the token names. Raises LinkInvalid, or LinkExpired (with the same UUID)."""
    return _open("change", token, _long, CHANGE_LIFE)


def not_me_token(row_uuid: uuid.UUID) -> str:
    """Return the token with which a mailbox's owner says that they have not signed, good as long as the row."""
    return _signer("not_me").sign(_short(row_uuid))


def read_not_me_token(token: str) -> uuid.UUID:
    """Return the UUID that the token names. Raises LinkInvalid."""
    return _open("not_me", token, _long)


def unblock_token(row_uuid: uuid.UUID, nonce: str) -> str:
    """Return the token that lifts a mailbox's block, good as long as the try that it was mailed for."""
    return _signer("unblock").sign(f"{_short(row_uuid)}.{nonce}")


def read_unblock_token(token: str) -> ConfirmLink:
    """Return which row, which attempt. Raises LinkInvalid."""
    return _open("unblock", token, _confirm_link)


def news_token(contact_uuid: uuid.UUID) -> str:
    """Return the token of the page that asks a supporter again, good for sixty days."""
    return _signer("news").sign(_short(contact_uuid))


def read_news_token(token: str) -> uuid.UUID:
    """Return the contact's UUID. Raises LinkInvalid, or LinkExpired (with the same UUID)."""
    return _open("news", token, _long, NEWS_LIFE)


def trial_token(petition: Petition) -> str:
    """Return the token with which a petition in preparation can be tried, good for seven days."""
    return _signer("trial").sign(str(petition.pk))


def read_trial_token(token: str) -> int:
    """Return the key of the petition that may be tried. Raises LinkInvalid, or LinkExpired (with the same key)."""
    return _open("trial", token, int, TRIAL_LIFE)


def endorsement_token(row_uuid: uuid.UUID) -> str:
    """Return the token by which a mailbox confirms an endorsement, good as long as confirm_life() says."""
    return _signer("endorse").sign(_short(row_uuid))


def read_endorsement_token(token: str) -> uuid.UUID:
    """Return the endorsement's UUID. Raises LinkInvalid, or LinkExpired (with the same UUID)."""
    return _open("endorse", token, _long, confirm_life())


def endorsement_page_token(row_uuid: uuid.UUID) -> str:
    """Return the token of a representative's own page, good as long as the row."""
    return _signer("endorsement").sign(_short(row_uuid))


def read_endorsement_page_token(token: str) -> uuid.UUID:
    """Return the UUID that the token names. Raises LinkInvalid."""
    return _open("endorsement", token, _long)


def absolute(name: str, *args: str, language: str) -> str:
    """Return the full address of a public page in one language, from SITE_URL alone."""
    with translation.override(language):
        return settings.SITE_URL + reverse(name, args=args)


def petition_url(petition: Petition) -> str:
    """Return the full address of the page about a petition, in the active language; settings say which page it is."""
    return petition.get_absolute_url()  # type: ignore[attr-defined]  # ABSOLUTE_URL_OVERRIDES


def trial_url(petition: Petition, language: str) -> str:
    """Return the full address at which a petition in preparation can be tried in one language."""
    return absolute("trial", petition.slug, trial_token(petition), language=language)


def confirm_url(row_uuid: uuid.UUID, nonce: str, language: str) -> str:
    """Return the full address that a confirmation mail leads to."""
    return absolute("confirm", confirm_token(row_uuid, nonce), language=language)


def personal_url(row_uuid: uuid.UUID, language: str) -> str:
    """Return the full address of somebody's "Ma signature"."""
    return absolute("my_signature", personal_token(row_uuid), language=language)


def change_url(row_uuid: uuid.UUID, language: str) -> str:
    """Return the full address of the page that shows and changes somebody's data."""
    return absolute("my_data", change_token(row_uuid), language=language)


def not_me_url(row_uuid: uuid.UUID, language: str) -> str:
    """Return the full address at which a mailbox's owner says that they have not signed."""
    return absolute("not_me", not_me_token(row_uuid), language=language)


def unblock_url(row_uuid: uuid.UUID, nonce: str, language: str) -> str:
    """Return the full address at which a mailbox's owner lifts their block."""
    return absolute("unblock", unblock_token(row_uuid, nonce), language=language)


def endorsement_confirm_url(row_uuid: uuid.UUID, language: str) -> str:
    """Return the full address at which a representative confirms an endorsement."""
    return absolute("endorsement_confirm", endorsement_token(row_uuid), language=language)


def endorsement_page_url(row_uuid: uuid.UUID, language: str) -> str:
    """Return the full address of a representative's own page."""
    return absolute("endorsement_page", endorsement_page_token(row_uuid), language=language)


def news_url(contact_uuid: uuid.UUID, language: str) -> str:
    """Return the full address of the page that asks a supporter again."""
    return absolute("news_question", news_token(contact_uuid), language=language)

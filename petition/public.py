"""THE DOOR: all that other rooms may import of the petition."""

from copy import copy

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from petition.context import sign_context
from petition.enums import PetitionState
from petition.models import Petition, PetitionText, Signature
from petition.notice import in_words, told_numbers
from petition.services.checklist import Check
from petition.services.counting import Progress, progress
from petition.services.disclosing import services_in_use
from petition.services.texts import WhatIsSigned, current_text
from petition.services.texts import what_is_signed as _what_is_signed
from petition.sharing import mail_link, sms_link, ways
from petition.views.sign import answer_post as _answer_post

__all__ = [
    "KEPT_WITH_THE_CAMPAIGN",
    "Check",
    "Petition",
    "PetitionText",
    "Progress",
    "answer_post",
    "as_closed",
    "has_text",
    "in_words",
    "names_kept_longer",
    "petitions_by_title",
    "progress",
    "services_in_use",
    "share_links",
    "sign_context",
    "told_numbers",
    "what_is_signed",
]


# What staff did to these is kept as long as they are: it shows why the count is what it is.
KEPT_WITH_THE_CAMPAIGN = (Petition, PetitionText, Signature)


def answer_post(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Answer a signature sent to the page about the petition, as its own address does."""
    return _answer_post(request, petition.slug)


def as_closed(petition: Petition) -> Petition:
    """Return a petition as its page will find it once closed, for a preview; nothing is stored."""
    closed = copy(petition)
    closed.state, closed.opens_at, closed.closes_at = PetitionState.CLOSED, None, timezone.now()
    return closed


def petitions_by_title() -> QuerySet[Petition]:
    """Return all petitions for a chooser, the newest first; str() gives the title of each."""
    return Petition.objects.titled().order_by("-pk")


def what_is_signed(petition: Petition, language: str) -> WhatIsSigned:
    """Return text (title, demand_list(), addressee; or None) and corrections (frozen_at, note) in one language."""
    return _what_is_signed(petition, language)


def names_kept_longer() -> QuerySet[Petition]:
    """Return the petitions whose names staff keep longer than usual; str() gives the title of each."""
    return petitions_by_title().filter(names_kept_until__isnull=False, blanked_at__isnull=True)


def share_links(title: str, url: str) -> dict:
    """Return mail and sms (links), and ways (name, country, href) to pass a page on; url is absolute."""
    return {"mail": mail_link(title, url), "sms": sms_link(title, url), "ways": ways(title, url)}


def has_text(petition: Petition, language: str) -> bool:
    """Whether a page about the petition may be published in this language."""
    return current_text(petition, language) is not None

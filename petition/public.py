"""THE DOOR: all that other rooms may import of the petition."""

from django.http import HttpRequest, HttpResponse

from petition.context import sign_context
from petition.models import Petition, PetitionText
from petition.services.counting import Progress, progress
from petition.services.texts import current_text
from petition.views.sign import answer_post as _answer_post

__all__ = [
    "Petition",
    "PetitionText",
    "Progress",
    "answer_post",
    "has_text",
    "progress",
    "sign_context",
    "text_for",
]


def answer_post(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Answer a signature sent to the page about the petition, as its own address does."""
    return _answer_post(request, petition)


def text_for(petition: Petition, language: str) -> PetitionText | None:
    """Return what is signed in one language (title, demand_list(), addressee), or None where there is none."""
    return current_text(petition, language)


def has_text(petition: Petition, language: str) -> bool:
    """Whether a page about the petition may be published in this language."""
    return current_text(petition, language) is not None

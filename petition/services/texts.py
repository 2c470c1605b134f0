"""Write down what is signed: a first text, or a new version of one."""

from typing import NamedTuple

from django.db import transaction
from django.db.models import OuterRef, Subquery, Sum, Value
from django.utils import timezone

from petition.enums import EndorsementState
from petition.models import Endorsement, OfficeHolder, Petition, PetitionText
from petition.services.wording import publish_consent_texts


class WhatIsSigned(NamedTuple):
    """The text that people sign now, if any; and the versions that took the place of words signed before."""

    text: PetitionText | None
    corrections: list[PetitionText]


def current_text(petition: Petition, language: str) -> PetitionText | None:
    """Return the newest text of a petition in one language, or None."""
    return petition.texts.filter(language=language).order_by("-version").first()


def title_of(petition: Petition, language: str) -> str:
    """Return what a petition is called in one language, by its address where it has no text in it."""
    text = current_text(petition, language)
    return text.title if text else petition.slug


def texts_by_language(petition: Petition) -> dict[str, list[PetitionText]]:
    """Return all versions of what is signed, the newest first in each language; one statement."""
    found: dict[str, list[PetitionText]] = {}
    for text in petition.texts.order_by("language", "-version"):
        found.setdefault(text.language, []).append(text)
    return found


def what_is_signed(petition: Petition, language: str) -> WhatIsSigned:
    """Return the newest text in one language with the corrections made since the petition opened; one statement.

    Each text knows the last holder of the addressed office as holder_name, holder_as_of and holder_note, or None; and
    as organisations how many are published that endorse the petition, or None.
    """
    last = OfficeHolder.objects.filter(petition=OuterRef("petition")).order_by("-as_of")
    texts = petition.texts.filter(language=language).annotate(
        **{f"holder_{name}": Subquery(last.values(name)[:1]) for name in ("name", "as_of", "note")},
        organisations=_organisations(),
    )
    versions: list[PetitionText] = list(texts.order_by("-version"))
    opened = petition.opened_at
    mended = [text for text in versions if opened and text.frozen_at and text.frozen_at > opened]
    return WhatIsSigned(versions[0] if versions else None, mended)


def _organisations() -> Subquery:
    """Return the number of organisations as part of the text's own statement: a petition's page reads few."""
    published = Endorsement.objects.filter(petition=OuterRef("petition"), state=EndorsementState.PUBLISHED)
    return Subquery(published.order_by().values("petition").annotate(number=Sum(Value(1))).values("number"))


@transaction.atomic
def add_text(text: PetitionText) -> None:
    """Store a text as the next version in its language, and publish the consent words that follow from it.

    It is signed from now on; of a petition that has opened it is therefore frozen at once.
    """
    # Two versions at once get two numbers; whoever signs meanwhile is not held up.
    petition = Petition.objects.select_for_update(no_key=True).get(pk=text.petition_id)
    newest = current_text(petition, text.language)
    text.version = newest.version + 1 if newest else 1
    text.frozen_at = timezone.now() if petition.opened_at else None
    text.save()
    publish_consent_texts(petition)


@transaction.atomic
def correct_text(text: PetitionText) -> None:
    """Store a text that nobody has signed yet. Raises ValidationError where it is frozen."""
    text.save()
    publish_consent_texts(text.petition)

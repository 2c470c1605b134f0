"""The words of the consent boxes: staff's own or the usual ones, rendered and published version by version."""

import re
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from petition import mailing
from petition.enums import ConsentPurpose, PetitionState
from petition.models import ConsentText, Petition
from petition.models.text import digest
from petition.services.rendering import keep_rendering

GAP = re.compile(r"\{([^{}]*)\}")
# What a gap is called where staff write the words; all names are understood in every language.
GAP_NAMES = {"fr": ("{organisation}", "{destinataire}")}
GAP_NAMES_ELSEWHERE = ("{organisation}", "{addressee}")
OVER = (PetitionState.DELIVERED, PetitionState.ANSWERED)  # nobody agrees to anything there any more


class Words(NamedTuple):
    """What stands at one box: its label, the full sentence, and the outside service that the sentence names."""

    label: str
    sentence: str
    discloses: str = ""


def publish_all() -> int:
    """Publish the words of every petition that people may still agree to; return how many versions are new.

    To be called when the list is switched, and by the worker, who sees that a setting has changed.
    """
    petitions = Petition.objects.exclude(state__in=OVER).order_by("pk")
    return sum(len(publish_consent_texts(petition)) for petition in petitions)


@transaction.atomic
def publish_consent_texts(petition: Petition) -> list[ConsentText]:
    """Render the words of each box in each language of the petition; return the new versions.

    A new version is made only where label, sentence or the service that they name changed; the form as it is then shown
    is kept with them. Staff save or switch something, or the worker sees that a setting has changed: a visitor's GET
    never comes here.
    """
    Petition.objects.select_for_update(no_key=True).get(pk=petition.pk)  # two at once get two numbers
    made = []
    for language in _languages(petition):
        shown = current_consent_texts(petition, language)
        for purpose, words in rendered_words(petition, language).items():
            newest = shown.get(purpose)
            if newest and words == (newest.label, newest.sentence, newest.discloses):
                continue
            made.append(
                ConsentText.objects.create(
                    petition=petition,
                    purpose=purpose,
                    language=language,
                    version=newest.version + 1 if newest else 1,
                    label=words.label,
                    sentence=words.sentence,
                    discloses=words.discloses,
                    sha256=digest(words.label, words.sentence),
                )
            )
        text = petition.texts.filter(language=language).order_by("-version").first()
        if text is not None:
            keep_rendering(petition, text, current_consent_texts(petition, language))
    return made


def current_consent_texts(petition: Petition, language: str) -> dict[ConsentPurpose, ConsentText]:
    """Return the newest words of each box in one language."""
    newest = {}
    for text in petition.consent_texts.filter(language=language).order_by("version"):
        newest[ConsentPurpose(text.purpose)] = text
    return newest


def rendered_words(
    petition: Petition,
    language: str,
    chosen: mailing.Entry | None = None,
    drafts: dict[ConsentPurpose, Words] | None = None,
) -> dict[ConsentPurpose, Words]:
    """Return what visitors are to read at each box in one language: as things stand, with another list, with drafts.

    The sentence about an outside service is added to staff's own words as well: nobody can edit it away.
    """
    addressee = (
        petition.texts.filter(language=language).order_by("-version").values_list("addressee", flat=True)
    )
    gaps = {"organiser": petition.organiser, "addressee": addressee.first() or ""}
    own = own_words(petition, language) if drafts is None else drafts
    words = {}
    with translation.override(language):
        for purpose, (label, sentence) in default_words(**gaps).items():
            if purpose in own:
                label, sentence = own[purpose].label, fill_gaps(own[purpose].sentence, **gaps)
            words[purpose] = Words(label, sentence)
        words[ConsentPurpose.NEWSLETTER] = _with_disclosure(
            words[ConsentPurpose.NEWSLETTER], chosen or mailing.chosen()
        )
    return words


def own_words(petition: Petition, language: str) -> dict[ConsentPurpose, Words]:
    """Return the words that staff wrote in place of the usual ones in one language, with their gaps."""
    rows = petition.consent_wordings.filter(language=language)
    return {ConsentPurpose(row.purpose): Words(row.label, row.sentence) for row in rows}


def usual_words(language: str) -> dict[ConsentPurpose, Words]:
    """Return the words that stand where staff wrote none of their own, with their gaps: what staff start from."""
    organiser, addressee = GAP_NAMES.get(language, GAP_NAMES_ELSEWHERE)
    with translation.override(language):
        usual = default_words(organiser, addressee)
    return {purpose: Words(*words) for purpose, words in usual.items()}


@transaction.atomic
def reword(petition: Petition, language: str, wanted: dict[ConsentPurpose, Words]) -> list[ConsentText]:
    """Store the words that staff want at some boxes of one language; publish; return the new versions.

    A box whose words are the usual ones keeps no row, so that it follows when those get better.
    """
    usual = usual_words(language)
    for purpose, words in wanted.items():
        if words == usual[purpose]:
            petition.consent_wordings.filter(language=language, purpose=purpose).delete()
        else:
            written = {"label": words.label, "sentence": words.sentence}
            petition.consent_wordings.update_or_create(language=language, purpose=purpose, defaults=written)
    return publish_consent_texts(petition)


def fill_gaps(template: str, *, organiser: str, addressee: str) -> str:
    """Return words with their gaps filled in, once; what isn't a gap that we know is left as it stands."""
    known = {"organisation": organiser, "addressee": addressee, "destinataire": addressee}
    return GAP.sub(lambda gap: known.get(gap[1], gap[0]), template)


def default_words(organiser: str, addressee: str) -> dict[ConsentPurpose, tuple[str, str]]:
    """Return label (eight words at most) and full sentence of each box, in the active language.

    A signature may reveal a political opinion: the first sentence is the explicit consent of RGPD article 9.2(a).
    """
    gaps = {"organiser": organiser, "addressee": addressee, "age": settings.SIGNING_AGE}
    return {
        ConsentPurpose.SIGN: (
            _("I sign this petition"),
            _(
                "I sign this petition, addressed to: %(addressee)s. I am %(age)s or older. I know that a signature may "
                "reveal an opinion, and I explicitly agree that %(organiser)s keeps my name, my e-mail address and "
                "my département or country to count it."
            )
            % gaps,
        ),
        ConsentPurpose.PUBLIC: (
            _("Show my first name on this site"),
            _(
                "I agree that %(organiser)s shows on this site my first name, the initial of my last name, and my "
                "département or country."
            )
            % gaps,
        ),
        ConsentPurpose.NEWSLETTER: (
            _("Send me news of the campaign"),
            _(
                "I agree that %(organiser)s writes to me at this address about the campaign. "
                "I can stop this at any time with one click."
            )
            % gaps,
        ),
        ConsentPurpose.ADDRESSEE: (
            _("Pass my name to the addressee"),
            _(
                "I agree that %(organiser)s passes my first and last name, nothing else, "
                "to the addressee: %(addressee)s."
            )
            % gaps,
        ),
    }


def _languages(petition: Petition) -> list[str]:
    return sorted(set(petition.texts.values_list("language", flat=True)))


def _with_disclosure(words: Words, chosen: mailing.Entry) -> Words:
    if chosen.disclosure is None:
        return words
    return Words(words.label, f"{words.sentence} {chosen.disclosure.sentence()}", chosen.alias)

"""Prepare and open a petition: freeze what is signed, publish what is agreed to."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from petition.enums import ConsentPurpose, PetitionState
from petition.models import ConsentText, Petition, PetitionText
from petition.models.text import digest


def current_text(petition: Petition, language: str) -> PetitionText | None:
    """Return the newest text of a petition in one language, or None."""
    return petition.texts.filter(language=language).order_by("-version").first()


@transaction.atomic
def open_petition(petition: Petition) -> None:
    """Freeze the texts, publish the consent words, and take signatures from now on."""
    now = timezone.now()
    petition.texts.filter(frozen_at__isnull=True).update(frozen_at=now)
    publish_consent_texts(petition)
    petition.state = PetitionState.OPEN
    petition.opened_at = petition.opened_at or now
    petition.save(update_fields=["state", "opened_at"])


@transaction.atomic
def publish_consent_texts(petition: Petition) -> None:
    """Render the words of each box in each language of the petition; a new version only where the words changed."""
    newest = {text.language: text for text in petition.texts.order_by("version")}
    for language, text in newest.items():
        with translation.override(language):
            for purpose, (label, sentence) in default_words(petition.organiser, text.addressee).items():
                _publish(petition, purpose, language, label, sentence)


def current_consent_texts(petition: Petition, language: str) -> dict[ConsentPurpose, ConsentText]:
    """Return the newest words of each box in one language."""
    newest = {}
    for text in petition.consent_texts.filter(language=language).order_by("version"):
        newest[ConsentPurpose(text.purpose)] = text
    return newest


def default_words(organiser: str, addressee: str) -> dict[ConsentPurpose, tuple[str, str]]:
    """Return label (eight words at most) and full sentence of each box, in the active language.

    A signature may reveal a political opinion: the first sentence is the explicit consent of RGPD article 9.2(a).
    """
    gaps = {"organiser": organiser, "addressee": addressee}
    return {
        ConsentPurpose.SIGN: (
            _("I sign this petition"),
            _(
                "I sign this petition, addressed to: %(addressee)s. I am 15 or older. I know that a signature may "
                "reveal an opinion, and I explicitly agree that %(organiser)s keeps my name, my e-mail address and "
                "my département or country to count it."
            )
            % gaps,
        ),
        ConsentPurpose.PUBLIC: (
            _("Show my first name on this site"),
            _("I agree that %(organiser)s shows my first name and the initial of my last name on this site.")
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


def _publish(petition: Petition, purpose: ConsentPurpose, language: str, label: str, sentence: str) -> None:
    newest = petition.consent_texts.filter(purpose=purpose, language=language).order_by("-version").first()
    fingerprint = digest(label, sentence)
    if newest and newest.sha256 == fingerprint:
        return
    ConsentText.objects.create(
        petition=petition,
        purpose=purpose,
        language=language,
        version=newest.version + 1 if newest else 1,
        label=label,
        sentence=sentence,
        sha256=fingerprint,
    )

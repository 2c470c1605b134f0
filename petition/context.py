"""What the templates about a petition are told."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from petition import mailing, periods, places
from petition.enums import ConsentPurpose, QuestionReason, Reason
from petition.forms import SignatureForm
from petition.limits import ANSWER_TIME, MAILS_PER_ADDRESS_AND_DAY
from petition.links import endorsement_page_token, not_me_token, personal_token, petition_url
from petition.lookups import last_known, remembered
from petition.models import ConsentText, PendingSignature, Petition, PetitionText, Signature
from petition.notice import told_numbers
from petition.services.counting import progress
from petition.services.following import Behind, Found, kind_of
from petition.services.news import Question
from petition.services.own_data import OwnData, choices
from petition.services.texts import current_text
from petition.services.withdrawal import is_named, signs_elsewhere
from petition.services.wording import current_consent_texts

JUST_NOW = timedelta(minutes=1)  # the way from the button to the page that thanks, on a slow line

Words = dict[ConsentPurpose, ConsentText]


def form_for_signing(slug: str, language: str, data) -> SignatureForm:
    """Return a form that was sent; petition, text and words are at most ten seconds old while signatures are taken.

    Raises Http404 where there is no such petition, or none in this language.
    """
    found = remembered(("signed", slug, language), lambda: _what_is_shown(slug, language), keep=_is_open)
    if found is None:
        raise Http404
    return SignatureForm(*found, data)


def title_if_known(slug: str, language: str) -> str:
    """Return what a petition is called where this process knows it already; else nothing, and nobody is asked."""
    known = last_known(("signed", slug, language))
    return known[1].title if known else ""


def form_if_worded(petition: Petition, language: str, data=None) -> SignatureForm | None:
    """Return the form of a petition in one language, or None where it has no words in it."""
    return _form(petition, current_text(petition, language), language, data)


def sign_context(petition: Petition, language: str, text: PetitionText | None = None) -> dict:
    """Return what the form's templates need; `form` is None while no signature is taken.

    `text` is the petition's newest one in this language, for whoever has read it already.
    """
    text = text or current_text(petition, language)
    form = _form(petition, text, language) if petition.open_now else None
    return petition_context(petition, text, form)


def petition_context(
    petition: Petition, text: PetitionText | None, form: SignatureForm | None = None
) -> dict:
    """Return petition, text, progress, numbers, the form where one may be shown; what is still possible once closed."""
    closed_at = petition.closed_at
    confirmed_until = (
        closed_at + periods.unconfirmed() if closed_at and petition.takes_confirmations() else None
    )
    return {
        "petition": petition,
        "text": text,
        "progress": progress(petition),
        "how_at": reverse("how_we_count", args=[petition.slug]),
        "names_at": reverse("latest_names", args=[petition.slug]),
        "form": form,
        "numbers": told_numbers(),
        "form_action": reverse("sign", args=[petition.slug]),
        "confirmed_until": confirmed_until if confirmed_until and timezone.now() < confirmed_until else None,
    }


def confirm_context(found: Found, token: str, *, kept: list[str] | None = None) -> dict:
    """Return what the pages behind a confirmation link need; the consents are those that would be confirmed now.

    `kept` are the optional ones that stay ticked, all unless said otherwise.
    """
    if found.row is None:
        return {"token": token}
    context = petition_context(found.row.petition, found.row.text)
    context |= {"token": token, "row": found.row, "petition_url": petition_url(found.row.petition)}
    context["trial"] = found.row.trial
    context["personal_token"] = personal_token(found.row.uuid)
    context["just_counted"] = found.kind == Behind.COUNTED and _is_new(found.row)
    if found.pending is not None:
        ids = found.pending.consent_text_ids().values()
        context["not_me_token"] = not_me_token(found.row.uuid)
        context["consents"] = [
            {
                "words": text,
                "optional": text.purpose != ConsentPurpose.SIGN,
                "kept": kept is None or text.purpose in kept,
            }
            for text in ConsentText.objects.filter(pk__in=ids).order_by("pk")
        ]
        context["has_choices"] = len(ids) > 1
    return context


def own_data_context(data: OwnData, token: str) -> dict:
    """Return what the page of somebody's own data needs."""
    row, boxes = data.row, choices(data)
    return {
        "token": token,
        "row": row,
        "data": data,
        "kind": kind_of(row),
        "Behind": Behind,
        "trial": row.trial,
        "petition": row.petition,
        "text": row.text,
        "language": dict(settings.LANGUAGES)[row.language],
        "place": places.name_of(row.place),
        "notes": [Reason(reason).label for reason in row.reasons if reason in Reason.values],
        "choices": boxes,
        "gets_news": any(box.given for box in boxes if box.purpose == ConsentPurpose.NEWSLETTER),
        "signs_elsewhere": signs_elsewhere(row.uuid),
        "mails_a_day": MAILS_PER_ADDRESS_AND_DAY,
        "endorsements": [
            {"row": row, "page_token": endorsement_page_token(row.uuid)} for row in data.endorsements
        ],
        "stay_published": [
            {"name": row.name, "page_token": endorsement_page_token(row.uuid)} for row in data.published
        ],
    }


def news_context(question: Question) -> dict:
    """Return what the page that asks a supporter again needs."""
    contact = question.contact
    asked_at = contact.asked_at or timezone.now()
    return {
        "petition": contact.consent_text.petition,
        "words": question.words,
        "service": mailing.newly_named(contact.consent_text.discloses, question.words.discloses),
        "agreed_on": contact.confirmed_at,
        "after_years": question.reason == QuestionReason.YEARS,
        "answer_until": asked_at + ANSWER_TIME,
        "alone": not is_named(contact.email_key),
        "numbers": told_numbers(),
    }


def _is_new(row: PendingSignature | Signature) -> bool:
    """Whether a mailbox has confirmed a moment ago: then, and never later, the page says which one it is."""
    return isinstance(row, Signature) and timezone.now() - row.confirmed_at < JUST_NOW


def _what_is_shown(slug: str, language: str) -> tuple[Petition, PetitionText, Words] | None:
    texts = PetitionText.objects.select_related("petition").filter(petition__slug=slug, language=language)
    text = texts.order_by("-version").first()
    words = current_consent_texts(text.petition, language) if text else {}
    return (text.petition, text, words) if text and words else None


def _is_open(found: tuple[Petition, PetitionText, Words] | None) -> bool:
    """Whether it is worth remembering: that a petition takes no signatures is asked again each time."""
    return found is not None and found[0].open_now


def _form(petition: Petition, text: PetitionText | None, language: str, data=None) -> SignatureForm | None:
    shown = current_consent_texts(petition, language)
    return SignatureForm(petition, text, shown, data) if text and shown else None

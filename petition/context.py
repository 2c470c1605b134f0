"""What the templates about a petition are told."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from petition import mailing, periods
from petition.enums import QuestionReason
from petition.forms import SignatureForm
from petition.limits import ANSWER_TIME
from petition.links import personal_token, petition_url
from petition.models import ConsentText, Petition, PetitionText
from petition.notice import told_numbers
from petition.services.counting import progress
from petition.services.following import Found
from petition.services.news import Question
from petition.services.texts import current_text
from petition.services.wording import current_consent_texts


def signature_form(petition: Petition, language: str, data=None) -> SignatureForm:
    """Return the form of a petition in one language. Raises Http404 where the petition has no words in it."""
    form = form_if_worded(petition, language, data)
    if form is None:
        raise Http404
    return form


def form_if_worded(petition: Petition, language: str, data=None) -> SignatureForm | None:
    """Return the form of a petition in one language, or None where it has no words in it."""
    return _form(petition, current_text(petition, language), language, data)


def sign_context(petition: Petition, language: str) -> dict:
    """Return what the form's templates need; `form` is None while no signature is taken."""
    text = current_text(petition, language)
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
        "form": form,
        "numbers": told_numbers(),
        "form_action": reverse("sign", args=[petition.slug]),
        "confirmed_until": confirmed_until if confirmed_until and timezone.now() < confirmed_until else None,
    }


def confirm_context(found: Found, token: str) -> dict:
    """Return what the pages behind a confirmation link need; the consents are those that would be confirmed now."""
    if found.row is None:
        return {"token": token}
    context = petition_context(found.row.petition, found.row.text)
    context |= {"token": token, "row": found.row, "petition_url": petition_url(found.row.petition)}
    context["trial"] = found.row.trial
    context["personal_token"] = personal_token(found.row.uuid)
    if found.pending is not None:
        ids = found.pending.consent_text_ids().values()
        context["consents"] = ConsentText.objects.filter(pk__in=ids).order_by("pk")
    return context


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
        "numbers": told_numbers(),
    }


def _form(petition: Petition, text: PetitionText | None, language: str, data=None) -> SignatureForm | None:
    shown = current_consent_texts(petition, language)
    return SignatureForm(petition, text, shown, data) if text and shown else None

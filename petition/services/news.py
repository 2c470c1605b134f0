"""Ask supporters again: whether they agree to a list that their words don't name, or still want news after three years.

Silence is no yes. Who doesn't answer about a list stays where they were; who doesn't answer after three years is
deleted by the retention.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from campaign.outbox import queue
from campaign.outbox.models import OutboxTask, Priority
from petition import mailing, periods
from petition.enums import ConsentPurpose, ContactState, ListState, QuestionReason
from petition.models import ConsentText, Contact, Petition, Suppression
from petition.services import subscription, withdrawal, wording

MAIL = "news_question_mail"
AT_ONCE = 1000  # tasks per statement


@dataclass(frozen=True)
class Question:
    """What one supporter is asked: the words as they stand now, and why; `reason` is None where nothing is asked."""

    contact: Contact
    words: ConsentText
    reason: QuestionReason | None


class Kept(Enum):
    """What « J'accepte » did."""

    NOW = auto()
    ALREADY = auto()  # nothing was asked any more: a second press
    CHANGED = auto()  # the page showed other words: it must be shown again
    NOBODY = auto()  # erased, or left: a link brings nobody back


def question_to(contact_uuid: UUID) -> Question | None:
    """Return what a supporter is asked at this moment; None where they are gone or have left."""
    return _question(Contact.objects.filter(uuid=contact_uuid))


def question_by_key(pk: str) -> Question | None:
    """Return the same for the key of a contact's row."""
    return _question(Contact.objects.filter(pk=pk))


@transaction.atomic
def keep(contact_uuid: UUID, text_id: str | int | None) -> Kept:
    """Record a fresh yes to the words that were shown, and have the list told. Harmless to repeat."""
    question = _question(Contact.objects.filter(uuid=contact_uuid).select_for_update(of=["self"]))
    if question is None:
        return Kept.NOBODY
    if question.reason is None:
        return Kept.ALREADY
    if str(question.words.pk) != str(text_id):
        return Kept.CHANGED
    now = timezone.now()
    Contact.objects.filter(pk=question.contact.pk).update(
        consent_text=question.words,
        given_at=now,
        confirmed_at=now,
        state_changed_at=now,
        provider_state=ListState.WAITING,
        provider_refusal="",
        provider_said="",
        asked_at=None,
    )
    queue.put(subscription.SYNC, subject=str(question.contact.pk))
    return Kept.NOW


def stop(contact_uuid: UUID) -> None:
    """Unsubscribe a supporter, as "Ma signature" does. Harmless to repeat."""
    key = Contact.objects.filter(uuid=contact_uuid).values_list("email_key", flat=True).first()
    if key:
        withdrawal.stop_news_of(key)


def erase(contact_uuid: UUID) -> None:
    """Erase a supporter of whom nothing else is held by name; else the news stop. Harmless to repeat."""
    key = Contact.objects.filter(uuid=contact_uuid).values_list("email_key", flat=True).first()
    if key and withdrawal.is_named(key):
        withdrawal.stop_news_of(key)
    elif key:
        withdrawal.erase_mailbox(key)


def waiting_to_be_asked() -> int:
    """Return how many would get a mail if those whose words don't name the list were asked now."""
    on_their_way = OutboxTask.objects.owed().filter(
        kind=MAIL, idempotency_key__startswith=_key_of_list(mailing.chosen_alias())
    )
    return max(0, _not_named().count() - on_their_way.count())


def ask_those_not_named() -> int:
    """Owe a mail to each supporter whose words don't name the list that is on; return how many were added.

    Each is asked once about each list, however often this is done.
    """
    renew_words_of_the_past()
    prefix = _key_of_list(mailing.chosen_alias())
    return owe_questions(_not_named(), QuestionReason.WORDS, lambda pk: f"{prefix}{pk}")


def owe_questions(contacts: QuerySet[Contact], reason: QuestionReason, key_of: Callable[[int], str]) -> int:
    """Owe a mail to each of these contacts, but none that is owed already by its key; return how many were added."""
    added = 0
    for keys in in_batches(contacts):
        tasks = [
            queue.Task(
                MAIL,
                str(pk),
                {"reason": reason.value},
                idempotency_key=key_of(pk),
                priority=Priority.LAST,
            )
            for pk in keys
        ]
        known = OutboxTask.objects.filter(idempotency_key__in=[task.idempotency_key for task in tasks])
        before = known.count()
        queue.put_many(tasks)
        added += len(tasks) - before
    return added


def renew_words_of_the_past() -> None:
    """Publish the words of petitions that are over: a switch leaves them alone, a question needs them."""
    for petition in Petition.objects.filter(state__in=wording.OVER).order_by("pk"):
        wording.publish_consent_texts(petition)


def in_batches(contacts: QuerySet[Contact]) -> Iterator[list[int]]:
    """Yield the keys of these contacts, so many at a time that a statement holds them, each once."""
    last = 0
    while keys := list(contacts.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        yield keys
        last = keys[-1]


def note_asked(question: Question, moment: datetime) -> None:
    """Write down that a question has left, unless its answer was faster."""
    same = Contact.objects.filter(pk=question.contact.pk, confirmed_at=question.contact.confirmed_at)
    same.update(asked_at=moment)


def _question(contacts: QuerySet[Contact]) -> Question | None:
    contact = contacts.filter(state=ContactState.SUBSCRIBED).select_related("consent_text__petition").first()
    if contact is None:
        return None
    agreed = contact.consent_text
    newest = wording.current_consent_texts(agreed.petition, contact.language)
    words = newest.get(ConsentPurpose.NEWSLETTER, agreed)
    return Question(contact, words, _reason(contact, words, timezone.now()))


def _reason(contact: Contact, words: ConsentText, now: datetime) -> QuestionReason | None:
    if contact.confirmed_at <= now - periods.supporter():
        return QuestionReason.YEARS
    if words.discloses and words.discloses == mailing.chosen_alias() != contact.consent_text.discloses:
        return QuestionReason.WORDS
    return None


def _not_named() -> QuerySet[Contact]:
    """Return those whose words don't name the list that is on, and who weren't asked about it.

    Whose last yes is three years old is left to the retention: its question shows the same words.
    """
    now, alias = timezone.now(), mailing.chosen_alias()
    if mailing.chosen().disclosure is None:
        return Contact.objects.none()
    naming = Q(pk__in=[])
    for petition in Petition.objects.order_by("pk"):
        for language, since in _named_since(petition, alias).items():
            naming |= Q(consent_text__petition=petition, language=language) & (
                Q(asked_at__isnull=True) | Q(asked_at__lt=since)
            )
    forbidden = Suppression.objects.in_force(
        OuterRef("email_key"), OuterRef("consent_text__petition_id"), now
    )
    return Contact.objects.filter(
        naming, ~Exists(forbidden), state=ContactState.SUBSCRIBED, confirmed_at__gt=now - periods.supporter()
    ).exclude(consent_text__discloses=alias)


def _named_since(petition: Petition, alias: str) -> dict[str, datetime]:
    """Return the languages in which a petition's words name a list, and since when some first did.

    Those of a petition that is over will name it as soon as somebody is asked.
    """
    boxes = petition.consent_texts.filter(purpose=ConsentPurpose.NEWSLETTER).order_by("version")
    first: dict[str, datetime] = {}
    newest: dict[str, str] = {}
    for language, discloses, made in boxes.values_list("language", "discloses", "created_at"):
        newest[language] = discloses
        if discloses == alias:
            first.setdefault(language, made)
    over = petition.state in wording.OVER
    return {
        language: first.get(language, timezone.now())
        for language, named in newest.items()
        if over or named == alias
    }


def _key_of_list(alias: str) -> str:
    return f"{MAIL}:{alias}:"

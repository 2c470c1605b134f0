"""Rehearse with made-up signers: many of them in seconds, never written to, and taken away again without a trace.

They sign under a domain that nobody can ever own, so no form takes such an address and no mail leaves for it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache

from django.db import transaction
from django.utils import timezone

from petition import sql
from petition.email_address import NOBODYS_DOMAIN, email_key
from petition.enums import Channel, ConsentPurpose, EventKind, SignatureState
from petition.errors import RehearsalRefused
from petition.models import Consent, Petition, Signature, SignatureEvent
from petition.models.signature import SignatureQuerySet
from petition.models.tally import SLOTS
from petition.places import FRANCE, OVERSEAS, place_of
from petition.services import tallying
from petition.services.texts import current_text
from petition.services.wording import current_consent_texts

DOMAIN = f"rehearsal.{NOBODYS_DOMAIN}"
AT_ONCE = 5_000  # signers per transaction: little memory, and no other seeding waits for long
DAYS = 30  # over which they are spread, up to now
ABROAD = ("BE", "CH", "DE", "ES", "LU")
TO_CONFIRM = timedelta(minutes=5)  # between signing and confirming

Words = dict[str, tuple[int, int]]  # language -> text and consent to sign, by their keys


def synthetic_signers(petition: Petition) -> SignatureQuerySet:
    """Return the made-up signatures of a petition."""
    return Signature.objects.filter(petition=petition, email__endswith=f"@{DOMAIN}")


def seed(petition: Petition, count: int) -> int:
    """Bring a petition to `count` made-up signers, confirmed and counted; return how many were made.

    Safe to interrupt and to repeat: each batch is whole, and the next run goes on from there. None is taken away
    where there are more. Raises RehearsalRefused where the petition has real signatures, or no words to sign.
    """
    made = 0
    while batch := _seed_batch(petition, count):
        made += batch
    return made


@transaction.atomic
def remove(petition: Petition) -> int:
    """Delete the made-up signers that count, with their consents, events and share of the total; return how many.

    What is real stays. A made-up signature that was set aside goes too; the events about it stay, and are even.
    """
    _hold(petition)
    signers = synthetic_signers(petition)
    counted = signers.confirmed()
    events = SignatureEvent.objects.filter(
        petition=petition, channel=Channel.SEEDED, signature_uuid__in=counted.values("uuid")
    )
    sql.delete_rows(events)
    sql.delete_rows(Consent.objects.filter(signature__in=signers.values("pk")))
    removed = sql.delete_rows(counted)
    sql.delete_rows(signers)
    if removed:
        sql.add_to_total(petition.pk, 0, -removed)
        tallying.rebuild(petition)
    return removed


@transaction.atomic
def _seed_batch(petition: Petition, count: int) -> int:
    _hold(petition)
    signers = synthetic_signers(petition)
    others = Signature.objects.filter(petition=petition, trial=False)
    if others.exclude(email__endswith=f"@{DOMAIN}").exists():
        raise RehearsalRefused(f"{petition.slug} has real signatures: rehearse with a petition of its own.")
    words = _words(petition)
    there = signers.count()
    if there >= count:
        return 0
    first = _last_number(signers) + 1
    numbers = range(first, first + min(AT_ONCE, count - there))
    now = timezone.now()
    signatures = Signature.objects.bulk_create(_signatures(petition, words, numbers, now))
    Consent.objects.bulk_create(_consents(signatures, words))
    SignatureEvent.objects.bulk_create(_events(signatures))
    sql.add_to_total(petition.pk, numbers.start // AT_ONCE % SLOTS, len(signatures))
    return len(signatures)


def _hold(petition: Petition) -> None:
    """Let two that seed or remove wait for each other; whoever signs meanwhile is not held up."""
    Petition.objects.select_for_update(no_key=True).get(pk=petition.pk)


def _last_number(signers: SignatureQuerySet) -> int:
    last = signers.order_by("-pk").values_list("email", flat=True).first()
    return int(last.partition("@")[0].rpartition("-")[2]) if last else 0


def _words(petition: Petition) -> Words:
    words = {}
    for language in ("fr", "en"):
        text, consents = current_text(petition, language), current_consent_texts(petition, language)
        if text and ConsentPurpose.SIGN in consents:
            words[language] = (text.pk, consents[ConsentPurpose.SIGN].pk)
    if not words:
        raise RehearsalRefused(f"{petition.slug} has no text that could be signed: write one first.")
    return words


def _signatures(petition: Petition, words: Words, numbers: range, now: datetime) -> Iterator[Signature]:
    places, languages = _places(), list(words)
    for number in numbers:
        # Nine in ten in the first language; hours by a step that shares no factor with the seconds of a day.
        language = languages[-1] if number % 10 == 0 else languages[0]
        confirmed_at = now - timedelta(days=number % DAYS, seconds=number * 7_919 % 86_400)
        email = f"essai-{number:07}@{DOMAIN}"
        yield Signature(
            petition=petition,
            text_id=words[language][0],
            state=SignatureState.CONFIRMED,
            language=language,
            first_name="Essai",
            last_name=f"Essai-{number:07}",
            email=email,
            email_key=email_key(email),
            place=places[number % len(places)],
            received_at=confirmed_at - TO_CONFIRM,
            confirmed_at=confirmed_at,
        )


def _consents(signatures: list[Signature], words: Words) -> Iterator[Consent]:
    for signature in signatures:
        yield Consent(
            signature=signature,
            text_id=words[signature.language][1],
            given_at=signature.received_at,
            confirmed_at=signature.confirmed_at,
        )


def _events(signatures: list[Signature]) -> Iterator[SignatureEvent]:
    for signature in signatures:
        yield SignatureEvent(
            petition_id=signature.petition_id,
            kind=EventKind.CONFIRMED,
            happened_at=signature.confirmed_at,
            place=signature.place,
            channel=Channel.SEEDED,
            delta=+1,
            signature_uuid=signature.uuid,
        )


@lru_cache(maxsize=1)
def _places() -> list[str]:
    """Return every département and a few countries, each as often as the others."""
    postcodes = [f"{number:02}000" for number in range(1, 96)] + ["20200"]
    postcodes += [f"{code}00" for code in sorted(OVERSEAS)]
    return sorted({place_of(FRANCE, postcode) for postcode in postcodes}) + list(ABROAD)

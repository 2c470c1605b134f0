"""Random acts on signatures by several workers at once, each over a connection of its own, by the services alone.

The same seed gives each worker the same wishes; which of them meet is left to the database, as in life.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from threading import Thread
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from petition.captcha.base import Judgement, Verdict
from petition.captcha.ticket import Ticket
from petition.email_address import email_key
from petition.enums import ConsentPurpose, PetitionState, Reason
from petition.errors import PetitionClosed
from petition.models import PendingSignature, Petition, Signature
from petition.services import blanking, ending, invalidation, tallying
from petition.services.confirmation import Confirmed, confirm
from petition.services.invalidation import Act, judge
from petition.services.signing import sign
from petition.services.withdrawal import erase, withdraw
from petition.services.wording import current_consent_texts
from tests.factories import OpenPetitionFactory

PETITIONS = 6
MAILBOXES_PER_ACT = 0.15  # few enough that mailboxes sign again, and meet in several petitions
BLANKED_AT_ONCE = 5  # names, so that a petition's end takes several acts
# Petitions end one after the other over the last third; the last two never do.
ENDS_FROM = [0.67, 0.75, 0.83, 0.91]
# How often each act is wished for, in a hundred.
WISHES = {
    "sign": 29,
    "confirm": 27,
    "withdraw": 6,
    "erase": 4,
    "set_aside": 8,
    "restore": 6,
    "hold": 8,
    "release": 8,
    "blank": 2,
    "add_up": 2,
}


@dataclass
class Played:
    """What came of it: acts by name and by what they did, and what was raised that nobody expects."""

    acts: Counter = field(default_factory=Counter)
    done: Counter = field(default_factory=Counter)
    raised: list[str] = field(default_factory=list)


def end_of(petition: Petition) -> datetime:
    """Return when the names of an open petition end."""
    end = ending.end_of_names(petition)
    assert end is not None
    return end


class Stage:
    """The petitions, and what the workers know of each other's rows: UUIDs and nonces, as links would say them."""

    def __init__(self, operations: int):
        self.operations = operations
        OpenPetitionFactory.create_batch(PETITIONS)
        self.petitions = list(Petition.objects.order_by("pk"))
        self.words = {
            petition.pk: {purpose: text.pk for purpose, text in current_consent_texts(petition, "fr").items()}
            for petition in self.petitions
        }
        self.texts = {petition.pk: petition.texts.get(language="fr").pk for petition in self.petitions}
        self.staff = get_user_model().objects.create_user("essai")
        self.pending: list[tuple[Petition, UUID, str]] = []
        self.signed: list[UUID] = []
        for petition in self.petitions:
            end = end_of(petition)
            ending.note_warned(
                petition.pk, end.date().isoformat(), ending.LAST_WARNING, end - timedelta(days=15)
            )

    def over_at(self, share: float) -> list[Petition]:
        """Return the petitions whose names are over once so much of the drill is played."""
        return [petition for petition, ends in zip(self.petitions, ENDS_FROM, strict=False) if share >= ends]


class Worker:
    """One worker's wishes, in the order that its seed gives."""

    def __init__(self, stage: Stage, number: int, seed: str, wishes: int):
        self.stage, self.wishes = stage, wishes
        self.random = Random(f"{seed}-{number}")
        self.played = Played()

    def run(self) -> None:
        try:
            for number in range(self.wishes):
                self.share = number / self.wishes
                name = self.random.choices(list(WISHES), weights=list(WISHES.values()))[0]
                self.play(name)
        finally:
            connection.close()

    def play(self, name: str) -> None:
        act: Callable[[], bool] = getattr(self, name)
        self.played.acts[name] += 1
        try:
            self.played.done[name] += bool(act())
        except PetitionClosed:
            pass  # its names are being erased: it takes nothing any more
        except Exception as error:
            self.played.raised.append(f"{name}: {type(error).__name__}: {error}")

    def sign(self) -> bool:
        petition = self.a_petition()
        pk = petition.pk
        mailbox = self.random.randrange(max(8, int(self.stage.operations * MAILBOXES_PER_ACT)))
        agreed = {ConsentPurpose.SIGN} | {
            box for box in (ConsentPurpose.PUBLIC, ConsentPurpose.NEWSLETTER) if self.random.random() < 0.5
        }
        sign(
            petition,
            ticket=Ticket(
                pk, self.stage.texts[pk], self.stage.words[pk], timezone.now() - timedelta(minutes=1)
            ),
            language="fr",
            first_name="Essai",
            last_name=f"Tirage{mailbox}",
            email=f"tirage{mailbox}@example.org",
            place=self.random.choice(["", "FR-75", "FR-2A", "BE"]),
            agreed=agreed,
            network=f"essai-{self.random.randrange(200)}",
            check=Judgement(Verdict.ABSENT),
            reasons=[Reason.TRAP] if self.random.random() < 0.2 else [],
        )
        key = email_key(f"tirage{mailbox}@example.org")
        row = PendingSignature.objects.filter(petition=petition, email_key=key).first()
        if row is not None:  # else somebody else has confirmed it meanwhile
            self.stage.pending.append((petition, row.uuid, row.nonce))
        return True

    def confirm(self) -> bool:
        if not self.stage.pending:
            return False
        petition, uuid, nonce = self.random.choice(self.stage.pending[-200:])
        petition.refresh_from_db()
        done = confirm(petition, uuid, nonce) == Confirmed.NOW
        if done:
            self.stage.signed.append(uuid)
        return done

    def withdraw(self) -> bool:
        return self.leave(withdraw)

    def erase(self) -> bool:
        return self.leave(erase)

    def hold(self) -> bool:
        return self.judge(invalidation.HOLD)

    def release(self) -> bool:
        return self.judge(invalidation.RELEASE)

    def set_aside(self) -> bool:
        return self.judge(invalidation.SET_ASIDE)

    def restore(self) -> bool:
        return self.judge(invalidation.RESTORE)

    def blank(self) -> bool:
        over = self.stage.over_at(self.share)
        if not over:
            return False
        petition = self.random.choice(over)
        petition.refresh_from_db()
        erased, _all = blanking.blank(petition, end_of(petition), most=BLANKED_AT_ONCE)
        return bool(erased)

    def add_up(self) -> bool:
        return bool(tallying.roll_up())

    def leave(self, way: Callable[[UUID], None]) -> bool:
        uuid = self.a_signature()
        if uuid is None or not Signature.objects.filter(uuid=uuid, email__isnull=False).exists():
            return False
        way(uuid)
        return True

    def judge(self, act: Act) -> bool:
        uuid = self.a_signature()
        signature = uuid and Signature.objects.filter(uuid=uuid).first()
        if not signature:
            return False
        return judge(signature, act, reason="Tirage au sort.", by=self.stage.staff)

    def a_signature(self) -> UUID | None:
        """Return one of the newest, so that several workers wish for the same one."""
        return self.random.choice(self.stage.signed[-300:]) if self.stage.signed else None

    def a_petition(self) -> Petition:
        petition = self.random.choice(self.stage.petitions)
        petition.refresh_from_db()
        return petition


def play(operations: int, workers: int, seed: str) -> Played:
    """Let the workers do so many acts together; afterwards all events are added up by the hour."""
    stage = Stage(operations)
    crew = [Worker(stage, number, seed, operations // workers) for number in range(workers)]
    threads = [Thread(target=worker.run) for worker in crew]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = Played()
    for worker in crew:
        whole.acts += worker.played.acts
        whole.done += worker.played.done
        whole.raised += worker.played.raised
    tallying.roll_up()
    assert Petition.objects.filter(state=PetitionState.OPEN).exists()
    return whole

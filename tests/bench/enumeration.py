"""Whether the time of an answer tells what is known of an address: medians of known kinds beside those of unknown ones.

As many groups of unknown addresses as there are known kinds are signed for in a drawn order. What two groups of unknown
ones differ by is the machine's own unrest; a kind that differed by more could be told from outside.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db import connection
from django.utils import timezone

from deploy.steps import Fault
from petition.email_address import email_key
from petition.enums import SignatureState, SuppressionReason, SuppressionScope
from petition.models import Petition, Suppression
from tests.bench.running import RunningSite
from tests.bench.sender import Forms, send
from tests.factories import PendingSignatureFactory, SignatureFactory

SEED = 11  # the order of the tries, the same in each run
WARM_UP = 50


def _complained(petition: Petition, email: str) -> None:
    _suppress(email, SuppressionScope.ALL_MAIL, SuppressionReason.COMPLAINT)


def _not_me(petition: Petition, email: str) -> None:
    _suppress(email, SuppressionScope.PETITION, SuppressionReason.NOT_ME, petition)


def _suppress(email: str, scope: str, reason: str, petition: Petition | None = None) -> None:
    now = timezone.now()
    until = now + timedelta(days=30)
    key = email_key(email)
    Suppression.objects.create(
        email_key=key, scope=scope, reason=reason, petition=petition, created_at=now, until=until
    )


KNOWN: dict[str, Callable[[Petition, str], object]] = {
    "waiting for confirmation": lambda petition, email: PendingSignatureFactory(
        petition=petition, email=email
    ),
    "confirmed": lambda petition, email: SignatureFactory(petition=petition, email=email),
    "set aside": lambda petition, email: SignatureFactory(
        petition=petition, email=email, state=SignatureState.INVALIDATED
    ),
    "has complained": _complained,
    "said that it wasn't them": _not_me,
}


@dataclass(frozen=True)
class Medians:
    """The medians of one run, in ms; `unrest` is what groups of unknown addresses differ by among themselves."""

    tries: int
    unknown: list[float]
    known: dict[str, float]

    @property
    def middle(self) -> float:
        return median(self.unknown)

    @property
    def unrest(self) -> float:
        return max(self.unknown) - min(self.unknown)

    @property
    def largest(self) -> float:
        """The largest difference of a known kind from the unknown ones."""
        return max(abs(found - self.middle) for found in self.known.values())

    def in_words(self) -> str:
        """Return the figures as they are printed."""
        lines = [f"enumeration: {self.tries:,} tries, medians in ms"]
        lines += [f"  unknown, group {number}: {found:.3f}" for number, found in enumerate(self.unknown, 1)]
        lines += [f"  {kind}: {found:.3f} ({found - self.middle:+.3f})" for kind, found in self.known.items()]
        verdict = "less" if self.largest < self.unrest else "NOT less"
        lines.append(
            f"  known kinds differ from the unknown by {self.largest:.3f} at most, "
            f"{verdict} than groups of unknown among themselves: {self.unrest:.3f}"
        )
        return "\n".join(lines)


def measure(site: RunningSite, tries: int) -> Medians:
    """Send so many forms in all, one after the other. Raises Fault where one is answered otherwise than by 303."""
    each = max(1, tries // (2 * len(KNOWN)))
    forms = Forms()
    groups = [f"unknown {number}" for number in range(len(KNOWN))] + list(KNOWN)
    turns = []
    for place, group in enumerate(groups):
        for number in range(each):
            email = f"essai-{place}-{number}@exemple.fr"
            if group in KNOWN:
                KNOWN[group](forms.petition, email)
            turns.append((group, email))
    random.Random(SEED).shuffle(turns)
    bodies = [(group, forms.filled(email)) for group, email in turns]
    warm_up = [forms.filled(f"essai-vorab-{number}@exemple.fr") for number in range(WARM_UP)]
    connection.close()
    for number, body in enumerate(warm_up):
        send(site, forms.path, body, f"12.0.{number}.7")
    took: dict[str, list[float]] = {group: [] for group in groups}
    for number, (group, body) in enumerate(bodies):
        answer = send(site, forms.path, body, f"13.{number // 256}.{number % 256}.7")
        if answer.status != 303:
            raise Fault(f"An address that is {group} was answered with {answer.status} instead of 303.")
        took[group].append(answer.ms)
    medians = {group: median(found) for group, found in took.items()}
    return Medians(
        each * len(groups), [medians[g] for g in groups if g not in KNOWN], {k: medians[k] for k in KNOWN}
    )

"""What every check of a form does: add something to the form, and judge what comes back with it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import ClassVar, Protocol

from django.utils.functional import Promise

from campaign.disclosure import Disclosure


class Verdict(Enum):
    """What a form's answer is worth. No verdict refuses a signature: it decides how closely the form is looked at."""

    ABSENT = auto()  # none came, or one that has grown old: as from a browser without JavaScript
    FALSE = auto()  # it is none of ours, was altered, or belongs to another form
    GOOD = auto()  # it is ours, for this form, in time


@dataclass(frozen=True)
class Judgement:
    """A verdict; a good one may serve once: under this fingerprint it is remembered until it expires (aware)."""

    verdict: Verdict
    fingerprint: str = ""
    expires_at: datetime | None = None


class Captcha(Protocol):
    """One check. Nothing that it does raises, and what it shows lets the form be sent where it fails.

    `field` is the field of the form that holds the answer, `template` is shown inside the form, and `disclosure` says
    who outside is asked: None where nothing leaves this site.
    """

    label: ClassVar[str | Promise]
    disclosure: ClassVar[Disclosure | None]
    field: ClassVar[str]
    template: ClassVar[str]

    def judge(self, answer: str, ticket: str) -> Judgement:
        """Judge what came with the form that carries this ticket; at most 2 s where somebody outside is asked."""
        ...

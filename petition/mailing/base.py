"""What every list does: take a supporter, take them off, forget them. Each act is safe to repeat."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from django.utils.functional import Promise

from campaign.disclosure import Disclosure
from petition.enums import ListState


@dataclass(frozen=True)
class ContactData:
    """What a list gets of a supporter, and nothing else.

    `fresh`: the mailbox's owner has agreed since this list was last told of them, so it may ask them again.
    """

    email: str
    first_name: str
    language: str
    fresh: bool = True


class MailingList(Protocol):
    """One list. All acts raise ProviderError and nothing else; none takes longer than a minute.

    `variables` are the options that it can't do without, each with the environment variable that it comes from.
    `host` is whom it calls, in lower case; empty where it calls nobody.
    """

    label: ClassVar[str | Promise]
    disclosure: ClassVar[Disclosure | None]
    variables: ClassVar[dict[str, str]]
    host: str

    def __init__(self, **options: str) -> None: ...

    def reference_of(self, email: str) -> str:
        """Return what the list knows an address by, without asking it; the same for every spelling of its case."""
        ...

    def subscribe(self, contact: ContactData) -> ListState:
        """Put a supporter on the list, or renew what it knows of them.

        Answers ON_LIST; ASKED where the list asks them to confirm once more; LEFT where they have left it by
        themselves and no fresh consent is at hand: who left is never put back.
        """
        ...

    def unsubscribe(self, reference: str) -> None:
        """Take somebody off the list; the list may remember that they left. Whom it doesn't know has left."""
        ...

    def forget(self, reference: str) -> None:
        """Have the list delete somebody for good; whom it doesn't know is forgotten."""
        ...

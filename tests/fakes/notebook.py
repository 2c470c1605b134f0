"""A list in memory: a second implementation of the protocol, whose every act a test may hold up or break."""

from collections.abc import Callable
from typing import ClassVar

from django.utils.functional import Promise

from campaign.disclosure import Disclosure
from petition.enums import ListState
from petition.errors import ProviderError
from petition.mailing.base import ContactData

ABROAD = Disclosure(
    service="Carnet",
    company="Essais & Cie",
    country="CH",
    country_name=lambda: "la Suisse",
    where=lambda: "en Suisse",
    data=lambda: "mon adresse",
    purpose=lambda: "pour les essais",
    alternative=lambda: "Sans cela, rien n’y va.",
    hosting=lambda: "nulle part",
    terms_url="https://carnet.example.org/",
)


class Notebook:
    """Keeps its members in the class, so that tests find them whoever opened it."""

    label: ClassVar[str | Promise] = "Carnet"
    disclosure: ClassVar[Disclosure | None] = ABROAD
    variables: ClassVar[dict[str, str]] = {}
    host = ""

    members: ClassVar[dict[str, ContactData]] = {}
    acts: ClassVar[list[tuple[str, str]]] = []
    failing: ClassVar[ProviderError | None] = None
    failing_for: ClassVar[dict[str, ProviderError]] = {}
    meanwhile: ClassVar[list[Callable[[], object]]] = []  # happens, once each, while the list is being told

    @classmethod
    def clear(cls) -> None:
        cls.members, cls.acts, cls.failing_for, cls.meanwhile = {}, [], {}, []
        cls.failing = None

    def __init__(self, **options: str) -> None:
        pass

    def reference_of(self, email: str) -> str:
        return f"ref-{email.lower().split('@')[0]}"

    def subscribe(self, contact: ContactData) -> ListState:
        reference = self.reference_of(contact.email)
        self._act("subscribe", reference)
        self.members[reference] = contact
        return ListState.ON_LIST

    def unsubscribe(self, reference: str) -> None:
        self._act("unsubscribe", reference)
        self.members.pop(reference, None)

    def forget(self, reference: str) -> None:
        self._act("forget", reference)
        self.members.pop(reference, None)

    def _act(self, act: str, reference: str) -> None:
        self.acts.append((act, reference))
        while self.meanwhile:
            self.meanwhile.pop()()
        if error := self.failing_for.get(reference) or self.failing:
            raise error

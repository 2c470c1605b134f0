"""This site's own list: the contacts themselves, told to nobody."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaign.disclosure import Disclosure
from petition.enums import ListState
from petition.mailing.base import ContactData


class LocalList:
    """Keeps supporters where they are. The contact's own row is the list, so there is nobody to tell."""

    label: ClassVar[str | Promise] = _("This site's own list")
    disclosure: ClassVar[Disclosure | None] = None
    variables: ClassVar[dict[str, str]] = {}
    host = ""

    def __init__(self, **options: str) -> None:
        pass

    def reference_of(self, email: str) -> str:
        """Nothing: nobody else knows them."""
        return ""

    def subscribe(self, contact: ContactData) -> ListState:
        return ListState.ON_LIST

    def unsubscribe(self, reference: str) -> None:
        pass

    def forget(self, reference: str) -> None:
        pass

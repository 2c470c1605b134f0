"""The lists that news are sent from: one file and one entry of the settings each.

Django's settings say which there are and hold their keys (MAILING_LISTS); ServiceSettings says which one staff have
switched on. What is switched on and lost its key since then stays the chosen one, and waits.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from campaign.disclosure import Disclosure
from petition.errors import ProviderError, Refusal
from petition.mailing.base import MailingList
from petition.models import ServiceSettings

LOCAL = "local"  # kept on this site: always there, and where everybody stays whose words named no other


@dataclass(frozen=True)
class Entry:
    """One list of the settings: its alias, its adapter's class and options, the variables that it still needs."""

    alias: str
    adapter: type[MailingList]
    options: dict[str, Any]

    @property
    def name(self) -> str:
        """What people call it, in the active language."""
        return str(self.adapter.label)

    @property
    def disclosure(self) -> Disclosure | None:
        """Who receives what; None for what stays on this site."""
        return self.adapter.disclosure

    @property
    def missing_variables(self) -> list[str]:
        """The environment variables without which it can't be chosen."""
        return [
            variable for option, variable in self.adapter.variables.items() if not self.options.get(option)
        ]

    @property
    def can_be_chosen(self) -> bool:
        """Whether it has its keys, and tells all that must be told."""
        return not self.missing_variables and not (self.disclosure and self.disclosure.missing())

    def open(self) -> MailingList:
        """Return the list, ready to be told.

        Raises ProviderError (NO_KEY) where its keys are missing, or where it would call a host that the settings
        don't name (OUTGOING_HOSTS).
        """
        if not self.can_be_chosen:
            raise ProviderError(Refusal.NO_KEY, permanent=False, said=", ".join(self.missing_variables))
        opened = self.adapter(**self.options)
        if opened.host and opened.host not in settings.OUTGOING_HOSTS.values():
            raise ProviderError(Refusal.NO_KEY, permanent=False, said=opened.host)
        return opened


def entries() -> dict[str, Entry]:
    """Return the lists of the settings, by alias, in their order."""
    return {
        alias: Entry(alias, import_string(entry["BACKEND"]), entry.get("OPTIONS", {}))
        for alias, entry in settings.MAILING_LISTS.items()
    }


def entry(alias: str) -> Entry:
    """Return one list. Raises ProviderError (NO_KEY) where the settings don't know it any more."""
    try:
        return entries()[alias]
    except KeyError:
        raise ProviderError(Refusal.NO_KEY, permanent=False, said=alias) from None


def newly_named(before: str, now: str) -> str:
    """Return the name of the list that words name and earlier ones didn't; empty where there is none."""
    if not now or now == before:
        return ""
    known = entries().get(now)
    return known.name if known else now


def chosen_alias() -> str:
    """Return the alias that staff have switched on; this site's own list until they do."""
    row = ServiceSettings.objects.values_list("mailing", flat=True).first()
    return row if row in settings.MAILING_LISTS else LOCAL


def chosen() -> Entry:
    """Return the list that staff have switched on."""
    return entries()[chosen_alias()]

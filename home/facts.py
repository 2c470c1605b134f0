"""Facts that only the organisation knows, as generated parts of pages show them; a missing one is a marked place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from home.models.organisation import Organisation

ADDRESSES = {"email", "press_email"}
NUMBERS = {"phone", "press_phone", "host_phone"}
NOT_DIALLED = re.compile(r"[^\d+]|\(0\)")


@dataclass(frozen=True)
class Fact:
    """One field of the organisation: its name, what it is called in the active language, and what it says."""

    name: str
    label: str
    value: str

    @property
    def asked(self) -> str:
        """The words that stand in its place while it is missing."""
        return _("[To be completed: %(what)s]") % {"what": self.label}

    def __str__(self) -> str:
        return self.value or self.asked

    @property
    def html(self) -> SafeString:
        """The value as a page shows it, as a link to write or call by; or the mark that says what is missing."""
        if not self.value:
            return format_html('<mark class="to-complete">{}</mark>', self.asked)
        if self.name in ADDRESSES:
            return format_html('<a href="mailto:{0}">{0}</a>', self.value)
        if self.name in NUMBERS:
            return format_html('<a href="tel:{}">{}</a>', NOT_DIALLED.sub("", self.value), self.value)
        return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in self.value.splitlines()))


def fact(organisation: Organisation, name: str) -> Fact:
    """Return one fact, in the active language; a country by its name."""
    field = organisation._meta.get_field(name)
    shown = getattr(organisation, f"get_{name}_display", None)
    return Fact(name, str(field.verbose_name), str(shown() if shown else getattr(organisation, name)).strip())


def facts(names: Sequence[str]) -> dict[str, Fact]:
    """Return facts of the stored organisation by name; one statement."""
    organisation = Organisation.current()
    return {name: fact(organisation, name) for name in names}


def missing_facts(names: Sequence[str]) -> list[Fact]:
    """Return those that are empty; no statement where none is asked for."""
    return [told for told in facts(names).values() if not told.value] if names else []


def settings_url() -> str:
    """Return where the organisation's facts are filled in."""
    return reverse("wagtailsettings:edit", args=["home", "organisation"])

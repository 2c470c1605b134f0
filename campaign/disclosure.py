"""Disclosure: who receives what, in which country, why. What talks outside must tell, or it can't be written."""

from collections.abc import Callable
from dataclasses import dataclass, fields

from django.utils.translation import gettext as _

# Member states of the European Economic Area (ISO 3166-1): what stays there leaves no reach of the GDPR.
EUROPEAN_ECONOMIC_AREA = frozenset(
    ("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE")
    + ("IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK")
)


@dataclass(frozen=True)
class Disclosure:
    """One outside service, as whoever is concerned reads it before anything reaches it (GDPR article 13.1 e, f).

    `data` and `purpose` are written to stand after "receives", in the words of the person; `where` is the country with
    its preposition, which differs from country to country in French. They and `country_name` are functions that
    answer in the active language. `hosts` are those that a visitor's browser would ask: none for what only our server
    asks. `hosting` says where data lie and who else works for the company.
    """

    service: str
    company: str
    country: str
    country_name: Callable[[], str]
    where: Callable[[], str]
    data: Callable[[], str]
    purpose: Callable[[], str]
    alternative: Callable[[], str]
    hosting: Callable[[], str]
    terms_url: str
    hosts: tuple[str, ...] = ()

    @property
    def is_outside_the_union(self) -> bool:
        """Whether data leave the European Economic Area: then a right of its own and a typed confirmation are due."""
        return self.country not in EUROPEAN_ECONOMIC_AREA

    def missing(self) -> list[str]:
        """Return the names of what is not filled in; with any of them missing the service stays off."""
        empty = []
        for field in fields(self):
            value = getattr(self, field.name)
            told = value() if callable(value) else value
            if field.name != "hosts" and not str(told).strip():
                empty.append(field.name)
        return empty

    def sentence(self) -> str:
        """Return the plain sentence at the box, before anyone ticks: in the first person, in the active language."""
        gaps = {
            "service": self.service,
            "company": self.company,
            "where": self.where(),
            "data": self.data(),
            "purpose": self.purpose(),
            "alternative": self.alternative(),
        }
        if self.is_outside_the_union:
            return (
                _(
                    "For this, %(service)s, a service of %(company)s %(where)s, outside the European Union, "
                    "receives %(data)s, %(purpose)s. %(alternative)s"
                )
                % gaps
            )
        return (
            _(
                "For this, %(service)s, a service of %(company)s %(where)s, receives %(data)s, %(purpose)s. "
                "%(alternative)s"
            )
            % gaps
        )

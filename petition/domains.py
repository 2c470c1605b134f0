"""Mail domains: in one spelling, under another one, and made for an hour."""

import idna
from disposable_email_domains import blocklist


def domain_of(address: str) -> str:
    """Return the domain of an address in its one spelling: lower case, IDNA, no dot at the end."""
    return in_one_spelling(address.rpartition("@")[2])


def in_one_spelling(domain: str) -> str:
    """Return a domain in lower case and IDNA; what IDNA doesn't allow comes back in lower case as it is."""
    domain = domain.strip().rstrip(".").lower()
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return domain


def is_under(domain: str, listed: frozenset[str]) -> bool:
    """Whether a domain, in its one spelling, or one that it is part of stands in the list."""
    labels = domain.split(".")
    return any(".".join(labels[start:]) in listed for start in range(len(labels)))


def listed_in(lines: str) -> frozenset[str]:
    """Return the domains that staff wrote, one a line; an @ before one and what is empty don't matter."""
    domains = (in_one_spelling(line.strip().removeprefix("@")) for line in lines.splitlines())
    return frozenset(domain for domain in domains if domain)


def is_disposable(domain: str) -> bool:
    """Whether a domain, in its one spelling, is known to give out addresses that live for an hour.

    The list comes with the package of that name, and is renewed with it; nobody is asked.
    """
    return is_under(domain, DISPOSABLE)


DISPOSABLE = frozenset(blocklist)

"""Slips of the finger in the domains of well-known mail providers: what may have been meant, for a question.

The list holds who carries most private mail in France (Arcep and Médiamétrie name them year by year) and their
neighbours' spellings, so that nobody with a rarer address is asked about it. No domain that somebody types is looked
up: the same address gets the same question whatever is known of it.
"""

from functools import lru_cache

# Suggested, the most used first: between two that are equally near, the first is meant.
COMMON = (
    *(
        "gmail.com",
        "orange.fr",
        "hotmail.fr",
        "hotmail.com",
        "free.fr",
        "wanadoo.fr",
        "yahoo.fr",
        "outlook.fr",
    ),
    *("sfr.fr", "laposte.net", "live.fr", "icloud.com", "yahoo.com", "outlook.com", "bbox.fr", "neuf.fr"),
    *("protonmail.com", "proton.me", "msn.com", "aol.com", "gmx.fr", "numericable.fr", "me.com", "mailo.com"),
)
# Providers all the same, so never taken for a slip; too rare in France to be suggested.
KNOWN_TOO = frozenset(
    ("googlemail.com", "ymail.com", "rocketmail.com", "mail.com", "email.com", "mail.fr", "email.fr", "pm.me")
    + ("live.com", "live.be", "live.ca", "live.ch", "live.de", "live.it", "live.nl", "live.co.uk", "mac.com")
    + ("hotmail.be", "hotmail.ca", "hotmail.ch", "hotmail.de", "hotmail.es", "hotmail.it", "hotmail.nl")
    + ("hotmail.co.uk", "outlook.be", "outlook.de", "outlook.es", "outlook.it", "outlook.pt", "outlook.ie")
    + ("yahoo.be", "yahoo.ca", "yahoo.co.uk", "yahoo.de", "yahoo.es", "yahoo.it", "yahoo.ie", "yahoo.ch")
    + ("gmx.com", "gmx.net", "gmx.de", "gmx.at", "gmx.ch", "web.de", "t-online.de", "posteo.de", "posteo.net")
    + ("proton.ch", "protonmail.ch", "tutanota.com", "tuta.com", "tutamail.com", "zaclys.net", "zaclys.com")
    + ("aol.fr", "aol.de", "cegetel.net", "club-internet.fr", "aliceadsl.fr", "alicemail.fr", "9online.fr")
    + (
        "noos.fr",
        "voila.fr",
        "tiscali.fr",
        "libertysurf.fr",
        "infonie.fr",
        "dbmail.com",
        "sfr.com",
        "orange.com",
    )
    + (
        "orange.be",
        "laposte.fr",
        "skynet.be",
        "telenet.be",
        "proximus.be",
        "bluewin.ch",
        "nordnet.fr",
        "mailo.fr",
    )
    + ("ik.me", "etik.com", "ovh.fr", "online.fr", "bouygtel.fr", "riseup.net", "disroot.org", "lilo.org")
    + ("inbox.com", "zoho.com", "fastmail.com", "fastmail.fm", "yandex.com", "qq.com", "163.com", "mail.ru")
)
# Known by name: the ending is right, for another provider. Nobody gives mailboxes under these.
MEANT = {
    "gmail.fr": "gmail.com",
    "gmail.com.fr": "gmail.com",
    "googlemail.fr": "gmail.com",
    "hotmail.com.fr": "hotmail.com",
    "wanadoo.com": "wanadoo.fr",
    "free.com": "free.fr",
    "laposte.com": "laposte.net",
    "protonmail.fr": "protonmail.com",
    "icloud.fr": "icloud.com",
}
SHORT_LABEL = (
    4  # sfr, gmx, aol: one letter away lie the domains of others, so only what follows the dot is mended
)
LONG_DOMAIN = 10  # from here on two slips are forgiven: nothing else looks like it


@lru_cache(maxsize=1024)
def meant(domain: str) -> str | None:
    """Return the well-known domain that a domain may have been meant for; None where it is one, or near to none."""
    domain = domain.lower()
    if domain in MEANT:
        return MEANT[domain]
    if domain in COMMON or domain in KNOWN_TOO:
        return None
    near = [(distance, place) for place, known in enumerate(COMMON) if (distance := _slips(domain, known))]
    return COMMON[min(near)[1]] if near else None


def suggestion(address: str) -> str | None:
    """Return the address that may have been meant, its local part as typed; None where there is nothing to ask."""
    local, _, domain = address.rpartition("@")
    known = meant(domain)
    return f"{local}@{known}" if known else None


def _slips(typed: str, known: str) -> int | None:
    """Return how many slips lie between the two; None where it is none, or more than a slip or two."""
    if len(known.partition(".")[0]) < SHORT_LABEL and typed.partition(".")[0] != known.partition(".")[0]:
        return None
    most = 2 if len(known) >= LONG_DOMAIN else 1
    if abs(len(typed) - len(known)) > most:
        return None
    found = distance(typed, known)
    return found if found <= most else None


def distance(one: str, other: str) -> int:
    """Return Damerau and Levenshtein's distance: letters left out, added, mistaken, or neighbours exchanged."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, left in enumerate(one, 1):
        line = [row]
        for column, right in enumerate(other, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (left != right))
            if row > 1 and column > 1 and left == other[column - 2] and one[row - 2] == right:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, last = last, line
    return last[-1]

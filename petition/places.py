"""Where somebody signs from: a département in France, a country elsewhere; nothing finer is kept."""

from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language

FRANCE = "FR"
# Postcodes whose first digits name another département than their own (etalab, communes and postcodes of 2025).
POSTCODE_EXCEPTIONS = {"94390": "91", "97133": "977", "97150": "978", "98799": "989"}
OVERSEAS = {"971", "972", "973", "974", "975", "976", "977", "978", "984", "986", "987", "988", "989"}
# What CLDR lists among territories and ISO 3166-1 doesn't know: regions of the world and codes kept for other uses.
NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}


def departement(postcode: str) -> str | None:
    """Return the code of the département of a French postcode (75, 2A, 974), or None where it has none."""
    if len(postcode) != 5 or not (postcode.isascii() and postcode.isdigit()):
        return None
    if postcode in POSTCODE_EXCEPTIONS:
        return POSTCODE_EXCEPTIONS[postcode]
    if postcode[:3] in {"200", "201"}:
        return "2A"
    if postcode[:2] == "20":
        return "2B"
    if postcode[:2] in {"97", "98"}:
        return postcode[:3] if postcode[:3] in OVERSEAS else None
    return postcode[:2] if 1 <= int(postcode[:2]) <= 95 else None


def place_of(country: str, postcode: str) -> str:
    """Return the place to keep: FR-75, FR, BE; empty where no country was said."""
    code = departement(postcode) if country == FRANCE else None
    return f"{country}-{code}" if code else country


def name_of(place: str) -> str:
    """Return a kept place in words of the active language: France (75), Belgique; empty where none was said."""
    country, _, code = place.partition("-")
    name = countries().get(country, country)
    return f"{name} ({code})" if code else name


@lru_cache(maxsize=4)
def _countries(language: str) -> dict[str, str]:
    names = Locale.parse(language).territories
    found = {code: name for code, name in names.items() if len(code) == 2 and code not in NOT_COUNTRIES}
    first = {FRANCE: found.pop(FRANCE)}
    return first | dict(sorted(found.items(), key=lambda item: _sort_key(item[1])))


def countries() -> dict[str, str]:
    """Return ISO 3166-1 codes with CLDR's names in the active language: France first, the rest by name."""
    return _countries(get_language() or "fr")


def _sort_key(name: str) -> str:
    from anyascii import anyascii

    return anyascii(name).casefold()

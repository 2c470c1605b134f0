"""The countries of the European Economic Area, by name: what stays there leaves no reach of the GDPR."""

from babel import Locale
from django.utils.translation import get_language

from campaign.disclosure import EUROPEAN_ECONOMIC_AREA


def european_countries() -> list[tuple[str, str]]:
    """Return ISO 3166-1 codes with CLDR's names in the active language, by name."""
    names = Locale.parse(get_language() or "fr").territories
    return sorted(((code, names[code]) for code in EUROPEAN_ECONOMIC_AREA), key=lambda pair: pair[1])

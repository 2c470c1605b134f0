"""What a link to a file says of it: format, size, language (RGAA 13.3)."""

from django.conf import settings
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

KILO = 1000  # as file managers of today count; a size on a link need not be exact


def size_in_words(size: int) -> str:
    """Return a number of bytes as a reader is told it: whole kilobytes, or megabytes with one decimal."""
    kilobytes = max(1, round(size / KILO))
    if kilobytes < KILO:
        return _("%(number)s KB") % {"number": formats.number_format(kilobytes, force_grouping=True)}
    megabytes = formats.number_format(round(size / KILO**2, 1), decimal_pos=1, force_grouping=True)
    return _("%(number)s MB") % {"number": megabytes}


def language_in_words(code: str) -> str:
    """Return the name of a language in the active language, as it stands inside a sentence."""
    name = str(dict(settings.LANGUAGES).get(code, code))
    return name.lower() if get_language() == "fr" else name


def facts(extension: str, size: int | None, language: str = "") -> str:
    """Return for example "PDF, 38 KB, French"; what isn't known is left out."""
    known = [
        extension.upper(),
        size_in_words(size) if size else "",
        language_in_words(language) if language else "",
    ]
    return ", ".join(word for word in known if word)

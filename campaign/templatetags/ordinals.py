"""Which one in a row: 1st, 2nd, 12,346th; in French of a feminine noun, which a signature is."""

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def ordinal_of_signature(number: int) -> str:
    """Return a number as an ordinal of the active language."""
    return _pattern(number) % {"number": intcomma(number)}


def _pattern(number: int) -> str:
    if number == 1:
        return pgettext("the first signature", "%(number)sst")
    if number % 100 in {11, 12, 13}:
        return pgettext("a signature", "%(number)sth")
    return {
        1: pgettext("a signature, ends in one", "%(number)sst"),
        2: pgettext("a signature, ends in two", "%(number)snd"),
        3: pgettext("a signature, ends in three", "%(number)srd"),
    }.get(number % 10) or pgettext("a signature", "%(number)sth")

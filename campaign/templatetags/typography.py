"""Typography in templates: `{% typeset %}` around a page, filters for what no page surrounds."""

from datetime import date

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from campaign import typography

register = template.Library()


class TypesetNode(template.Node):
    """What stands inside, with French typography where it is French."""

    def __init__(self, nodelist: NodeList):
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        return _typeset(self.nodelist.render(context))


@register.tag
def typeset(parser: Parser, token: Token) -> TypesetNode:
    """Pass over the HTML between `{% typeset %}` and `{% endtypeset %}`, which `lang` divides by languages."""
    nodelist = parser.parse(("endtypeset",))
    parser.delete_first_token()
    return TypesetNode(nodelist)


@register.filter
def typeset_text(value: str) -> SafeString:
    """Return a text, or a piece of HTML that is marked safe, as it is read in the language of the moment."""
    return _typeset(conditional_escape(value))


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """Return « 1er novembre 2020 » or “1 November 2020”; nothing for None."""
    return typography.day(value) if value else ""


@register.filter(expects_localtime=True)
def moment(value: date | None) -> str:
    """Return « 1er novembre 2020 à 14 h 30 » or “1 November 2020, 14:30”; nothing for None."""
    return typography.moment(value) if value else ""


def _typeset(html: str) -> SafeString:
    # As safe as before: what is put in is spaces, apostrophes and quotation marks, none of which HTML gives a meaning.
    return SafeString(typography.typeset(html, get_language() or ""))

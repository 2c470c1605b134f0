"""Names of people in templates."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def isolated(name: str) -> SafeString:
    """Return a name as HTML that leaves the text around it in its own direction, whatever script the name is in."""
    return format_html("<bdi>{}</bdi>", name)

"""Tags for pages of other rooms: thin, over petition.public."""

from django import template
from django.utils.translation import get_language

from petition import public

register = template.Library()


@register.inclusion_tag("petition/_sign.html")
def sign_form(petition) -> dict:
    """Show the count and the form, or why there is none."""
    return public.sign_context(petition, get_language() or "fr")


@register.inclusion_tag("components/counter.html")
def progress(petition) -> dict:
    """Show the count and its goal."""
    return {"progress": public.progress(petition)}

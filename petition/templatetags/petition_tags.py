"""Tags for pages of other rooms: thin, over petition.public."""

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from petition import public

register = template.Library()


@register.inclusion_tag("petition/_sign.html", takes_context=True)
def sign_form(context, petition) -> dict:
    """Show the count and the form, or why there is none; with the way to the page about personal data.

    A page that is only previewed has the form sent elsewhere (form_action), where nobody signs.
    """
    read = context.get("text")  # by the page around it, on the page about the petition
    text = read if isinstance(read, public.PetitionText) and read.petition_id == petition.pk else None
    shown = public.sign_context(petition, get_language() or "fr", text)
    given = {name: context[name] for name in ("privacy_path", "form_action") if name in context}
    return {**shown, **given}


@register.inclusion_tag("components/counter.html")
def progress(petition, page_path: str = "") -> dict:
    """Show the count and its goal; with the path of the petition's page also the next line, which leads to its form."""
    return {
        "progress": public.progress(petition),
        "how_at": reverse("how_we_count", args=[petition.slug]),
        "sign_at": f"{page_path}#sign-title" if page_path else "",
    }


@register.inclusion_tag("components/sign_line.html")
def next_line(petition, page_path: str) -> dict:
    """Show the next line to sign, which leads to the form on the petition's page."""
    return {"progress": public.progress(petition), "sign_at": f"{page_path}#sign-title"}


@register.simple_tag
def share_links(title: str, url: str) -> dict:
    """Return mail, sms, and ways (name, country, href): plain links that pass a page on."""
    return public.share_links(title, url)


@register.simple_tag
def told_numbers() -> dict:
    """Return the periods as they are told to visitors, in words of the active language."""
    return public.told_numbers()

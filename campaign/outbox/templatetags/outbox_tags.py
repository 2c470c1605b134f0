"""What templates may say about the letter-box."""

from typing import Any

from django import template

from campaign.outbox import health

register = template.Library()


@register.inclusion_tag("wagtailadmin/mail_banner.html")
def mail_banner() -> dict[str, Any]:
    """A red banner while mail is owed and none leaves; nothing otherwise."""
    return {"trouble": health.mail_trouble()}

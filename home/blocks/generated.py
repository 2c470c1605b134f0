"""Blocks without fields, which tell what is, as it is at the moment of reading."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from petition import public


class OutsideServicesBlock(blocks.StaticBlock):
    """The outside services that data go to, as they are at the moment of reading; nothing to fill in."""

    class Meta:
        icon = "globe"
        label = _("Outside services")
        admin_text = _(
            "Lists, by itself, the outside services that this site passes data on to; “none” while none is."
        )
        template = "blocks/outside_services.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["services"] = public.services_in_use()
        return context

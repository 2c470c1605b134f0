"""Who runs the site: the only place where the organisation's words are kept."""

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="group")
class Organisation(BaseSiteSetting):
    """The organisation behind the campaign, as the public pages name it."""

    name = models.CharField(_("name of the organisation"), max_length=120)
    site_name_fr = models.CharField(_("short name of the site, French"), max_length=60)
    site_name_en = models.CharField(_("short name of the site, English"), max_length=60)
    postal_address = models.TextField(_("postal address"), blank=True)
    press_email = models.EmailField(_("press e-mail address"), blank=True)
    press_phone = models.CharField(_("press telephone number"), max_length=40, blank=True)

    panels = [
        FieldPanel("name"),
        MultiFieldPanel(
            [FieldPanel("site_name_fr"), FieldPanel("site_name_en")], heading=_("Name of the site")
        ),
        FieldPanel("postal_address"),
        MultiFieldPanel([FieldPanel("press_email"), FieldPanel("press_phone")], heading=_("Press")),
    ]

    class Meta:
        verbose_name = _("Organisation")
        verbose_name_plural = _("Organisations")

    @property
    def site_name(self) -> str:
        """The short name of the site in the active language."""
        return self.site_name_en if translation.get_language() == "en" else self.site_name_fr

    @classmethod
    def current(cls) -> "Organisation":
        """Return the stored row, or an empty one that is not stored: a GET changes nothing."""
        return cls.objects.filter(site__is_default_site=True).first() or cls()

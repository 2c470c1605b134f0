"""Who runs the site: the only place where the organisation's words are kept."""

from django.core.validators import MaxValueValidator
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
    about_fr = models.TextField(_("about the organisation, French"), max_length=1200, blank=True)
    about_en = models.TextField(_("about the organisation, English"), max_length=1200, blank=True)

    # What French law asks every publisher to state (LCEN, article 1-1), and the GDPR (article 13).
    legal_form = models.CharField(_("legal form"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone number"), max_length=40, blank=True)
    rna = models.CharField(_("RNA number"), max_length=20, blank=True)
    siren = models.CharField(_("SIREN number"), max_length=20, blank=True)
    publication_director = models.CharField(_("publication director"), max_length=120, blank=True)
    editorial_lead = models.CharField(_("editorial lead"), max_length=120, blank=True)
    host_name = models.CharField(_("host: name"), max_length=120, blank=True)
    host_address = models.TextField(_("host: address"), blank=True)
    host_phone = models.CharField(_("host: telephone number"), max_length=40, blank=True)
    privacy_contact = models.CharField(
        _("contact for personal data"),
        max_length=200,
        blank=True,
        help_text=_("Data protection officer, or whoever answers; with an address."),
    )

    # The last audit of accessibility; without one the site says "not compliant" and claims nothing more.
    audit_date = models.DateField(_("accessibility audit: date"), null=True, blank=True)
    audit_by = models.CharField(_("accessibility audit: by whom"), max_length=120, blank=True)
    audit_percent = models.PositiveSmallIntegerField(
        _("accessibility audit: criteria met, in percent"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
    )
    audit_findings_fr = models.TextField(_("accessibility: what doesn't comply, French"), blank=True)
    audit_findings_en = models.TextField(_("accessibility: what doesn't comply, English"), blank=True)

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

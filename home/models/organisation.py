"""Who runs the site: the only place where the organisation's words are kept."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from home.countries import european_countries

HALF, WHOLE = 50, 100  # percent of the criteria met, as the RGAA tells the three states apart


class Compliance(models.TextChoices):
    """What a site may say of its accessibility (RGAA, « mentions obligatoires »)."""

    NONE = "none", _("not compliant")
    PARTIAL = "partial", _("partially compliant")
    FULL = "full", _("fully compliant")


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
    host_country = models.CharField(
        _("host: country"),
        max_length=2,
        blank=True,
        choices=european_countries,
        help_text=_("In the European Economic Area: the site promises that what is signed stays there."),
    )
    mail_carrier = models.CharField(
        _("who carries the e-mails"),
        max_length=120,
        blank=True,
        help_text=_("Whose mail server sends them: a company, or the host."),
    )
    mail_country = models.CharField(
        _("who carries the e-mails: country"), max_length=2, blank=True, choices=european_countries
    )
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
    audit_exempt_fr = models.TextField(_("accessibility: derogations and exempt content, French"), blank=True)
    audit_exempt_en = models.TextField(
        _("accessibility: derogations and exempt content, English"), blank=True
    )
    audit_environment = models.TextField(
        _("accessibility audit: browsers and assistive technologies"), blank=True
    )
    audit_tools = models.CharField(_("accessibility audit: tools"), max_length=300, blank=True)
    audit_pages = models.TextField(
        _("accessibility audit: pages checked"), blank=True, help_text=_("One address a line.")
    )

    panels = [
        FieldPanel("name"),
        MultiFieldPanel(
            [FieldPanel("site_name_fr"), FieldPanel("site_name_en")], heading=_("Name of the site")
        ),
        FieldPanel("postal_address", help_text=_("The seat, as the legal notice names it.")),
        MultiFieldPanel(
            [
                *(FieldPanel(name) for name in ("legal_form", "phone", "email", "rna", "siren")),
                *(FieldPanel(name) for name in ("publication_director", "editorial_lead")),
            ],
            heading=_("Legal notice"),
            help_text=_(
                "RNA, SIREN and editorial lead only where there are any; the law asks for all others."
            ),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("host_name", "host_address", "host_phone", "host_country")],
            heading=_("Host of the site"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("privacy_contact", "mail_carrier", "mail_country")],
            heading=_("Personal data"),
        ),
        MultiFieldPanel([FieldPanel("press_email"), FieldPanel("press_phone")], heading=_("Press")),
        MultiFieldPanel(
            [FieldPanel("about_fr"), FieldPanel("about_en")], heading=_("About the organisation")
        ),
        MultiFieldPanel(
            [
                *(FieldPanel(name) for name in ("audit_date", "audit_by", "audit_percent", "audit_pages")),
                *(FieldPanel(name) for name in ("audit_environment", "audit_tools")),
                *(FieldPanel(name) for name in ("audit_findings_fr", "audit_findings_en")),
                *(FieldPanel(name) for name in ("audit_exempt_fr", "audit_exempt_en")),
            ],
            heading=_("Accessibility audit"),
            help_text=_("Without an audit the site says “not compliant”, and claims nothing more."),
            classname="collapsed",
        ),
    ]

    class Meta:
        verbose_name = _("Organisation")
        verbose_name_plural = _("Organisations")

    def clean(self) -> None:
        """Refuse half of an audit, which claims too much, and to empty what a published page shows."""
        from home.publishing import check_emptied_facts

        super().clean()
        check_emptied_facts(self)
        told = [self.audit_date is not None, bool(self.audit_by), self.audit_percent is not None]
        if any(told) and not all(told):
            names = ("audit_date", "audit_by", "audit_percent")
            words = _("An audit has a date, somebody who made it and a result: fill in all three, or none.")
            raise ValidationError(
                {name: [words] for name, there in zip(names, told, strict=True) if not there}
            )

    @property
    def compliance(self) -> Compliance:
        """What the last audit allows the site to say of its accessibility; never more."""
        if self.audit_date is None or self.audit_percent is None or self.audit_percent < HALF:
            return Compliance.NONE
        return Compliance.FULL if self.audit_percent == WHOLE else Compliance.PARTIAL

    def in_language(self, name: str) -> str:
        """Return a field that is written once per language (`about`, `audit_findings`), in the active one."""
        return getattr(self, f"{name}_{'en' if translation.get_language() == 'en' else 'fr'}")

    @property
    def site_name(self) -> str:
        """The short name of the site in the active language."""
        return self.site_name_en if translation.get_language() == "en" else self.site_name_fr

    @classmethod
    def current(cls) -> "Organisation":
        """Return the stored row, or an empty one that is not stored: a GET changes nothing."""
        return cls.objects.filter(site__is_default_site=True).first() or cls()

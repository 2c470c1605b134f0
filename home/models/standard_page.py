"""Any other page: legal notice, who we are."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from home.blocks import BodyBlock
from home.fields import BodyField
from home.models.base import CampaignPage


class Purpose(models.TextChoices):
    """What a page is there for, where the site itself has to find it."""

    LEGAL = "legal", _("legal notice")
    PRIVACY = "privacy", _("privacy")
    COOKIES = "cookies", _("cookies")
    ACCESSIBILITY = "accessibility", _("accessibility")
    TERMS = "terms", _("rules of the petition")
    SITE_MAP = "site_map", _("site map")
    CONTACT = "contact", _("contact")
    SECURITY = "security", _("security")
    VERIFY = "verify", _("check for yourself")


class StandardPage(CampaignPage):
    """A title and a text. Below the home page it stands in the menu, or else in the footer."""

    intro = models.TextField(_("introduction"), max_length=600, blank=True)
    body = BodyField(BodyBlock(), verbose_name=_("body"), blank=True)

    purpose = models.CharField(
        _("purpose"),
        max_length=20,
        choices=Purpose.choices,
        blank=True,
        help_text=_("Only for the pages that the law or the site itself asks for."),
    )

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard_page.html"
    content_panels = [*CampaignPage.content_panels, FieldPanel("intro"), FieldPanel("body")]
    settings_panels = [*CampaignPage.settings_panels, FieldPanel("purpose")]
    override_translatable_fields = [SynchronizedField("purpose", overridable=False)]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

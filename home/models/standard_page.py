"""Any other page: legal notice, who we are."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from home.blocks.standard import StandardBodyBlock
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


# The block without which a page doesn't serve its purpose; the others are free texts.
NEEDS = {
    Purpose.LEGAL: "legal_notice",
    Purpose.PRIVACY: "privacy",
    Purpose.ACCESSIBILITY: "accessibility",
    Purpose.SITE_MAP: "site_tree",
}


class StandardPage(CampaignPage):
    """A title and a text. Below the home page it stands in the menu, or else in the footer."""

    intro = models.TextField(_("introduction"), max_length=600, blank=True)
    body = BodyField(StandardBodyBlock(), verbose_name=_("body"), blank=True)

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

    def clean(self) -> None:
        """One page per purpose and language, and the part that the purpose is about is on it."""
        super().clean()
        if not self.purpose:
            return
        others = StandardPage.objects.filter(purpose=self.purpose, locale_id=self.locale_id).exclude(
            pk=self.pk
        )
        if other := others.first():
            words = _("The page “%(title)s” has this purpose already: there is one per language.")
            raise ValidationError({"purpose": words % {"title": other.title}})
        needed = NEEDS.get(Purpose(self.purpose))
        if needed and needed not in {block.block_type for block in self.body}:
            words = _(
                "This page needs the block “%(label)s”: without it the site wouldn't say what it has to."
            )
            label = self._meta.get_field("body").stream_block.child_blocks[needed].label
            raise ValidationError({"body": words % {"label": label}})

"""Press releases and the page that lists them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from home.blocks import AttachmentsBlock, CorrectionsBlock, PressKitBlock
from home.fields import BodyField
from home.models.dated import DatedPage, ListPage


class PressIndexPage(ListPage):
    """The list of press releases, and the press kit."""

    kit = BodyField(
        PressKitBlock(),
        verbose_name=_("press kit"),
        blank=True,
        help_text=_("Logos, photographs and figures: offered on this page, and as one ZIP file."),
    )

    subpage_types = ["home.PressReleasePage"]
    template = "home/press_index_page.html"
    content_panels = [*ListPage.content_panels, FieldPanel("kit")]

    class Meta:
        verbose_name = _("list of press releases")
        verbose_name_plural = _("lists of press releases")


class PressReleasePage(DatedPage):
    """One press release: where and when it was given out, who signs it, whom the press may ask."""

    place = models.CharField(_("place"), max_length=80)
    signed_by = models.CharField(_("signed by"), max_length=200, blank=True, help_text=_("Name and office."))
    contact = models.TextField(_("press contact"), max_length=400, blank=True)
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("Time of Paris. Until then nobody reads it but by a link that you give."),
    )
    corrections = BodyField(CorrectionsBlock(), verbose_name=_("corrections"), blank=True)
    attachments = BodyField(AttachmentsBlock(), verbose_name=_("attachments"), blank=True)

    parent_page_types = ["home.PressIndexPage"]
    template = "home/press_release_page.html"
    content_panels = [
        *DatedPage.content_panels[:1],
        MultiFieldPanel([FieldPanel("place"), FieldPanel("date")], heading=_("Place and date")),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("signed_by"),
        FieldPanel("contact"),
        FieldPanel("embargo_until"),
        FieldPanel("attachments"),
        FieldPanel("corrections"),
    ]
    override_translatable_fields = [
        *DatedPage.override_translatable_fields,
        SynchronizedField("embargo_until", overridable=False),
    ]

    class Meta:
        verbose_name = _("press release")
        verbose_name_plural = _("press releases")

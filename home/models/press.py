"""Press releases and the page that lists them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from home import embargo, press_kit
from home.attachments import attachments, public_address
from home.blocks import AttachmentsBlock, CorrectionsBlock, PressKitBlock
from home.fields import BodyField
from home.file_facts import facts
from home.mail_copy import as_html, as_text
from home.models.dated import DatedPage, ListPage
from home.models.made_file import MadeKind
from home.models.organisation import Organisation
from home.staff.embargo_panel import EmbargoLinksPanel
from home.staff.files import address_for_staff

EMBARGO_HELP = _(
    "Time of Paris, the same for every language. Until then the release is scheduled, and nobody reads it or has its "
    "files but by a link that you give. Pictures are always public: whoever knows the address of one can open it, so "
    "put nothing secret into a picture."
)
KIT_NAMES = {"fr": "dossier-de-presse.zip", "en": "press-kit.zip"}


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

    def get_context(self, request, *args, **kwargs):
        """Add what is in the press kit, and the ZIP once it is packed."""
        kit = self.files().get(MadeKind.PRESS_KIT)
        return super().get_context(request, *args, **kwargs) | {
            "pictures": press_kit.pictures(self),
            "figures": press_kit.figures(self),
            "kit": kit,
            "kit_facts": facts("zip", kit.size) if kit else "",
        }

    def file_names(self) -> dict[str, MadeKind]:
        """Offer the press kit, where there is something in it."""
        return {KIT_NAMES[self.language]: MadeKind.PRESS_KIT} if self.kit else {}


class PressReleaseForm(WagtailAdminPageForm):
    """The editor's form, which says beside the field why an embargo can't be kept."""

    def clean(self):
        cleaned = super().clean()
        until = cleaned.get("embargo_until")
        if not until:
            return cleaned
        try:
            embargo.check(self.instance, until)
        except ValidationError as error:
            self.add_error(None, error)
        typed = "embargo_until" in self.changed_data
        if typed and not embargo.is_ahead(until) and not embargo.is_public(self.instance):
            self.add_error(
                "embargo_until", _("This moment is over: give one to come, or leave the field empty.")
            )
        if cleaned.get("expire_at") and cleaned["expire_at"] <= until:
            self.add_error(
                "embargo_until", _("The release would be taken down before anybody could read it.")
            )
        return cleaned


class PressReleasePage(DatedPage):
    """One press release: where and when it was given out, who signs it, whom the press may ask."""

    place = models.CharField(_("place"), max_length=80)
    signed_by = models.CharField(_("signed by"), max_length=200, blank=True, help_text=_("Name and office."))
    contact = models.TextField(
        _("press contact"),
        max_length=400,
        blank=True,
    )
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("Time of Paris. Until then nobody reads it but by a link that you give."),
    )
    corrections = BodyField(
        CorrectionsBlock(),
        verbose_name=_("corrections"),
        blank=True,
    )
    attachments = BodyField(AttachmentsBlock(), verbose_name=_("attachments"), blank=True)

    parent_page_types = ["home.PressIndexPage"]
    template = "home/press_release_page.html"
    pdf_template = "home/pdf/press_release.html"
    base_form_class = PressReleaseForm
    content_panels = [
        *DatedPage.content_panels[:1],
        MultiFieldPanel([FieldPanel("place"), FieldPanel("date")], heading=_("Place and date")),
        MultiFieldPanel(
            [
                FieldPanel("embargo_until", help_text=EMBARGO_HELP),
                EmbargoLinksPanel(template="home/staff/embargo_panel.html", heading=_("Links under embargo")),
            ],
            heading=_("Embargo"),
        ),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("signed_by"),
        FieldPanel(
            "contact",
            help_text=_("Name, telephone, e-mail. Left empty, the organisation's press contact is given."),
        ),
        FieldPanel("attachments"),
        FieldPanel(
            "corrections",
            help_text=_("What was wrong in the published release: shown above its text, dated."),
        ),
    ]
    override_translatable_fields = [
        *DatedPage.override_translatable_fields,
        SynchronizedField("embargo_until", overridable=False),
    ]

    class Meta:
        verbose_name = _("press release")
        verbose_name_plural = _("press releases")

    def save_revision(self, *args, **kwargs):
        """Write down a version whose schedule follows its embargo, whichever screen or program makes it."""
        embargo.follow(self)
        return super().save_revision(*args, **kwargs)

    def publish(self, revision, *args, **kwargs):
        """Publish, by whichever way, not before the embargo; refuse one that comes too late to hide anything."""
        embargo.prepare(self, revision)
        return super().publish(revision, *args, **kwargs)

    def refuse_hidden(self) -> None:
        """Raise Http404 under embargo, even where something made the page live: the last of the doors."""
        if embargo.is_ahead(self.embargo_until):
            raise Http404

    @property
    def newest_corrections(self) -> list:
        """The corrections, the newest first."""
        return sorted(self.corrections, key=lambda block: block.value["date"], reverse=True)

    def around(self) -> dict[str, Any]:
        """Return what stands below a release: who the organisation is, and whom the press may ask."""
        organisation = Organisation.current()
        of_all = (organisation.press_phone, organisation.press_email)
        return {
            "organiser": organisation.name,
            "about": getattr(organisation, f"about_{self.language}"),
            "contact": self.contact or "\n".join(line for line in of_all if line),
        }

    def get_context(self, request, *args, **kwargs):
        """Add what stands below the text: files, organisation, contact, and the release as it goes into a mail."""
        around = self.around()
        pdf = self.files().get(MadeKind.PDF)
        is_preview = getattr(request, "is_preview", False)
        return super().get_context(request, *args, **kwargs) | {
            "about": around["about"],
            "contact": around["contact"],
            # In a preview no page may offer them yet: their public address answers 404, to staff as well.
            "attachments": attachments(self, address_for_staff if is_preview else public_address),
            "pdf": pdf,
            "pdf_facts": facts("pdf", pdf.size, self.language) if pdf else "",
            "mail_text": as_text(self, around),
            "mail_html": as_html(self, around),
        }

    def print_context(self) -> dict[str, Any]:
        """Return what its PDF shows besides the page itself; marked while it is under embargo."""
        return {**self.around(), "embargo": embargo.hidden_until(self)}

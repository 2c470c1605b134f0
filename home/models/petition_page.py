"""The page about a petition: the CMS says why, the petition room says what is signed."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField

from home.blocks import TEXT_FEATURES, BodyBlock
from home.fields import BodyField
from home.models.base import CampaignPage, CampaignPageManager
from home.models.dated import DatedPage, newest
from home.models.feed import HasFeed
from home.models.news import NewsPage, updates_of
from home.safe_links import check_links
from petition import public

ONCE_CLOSED = "closed"  # the name of a preview
NO_TEXT = _(
    "This petition has no text in the language of this page yet, so the page can't be published. "
    "Ask whoever looks after the petition to write it first; until then, save the page as a draft."
)


class PetitionPageManager(CampaignPageManager):
    """Pages with their petition in the same statement."""

    def get_queryset(self):
        return super().get_queryset().select_related("petition")


class PetitionPageForm(WagtailAdminPageForm):
    """The editor's form, which says beside the field why a page can't be published."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "petition" in self.fields:  # not on the screen of a translation
            self.fields["petition"].queryset = public.petitions_by_title()

    def clean(self):
        cleaned = super().clean()
        petition = cleaned.get("petition")
        publishing = not self.is_deferred_validation
        if publishing and petition and not public.has_text(petition, self.instance.language):
            self.add_error("petition", NO_TEXT)
        try:
            check_links(cleaned.get("after_closing") or "")
        except ValidationError as refused:
            self.add_error("after_closing", refused)
        return cleaned


class PetitionPage(HasFeed, CampaignPage):
    """A page with the petition's demands, addressee, count and form, and the words that persuade."""

    petition = models.ForeignKey(
        "petition.Petition", verbose_name=_("petition"), on_delete=models.PROTECT, related_name="+"
    )
    intro = models.TextField(_("introduction"), max_length=600)
    body = BodyField(BodyBlock(), verbose_name=_("body"), blank=True)

    after_closing = RichTextField(
        _("after closing"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("What comes next: shown at the top of the page once the petition is closed."),
    )

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    show_in_menus_default = True
    allowed_http_methods = [*CampaignPage.allowed_http_methods, "POST"]
    template = "home/petition_page.html"
    base_form_class = PetitionPageForm
    content_panels = [
        *CampaignPage.content_panels,
        FieldPanel("petition"),
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("after_closing"),
    ]
    override_translatable_fields = [SynchronizedField("petition", overridable=False)]

    objects = PetitionPageManager()

    class Meta:
        verbose_name = _("petition page")
        verbose_name_plural = _("petition pages")

    def feed_entries(self) -> list[DatedPage]:
        """Return the newest updates of the petition, in the page's language."""
        return newest(NewsPage.objects.filter(petition=self.petition_id, locale=self.locale_id))

    def publish(self, revision, *args, **kwargs):
        """Publish, by whichever way, only where there is something to sign in the page's language."""
        if not public.has_text(revision.as_object().petition, self.language):
            raise ValidationError({"petition": [NO_TEXT]})
        return super().publish(revision, *args, **kwargs)

    def serve(self, request, *args, **kwargs):
        """Show the page, or hand a sent form to the petition room."""
        if request.method == "POST":
            request.campaign_page = (
                self  # the answer may be a page: its language switch leads back to this one
            )
            return public.answer_post(request, self.petition)
        return super().serve(request, *args, **kwargs)

    @property
    def preview_modes(self):
        """Offer the page as it will be once closed, too: what staff write for then shows nowhere before."""
        return [*super().preview_modes, (ONCE_CLOSED, _("Once the petition is closed"))]

    def serve_preview(self, request, mode_name):
        if mode_name == ONCE_CLOSED and self.petition_id:
            self.petition = public.as_closed(self.petition)
        return super().serve_preview(request, mode_name)

    def get_context(self, request, *args, **kwargs):
        """Add the petition, its text in the page's language (None while there is none, in previews), and its news."""
        context = super().get_context(request, *args, **kwargs)
        chosen = self.petition if self.petition_id else None
        context["petition"] = chosen
        if chosen:
            context["text"], context["corrections"] = public.what_is_signed(chosen, self.language)
            context["updates"] = updates_of(chosen, self.locale_id)
        return context

"""What is signed, per language and version: editable until it has been signed, then read-only for good."""

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from petition.models import Petition, PetitionText
from petition.services.texts import add_text, correct_text, current_text
from petition.staff.forms import PetitionTextForm
from petition.staff.keys import is_key
from petition.staff.viewsets.base import Details, Screen

CORRECT = _("Correct a slip (new version)")
MAY_EDIT_PETITION = "petition.change_petition"


class TextDetails(Details):
    """One version as it stands; beside each frozen field the reason why it can't change, and the way to mend a slip."""

    template_name = "petition/staff/text.html"
    copy_url_name = None

    @cached_property
    def is_newest(self) -> bool:
        """Whether these are the words that are signed now, of which alone a corrected version is made."""
        newest = current_text(self.object.petition, self.object.language)
        return newest is not None and newest.pk == self.object.pk

    @property
    def may_be_corrected(self) -> bool:
        return bool(self.object.frozen_at) and self.is_newest and self.user_has_permission("add")

    @cached_property
    def header_buttons(self):
        if not self.may_be_corrected:
            return []
        return [HeaderButton(CORRECT, url=self.correct_url, icon_name="edit")]

    @property
    def correct_url(self) -> str:
        return reverse(self.copy_url_name, args=[self.object.pk])

    def get_page_subtitle(self):
        return self.object.title

    def get_context_data(self, **kwargs):
        text = self.object
        return super().get_context_data(**kwargs) | {
            # Read row by row where there are millions: once in a while, by staff, and not by a visitor.
            "signed_by": text.signature_set.count() if text.frozen_at else 0,
            "correct_label": CORRECT,
            "may_be_corrected": self.may_be_corrected,
            "correct_url": self.correct_url,
            "is_newest": self.is_newest,
            "petition": Petition.objects.titled().get(pk=text.petition_id),
            "may_edit_petition": self.request.user.has_perm(MAY_EDIT_PETITION),
        }

    def get_edit_url(self):
        return None if self.object.frozen_at else super().get_edit_url()


class BackToPetition:
    """Leads back to the petition, where staff see what comes next."""

    def get_success_url(self):
        if self.request.user.has_perm(MAY_EDIT_PETITION):
            return reverse("petitions:edit", args=[self.object.petition_id])
        return super().get_success_url()

    def get_success_buttons(self):
        return []


class StoresText(BackToPetition):
    """Stores a new text through the service, which numbers it."""

    def save_instance(self):
        text = self.form.save(commit=False)
        add_text(text)
        log(text, "wagtail.create", content_changed=True)
        return text


class TextAdd(StoresText, generic.CreateView):
    """A first text in a language; the petition's page says of which petition, in which language."""

    page_subtitle = _("Add a text")
    submit_button_label = _("Save")

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items()[:-1], {"url": "", "label": self.page_subtitle}]

    def get_initial_form_instance(self):
        asked, language = self.request.GET.get("petition", ""), self.request.GET.get("language", "")
        known = Petition.objects.filter(pk=int(asked)).first() if is_key(asked) else None
        return PetitionText(petition=known, language=language if language in dict(settings.LANGUAGES) else "")


class TextCopy(StoresText, generic.CopyView):
    """A new version, filled in with the words of an earlier one."""

    page_subtitle = CORRECT
    submit_button_label = _("Save the new version")

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items()[:-1], {"url": "", "label": CORRECT}]

    def get_initial_form_instance(self):
        earlier = self.get_object()
        kept = ("petition_id", "language", "title", "demands", "addressee")
        return PetitionText(**{name: getattr(earlier, name) for name in kept})


class TextEdit(BackToPetition, generic.EditView):
    """A text that nobody has signed; a frozen one leads to where it can be read."""

    def dispatch(self, request, *args, **kwargs):
        frozen = PetitionText.objects.filter(pk=self.object_pk, frozen_at__isnull=False)
        if self.user_has_permission(self.permission_required) and frozen.exists():
            messages.warning(request, _("This text is being signed and can't change any more."))
            return redirect("petition_texts:inspect", self.object_pk)
        return super().dispatch(request, *args, **kwargs)

    def save_instance(self):
        text = self.form.save(commit=False)
        correct_text(text)
        self.has_content_changes = self.form.has_changed()
        log(text, "wagtail.edit", content_changed=self.has_content_changes)
        return text


class TextScreen(Screen):
    model = PetitionText
    name = "petition_texts"
    url_prefix = "petition/texts"
    icon = "doc-full"
    menu_label = _("Petition texts")
    add_item_label = _("Add a text")
    allowed = ("view", "add", "change")
    views = ("index", "index_results", "inspect", "add", "edit", "copy")
    related = ("petition",)
    add_view_class = TextAdd
    edit_view_class = TextEdit
    copy_view_class = TextCopy
    inspect_view_class = TextDetails
    edit_handler = ObjectList(
        [
            FieldPanel("petition"),
            FieldPanel("language"),
            FieldPanel("title"),
            FieldPanel("demands"),
            FieldPanel("addressee"),
            FieldPanel("note"),
        ],
        base_form_class=PetitionTextForm,
    )

    def get_copy_view_kwargs(self, **kwargs):
        return super().get_copy_view_kwargs(**kwargs) | {
            "template_name": "petition/staff/text_correction.html"
        }

    @cached_property
    def list_display(self):
        return [
            self.link_column("title", label=_("Title")),
            Column("language", accessor="get_language_display", label=_("Language")),
            Column("version", label=_("Version")),
            Column("petition", label=_("Petition")),
            DateColumn("frozen_at", label=_("Frozen on")),
        ]

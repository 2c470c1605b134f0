"""What is signed, per language and version: editable until it has been signed, then read-only for good."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from petition.models import PetitionText
from petition.services.texts import add_text, correct_text
from petition.staff.forms import PetitionTextForm
from petition.staff.viewsets.base import Details, Screen


class TextDetails(Details):
    """One version as it stands, with the reason why it can't change."""

    template_name = "petition/staff/text.html"
    copy_url_name = None

    @cached_property
    def header_buttons(self):
        if not self.user_has_permission("add"):
            return []
        url = reverse(self.copy_url_name, args=[self.object.pk])
        return [HeaderButton(_("New version"), url=url, icon_name="copy")]

    def get_demands_display_value(self):
        return format_html_join("", "<p>{}</p>", ((demand,) for demand in self.object.demand_list()))

    def get_edit_url(self):
        return None if self.object.frozen_at else super().get_edit_url()


class StoresText:
    """Stores a new text through the service, which numbers it."""

    def save_instance(self):
        text = self.form.save(commit=False)
        add_text(text)
        log(text, "wagtail.create", content_changed=True)
        return text

    def get_success_buttons(self):
        return []


class TextAdd(StoresText, generic.CreateView):
    """A first text in a language."""


class TextCopy(StoresText, generic.CopyView):
    """A new version, filled in with the words of an earlier one."""

    def get_initial_form_instance(self):
        earlier = self.get_object()
        kept = ("petition_id", "language", "title", "demands", "addressee")
        return PetitionText(**{name: getattr(earlier, name) for name in kept})


class TextEdit(generic.EditView):
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
    inspect_view_fields = [
        *("petition", "language", "version", "title", "demands", "addressee", "note", "frozen_at"),
    ]
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

    @cached_property
    def list_display(self):
        return [
            self.link_column("title", label=_("Title")),
            Column("language", accessor="get_language_display", label=_("Language")),
            Column("version", label=_("Version")),
            Column("petition", label=_("Petition")),
            DateColumn("frozen_at", label=_("Frozen on")),
        ]

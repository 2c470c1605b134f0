"""Who holds the addressed office, from when: it may change while people sign, and is then told in public."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic

from petition.models import OfficeHolder, Petition
from petition.staff.keys import is_key
from petition.staff.viewsets.base import AskFirst, Screen
from petition.staff.viewsets.texts import BackToPetition


class OfficeHolderForm(WagtailAdminModelForm):
    """A dated line; the petition is given once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["petition"].queryset = Petition.objects.titled().order_by("-pk")
        self.fields["petition"].disabled = bool(self.instance.pk)
        self.fields["note"].help_text = _("Said in public beside the name, such as why it changed.")

    class Meta:
        model = OfficeHolder
        fields = ("petition", "name", "as_of", "note")


class OfficeHolderAdd(BackToPetition, generic.CreateView):
    """A new line; the petition's own page says of which petition."""

    page_subtitle = _("Add a holder of the office")

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items()[:-1], {"url": "", "label": self.page_subtitle}]

    def get_initial_form_instance(self):
        asked = self.request.GET.get("petition", "")
        known = Petition.objects.filter(pk=int(asked)).first() if is_key(asked) else None
        return OfficeHolder(petition=known)


class OfficeHolderEdit(BackToPetition, generic.EditView):
    """Mends a line: a slip in a name or a date."""


class OfficeHolderDelete(BackToPetition, AskFirst, generic.DeleteView):
    """Takes a line away that was written by mistake."""

    any_permission_required = ("delete",)


class OfficeHolderScreen(Screen):
    model = OfficeHolder
    name = "office_holders"
    url_prefix = "petition/office-holders"
    icon = "user"
    menu_label = _("Holders of the office")
    add_item_label = _("Add a holder of the office")
    allowed = ("view", "add", "change", "delete")
    views = ("index", "index_results", "add", "edit", "delete")
    related = ("petition",)
    add_view_class = OfficeHolderAdd
    edit_view_class = OfficeHolderEdit
    delete_view_class = OfficeHolderDelete
    edit_handler = ObjectList(
        [FieldPanel("petition"), FieldPanel("name"), FieldPanel("as_of"), FieldPanel("note")],
        base_form_class=OfficeHolderForm,
    )

    @cached_property
    def list_display(self):
        return [
            self.link_column("name", view="edit", label=_("Name and office")),
            DateColumn("as_of", label=_("As of")),
            Column("petition", label=_("Petition")),
        ]

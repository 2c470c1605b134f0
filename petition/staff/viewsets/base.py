"""What all staff screens of the petition share. A screen is a declaration: columns, filters, and what may be done."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from petition.models import Petition
from petition.staff.permissions import OnlyPolicy


class AskFirst:
    """Ask for permission before the row is looked up: whoever may not see it doesn't learn whether it exists."""

    def setup(self, request, *args, **kwargs):
        self.request = request
        if not self.user_has_any_permission(self.any_permission_required):
            raise PermissionDenied
        super().setup(request, *args, **kwargs)


class Listing(generic.IndexView):
    """A list that can't be exported: what is listed leaves by no address that the screen doesn't show."""

    related: tuple[str, ...] = ()  # rows fetched along, so that each further line costs no statement

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.is_export = False

    def get_base_queryset(self):
        along = [name for name in self.related if name != "petition"]
        rows = super().get_base_queryset()
        rows = rows.select_related(*along) if along else rows
        if "petition" in self.related:  # fetched by its title, which is what staff know it by
            rows = rows.prefetch_related(Prefetch("petition", Petition.objects.titled()))
        return rows

    @cached_property
    def filters(self):
        """Offer petitions by their titles, too."""
        filterset = super().filters
        if filterset and "petition" in filterset.form.fields:
            filterset.form.fields["petition"].queryset = Petition.objects.titled()
        return filterset


class Details(AskFirst, generic.InspectView):
    """One row, to be read; moments in the reader's time zone, which the page would give in UTC."""

    page_title = _("Details")
    labels: dict[str, object] = {}  # of fields whose model has no better one

    def get_field_label(self, field_name, field):
        return self.labels.get(field_name) or super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name, field):
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, datetime):
            return date_format(localtime(value), "DATETIME_FORMAT")
        return value


class Screen(ModelViewSet):
    """A viewset that has the addresses and the actions that it names, and no other."""

    add_to_reference_index = False
    index_view_class = Listing
    inspect_view_class = Details
    allowed: tuple[str, ...]
    views: tuple[str, ...]
    related: tuple[str, ...] = ()
    add_item_label: object = ModelViewSet.UNDEFINED
    form_fields: list[str] = []  # Wagtail builds every view before we leave some out

    @property
    def inspect_view_enabled(self):
        return "inspect" in self.views

    @property
    def copy_view_enabled(self):
        return "copy" in self.views

    @property
    def permission_policy(self):
        return OnlyPolicy(self.model, *self.allowed)

    def get_permissions_to_register(self):
        return self.permission_policy.permissions()

    def register_admin_url_finder(self):
        """Let Wagtail's history link to a row only where there is a form for it."""
        if "edit" in self.views:
            super().register_admin_url_finder()

    def get_urlpatterns(self):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in self.views]

    def get_common_view_kwargs(self, **kwargs):
        """Tell the views only of addresses that exist."""
        known = super().get_common_view_kwargs(**kwargs)
        return {
            name: value
            for name, value in known.items()
            if not name.endswith("_url_name") or value.rpartition(":")[2] in self.views
        }

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(
            related=self.related, add_item_label=self.add_item_label, **kwargs
        )

    def link_column(self, name: str, view: str = "inspect", **kwargs) -> TitleColumn:
        """Return the column that leads to a row's own page."""
        url_name = self.get_url_name(view)
        return TitleColumn(name, get_url=lambda row: reverse(url_name, args=[row.pk]), **kwargs)


class ReadOnlyScreen(Screen):
    """A list and the details of one row; no address changes anything."""

    allowed: tuple[str, ...] = ("view",)
    views: tuple[str, ...] = ("index", "index_results", "inspect")

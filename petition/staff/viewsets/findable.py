"""Lists of people in which staff find one mailbox, and the details of one person."""

import re

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from petition.models import Petition
from petition.staff import words
from petition.staff.viewsets.base import Details, Listing, ReadOnlyScreen

FINGERPRINT = re.compile(r"[0-9a-f]{32}")  # what email_key() makes; PostgreSQL refuses some other characters
MAILBOX = "mailbox"  # in a list's address: the fingerprint of the e-mail address that was looked for


class MarkColumn(Column):
    """A tag on the rows of which something is true, and nothing on the others."""

    cell_template_name = "petition/staff/mark_cell.html"

    def __init__(self, name: str, *, mark: object, **kwargs):
        super().__init__(name, **kwargs)
        self.mark = mark

    def get_cell_context_data(self, instance, parent_context):
        return super().get_cell_context_data(instance, parent_context) | {"mark": self.mark}


class FindableListing(Listing):
    """A list that shows one mailbox's rows when its fingerprint stands in the address.

    The fingerprint and not the e-mail address, which would stay in logs and in the browser's history. By petition and
    fingerprint the unique index answers at once, whatever the number of rows.
    """

    template_name = "petition/staff/findable.html"
    results_template_name = "petition/staff/findable_results.html"
    find_url_name = ""
    other_list_url_name = ""
    other_list_label: object = ""

    @property
    def mailbox(self) -> str:
        """The fingerprint that is looked for, or nothing."""
        return self.request.GET.get(MAILBOX, "")

    def get_base_queryset(self):
        rows = super().get_base_queryset()
        if not self.mailbox:
            return rows
        if not FINGERPRINT.fullmatch(self.mailbox):
            return rows.none()
        return self.of_mailbox(rows)

    def of_mailbox(self, rows):
        """Return the rows of the mailbox that is looked for."""
        petitions = list(Petition.objects.values_list("pk", flat=True))
        return rows.filter(petition__in=petitions, email_key=self.mailbox)


class PersonDetails(Details):
    """What one person sent, codes in words."""

    labels = {"text": _("Text"), "consents": _("Agreed to"), "uuid": _("Number")}

    def get_page_subtitle(self):
        return words.full_name(self.object)

    def get_place_display_value(self):
        return words.place(self.object) or "–"

    def get_reasons_display_value(self):
        return words.reasons(self.object) or "–"

    def get_trial_display_value(self):
        return _("Yes: it never counts, and is erased on opening") if self.object.trial else _("No")

    def get_consents_display_value(self):
        return words.purposes(self.object)


class FindableScreen(ReadOnlyScreen):
    """People's rows: read-only, found by e-mail address, newest first by the primary key's own index."""

    index_view_class = FindableListing
    inspect_view_class = PersonDetails
    related: tuple[str, ...] = ("petition",)
    ordering = "-id"
    find_url_name: str
    other_list_url_name: str
    other_list_label: object

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(
            find_url_name=self.find_url_name,
            other_list_url_name=self.other_list_url_name,
            other_list_label=self.other_list_label,
            **kwargs,
        )

    def name_column(self):
        return self.link_column("name", accessor=words.full_name, label=_("Name"))

    @staticmethod
    def place_column():
        return Column("place", accessor=words.place, label=_("Place"))

    @staticmethod
    def trial_column():
        return MarkColumn("trial", mark=_("Trial"), label=_("Trial"))

    @staticmethod
    def petition_column():
        return Column("petition", label=_("Petition"))

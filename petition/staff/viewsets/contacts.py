"""Supporters: who asked for news, how far the list has taken them, whom it refused and why."""

from django.forms import CheckboxSelectMultiple
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, MultipleChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn

from petition import mailing
from petition.enums import ContactState, ListState
from petition.models import Contact
from petition.models.contact import UNSETTLED
from petition.staff import actions, contact_actions, returned_mail, words
from petition.staff.supporters import supporters_now, to_be_tried_again
from petition.staff.viewsets.base import Details
from petition.staff.viewsets.buttons import ButtonColumn, Press
from petition.staff.viewsets.findable import FindableListing, FindableScreen


def lists() -> list[tuple[str, str]]:
    """Return the lists of the settings, for a filter."""
    return [(alias, entry.name) for alias, entry in mailing.entries().items()]


class ContactFilters(WagtailFilterSet):
    """By state, by list, by how far the list has taken them."""

    state = MultipleChoiceFilter(
        label=_("State"), choices=ContactState.choices, widget=CheckboxSelectMultiple
    )
    provider = ChoiceFilter(label=_("List"), choices=lists)
    provider_state = MultipleChoiceFilter(
        label=_("On the list"), choices=ListState.choices, widget=CheckboxSelectMultiple
    )

    class Meta:
        model = Contact
        fields = ["state", "provider", "provider_state"]


def press(contact: Contact) -> Press | None:
    """Another try, where the list has not taken them or has not let go of them."""
    if contact.provider_state not in UNSETTLED:
        return None
    return gettext("Try again"), reverse("contacts:try_again", args=[contact.pk])


class ContactListing(FindableListing):
    """Supporters, newest first, below how many stand how with the list."""

    template_name = "petition/staff/contacts.html"
    results_template_name = "petition/staff/contacts_results.html"

    def of_mailbox(self, rows):
        return rows.filter(email_key=self.mailbox)

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        if not self.results_only:
            context["supporters"] = supporters_now()
            if self.request.user.has_perm(contact_actions.MAY_TRY_AGAIN):
                context["to_be_tried_again"] = to_be_tried_again().count()
        return context


class ContactDetails(Details):
    """One supporter, with the words that they agreed to, codes in words."""

    labels = {
        "consent_text": _("Agreed to"),
        "uuid": _("Number"),
        "returned_mail": _("Mails that came back"),
    }

    def get_page_subtitle(self):
        return words.supporter(self.object)

    def get_provider_display_value(self):
        return words.list_of(self.object) or "–"

    def get_provider_refusal_display_value(self):
        return words.refusal(self.object) or "–"

    def get_returned_mail_display_value(self):
        return returned_mail.in_words(self.object.email_key) or "–"

    def get_consent_text_display_value(self):
        return self.object.consent_text.sentence

    def get_field_display_value(self, field_name, field):
        return super().get_field_display_value(field_name, field) or "–"


class ContactScreen(FindableScreen):
    model = Contact
    name = "contacts"
    url_prefix = "petition/contacts"
    icon = "user"
    menu_label = _("Contacts")
    related = ()
    allowed = ("view", "change")
    index_view_class = ContactListing
    inspect_view_class = ContactDetails
    filterset_class = ContactFilters
    index_template_name = ContactListing.template_name
    index_results_template_name = ContactListing.results_template_name
    find_url_name = "contacts:find"
    other_list_url_name = "signatures:index"
    other_list_label = _("Look for it among the signatures")
    inspect_view_fields = [
        *("email", "first_name", "language", "state", "state_changed_at", "returned_mail"),
        *("provider", "provider_state", "provider_refusal", "provider_said_at", "passed_at"),
        *("consent_text", "given_at", "confirmed_at", "source", "asked_at", "uuid"),
    ]

    @cached_property
    def list_display(self):
        return [
            self.link_column("email", accessor=words.supporter, label=_("Supporter"), classname="supporter"),
            StatusTagColumn(
                "state",
                accessor="get_state_display",
                label=_("State"),
                primary=lambda row: row.state == ContactState.SUBSCRIBED,
            ),
            Column("provider", accessor=words.list_of, label=_("List")),
            Column("provider_state", accessor="get_provider_state_display", label=_("On the list")),
            Column("why", accessor=words.refusal, label=_("Why"), classname="delivery__error"),
            DateColumn("state_changed_at", label=_("Since")),
            ButtonColumn("act", may=contact_actions.MAY_TRY_AGAIN, press=press),
        ]

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(filterset_class=self.filterset_class, **kwargs)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("find/", actions.find_contact, name="find"),
            path("try-again/<int:pk>/", contact_actions.try_again, name="try_again"),
            path("try-again/", contact_actions.try_all_again, name="try_all_again"),
        ]

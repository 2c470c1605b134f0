"""Petitions: who asks, how far, from when to when. Opening and closing are pages of their own."""

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_required
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from petition.enums import PetitionState
from petition.models import Petition
from petition.services.wording import publish_consent_texts
from petition.staff.days import MAY_SEE_DAYS, DaysPage
from petition.staff.ending import DeliverPage, EndPanel, PostponePage, TakeDeliveryBackPage
from petition.staff.forms import PetitionForm
from petition.staff.life import MAY_CHANGE, ClosePage, OpenPage, ReopenPage
from petition.staff.petition_panels import PagePanel, WordsPanel
from petition.staff.trial_panel import TrialPanel
from petition.staff.viewsets.base import AskFirst, Listing, Screen

# What comes next in the life of a petition: the address, the words on the button, and its sign.
STEPS: dict[PetitionState, list[tuple[str, object, str]]] = {
    PetitionState.PREPARATION: [("open", _("Open…"), "check")],
    PetitionState.OPEN: [("close", _("Close…"), "lock")],
    PetitionState.CLOSED: [
        ("deliver", _("Delivered…"), "mail"),
        ("reopen", _("Open again…"), "lock-open"),
    ],
    PetitionState.DELIVERED: [("take_delivery_back", _("Not delivered after all…"), "undo")],
}


DAYS = ("days", _("Day by day"), "calendar")


class History(AskFirst, generic.history.HistoryView):
    """Who changed a petition, and when."""

    def get_base_object_queryset(self):
        return Petition.objects.titled()


class PetitionListing(Listing):
    """Petitions by their titles; one without a text yet by its short name."""

    def get_base_queryset(self):
        return super().get_base_queryset().titled()


class PetitionAdd(generic.CreateView):
    """A new petition, in preparation; its own page follows, which says what comes next."""

    page_subtitle = _("Add a petition")

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items()[:-1], {"url": "", "label": self.page_subtitle}]

    def get_success_url(self):
        return self.get_edit_url()

    def get_success_buttons(self):
        return []


class PetitionEdit(generic.EditView):
    """Saves, and publishes the consent words again: where the organiser's name changed they become new versions."""

    def get_queryset(self):
        return Petition.objects.titled()

    def save_instance(self):
        """Store the fields of the form and no other: the petition may be opened or closed meanwhile."""
        petition = self.form.save(commit=False)
        petition.save(update_fields=[name for name, field in self.form.fields.items() if not field.disabled])
        self.has_content_changes = self.form.has_changed()
        log(petition, "wagtail.edit", content_changed=self.has_content_changes)
        publish_consent_texts(petition)
        return petition

    @cached_property
    def header_buttons(self):
        return [
            HeaderButton(label, url=reverse(f"petitions:{name}", args=[self.object.pk]), icon_name=icon)
            for name, label, icon in [*STEPS.get(PetitionState(self.object.state), []), DAYS]
        ]


class PetitionScreen(Screen):
    model = Petition
    name = "petitions"
    url_prefix = "petition/petitions"
    icon = "form"
    menu_label = _("Petitions")
    add_item_label = _("Add a petition")
    allowed = ("view", "add", "change")
    views = ("index", "index_results", "add", "edit", "history", "history_results")
    index_view_class = PetitionListing
    add_view_class = PetitionAdd
    edit_view_class = PetitionEdit
    history_view_class = History
    edit_handler = ObjectList(
        [
            HelpPanel(template="petition/staff/petition_state_panel.html"),
            MultiFieldPanel([FieldPanel("organiser"), FieldPanel("slug")], heading=_("Who asks")),
            MultiFieldPanel(
                [FieldPanel("goal_steps"), FieldPanel("opens_at"), FieldPanel("closes_at")],
                heading=_("How far, from when to when"),
            ),
            MultiFieldPanel([FieldPanel("watched_domains")], heading=_("What deserves a look")),
            MultiFieldPanel(
                [FieldPanel("sender_name"), FieldPanel("sender_address"), FieldPanel("reply_to")],
                heading=_("Its mails"),
            ),
            WordsPanel(template="petition/staff/texts_panel.html", heading=_("What is signed")),
            HelpPanel(
                template="petition/staff/holders_panel.html", heading=_("Who holds the addressed office")
            ),
            WordsPanel(template="petition/staff/consents_panel.html", heading=_("What people agree to")),
            PagePanel(template="petition/staff/page_panel.html", heading=_("Where people find it")),
            EndPanel(template="petition/staff/end_panel.html", heading=_("How long its names are kept")),
            TrialPanel(template="petition/staff/trial_panel.html", heading=_("Try it before it opens")),
        ],
        base_form_class=PetitionForm,
    )

    @cached_property
    def list_display(self):
        return [
            self.link_column("title", accessor=str, view="edit", label=_("Petition")),
            StatusTagColumn(
                "state",
                accessor="get_state_display",
                label=_("State"),
                primary=lambda row: row.state == PetitionState.OPEN,
            ),
            Column("organiser", label=_("Organiser")),
            DateColumn("opened_at", label=_("Opened on")),
            DateColumn("closes_at", label=_("Closes on")),
        ]

    def get_urlpatterns(self):
        steps = {
            "open": OpenPage,
            "close": ClosePage,
            "reopen": ReopenPage,
            "deliver": DeliverPage,
            "take_delivery_back": TakeDeliveryBackPage,
            "postpone": PostponePage,
        }
        return [
            *super().get_urlpatterns(),
            *(
                path(f"<int:pk>/{name}/", permission_required(MAY_CHANGE)(page.as_view()), name=name)
                for name, page in steps.items()
            ),
            path("<int:pk>/days/", permission_required(MAY_SEE_DAYS)(DaysPage.as_view()), name="days"),
        ]

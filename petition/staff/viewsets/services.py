"""« Services »: which list the news are sent from, what each is, and the page on which one is switched on."""

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from petition import mailing
from petition.models import ServiceSettings
from petition.services import news
from petition.services.switching import asks_for_its_name, may_switch, service_name, switch_mailing
from petition.staff import news_actions, services_shown
from petition.staff.switch_form import SwitchForm
from petition.staff.viewsets.base import Screen

SWITCH_MAILING = "services.switch_mailing"
MAY_SEE = "view"


class ServicesPage(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page about services, for those who may see them."""

    any_permission_required = [MAY_SEE]
    model = ServiceSettings
    permission_policy = None
    index_url_name = ""
    header_icon = ""

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class ServicesView(ServicesPage):
    """Each list of the settings: what it is, who switched it on, what is missing to choose it."""

    page_title = _("Services")
    template_name = "petition/staff/services.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            lists=[(now, may_switch(self.request.user, now.entry)) for now in services_shown.lists_now()],
            env_file=settings.ENV_FILE,
            restart_command=settings.RESTART_COMMAND,
            who_may=services_shown.groups_that_may_switch_outside(),
            ask_again_count=news.waiting_to_be_asked(),
            **kwargs,
        )


class SwitchView(ServicesPage):
    """What switching one list on means, and the form that does it."""

    template_name = "petition/staff/switch.html"

    def dispatch(self, request, *args, alias: str, **kwargs):
        self.entry = mailing.entries().get(alias)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        return self.answer(SwitchForm(self.found(), request.user))

    def post(self, request, *args, **kwargs):
        entry = self.found()
        if not may_switch(request.user, entry):
            return self.answer(None, status=403)
        form = SwitchForm(entry, request.user, request.POST)
        if not form.is_valid():
            return self.answer(form, status=422)
        switch(request, entry, **form.cleaned_data)
        return redirect(self.index_url_name)

    def found(self) -> mailing.Entry:
        """Return the list of the address. Raises Http404 where the settings don't know it."""
        if self.entry is None:
            raise Http404
        return self.entry

    def answer(self, form: SwitchForm | None, status: int = 200):
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_page_title(self):
        return gettext("Switch on %(list)s") % {"list": self.found().name}

    def get_breadcrumbs_items(self):
        above = {"url": reverse(self.index_url_name), "label": gettext("Services")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        entry = self.found()
        may = may_switch(self.request.user, entry)
        return super().get_context_data(
            entry=entry,
            service=service_name(entry),
            is_outside=asks_for_its_name(entry),
            is_on=mailing.chosen_alias() == entry.alias,
            may_switch=may,
            can_be_switched=may and entry.can_be_chosen,
            words=services_shown.words_with(entry),
            petitions=services_shown.petitions_asking().count(),
            not_passed_on=services_shown.supporters_not_passed_on(entry) if entry.disclosure else 0,
            who_may=services_shown.groups_that_may_switch_outside(),
            services_url=reverse(self.index_url_name),
            **kwargs,
        )


def switch(request, entry: mailing.Entry, *, reason: str, typed: str = "") -> None:
    """Switch a list on, write in the site's history who did and why, and say so."""
    before = mailing.chosen().name
    with transaction.atomic():
        row = switch_mailing(entry.alias, by=request.user, reason=reason, typed=typed)
        log(
            row,
            SWITCH_MAILING,
            user=request.user,
            title=gettext("Services"),
            data={"before": before, "now": entry.name, "reason": row.reason},
        )
    messages.success(request, gettext("News are sent from “%(list)s” from now on.") % {"list": entry.name})


class ServicesScreen(Screen):
    model = ServiceSettings
    name = "services"
    url_prefix = "petition/services"
    icon = "cog"
    menu_label = _("Services")
    allowed = ("view", "change")
    views = ("index",)
    index_view_class = ServicesView

    def get_permissions_to_register(self):
        """Offer the right to switch on a service outside the European Union beside the usual ones."""
        ours = Q(content_type__app_label=self.app_label, content_type__model=self.model_name)
        wanted = ["view_servicesettings", "change_servicesettings", "switch_outside_service"]
        return Permission.objects.filter(ours, codename__in=wanted)

    def get_urlpatterns(self):
        return [
            path("", self.construct_view(ServicesView), name="index"),
            path("mailing/<slug:alias>/", self.construct_view(SwitchView), name="switch"),
            path("ask-again/", news_actions.ask_supporters_again, name="ask_again"),
        ]

"""« Ce que ce site appelle »: every host that this server may call, as the settings say."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from petition.models import ServiceSettings
from petition.staff.services_shown import outgoing_calls
from petition.staff.viewsets.base import Screen
from petition.staff.viewsets.services import ServicesPage


class OutgoingView(ServicesPage):
    """The hosts, by what for; nothing else is called."""

    page_title = _("What this site calls")
    template_name = "petition/staff/outgoing.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(calls=outgoing_calls(), **kwargs)


class OutgoingScreen(Screen):
    model = ServiceSettings
    name = "outgoing"
    url_prefix = "petition/outgoing"
    icon = "globe"
    menu_label = _("What this site calls")
    allowed = ("view",)
    views = ("index",)
    index_view_class = OutgoingView

    def get_urlpatterns(self):
        return [path("", self.construct_view(OutgoingView), name="index")]

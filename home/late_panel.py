"""What the dashboard tells those who publish: which pages are past their moment, and why."""

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogFormatter
from wagtail.permissions import page_permission_policy

from campaign.outbox.health import worker_silent_since
from home.scheduled import NOT_PUBLISHED, NOT_TAKEN_DOWN, late_pages


class LatePagesPanel(Component):
    """The pages that wait although their moment has passed; nothing while there are none."""

    name = "late_pages"
    template_name = "wagtailadmin/home/late_pages.html"
    order = 20

    def get_context_data(self, parent_context=None):
        late = late_pages()
        return {"late": late, "silent_since": worker_silent_since() if late else None}


@hooks.register("construct_homepage_panels")
def add_late_pages(request: HttpRequest, panels: list) -> None:
    """Put the panel on the dashboard of those who publish pages."""
    if page_permission_policy.user_has_permission(request.user, "publish"):
        panels.append(LatePagesPanel())


@hooks.register("register_log_actions")
def name_what_failed(actions) -> None:
    """Say in a page's history why it was not published, or not taken down, at its moment."""

    @actions.register_action(NOT_PUBLISHED)
    class NotPublished(LogFormatter):
        label = _("Failed to publish on time")

        def format_message(self, log_entry):
            words = gettext("Could not be published at its moment: %(reason)s")
            return words % {"reason": log_entry.data.get("reason", "")}

    @actions.register_action(NOT_TAKEN_DOWN)
    class NotTakenDown(LogFormatter):
        label = _("Failed to take down on time")

        def format_message(self, log_entry):
            words = gettext("Could not be taken down at its moment: %(reason)s")
            return words % {"reason": log_entry.data.get("reason", "")}

"""What the petition adds to the admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from petition.staff.actions import TRY_AGAIN, TRY_ALL_AGAIN
from petition.staff.panels import add_petition_panel
from petition.staff.viewsets import PetitionScreens

hooks.register("construct_homepage_panels", add_petition_panel)


@hooks.register("register_admin_viewset")
def petition_screens() -> PetitionScreens:
    return PetitionScreens()


@hooks.register("insert_global_admin_css")
def staff_style_sheet() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/staff.css"))


@hooks.register("register_log_actions")
def staff_acts(actions) -> None:
    """Name the acts of staff/actions.py for the site's history."""
    actions.register_action(TRY_AGAIN, _("Try a delivery again"), _("Asked for another try"))

    @actions.register_action(TRY_ALL_AGAIN)
    class TryAllAgain(LogFormatter):
        label = _("Try all failed deliveries again")

        def format_message(self, log_entry):
            number = log_entry.data.get("number", 0)
            words = ngettext(
                "Asked for another try of %(number)s failed delivery",
                "Asked for another try of all %(number)s failed deliveries",
                number,
            )
            return words % {"number": number}

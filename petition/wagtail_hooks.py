"""What the petition adds to the admin."""

from datetime import date

from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from petition.staff.actions import DONE_BY_HAND, TRY_AGAIN, TRY_ALL_AGAIN
from petition.staff.consent_words import REWORD, boxes_in_words
from petition.staff.contact_actions import ASK_LIST_AGAIN, ASK_LIST_AGAIN_FOR_ALL
from petition.staff.deletions import add_late_deletions
from petition.staff.ending import DELIVER, POSTPONE, TAKE_DELIVERY_BACK
from petition.staff.endorsement_acts import register_history
from petition.staff.endorsement_panel import add_endorsement_panel
from petition.staff.judging_words import name_acts
from petition.staff.life import CLOSE, OPEN, REOPEN
from petition.staff.news_actions import ASK_SUPPORTERS
from petition.staff.panels import add_petition_panel
from petition.staff.resend import RESEND
from petition.staff.viewsets import PetitionScreens
from petition.staff.viewsets.mails import SEND_EXAMPLE
from petition.staff.viewsets.not_written_to import LIFT
from petition.staff.viewsets.services import SWITCH_MAILING

hooks.register("construct_homepage_panels", add_petition_panel)
hooks.register("construct_homepage_panels", add_late_deletions)

hooks.register("construct_homepage_panels", add_endorsement_panel)
hooks.register("register_log_actions", register_history)


@hooks.register("register_admin_viewset")
def petition_screens() -> PetitionScreens:
    return PetitionScreens()


@hooks.register("insert_global_admin_css")
def staff_style_sheet() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/staff.css"))


def day_of(log_entry, name: str) -> str:
    """Return a day that a line of the history is about, as staff read it."""
    written = log_entry.data.get(name, "")
    return date_format(date.fromisoformat(written)) if written else ""


@hooks.register("register_log_actions")
def staff_acts(actions) -> None:
    """Name the acts of staff/actions.py for the site's history."""
    name_acts(actions)
    actions.register_action(CLOSE, _("Close the petition"), _("Closed the petition"))
    actions.register_action(REOPEN, _("Open the petition again"), _("Opened the petition again"))
    actions.register_action(
        TAKE_DELIVERY_BACK, _("Take the delivery back"), _("Wrote down that it is not delivered after all")
    )
    actions.register_action(
        SEND_EXAMPLE, _("Send oneself an example of a mail"), _("Asked for an example of a mail")
    )
    actions.register_action(TRY_AGAIN, _("Try a delivery again"), _("Asked for another try"))
    actions.register_action(DONE_BY_HAND, _("Take a delivery for done"), _("Took it for done by hand"))
    actions.register_action(
        ASK_LIST_AGAIN, _("Ask the list again for a supporter"), _("Had the list asked again")
    )

    @actions.register_action(REWORD)
    class Reword(LogFormatter):
        label = _("Edit the words of the boxes")

        def format_message(self, log_entry):
            boxes = boxes_in_words(log_entry.data.get("boxes", []))
            return gettext("Changed the words that people agree to: %(boxes)s") % {"boxes": boxes}

    @actions.register_action(OPEN)
    class Open(LogFormatter):
        label = _("Open the petition")

        def format_message(self, log_entry):
            undone = log_entry.data.get("undone", 0)
            if not undone:
                return gettext("Opened the petition")
            words = ngettext(
                "Opened the petition although %(number)s point was not done",
                "Opened the petition although %(number)s points were not done",
                undone,
            )
            return words % {"number": undone}

    @actions.register_action(DELIVER)
    class Deliver(LogFormatter):
        label = _("Write the delivery down")

        def format_message(self, log_entry):
            return gettext("Wrote down that it was delivered on %(day)s") % {"day": day_of(log_entry, "day")}

    @actions.register_action(POSTPONE)
    class Postpone(LogFormatter):
        label = _("Keep the names longer")

        def format_message(self, log_entry):
            words = gettext("Keeps the names until %(day)s: %(why)s")
            return words % {"day": day_of(log_entry, "until"), "why": log_entry.data.get("why", "")}

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

    @actions.register_action(ASK_LIST_AGAIN_FOR_ALL)
    class AskListAgainForAll(LogFormatter):
        label = _("Ask the list again for all who wait or were refused")

        def format_message(self, log_entry):
            number = log_entry.data.get("number", 0)
            words = ngettext(
                "Had the list asked again for %(number)s supporter",
                "Had the list asked again for %(number)s supporters",
                number,
            )
            return words % {"number": number}

    @actions.register_action(RESEND)
    class Resend(LogFormatter):
        label = _("Send the mail to confirm again")

        def format_message(self, log_entry):
            number = log_entry.data.get("number", 0)
            words = ngettext(
                "Had the mail to confirm sent again to %(number)s person",
                "Had the mail to confirm sent again to %(number)s people",
                number,
            )
            return words % {"number": number}

    @actions.register_action(LIFT)
    class Lift(LogFormatter):
        label = _("Write to an address again")

        def format_message(self, log_entry):
            words = gettext("Let an address be written to again whose mail had come back: %(reason)s")
            return words % {"reason": log_entry.data.get("reason", "")}

    @actions.register_action(SWITCH_MAILING)
    class SwitchMailing(LogFormatter):
        label = _("Switch the list that news are sent from")

        def format_message(self, log_entry):
            words = gettext("Switched the news from “%(before)s” to “%(now)s”: %(reason)s")
            return words % log_entry.data

    @actions.register_action(ASK_SUPPORTERS)
    class AskSupporters(LogFormatter):
        label = _("Ask supporters again by e-mail")

        def format_message(self, log_entry):
            number = log_entry.data.get("number", 0)
            words = ngettext(
                "Asked %(number)s supporter whether they agree to %(list)s",
                "Asked %(number)s supporters whether they agree to %(list)s",
                number,
            )
            return words % {"number": number, "list": log_entry.data.get("list", "")}

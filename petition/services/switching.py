"""Switch the list that news are sent from: who may, what must be said first, and what follows for visitors' words."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from petition import mailing
from petition.errors import SwitchRefused
from petition.models import ServiceSettings
from petition.services.wording import publish_all

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MAY_SWITCH = "petition.change_servicesettings"
MAY_SWITCH_OUTSIDE = "petition.switch_outside_service"


@transaction.atomic
def switch_mailing(alias: str, *, by: "User", reason: str, typed: str = "") -> ServiceSettings:
    """Have news sent from the list `alias` from now on, and publish the words that visitors agree to again.

    Whoever agreed to earlier words stays where they are. Choosing what is on already only writes down who chose it,
    when and why. Raises SwitchRefused, and changes nothing.
    """
    if why := refusals(alias, by=by, reason=reason, typed=typed):
        raise SwitchRefused(why)
    ServiceSettings.objects.get_or_create(pk=1)
    row = ServiceSettings.objects.select_for_update().get(pk=1)
    row.mailing, row.changed_by, row.reason = alias, by, reason.strip()
    row.save()
    publish_all()
    return row


def refusals(alias: str, *, by: "User", reason: str, typed: str) -> dict[str, str]:
    """Return in words what stands against the switch, by the field that it is about; nothing where it can be made."""
    entry = mailing.entries().get(alias)
    if entry is None:
        return {"": _("The settings know no such list.")}
    if not may_switch(by, entry):
        return {"": _("You may not switch on this service.")}
    if entry.missing_variables:
        missing = ", ".join(entry.missing_variables)
        return {"": _("Its key is missing in the settings: %(variables)s.") % {"variables": missing}}
    if not entry.can_be_chosen:
        return {"": _("It does not say all that visitors must read before it may be used.")}
    why = {}
    if not reason.strip():
        why["reason"] = _("Say why: it is kept with your name and the date.")
    if asks_for_its_name(entry) and _bare(typed) != _bare(service_name(entry)):
        why["typed"] = _("Type the service's name as it is written here: %(name)s.") % {
            "name": service_name(entry)
        }
    return why


def may_switch(by: "User", entry: mailing.Entry) -> bool:
    """Whether somebody may choose a list; one outside the European Union asks for a right of its own."""
    return by.has_perm(MAY_SWITCH) and (not asks_for_its_name(entry) or by.has_perm(MAY_SWITCH_OUTSIDE))


def asks_for_its_name(entry: mailing.Entry) -> bool:
    """Whether the name must be typed, so that nobody switches it on by a slip."""
    return entry.disclosure is not None and entry.disclosure.is_outside_the_union


def service_name(entry: mailing.Entry) -> str:
    """Return the name that visitors read, or what staff call a list that tells nobody."""
    return entry.disclosure.service if entry.disclosure else entry.name


def _bare(words: str) -> str:
    return " ".join(words.split()).casefold()

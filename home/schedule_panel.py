"""The moments at which a page goes live and is taken down, with the time zone that they are meant in."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import PublishingPanel

ZONE = _(
    "Time of Paris (Europe/Paris), summer or winter time as on that day. It happens within a minute; if the server "
    "is down then, as soon as it is back."
)


def schedule_panel() -> PublishingPanel:
    """Return Wagtail's panel, which leaves open whose six o'clock is meant."""
    panel = PublishingPanel()
    for child in panel.children:
        child.help_text = ZONE
    return panel

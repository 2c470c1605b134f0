"""What the dashboard tells those who read what organisations send: how many wait."""

from wagtail.admin.ui.components import Component

from petition.models import Endorsement


class EndorsementPanel(Component):
    """How many organisations wait to be read, and the way to them."""

    name = "endorsements"
    template_name = "petition/staff/endorsement_panel.html"
    order = 55

    def __init__(self, waiting: int):
        self.waiting = waiting

    def get_context_data(self, parent_context=None):
        return {"waiting": self.waiting}


def add_endorsement_panel(request, panels) -> None:
    """Put the panel on the dashboard of those who may decide, while somebody waits."""
    may = request.user.has_perm("petition.change_endorsement")
    if may and (waiting := Endorsement.objects.to_be_reviewed().count()):
        panels.append(EndorsementPanel(waiting))

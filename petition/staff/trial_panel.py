"""The links with which a petition in preparation is tried, on its own page in the admin."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from wagtail.admin.panels import HelpPanel

from petition.enums import PetitionState
from petition.links import TRIAL_LIFE, trial_url
from petition.models import Petition
from petition.services.checklist import TRIAL_ANCHOR
from petition.services.texts import texts_by_language


@dataclass(frozen=True)
class TrialLink:
    """The link to try a petition in one language."""

    language: str
    language_name: str
    url: str


def trial_links(petition: Petition) -> list[TrialLink]:
    """Return a fresh link per language in which the petition has a text, in the site's order."""
    written = texts_by_language(petition)
    return [
        TrialLink(code, str(name), trial_url(petition, code))
        for code, name in settings.LANGUAGES
        if code in written
    ]


class TrialPanel(HelpPanel):
    """A panel without fields: links and their end while the petition is in preparation, nothing afterwards."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self):
            return self.instance.pk is not None and self.instance.state == PetitionState.PREPARATION

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {
                "anchor": TRIAL_ANCHOR,
                "links": trial_links(self.instance),
                "expires_at": timezone.now() + TRIAL_LIFE,
            }

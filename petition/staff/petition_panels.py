"""What stands beside the fields of a petition: its texts and the words of its boxes, each with the way to them."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.admin.panels import HelpPanel

from petition.links import petition_url
from petition.models import ConsentText, Petition, PetitionText
from petition.services.texts import texts_by_language
from petition.services.wording import current_consent_texts


@dataclass(frozen=True)
class LanguageOfPetition:
    """What a petition says in one language: its text with the earlier ones, and the words at its boxes."""

    code: str
    name: str
    versions: list[PetitionText]
    boxes: list[ConsentText]

    @property
    def text(self) -> PetitionText | None:
        """What is signed now; None while there is nothing."""
        return self.versions[0] if self.versions else None

    @property
    def earlier(self) -> list[PetitionText]:
        """What was signed before, the newest first."""
        return self.versions[1:]


def languages_of(petition: Petition) -> list[LanguageOfPetition]:
    """Return every language of the site, in its order, with what the petition says in it."""
    texts = texts_by_language(petition)
    return [
        LanguageOfPetition(
            code, str(name), texts.get(code, []), list(current_consent_texts(petition, code).values())
        )
        for code, name in settings.LANGUAGES
    ]


class WordsPanel(HelpPanel):
    """A panel without fields whose template knows the petition's languages; nothing before the first save."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            saved = self.instance.pk is not None
            return context | {"languages": languages_of(self.instance) if saved else []}


class PagePanel(HelpPanel):
    """A panel without fields whose template knows the address of the petition's page, if one is published."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            return context | {"page_url": page_url(self.instance) if self.instance.pk else ""}


def page_url(petition: Petition) -> str:
    """Return the full address of the page about a petition; nothing where links to it lead to the home page."""
    address = petition_url(petition)
    return address if urlsplit(address).path != "/" else ""

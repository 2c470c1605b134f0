"""The pages of the CMS, found in the site itself: a new page type is looked at as soon as the site has one."""

from django.utils import translation
from wagtail.models import Page

from home.models import CampaignPage
from tests.access.states import STATES
from tests.access.world import LANGUAGES, Answer, World, kept


def page_types() -> list[type[CampaignPage]]:
    """Return every type of page that can be made."""
    return [model for model in Page.__subclasses__() + _below(CampaignPage) if not model._meta.abstract]


def _below(model: type) -> list:
    children: list[type] = model.__subclasses__()
    return [*children, *(one for child in children for one in _below(child))]


def answers_of_pages(world: World) -> list[Answer]:
    """Return the answer of every page of the demo's site; the first of a type bears the type's name."""
    seen: dict[tuple[type, str], int] = {}
    answers = []
    pages = Page.objects.live().filter(depth__gt=1).exclude(pk__in=world.added)
    for page in pages.order_by("path").specific():
        kind = (type(page), page.locale.language_code)
        seen[kind] = seen.get(kind, 0) + 1
        name = type(page).__name__ + (f" {seen[kind]}" if seen[kind] > 1 else "")
        answers.append(kept(name, kind[1], type(page).template, world.visitor.read(page.get_url())))
    return answers


def answers_of_states(world: World) -> list[Answer]:
    """Return the answer of every state, in each language."""
    answers = []
    for state in STATES:
        for language in LANGUAGES:
            with translation.override(language):
                response = state.ask(world, language)
            assert response.status_code == state.status, (
                f"“{state.name}” ({language}) answered {response.status_code}, not {state.status}"
            )
            answers.append(kept(state.name, language, state.template, response))
    return answers

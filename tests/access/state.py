"""What a state is."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse

from tests.access.world import World

Ask = Callable[[World, str], HttpResponse]


@dataclass(frozen=True)
class State:
    """One state: its name, the template that says it, how to bring it about, the status that it is sent with."""

    name: str
    template: str
    ask: Ask
    status: int = 200


def home(language: str) -> str:
    """Return the path of a language's home page."""
    return "/" if language == "fr" else f"/{language}/"

"""The addresses of the admin, read from the URL resolver and not from a list."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

ROOMS = ("petition", "campaign.outbox")
LABELS = ("petition", "outbox")
ADMIN = "admin/"


@dataclass(frozen=True)
class Address:
    """One pattern under /admin/, with its view and the name of its screen."""

    route: str
    screen: str
    view: Callable
    arguments: tuple[str, ...]

    @property
    def model(self) -> type[models.Model] | None:
        """The model of the view, where it has one."""
        model = getattr(self.view, "view_initkwargs", {}).get("model")
        return model if isinstance(model, type) else None

    @property
    def is_ours(self) -> bool:
        """Whether the view belongs to the petition or to the letter-box, by its module or by its model."""
        modules = (self.view.__module__, getattr(getattr(self.view, "view_class", None), "__module__", ""))
        of_room = any(module == room or module.startswith(f"{room}.") for module in modules for room in ROOMS)
        return of_room or (self.model is not None and self.model._meta.app_label in LABELS)

    def path(self, pk: object = 1) -> str:
        """Return the address with `pk` for every argument."""
        filled = "".join(
            str(pk) if part in self.arguments else part for part in _parts(self.route, self.arguments)
        )
        return f"/{filled}"


def _parts(route: str, arguments: tuple[str, ...]) -> Iterator[str]:
    rest = route
    while rest:
        before, bracket, after = rest.partition("<")
        yield before
        inside, _bracket, rest = after.partition(">")
        if bracket:
            yield inside.rpartition(":")[2]


def admin_addresses() -> list[Address]:
    """Return every address under /admin/ that is written as a path."""
    return [
        address for address in _walk(get_resolver().url_patterns, "", "") if address.route.startswith(ADMIN)
    ]


def our_addresses() -> list[Address]:
    """Return those of the petition and of the letter-box."""
    return [address for address in admin_addresses() if address.is_ours]


def _walk(patterns, prefix: str, screen: str) -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route, pattern.namespace or screen)
        elif isinstance(pattern, URLPattern):
            yield Address(route, screen, pattern.callback, tuple(pattern.pattern.converters))

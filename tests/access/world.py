"""The site with everything that pages can be about, and the answers that it gives: asked for once, kept as text."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Locale, Page

from campaign.demo.build import build
from campaign.roles import ensure_roles
from home.models import HomePage, PetitionPage
from petition.enums import PetitionState
from petition.models import PendingSignature, Petition, ServiceSettings, Signature
from petition.services import wording
from petition.services.opening import open_petition
from tests.factories import (
    OpenPetitionFactory,
    PendingSignatureFactory,
    PreparedPetitionFactory,
    SignatureFactory,
)
from tests.fakes.notebook import Notebook
from tests.people import Visitor

LANGUAGES = ("fr", "en")


class World:
    """A visitor, the campaign's petition, one closed, one delivered, one in preparation, each with its pages."""

    def __init__(self) -> None:
        self.mailboxes = count()
        self.added: list[int] = []
        self.visitor = Visitor()
        self.visitor.client = Client(raise_request_exception=False)
        self.petition = build()
        open_petition(self.petition)
        self.closed = OpenPetitionFactory.create(slug="essai-close")
        self.delivered = OpenPetitionFactory.create(slug="essai-remise")
        self.prepared = PreparedPetitionFactory.create(slug="essai-en-preparation")
        for petition in (self.closed, self.delivered, self.prepared):
            self.page_about(petition)
        for petition, state in (
            (self.closed, PetitionState.CLOSED),
            (self.delivered, PetitionState.DELIVERED),
        ):
            an_hour_ago = timezone.now() - timedelta(hours=1)
            Petition.objects.filter(pk=petition.pk).update(state=state, closes_at=an_hour_ago)

    def page_about(self, petition: Petition) -> None:
        """Publish a page about a petition in both languages."""
        key = uuid4()
        for language, title in zip(LANGUAGES, ("Essai de page", "Page to try"), strict=True):
            page = PetitionPage(
                title=f"{title} {petition.slug}", slug=petition.slug, petition=petition, intro=f"{title}."
            )
            page.after_closing = f"<p>{title}.</p>"
            self.add(page, language, key=key)

    def add(self, page: Page, language: str, *, below: type[Page] = HomePage, key=None) -> Page:
        """Put a page below the first one of a type, in a language."""
        page.locale = self.locale(language)
        page.translation_key = key or uuid4()
        page.show_in_menus = False
        below.objects.filter(locale=page.locale).first().add_child(instance=page)
        self.added.append(page.pk)
        return page

    def locale(self, language: str) -> Locale:
        """Return a language's row."""
        return Locale.objects.get(language_code=language)

    def pending(self, language: str, **values) -> PendingSignature:
        """Make somebody who has signed and not confirmed."""
        given = {"petition": self.petition, "language": language, "email": self.mailbox(), **values}
        words = given["petition"].consent_texts.filter(purpose="sign", language=language)
        return PendingSignatureFactory.create(sign_text=words.latest("version"), **given)

    def signature(self, language: str, **values) -> Signature:
        """Make a signature, without the event and the total of one that counts."""
        given = {"petition": self.petition, "language": language, "email": self.mailbox(), **values}
        return SignatureFactory.create(**given)

    def mailbox(self) -> str:
        """Return an address that nobody has yet."""
        return f"essai{next(self.mailboxes)}@example.org"

    def get(self, name: str, *args) -> HttpResponse:
        """Read one of the petition room's addresses, in the active language."""
        return self.visitor.read(reverse(name, args=args))

    def post(self, name: str, *args, data: dict | None = None, **options) -> HttpResponse:
        """Send a form to one of them."""
        return self.visitor.send(reverse(name, args=args), data, **options)


@contextmanager
def list_abroad() -> Iterator[None]:
    """Switch on a list that is a service abroad: pages then tell of it."""
    from django.conf import settings

    lists = {**settings.MAILING_LISTS, "notebook": {"BACKEND": "tests.fakes.notebook.Notebook"}}
    with override_settings(MAILING_LISTS=lists):
        ServiceSettings.objects.update_or_create(pk=1, defaults={"mailing": "notebook"})
        wording.publish_all()
        try:
            yield
        finally:
            ServiceSettings.objects.filter(pk=1).update(mailing="local")
            wording.publish_all()
            Notebook.clear()


@dataclass(frozen=True)
class Answer:
    """One page as it was sent: what it shows, in which language, and every word of it."""

    name: str
    language: str
    template: str
    path: str
    status: int
    headers: dict[str, str]
    html: str

    def __str__(self) -> str:
        return f"{self.name}, {self.language}"


@contextmanager
def built_world() -> Iterator[World]:
    """Make the world, in a transaction that is taken back at the end."""
    with transaction.atomic(), translation.override("fr"):
        cache.clear()
        ensure_roles()
        yield World()
        transaction.set_rollback(True)
    cache.clear()


def kept(name: str, language: str, template: str, response: HttpResponse) -> Answer:
    """Return an answer as text, the way it was sent."""
    path = response.request["PATH_INFO"] if hasattr(response, "request") else "/"
    query = response.request["QUERY_STRING"] if hasattr(response, "request") else ""
    return Answer(
        name=name,
        language=language,
        template=template,
        path=f"{path}?{query}" if query else path,
        status=response.status_code,
        headers=dict(response.items()),
        html=response.content.decode(),
    )

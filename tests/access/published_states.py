"""States of what is published: lists, search, releases under embargo, pages that hold everything that they can."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.http import HttpResponse
from django.utils import timezone
from wagtail.documents.models import Document

from home.embargo_links import link_url
from home.models import (
    CampaignImage,
    EmbargoLink,
    NewsIndexPage,
    NewsPage,
    PositionIndexPage,
    PositionPaperPage,
    PressIndexPage,
    PressReleasePage,
    StandardPage,
)
from tests.access.state import State, home
from tests.access.world import World
from tests.home.files import jpeg
from tests.people import path_of

LONG_WORD = "Anticonstitutionnellement"
RICH = (
    '<p>Essai <b>gras</b>, <i>italique</i>, <a href="https://example.org/une/adresse/assez/longue">un lien</a>.</p>'
    f"<ul><li>{LONG_WORD}</li><li>Deux</li></ul><ol><li>Un</li><li>Deux</li></ol>"
)
SEARCHES = {"search": "", "search with results": "data données", "search without result": "zzyzx"}


def _picture() -> CampaignImage:
    """Return the one picture of this world: its many sizes take a while to make."""
    file = ImageFile(BytesIO(jpeg((500, 340))), name="essai.jpg")
    values = {"file": file, "licence": "CC BY 4.0", "credit": "Camille Essai"}
    return CampaignImage.objects.filter(title="Essai").first() or CampaignImage.objects.create(
        title="Essai", **values
    )


def _body(picture: CampaignImage) -> list[dict]:
    """Return one block of each kind that a body can hold."""
    described = {"image": picture.pk, "alt_text": "Un essai", "decorative": False}
    quote = {"text": "Des mots.", "attribution": "Camille Essai", "office": "présidence de l’essai"}
    blocks = [
        ("heading", {"text": f"{LONG_WORD}, un titre d’essai", "level": "h2"}),
        ("paragraph", RICH),
        ("heading", {"text": "Un intertitre", "level": "h3"}),
        (
            "plain",
            "Une ligne\nune autre\n\nUn autre paragraphe, https://example.org/une/adresse/assez/longue/elle/aussi",
        ),
        ("quote", quote),
        ("picture", {"image": described, "caption": "Une légende"}),
        ("outside_services", None),
        ("heading", {"text": "Un titre encore", "level": "h2"}),
        ("heading", {"text": "Un dernier titre", "level": "h2"}),
    ]
    return [{"type": kind, "value": value, "id": str(uuid4())} for kind, value in blocks]


def _full(model, field: str, values: list[dict]):
    return getattr(model, field).field.stream_block.to_python(values)


def _news(world: World, language: str) -> HttpResponse:
    page = NewsPage(
        title=f"Nouvelle : essai {LONG_WORD}",
        slug=f"essai-{language}",
        summary="Essai.",
        author="Camille Essai",
    )
    page.topic, page.petition = "Essai", world.petition
    page.body = _full(NewsPage, "body", _body(_picture()))
    return world.visitor.read(world.add(page, language, below=NewsIndexPage).get_url())


def _paper(world: World, language: str) -> HttpResponse:
    page = PositionPaperPage(
        title=f"Position : essai {LONG_WORD}", slug=f"essai-{language}", summary="Essai."
    )
    page.body = _full(PositionPaperPage, "body", _body(_picture()))
    return world.visitor.read(world.add(page, language, below=PositionIndexPage).get_url())


def _release(world: World, language: str, **values) -> PressReleasePage:
    file = Document.objects.create(title="Essai", file=ContentFile(b"essai;1\n", name="essai.csv"))
    attached = {"type": "file", "value": {"document": file.pk, "title": "Essai", "language": language}}
    correction = {"type": "correction", "value": {"date": "2020-11-25", "text": "<p>Lire « deux ».</p>"}}
    slug = f"essai-{language}-{len(world.added)}"
    page = PressReleasePage(title=f"Essai {LONG_WORD}", slug=slug, summary="Essai.", place="Paris", **values)
    page.contact, page.signed_by = "Camille Essai\npresse@example.org", "Camille Essai, présidence de l’essai"
    page.body = _full(PressReleasePage, "body", _body(_picture()))
    page.attachments = _full(PressReleasePage, "attachments", [attached])
    page.corrections = _full(PressReleasePage, "corrections", [correction])
    return world.add(page, language, below=PressIndexPage)


def _public_release(world: World, language: str) -> HttpResponse:
    return world.visitor.read(_release(world, language).get_url())


def _under_embargo(world: World, language: str) -> HttpResponse:
    tomorrow = timezone.now() + timedelta(days=1)
    page = _release(world, language, live=False, embargo_until=tomorrow)
    page.save_revision().publish()
    link = EmbargoLink.objects.create(page=page, reader="Essai", expires_at=tomorrow + timedelta(days=1))
    return world.visitor.read(path_of(link_url(link)))


def _press_kit(world: World, language: str) -> HttpResponse:
    figure = {"value": "1 234", "meaning": "signatures d’essai", "date": "2020-11-25", "source": "Essai"}
    kit = [
        {"type": "picture", "value": {"image": _picture().pk, "description": "Un essai"}},
        {"type": "figure", "value": figure},
    ]
    page = PressIndexPage(title="Essai de dossier", slug=f"essai-dossier-{language}")
    page.kit = _full(PressIndexPage, "kit", kit)
    return world.visitor.read(world.add(page, language).get_url())


def _second_part_of_a_list(world: World, language: str) -> HttpResponse:
    index = NewsIndexPage(title="Essai de longue liste", slug=f"essai-longue-{language}", intro="Essai.")
    world.add(index, language)
    for number in range(14):
        page = NewsPage(
            title=f"Essai {number}", slug=f"essai-{number}", summary="Essai.", locale=index.locale
        )
        index.add_child(instance=page)
        world.added.append(page.pk)
    return world.visitor.read(f"{index.get_url()}?page=2")


def _search(words: str):
    def ask(world: World, language: str) -> HttpResponse:
        address = "/recherche/" if language == "fr" else "/en/search/"
        return world.visitor.client.get(
            address, {"q": words.split()[language == "fr"] if " " in words else words}
        )

    return ask


def _empty_list(world: World, language: str) -> HttpResponse:
    page = NewsIndexPage(title="Essai de liste vide", slug=f"essai-vide-{language}")
    return world.visitor.read(world.add(page, language).get_url())


def _not_translated(world: World, language: str) -> HttpResponse:
    """Return what stands in this language at the address of a page that is in the other one alone."""
    other = "en" if language == "fr" else "fr"
    page = _alone(world, other)
    return world.visitor.read(f"{home(language)}{page.slug}/")


def _alone(world: World, language: str) -> StandardPage:
    slug = f"essai-seul-{language}-{len(world.added)}"
    return world.add(StandardPage(title="Essai sans traduction", slug=slug), language)


def _only_here(world: World, language: str) -> HttpResponse:
    return world.visitor.read(_alone(world, language).get_url())


STATES = [
    State("list without entries", "home/news_index_page.html", _empty_list),
    State("second part of a list", "home/news_index_page.html", _second_part_of_a_list),
    State("press kit", "home/press_index_page.html", _press_kit),
    State("news with everything", "home/news_page.html", _news),
    State("paper with everything", "home/position_paper_page.html", _paper),
    State("release with everything", "home/press_release_page.html", _public_release),
    State("release under embargo", "home/press_release_page.html", _under_embargo),
    State(
        "embargo link altered",
        "home/embargo/no_release.html",
        lambda world, language: world.get("embargo", "altered"),
        404,
    ),
    *[State(name, "home/search.html", _search(words)) for name, words in SEARCHES.items()],
    State("page in one language", "home/standard_page.html", _only_here),
    State("translation missing", "404.html", _not_translated, 404),
]

"""Shows kept answers in a real Chromium, at their own addresses: with their headers, style sheets and scripts."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser, Page, Route

from tests.access.world import Answer
from tests.petition.endorsements.conftest import picture
from tests.real_site.browser import Window

NARROW, WIDE = 320, 1280  # CSS pixels: WCAG 1.4.10's width, and a desk's
HEIGHT = 800
PROBES = Path(__file__).parent / "probes"
SCHEMES = ("light", "dark")
LOGOS = "/organisations/logos/"  # which the site serves from a table
HOST = "http://localhost"  # where browsers trust plain HTTP, as they do the real site's HTTPS
# As a reader's own style sheet: the page's policy, which forbids styles of other origin, does not concern it.
ADD_RULE = """rule => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rule);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
# Remarks on what we mean: pages of errors, and a list of errors that takes the focus with and without scripts.
NO_COMPLAINTS = ("the server responded with a status of", "Autofocus processing was blocked")


@dataclass(frozen=True)
class Look:
    """In which way an answer is looked at."""

    answer: Answer
    scheme: str = "light"
    width: int = WIDE

    def __str__(self) -> str:
        return f"{self.answer}, {self.scheme}, {self.width} px"


@contextmanager
def files_as_in_production(folder: Path) -> Iterator[None]:
    """Within it the public side's files are named as collected into a folder: hashed, the style sheet in one."""
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "campaign.static_files.OneSheetStorage"},
    }
    finders = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    with override_settings(STORAGES=storages, STATIC_ROOT=folder, STATICFILES_FINDERS=finders):
        yield


def collect_files(folder: Path) -> None:
    """Collect the public side's files as for production."""
    with files_as_in_production(folder):
        call_command("collectstatic", interactive=False, verbosity=0)


class Stage:
    """Windows on the answers; whatever else a page asks for is noted in `missing` and not found."""

    def __init__(self, browser: Browser, files: Path):
        self.browser, self.files = browser, files
        self.answers: dict[str, Answer] = {}
        self.windows: dict[tuple, Window] = {}
        self.missing: list[str] = []

    def show(self, look: Look, **options) -> Page:
        """Open an answer, in a window that is kept for the next look of the same kind."""
        window = self.window(look.scheme, look.width, **options)
        url = HOST + look.answer.path
        self.answers[url] = look.answer
        window.page.goto(url, wait_until="load")
        return window.page

    def window(self, scheme: str, width: int, **options) -> Window:
        """Return the window of this kind."""
        key = (scheme, width, *sorted(options.items()))
        if key not in self.windows:
            size = {"width": width, "height": HEIGHT}
            window = Window(
                self.browser, HOST, viewport=size, color_scheme=scheme, reduced_motion="reduce", **options
            )
            window.context.route("**/*", self._answer)
            self.windows[key] = window
        return self.windows[key]

    def complaints(self) -> list[str]:
        """Return what the browser said of our own policy, or of scripts that failed."""
        said = [text for window in self.windows.values() for text in window.complaints]
        return [text for text in said if not any(words in text for words in NO_COMPLAINTS)]

    def close(self) -> None:
        """Close every window."""
        for window in self.windows.values():
            window.context.close()

    def _answer(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        answer = self.answers.get(route.request.url)
        if answer and route.request.is_navigation_request():
            headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
            route.fulfill(status=answer.status, headers=headers, body=answer.html)
        elif file := self._file(unquote(url.path)):
            route.fulfill(body=file.read_bytes(), content_type=guess_type(file.name)[0])
        elif LOGOS in url.path:
            route.fulfill(body=picture(), content_type="image/png")
        else:
            self.missing.append(route.request.url)
            route.fulfill(status=404, body="")

    def _file(self, path: str) -> Path | None:
        folders = {settings.STATIC_URL: self.files, settings.MEDIA_URL: Path(settings.MEDIA_ROOT)}
        for prefix, folder in folders.items():
            file = folder / path.removeprefix(prefix)
            if path.startswith(prefix) and file.is_file():
                return file
        return None


def probe(name: str) -> str:
    """Return the text of a function that is run in a page: probes/NAME.js."""
    return (PROBES / f"{name}.js").read_text(encoding="utf-8")


def told(faults: dict[str, list[str]]) -> str:
    """Return faults by kind rather than by page: most stand on many pages for one reason."""
    where = defaultdict(list)
    for look, found in faults.items():
        for fault in found:
            where[fault].append(look)
    return "\n".join(f"{fault}\n    on {len(on)}: {'; '.join(on[:4])}" for fault, on in where.items())

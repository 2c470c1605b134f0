"""Takes the pictures of docs/screens/, and lists them there."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from typing import Any

from PIL import Image
from playwright.sync_api import Browser

from deploy.steps import ROOT, run_main, say
from tests.real_site.browser import running_chromium
from tests.real_site.site import SLUG, RealSite, running_site

FOLDER = ROOT / "docs" / "screens"
WIDTHS = {360: 740, 768: 1024, 1280: 800, 1920: 1080}  # window: width and height in CSS pixels
SCHEMES = ("light", "dark")
LONGEST = 1.7  # of a page, so many windows are shown: the first screen and what follows it
WIDEST = 1000  # pixels of a picture; the widest windows are shown smaller
QUALITY = 25  # of WebP: enough for letters, and all pictures together stay below 3 MB
SIGNERS = 12_346
A4 = (794, 1123)  # CSS pixels at 96 dpi
PRINT_MARGIN = (68, 49)  # of @page in base.css: 18 mm and 13 mm
TWICE = "--blink-settings=defaultFontSize=32"  # what a reader chooses who wants text twice as large


@dataclass(frozen=True)
class Shot:
    """One picture: of which page, in which window, and how it is called."""

    name: str
    path: str
    width: int
    height: int
    options: dict[str, Any] = field(default_factory=dict)
    on_paper: bool = False


def main() -> int:
    """Take all pictures anew and list them."""
    with tempfile.TemporaryDirectory() as scratch, running_site(Path(scratch)) as site:
        _add_signers(site)
        rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        with running_chromium() as browser:
            pages = _pages(browser, site)
            taken = [_take(browser, site, shot) for shot in (*_on_screens(pages), *_on_paper(pages))]
        with running_chromium(TWICE) as browser:
            taken += [_take(browser, site, shot) for shot in _with_large_text(pages)]
    _list(taken)
    weight = sum(file.stat().st_size for file in FOLDER.iterdir())
    say(f"{len(taken)} pictures, {weight / 1e6:.1f} MB, in {FOLDER.relative_to(ROOT)}/")
    return 0


def _add_signers(site: RealSite) -> None:
    command = [sys.executable, "manage.py", "seed_signatures", "--petition", SLUG, "--count", str(SIGNERS)]
    subprocess.run(command, cwd=ROOT, env=site.environment(DEMO="1"), check=True, stdout=subprocess.DEVNULL)


def _pages(browser: Browser, site: RealSite) -> dict[str, str]:
    """Return the paths to show; the newest entry of each list is asked for."""
    page = browser.new_page()
    lists = {"press": "/communiques/", "paper": "/positions/", "news": "/actualites/"}
    paths = {"home": "/", "petition": "/petition/"}
    for name, path in lists.items():
        page.goto(site.url + path)
        paths[name] = page.get_attribute(".card__link", "href") or path
    page.close()
    return {**paths, "home-en": "/en/"}


def _on_screens(pages: dict[str, str]) -> Iterator[Shot]:
    for name, path in pages.items():
        for width, height in WIDTHS.items():
            for scheme in SCHEMES:
                yield Shot(f"{name}-{width}-{scheme}", path, width, height, {"color_scheme": scheme})


def _on_paper(pages: dict[str, str]) -> Iterator[Shot]:
    for name, path in pages.items():
        yield Shot(f"{name}-print", path, A4[0] - 2 * PRINT_MARGIN[0], A4[1], on_paper=True)


def _with_large_text(pages: dict[str, str]) -> Iterator[Shot]:
    for name, path in pages.items():
        yield Shot(f"{name}-1280-text-200", path, 1280, WIDTHS[1280])


def _take(browser: Browser, site: RealSite, shot: Shot) -> Shot:
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": shot.width, "height": shot.height},
        reduced_motion="reduce",
        **shot.options,
    )
    page = context.new_page()
    if shot.on_paper:
        page.emulate_media(media="print")
    page.goto(shot.path)
    page.evaluate("document.fonts.ready")
    picture = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
    context.close()
    if shot.on_paper:
        picture = _sheet(picture)
    else:
        picture = picture.crop((0, 0, picture.width, min(picture.height, int(shot.height * LONGEST))))
    if picture.width > WIDEST:
        picture = picture.resize(
            (WIDEST, round(picture.height * WIDEST / picture.width)), Image.Resampling.LANCZOS
        )
    picture.save(FOLDER / f"{shot.name}.webp", quality=QUALITY, method=6)
    return shot


def _sheet(content: Image.Image) -> Image.Image:
    """Return what is printed on a sheet of A4, or on one as long as it takes."""
    beside, above = PRINT_MARGIN
    sheet = Image.new("RGB", (A4[0], max(A4[1], content.height + 2 * above)), "white")
    sheet.paste(content, (beside, above))
    return sheet


def _list(taken: list[Shot]) -> None:
    lines = ["# Screens", ""]
    lines += [
        "Made by `make screens` from the demo's content, with made-up signers. Each shows the top of a page:"
    ]
    lines += [f"{LONGEST} windows, the widest drawn smaller; on paper, all of it."]
    for path in dict.fromkeys(shot.path for shot in taken):
        shots = [shot for shot in taken if shot.path == path]
        page = shots[0].name.rsplit("-", 2)[0]
        links = (f"[{shot.name.removeprefix(page + '-')}]({shot.name}.webp)" for shot in shots)
        lines += ["", f"**{page}** (`{path}`): {' · '.join(links)}"]
    (FOLDER / "README.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    run_main(main)

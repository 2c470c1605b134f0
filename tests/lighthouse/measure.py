"""Run the real site on loopback, with production's settings, and let Lighthouse look at it: simulated slow 4G, a phone.

Needs DATABASE_URL, CHROME_PATH and what `run.py` installs.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import npm
from tests.lighthouse.paint import largest_paint
from tests.lighthouse.report import PAINT_WITHIN, TARGETS, Figures, in_words, write
from tests.real_site.browser import QUIET
from tests.real_site.site import RealSite, running_site

# The page types that are looked at: the first page of each that the demo's content has, in both languages.
LOOKED_AT = {
    "homepage": "home",
    "petitionpage": "petition",
    "pressreleasepage": "press release",
    "positionpaperpage": "paper",
    "newspage": "news",
}
FIRST_OF_EACH = """
    SELECT kind.model, locale.language_code, min(page.url_path)
    FROM wagtailcore_page page
    JOIN wagtailcore_locale locale ON locale.id = page.locale_id
    JOIN django_content_type kind ON kind.id = page.content_type_id
    WHERE page.live AND kind.app_label = 'home'
    GROUP BY kind.model, locale.language_code
"""
TRIES = 3  # its own advice again, where a busy machine lost the browser's trace
RUNS = 3  # Lighthouse's own advice: one run is chance, the median of some is a figure


def addresses(site: RealSite) -> dict[tuple[str, str], str]:
    """Return the path of each page looked at, by what it is called and its language."""
    found = {(kind, language): path for kind, language, path in site.database.rows(FIRST_OF_EACH)}
    paths = {}
    for kind, name in LOOKED_AT.items():
        for language, prefix in (("fr", "/"), ("en", "/en/")):
            # The first part is the home page's own.
            below = found[kind, language].strip("/").partition("/")[2]
            paths[name, language] = prefix + (f"{below}/" if below else "")
    return paths


def ask_lighthouse(url: str) -> dict:
    """Run Lighthouse once; return its report. It asks nobody but the site."""
    command = [str(npm.MODULES / ".bin" / "lighthouse"), url, "--quiet", "--no-enable-error-reporting"]
    command += ["--output=json", "--output-path=stdout", f"--chrome-flags={' '.join(flags())}"]
    said = ""
    for _ in range(TRIES):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return json.loads(done.stdout)
        said = done.stderr
    raise SystemExit(f"Lighthouse failed at {url}, {TRIES} times:\n{said[-2000:]}")


def flags() -> list[str]:
    """Return Chromium's options: none that holds a blank, which Lighthouse would split."""
    return ["--headless=new", *(flag for flag in QUIET if " " not in flag)]


def figures(reports: list[dict], measured: float) -> Figures:
    """Return the median of several reports of one page, and what cost points in the last."""
    audits = [report["audits"] for report in reports]

    def median(read) -> float:
        return statistics.median(read(number) for number in range(len(reports)))

    scores = {
        name: round(100 * median(lambda number, name=name: reports[number]["categories"][name]["score"]))
        for name in TARGETS
    }
    return Figures(
        scores=scores,
        paint=median(lambda number: audits[number]["largest-contentful-paint"]["numericValue"]),
        blocked=median(lambda number: audits[number]["total-blocking-time"]["numericValue"]),
        shift=median(lambda number: audits[number]["cumulative-layout-shift"]["numericValue"]),
        bytes=int(median(lambda number: audits[number]["total-byte-weight"]["numericValue"])),
        measured=measured,
        lost=points_lost(reports[-1]),
    )


def points_lost(report: dict) -> list[str]:
    """Return the audits that count and are not full."""
    lost = []
    for name in TARGETS:
        for one in report["categories"][name]["auditRefs"]:
            audit = report["audits"][one["id"]]
            if (
                one["weight"]
                and audit["score"] is not None
                and audit["score"] < (0.9 if name == "performance" else 1)
            ):
                lost.append(f"{name}: {audit['title']} {audit.get('displayValue', '')}".strip())
    return lost


def main() -> int:
    """Look at every page, print and write the figures; return 1 when one is below its target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="how often each page is looked at")
    parser.add_argument("--only", default="", help="one kind of page, such as “petition”: no report then")
    chosen = parser.parse_args()
    found: dict[tuple[str, str, str], Figures] = {}
    versions: dict[str, str] = {}
    with (
        tempfile.TemporaryDirectory(prefix="petition-lighthouse-") as folder,
        running_site(Path(folder)) as site,
    ):
        wanted = {key: path for key, path in addresses(site).items() if chosen.only in {"", key[0]}}
        for (name, language), path in wanted.items():
            reports = [ask_lighthouse(site.url + path) for _ in range(chosen.runs)]
            # Afterwards, when the site has answered before: what a first visitor of the day waits for is no figure.
            one = figures(reports, largest_paint(site.url + path, chosen.runs))
            one.paint_within = PAINT_WITHIN.get(name, math.inf)
            found[name, language, path] = one
            versions = versions_of(reports[-1])
            print(in_words(name, language, found[name, language, path]))
    if not chosen.only:
        write(found, versions, chosen.runs)
    return 0 if all(one.reaches_targets for one in found.values()) else 1


def versions_of(report: dict) -> dict[str, str]:
    """Return what measured."""
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    browser = subprocess.run(
        [os.environ["CHROME_PATH"], "--version"], capture_output=True, text=True, check=True
    )
    return {
        "Lighthouse": report["lighthouseVersion"],
        "browser": browser.stdout.strip(),
        "Node": node.lstrip("v"),
        "day": report["fetchTime"][:10],
        "machine's mark (benchmarkIndex)": str(round(report["environment"]["benchmarkIndex"])),
    }


if __name__ == "__main__":
    sys.exit(main())

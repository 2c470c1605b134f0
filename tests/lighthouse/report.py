"""Lighthouse's figures as a line and as docs/lighthouse.md."""

import math
from dataclasses import dataclass, field

from deploy.steps import ROOT, say

REPORT = ROOT / "docs" / "lighthouse.md"
TARGETS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
# Milliseconds until the largest thing is painted, W-02: over a line of 1.6 Mbit/s and 150 ms, measured in the browser.
PAINT_WITHIN = {"petition": 1_000}


@dataclass
class Figures:
    """Of one page: marks out of 100, milliseconds (simulated, but for `measured`), shift, bytes, what costs points."""

    scores: dict[str, int]
    paint: float
    blocked: float
    shift: float
    bytes: int
    measured: float
    paint_within: float = math.inf
    lost: list[str] = field(default_factory=list)

    @property
    def reaches_targets(self) -> bool:
        """Whether every mark is as high as it should be."""
        if self.measured >= self.paint_within:
            return False
        return all(self.scores[name] >= target for name, target in TARGETS.items())


def in_words(name: str, language: str, found: Figures) -> str:
    """Return one page's figures as a line for whoever watches."""
    marks = ", ".join(f"{kind} {mark}" for kind, mark in found.scores.items())
    lost = "" if found.reaches_targets else "".join(f"\n    {one}" for one in found.lost)
    verdict = "ok    " if found.reaches_targets else "BELOW "
    return f"{verdict} {name}, {language}: {marks}; largest paint after {found.measured:.0f} ms{lost}"


def write(found: dict[tuple[str, str, str], Figures], versions: dict[str, str], runs: int) -> None:
    """Write the report anew."""
    rows = [
        f"| {name} | {language} | `{path}` | "
        + " | ".join(str(one.scores[kind]) for kind in TARGETS)
        + f" | {one.paint / 1000:.2f} s | {one.blocked:.0f} ms | {one.shift:.3f} | {one.bytes / 1000:.0f} kB |"
        + f" {one.measured / 1000:.2f} s |"
        for (name, language, path), one in found.items()
    ]
    below = [
        f"- {name}, {language}: {one}"
        for (name, language, _), figures in found.items()
        if not figures.reaches_targets
        for one in figures.lost
    ]
    lines = [
        "# Lighthouse",
        "",
        "Written by `make lighthouse`: the site as it runs in production, gunicorn on loopback without a proxy before "
        "it; Lighthouse's mobile preset (a mid-range phone, slow 4G: 150 ms, 1.6 Mbit/s, simulated). Each page was "
        f"looked at {runs} times; the figures are medians. Targets: "
        + ", ".join(f"{kind} {target}" for kind, target in TARGETS.items())
        + f". The last column is no simulation: a phone's window in Chromium, each request slowed to 1.6 Mbit/s and "
        f"150 ms, no processor slowed (W-02: the petition in less than {PAINT_WITHIN['petition'] / 1000:.0f} s).",
        "",
        *[f"- {name}: {value}" for name, value in versions.items()],
        "",
        "| page | language | address | "
        + " | ".join(TARGETS)
        + " | largest paint | blocked | shift | sent | largest paint, measured |",
        "| --- | --- | --- |" + " --- |" * (len(TARGETS) + 5),
        *rows,
        "",
        "Below the targets: " + ("nothing." if not below else ""),
        *below,
    ]
    REPORT.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    say(f"· Written: {REPORT.relative_to(ROOT)}")

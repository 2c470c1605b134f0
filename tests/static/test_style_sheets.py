"""What the style sheets promise: contrast in both schemes, one root class per component, browsers of 2018."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
COMPONENTS = sorted((CSS / "components").glob("*.css"))
SHEETS = [CSS / "tokens.css", CSS / "base.css", CSS / "layout.css", *COMPONENTS]
TEXT = 4.5  # WCAG 1.4.3
EDGE = 3.0  # WCAG 1.4.11: edges of fields, bars, the focus ring

TOKEN = re.compile(r"(--color-[a-z-]+):\s*(#[0-9a-f]{3,6})\s*;")


def tokens(text: str) -> dict[str, str]:
    return dict(TOKEN.findall(text))


def block(text: str, opening: str) -> str:
    """Return what stands between the braces that follow `opening`."""
    start = text.index("{", text.index(opening))
    depth = 0
    for position in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if depth == 0:
            return text[start:position]
    raise AssertionError(f"{opening} is never closed")


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def schemes() -> dict[str, dict[str, str]]:
    """The colours as they are on a light and on a dark screen."""
    text = (CSS / "tokens.css").read_text()
    light = tokens(block(text, ":root"))
    return {"light": light, "dark": {**light, **tokens(block(text, "@media (prefers-color-scheme: dark)"))}}


@pytest.mark.parametrize("scheme", schemes())
@pytest.mark.parametrize("role", ["text", "text-soft", "heading", "link", "link-hover", "numeral", "act"])
def test_text_can_be_read_on_its_ground(scheme, role):
    colours = schemes()[scheme]
    for ground in ("page", "tint"):
        found = contrast(colours[f"--color-{role}"], colours[f"--color-{ground}"])
        assert found >= TEXT, f"{role} on {ground}: {found:.2f}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_messages_and_buttons_can_be_read(scheme):
    colours = schemes()[scheme]
    pairs = [("on-act", "act"), ("on-act", "act-hover"), ("on-error", "error")]
    pairs += [("error", "page"), ("page", "heading")]
    for kind in ("error", "success", "info"):
        pairs += [(kind, f"{kind}-tint"), ("text", f"{kind}-tint")]
    for ink, ground in pairs:
        found = contrast(colours[f"--color-{ink}"], colours[f"--color-{ground}"])
        assert found >= TEXT, f"{ink} on {ground}: {found:.2f}"


@pytest.mark.parametrize("scheme", schemes())
def test_edges_of_fields_bars_buttons_and_focus_can_be_seen(scheme):
    colours = schemes()[scheme]
    pairs = [("bar", "page"), ("bar", "bar-track"), ("act-edge", "page")]
    pairs += [(edge, ground) for edge in ("line-strong", "focus") for ground in ("page", "tint")]
    for edge, ground in pairs:
        found = contrast(colours[f"--color-{edge}"], colours[f"--color-{ground}"])
        assert found >= EDGE, f"{edge} on {ground}: {found:.2f}"


@pytest.mark.parametrize("sheet", COMPONENTS, ids=lambda sheet: sheet.name)
def test_a_component_is_named_after_its_root_class(sheet):
    assert re.search(rf"^\.{re.escape(sheet.stem)}(?![a-z-])", sheet.read_text(), re.MULTILINE)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_browser_of_2018_understands_every_sheet(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    for newer in (":has(", ":is(", ":where(", "@layer", "@container", "&", "clamp(", "min(", "inset:"):
        assert newer not in re.sub(r'url\("data:[^"]*"\)', "", text), newer
    for rule in re.findall(r"\{([^{}]*)\}", text):
        gap = re.search(r"(?<!-)\bgap:|(?<!-)\b(row|column)-gap:", rule)
        assert not gap or "columns:" in rule, f"gap outside a grid: {rule.strip()}"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_asks_nobody_else_for_anything(sheet):
    for address in re.findall(r'url\(["\']?([^)"\']+)', sheet.read_text()):
        if not address.startswith("data:"):
            assert (sheet.parent / address).resolve().is_file(), address

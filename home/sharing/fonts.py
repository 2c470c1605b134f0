"""The site's own fonts and colours, for pictures: the style sheets' files are the only place where they are kept."""

import io
import re
import unicodedata
from contextlib import suppress
from functools import cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont
from PIL import ImageFont

from campaign.typography import fold

FONTS = Path(settings.BASE_DIR) / "static" / "fonts"
TOKENS = Path(settings.BASE_DIR) / "static" / "css" / "tokens.css"
COLOUR = re.compile(r"--color-([\w-]+):\s*(#[0-9a-fA-F]{3,6});")


@cache
def _outlines(name: str) -> tuple[bytes, frozenset[int]]:
    """Return a web font as Pillow reads it, and the characters that it has."""
    font = TTFont(FONTS / name)
    font.flavor = None
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue(), frozenset(font.getBestCmap())


@cache
def font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Return a font of the site in a size (pixels) and a weight (400 to 700, where the font has more than one)."""
    found = ImageFont.truetype(io.BytesIO(_outlines(name)[0]), size)
    with suppress(OSError):  # it has one weight
        found.set_variation_by_axes([weight])
    return found


def drawable(text: str, name: str) -> str:
    """Return a text with the nearest letter, or none, for each one that a font doesn't have."""
    known = _outlines(name)[1]
    return "".join(_nearest(letter, known) for letter in text)


def _nearest(letter: str, known: frozenset[int]) -> str:
    if ord(letter) in known:
        return letter
    apart = unicodedata.normalize("NFKD", letter)
    nearest = "".join(part for part in apart if ord(part) in known)
    if nearest or letter.isspace():
        return nearest or " "
    twin = fold(letter)  # ł is l
    twin = twin.upper() if letter.isupper() else twin
    return twin if all(ord(part) in known for part in twin) else ""


@cache
def colours() -> dict[str, str]:
    """Return the colours of the light scheme by their role, as the style sheet gives them first."""
    light = TOKENS.read_text(encoding="utf-8").split("@media", 1)[0]
    return dict(COLOUR.findall(light))

"""The picture for sharing: its size, its weight, and any title set well."""

import io

import pytest
from PIL import Image, ImageDraw

from home.sharing.drawing import DISPLAY, SCALE, TITLE_WIDTH, draw, wrap
from home.sharing.facts import IMAGE_SIZE
from home.sharing.fonts import colours, drawable, font
from home.sharing.view import GENERAL

MOST_BYTES = 100_000
TITLES = [
    "Essai",
    "Une pétition d’essai, assez longue pour tenir sur plusieurs lignes de l’image",
    "Essai " * 50,
    "x" * 255,
    "",
    "Ελληνικά, 中文 et łódź \x00",
]


def picture(**words) -> Image.Image:
    given = {"title": "Essai", "kicker": "", "site_name": "Essai", "language": "fr"} | words
    content = draw(**given)
    assert len(content) <= MOST_BYTES
    return Image.open(io.BytesIO(content))


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """Return how many pixels of a part are dark."""
    histogram = image.convert("L").crop(box).histogram()
    return sum(histogram[:100])


@pytest.mark.parametrize("title", TITLES)
def test_any_title_makes_a_picture_of_the_size_that_nothing_is_cut_off(title):
    image = picture(title=title, kicker=title, site_name=title)
    assert (image.format, image.size, image.mode) == ("PNG", IMAGE_SIZE, "P")


@pytest.mark.parametrize("title", [*TITLES[:4], "Anticonstitutionnellement " * 8])
def test_no_letter_leaves_its_place(title):
    image = picture(title=title, kicker="Essai", site_name="")
    width, height = IMAGE_SIZE
    assert ink(image, (width - 70, 20, width, 440)) == 0
    assert ink(image, (0, 590, width, height)) == 0


def test_lines_are_evenly_filled_and_broken_at_common_spaces_alone():
    pen, face = ImageDraw.Draw(Image.new("RGB", (10, 10))), font(DISPLAY, 92 * SCALE, 600)
    title = "Nos données de santé n’ont pas à sortir\u00a0d’Europe"
    lines = wrap(pen, title, face, TITLE_WIDTH * SCALE)
    assert " ".join(lines) == title
    assert any("sortir\u00a0d’Europe" in line for line in lines)
    lengths = [pen.textlength(line, font=face) for line in lines]
    assert max(lengths) <= TITLE_WIDTH * SCALE
    assert min(lengths) > max(lengths) / 3


def test_a_letter_that_the_font_lacks_becomes_the_nearest():
    assert drawable("Łódź « œuvre » 1\u202f234 €", DISPLAY) == "Lódz « œuvre » 1\u202f234 €"
    assert drawable("Ελ", DISPLAY) == ""


def test_colours_are_those_of_the_style_sheets_light_scheme():
    assert {"page", "act", "heading", "text", "text-soft", "line", "line-strong"} <= colours().keys()
    act = tuple(int(colours()["act"][place : place + 2], 16) for place in (1, 3, 5))
    shown = {colour for _count, colour in picture().convert("RGB").getcolors(100)}
    assert min(max(abs(one - other) for one, other in zip(act, colour, strict=True)) for colour in shown) < 4


def test_the_same_words_make_the_same_picture():
    words = {"title": "Essai", "kicker": "Essai", "site_name": "Essai", "language": "fr"}
    assert draw(**words) == draw(**words)


def test_the_general_picture_is_there():
    image = Image.open(GENERAL)
    assert image.size == IMAGE_SIZE
    assert GENERAL.stat().st_size < 10_000

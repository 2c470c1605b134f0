"""The picture shown where a page is shared: a sheet, its title in print, and the ink of those who sign.

Pillow alone, from files of the site; nothing is fetched. The number of signatures isn't drawn: a picture that others
keep would tell an old one.
"""

import io
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFont

from campaign.typography import typeset_text
from home.sharing.facts import IMAGE_SIZE
from home.sharing.fonts import colours, drawable, font

DISPLAY, TEXT = "newsreader.woff2", "schibsted-grotesk.woff2"
SCALE = 2  # drawn larger and shrunk: smooth lines without a library for them
MARGIN = 84  # pixels of the finished picture, as all sizes here
TITLE_WIDTH = IMAGE_SIZE[0] - 2 * MARGIN
TITLE_TOP, TITLE_BOTTOM = 96, 456
SIZES = range(92, 35, -4)  # of the title, the largest first
LEADING = 1.1
COLOURS = 48  # in the palette: text and a few lines need no more, and the file stays small
LINE = 504  # where the sheet is signed
# The stroke of the site's mark, as cubic curves: (start, two handles, end), in its own 34 × 28 units.
STROKE = [
    ((2, 24.5), (7, 24.5), (10, 17), (13, 17)),
    ((13, 17), (16, 17), (11.5, 24.5), (14, 24.5)),
    ((14, 24.5), (16.5, 24.5), (18, 19), (20, 19)),
    ((20, 19), (22, 19), (20, 24.5), (23, 24.5)),
    ((23, 24.5), (26, 24.5), (29, 24.5), (32, 24.5)),
]


def draw(*, title: str, kicker: str, site_name: str, language: str) -> bytes:
    """Return the picture as PNG, 1200 × 630 pixels; words are typeset here, and cut nowhere but between words."""
    inks = colours()
    image = Image.new("RGB", (IMAGE_SIZE[0] * SCALE, IMAGE_SIZE[1] * SCALE), inks["page"])
    pen = ImageDraw.Draw(image)
    _rule(pen, inks)
    top = TITLE_TOP
    if kicker:
        small = font(TEXT, 28 * SCALE, 500)
        words = _one_line(pen, _words(kicker, language, TEXT), small)
        pen.text((MARGIN * SCALE, (top - 34) * SCALE), words, font=small, fill=inks["text-soft"])
        top += 28
    _title(pen, _words(title, language, DISPLAY), top, inks["heading"])
    _sign(pen, inks["act"])
    if site_name:
        small = font(TEXT, 30 * SCALE, 600)
        words = _one_line(pen, _words(site_name, language, TEXT), small)
        pen.text((MARGIN * SCALE, (LINE + 34) * SCALE), words, font=small, fill=inks["text"])
    return _png(image)


def _words(text: str, language: str, name: str) -> str:
    return drawable(typeset_text(" ".join(text.split()), language), name)


def _rule(pen: ImageDraw.ImageDraw, inks: dict[str, str]) -> None:
    """Draw the sheet: a bar of ink at its head, the line to sign on, the next lines below, and its margin."""
    width, height = IMAGE_SIZE
    pen.rectangle((0, 0, width * SCALE, 14 * SCALE), fill=inks["act"])
    for number in range(3):
        y = (LINE + number * 72) * SCALE
        colour = inks["line-strong"] if number == 0 else inks["line"]
        pen.line((0 if number else MARGIN * SCALE, y, width * SCALE, y), fill=colour, width=2 * SCALE)
    x = (MARGIN - 24) * SCALE
    pen.line((x, 14 * SCALE, x, height * SCALE), fill=inks.get("margin", inks["line"]), width=2 * SCALE)


def _sign(pen: ImageDraw.ImageDraw, colour: str) -> None:
    """Draw the stroke of the mark on the line, at its right end."""
    size, left = 7.2, IMAGE_SIZE[0] - MARGIN - 34 * 7.2
    points = [((left + x * size) * SCALE, (LINE + (y - 24.5) * size - 4) * SCALE) for x, y in _curve_points()]
    radius = 5 * SCALE
    for x, y in points:
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _curve_points() -> Iterator[tuple[float, float]]:
    steps = 240
    for start, one, two, end in STROKE:
        for step in range(steps + 1):
            t = step / steps
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            x, y = (
                sum(
                    weight * point[axis]
                    for weight, point in zip(weights, (start, one, two, end), strict=True)
                )
                for axis in (0, 1)
            )
            yield x, y


def _title(pen: ImageDraw.ImageDraw, title: str, top: int, colour: str) -> None:
    """Draw the title as large as it fits, its lines about equally long."""
    room = (TITLE_BOTTOM - top) * SCALE
    for size in SIZES:
        face = font(DISPLAY, size * SCALE, 600)
        lines = wrap(pen, title, face, TITLE_WIDTH * SCALE)
        step = round(size * SCALE * LEADING)
        fits = all(pen.textlength(line, font=face) <= TITLE_WIDTH * SCALE for line in lines)
        if fits and len(lines) * step <= room:
            break
    else:  # a word wider than the picture, or very many of them
        lines = [part for line in lines for part in _in_parts(pen, line, face)]
    for number, line in enumerate(lines[: max(1, room // step)]):
        pen.text((MARGIN * SCALE, top * SCALE + number * step), line, font=face, fill=colour)


def wrap(pen: ImageDraw.ImageDraw, text: str, face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Return the lines of a text, broken at common spaces alone, no more of them than needed and evenly filled."""
    lines = _greedy(pen, text, face, width)
    low, high = width / 2, width
    while len(lines) > 1 and high - low > 8:  # the narrowest width with as many lines is the most even
        middle = (low + high) / 2
        if len(_greedy(pen, text, face, middle)) > len(lines):
            low = middle
        else:
            high = middle
    return _greedy(pen, text, face, high) if len(lines) > 1 else lines


def _greedy(pen: ImageDraw.ImageDraw, text: str, face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines = [""]
    for word in filter(None, text.split(" ")):
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or pen.textlength(longer, font=face) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _in_parts(pen: ImageDraw.ImageDraw, line: str, face: ImageFont.FreeTypeFont) -> list[str]:
    """Return a line that is too long in parts that fit, broken anywhere."""
    parts = [""]
    for letter in line:
        if pen.textlength(parts[-1] + letter, font=face) > TITLE_WIDTH * SCALE:
            parts.append("")
        parts[-1] += letter
    return parts


def _one_line(pen: ImageDraw.ImageDraw, text: str, face: ImageFont.FreeTypeFont) -> str:
    """Return a text that fits on one line, cut between words with an ellipsis where it is longer."""
    width = TITLE_WIDTH * SCALE
    if pen.textlength(text, font=face) <= width:
        return text
    words = text.split(" ")
    while len(words) > 1 and pen.textlength(f"{' '.join(words)} …", font=face) > width:
        words.pop()
    return f"{' '.join(words)} …"


def _png(image: Image.Image) -> bytes:
    small = image.resize(IMAGE_SIZE, Image.Resampling.LANCZOS).quantize(COLOURS, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    small.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()

"""An organisation's logo, drawn anew: nothing of what was sent is kept but its pixels, as PNG."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

MOST_BYTES = 2 * 1024 * 1024  # a logo as a web designer hands it over; photographs are larger
MOST_PIXELS = 16_000_000  # 4000 by 4000: a logo for print; decoded, it takes 64 MB once
LONG_SIDE = 480  # pixels: sharp at 240 on the wall, on screens with two to each
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
NAMES = "PNG, JPEG, WebP, GIF"
DIGEST_LENGTH = 32
# A small server has the memory for one at a time.
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True)
class Logo:
    """What is kept of a logo: the bytes of a PNG, their fingerprint, and its size in pixels."""

    content: bytes
    digest: str
    width: int
    height: int


def drawn_anew(sent: File) -> Logo:
    """Return what the site keeps of a picture; raise ValidationError, in words, where it takes none of it.

    Its size and the number of its pixels are looked at before anything is decoded; its name decides nothing.
    """
    if sent.size > MOST_BYTES:
        raise _refused(
            _("This file has %(size)s. Logos of at most %(most)s are taken.")
            % {"size": filesizeformat(sent.size), "most": filesizeformat(MOST_BYTES)}
        )
    sent.seek(0)
    content = sent.read()
    if _is_svg(content):
        raise _refused(
            _("SVG files aren't taken: they can hold programs. Save the drawing as PNG and send that.")
        )
    with _ONE_AT_A_TIME, _whole_files_only(), _opened(content) as image:
        drawn = _drawn(image)
    digest = hashlib.sha256(drawn.getvalue()).hexdigest()[:DIGEST_LENGTH]
    with Image.open(drawn) as result:
        return Logo(drawn.getvalue(), digest, result.width, result.height)


def _is_svg(content: bytes) -> bool:
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<svg", b"<?xml")) or content[:2] == b"\x1f\x8b"


def _opened(content: bytes) -> Image.Image:
    """Read a file's head alone: what it is, and how large it would become."""
    try:
        image = Image.open(BytesIO(content), formats=FORMATS)
    except UnidentifiedImageError as error:
        words = _("This file is not a picture that the site can show. Logos may be: %(formats)s.")
        raise _refused(words % {"formats": NAMES}) from error
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except Exception as error:
        raise _broken() from error
    if image.width * image.height > MOST_PIXELS:
        raise _too_large()
    return image


def _drawn(image: Image.Image) -> BytesIO:
    """Decode, turn upright, shrink; write what is seen alone, with what is see-through; of a film its first frame."""
    try:
        image.load()
        upright = ImageOps.exif_transpose(image).convert("RGBA")
        upright.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
        # A new one, because Pillow hands on to what it writes whatever it has read beside the pixels.
        made = Image.new("RGBA", upright.size)
        made.paste(upright)
        drawn = BytesIO()
        made.save(drawn, "PNG", optimize=True)
    except Exception as error:
        raise _broken() from error
    return drawn


@contextmanager
def _whole_files_only() -> Iterator[None]:
    """Let no file pass that was cut off: other libraries tell Pillow to be content with half of one."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _refused(words: str) -> ValidationError:
    return ValidationError(words, code="logo")


def _too_large() -> ValidationError:
    return _refused(_("This picture has too many pixels. Make it smaller and send it again."))


def _broken() -> ValidationError:
    return _refused(_("This picture is damaged or was cut off on its way. Save it anew and send it again."))

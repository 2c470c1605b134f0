"""A picture that somebody sends, made into one that the site keeps.

Nothing of what was sent is stored. The picture is decoded and written anew: turned upright, at most `LONG_SIDE` long,
in sRGB, under a random name, and without anything beside its pixels: no place, no camera, no name, no thumbnail.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock
from typing import BinaryIO
from uuid import uuid4

import pillow_heif
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from home.uploads.limits import LONG_SIDE, PICTURE_BYTES, PICTURE_PIXELS

# The decoders that may be tried, by the extensions that may stand for them. MPO: two JPEGs in one file, as phones do.
FORMATS = {
    "avif": ("AVIF",),
    "gif": ("GIF",),
    "heic": ("HEIF",),
    "heif": ("HEIF",),
    "jpeg": ("JPEG", "MPO"),
    "jpg": ("JPEG", "MPO"),
    "png": ("PNG",),
    "webp": ("WEBP",),
}
NAMES = "JPEG, PNG, GIF, WebP, AVIF, HEIC"
DECODERS = sorted({name for names in FORMATS.values() for name in names} - {"MPO"})
FEW_COLOURS = 256  # drawings, logos and screenshots: JPEG would blur their edges
QUALITY = 88  # of what is kept; renditions are made from it and have their own
# The largest picture that is taken needs some 350 MB while it is made anew: a small server has that once.
_ONE_AT_A_TIME = Lock()
HAS_ALPHA = {"RGBA", "LA", "PA", "La", "RGBa"}

pillow_heif.register_heif_opener()


class TakenIn(ContentFile):
    """A picture that was made anew here, and needs it no second time."""


def take_in(sent: File) -> TakenIn:
    """Return what the site keeps of a picture; raise ValidationError, in words, where it takes none of it.

    Extension, size and number of pixels are looked at before anything is decoded.
    """
    if isinstance(sent, TakenIn):
        return sent
    extension = check_name(sent.name or "")
    if sent.size > PICTURE_BYTES:
        raise ValidationError(
            _("This file has %(size)s. Pictures of at most %(most)s are taken.")
            % {"size": filesizeformat(sent.size), "most": filesizeformat(PICTURE_BYTES)},
            code="too_large",
        )
    sent.seek(0)
    # Made into a copy: decoders read on while the upload's own file may be closed, or be read by somebody else.
    with _ONE_AT_A_TIME, _whole_files_only(), _opened(BytesIO(sent.read()), extension) as image:
        return _written(_made_anew(image))


@contextmanager
def _whole_files_only() -> Iterator[None]:
    """Let no file pass that was cut off: WeasyPrint, where a process has loaded it, tells Pillow to be content."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def check_name(name: str) -> str:
    """Return the extension of a file's name; raise ValidationError where no picture of such a name is taken."""
    extension = os.path.splitext(name)[1].lower().lstrip(".")
    if extension in ("svg", "svgz"):
        words = _("SVG files aren't taken: they can hold programs. Save the drawing as PNG and send that.")
        raise ValidationError(words, code="svg")
    if extension not in FORMATS:
        words = _("This kind of file isn't taken. Pictures may be: %(formats)s.") % {"formats": NAMES}
        raise ValidationError(words, code="extension")
    return extension


def _opened(content: BinaryIO, extension: str) -> Image.Image:
    """Read a file's head alone: what it is, and how large it would become."""
    try:
        image = Image.open(content, formats=DECODERS)
    except UnidentifiedImageError as error:
        content.seek(0)
        if content.read(12)[4:8] == b"ftyp":  # the beginning of a HEIC or AVIF file that has lost its end
            raise _broken() from error
        words = _("This file is not a picture, whatever its name says.")
        raise ValidationError(words, code="no_picture") from error
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Exception as error:
        raise _broken() from error
    if image.format not in FORMATS[extension]:
        words = _("The name of this file says .%(extension)s, but it is %(format)s. Correct its name first.")
        raise ValidationError(
            words % {"extension": extension, "format": _told(image.format)}, code="mismatch"
        )
    if image.width * image.height > PICTURE_PIXELS:
        raise _too_many_pixels()
    return image


def _made_anew(image: Image.Image) -> Image.Image:
    """Decode, shrink, turn upright and put into sRGB; of a moving picture the first frame."""
    profile = image.info.get("icc_profile")
    try:
        if image.mode == "P" or image.mode == "1":
            image = image.convert("RGBA" if "transparency" in image.info else "RGB")
        elif image.mode.startswith(("I", "F")):
            image = _eight_bits(image)
        # Before anything else is done: a JPEG is then decoded at a fraction of its size.
        image.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
        image.load()  # a small one was not decoded yet
    except Exception as error:
        raise _broken() from error
    image = _upright(image)
    kept_mode = "RGBA" if image.mode in HAS_ALPHA or "transparency" in image.info else "RGB"
    image = _in_srgb(image, profile, kept_mode)
    # A new one, because Pillow hands on to what it writes whatever it has read beside the pixels.
    made = Image.new(kept_mode, image.size)
    made.paste(image)
    return made


def _upright(image: Image.Image) -> Image.Image:
    """Turn a picture as its camera was held; one whose note about that can't be read stays as it is."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:
        return image


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a picture of 16 or 32 bits a channel in 8: Pillow would cut off what is bright."""
    high = image.convert("F").getextrema()[1]
    assert isinstance(high, float)  # of one channel
    factor = 1 / 256 if high > 255 else 255 / high if 0 < high <= 1 else 1
    return image.convert("F").point(lambda value: value * factor).convert("L")


def _in_srgb(image: Image.Image, profile: bytes | None, mode: str) -> Image.Image:
    """Return the picture in the colours that screens show without being told, if it says which it has."""
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            changed = ImageCms.profileToProfile(image, source, target, outputMode=mode)
            if changed is not None:
                return changed
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that can't be read: then the numbers are taken for sRGB, as browsers do
    return image.convert(mode)


def _written(image: Image.Image) -> TakenIn:
    """Write PNG where there are few colours or see-through parts, and JPEG otherwise."""
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    content = BytesIO()
    if image.mode == "RGBA" or image.getcolors(FEW_COLOURS):
        extension = "png"
        image.save(content, "PNG", optimize=True)
    else:
        extension = "jpg"
        image.save(content, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return TakenIn(content.getvalue(), name=f"{uuid4().hex}.{extension}")


def _told(name: str | None) -> str:
    return {"MPO": "JPEG", "HEIF": "HEIC", "WEBP": "WebP"}.get(name or "", name or "")


def _too_many_pixels() -> ValidationError:
    words = _("This picture has more than %(most)s pixels. Make it smaller and send it again.")
    return ValidationError(
        words % {"most": number_format(PICTURE_PIXELS, force_grouping=True)}, code="pixels"
    )


def _broken() -> ValidationError:
    words = _("This picture is damaged or was cut off on its way. Send it again, or save it anew first.")
    return ValidationError(words, code="broken")

"""Files as people send them: photographs with what a camera writes beside them, and files that are something else."""

import struct
import zipfile
import zlib
from functools import cache
from io import BytesIO

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, PngImagePlugin

PLACE = b"48 N 2 E"
MARKS = (b"Exif", b"Essai-Camera", b"ns.adobe.com", b"Photoshop", b"Un commentaire", b"ICC_PROFILE")
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


@cache
def photograph(size=(640, 480)) -> Image.Image:
    """Return a picture with many colours: its left half is mostly red, its right half mostly blue."""
    half = (size[0] // 2, size[1])
    grain = Image.effect_noise(size, 60)
    both = Image.new("RGB", size, (200, 30, 30))
    both.paste((30, 30, 200), (half[0], 0, *size))
    return Image.blend(both, Image.merge("RGB", (grain, grain.rotate(90, expand=False), grain)), 0.2)


def exif(orientation: int = 1) -> bytes:
    """Return what a camera writes: its name, how it was held, where it was."""
    written = Image.Exif()
    written[ORIENTATION], written[MAKE] = orientation, "Essai-Camera"
    written.get_ifd(GPS).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)})
    return written.tobytes()


@cache
def jpeg(size=(640, 480), orientation: int = 1, **more) -> bytes:
    """Return a JPEG with everything beside its pixels that there is: Exif, GPS, XMP, IPTC, a comment, a thumbnail."""
    content = BytesIO()
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">Essai-Camera</x:xmpmeta>'
    photograph(size).save(
        content, "JPEG", quality=92, exif=exif(orientation), comment=b"Un commentaire", xmp=xmp, **more
    )
    iptc = b"Photoshop 3.0\x00" + b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(PLACE)) + PLACE
    segment = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    whole = content.getvalue()
    return whole[:2] + segment + whole[2:]


@cache
def heic(size=(640, 480)) -> bytes:
    """Return a photograph as telephones write it."""
    content = BytesIO()
    pillow_heif.from_pillow(photograph(size)).save(content, quality=60, exif=exif())
    return content.getvalue()


def written(image: Image.Image, kind: str, **more) -> bytes:
    """Return a picture in one format."""
    content = BytesIO()
    image.save(content, kind, **more)
    return content.getvalue()


def drawing(mode: str = "RGB") -> Image.Image:
    """Return a drawing of three colours."""
    image = Image.new(mode, (600, 400), (255, 255, 255, 0)[: len(mode)])
    image.paste((0, 68, 77, 255)[: len(mode)], (100, 100, 300, 300))
    image.paste((200, 60, 0, 255)[: len(mode)], (350, 100, 500, 300))
    return image


def png_with_words() -> bytes:
    """Return a drawing whose file says who made it and where."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Essai-Camera")
    words.add_itxt("XML:com.adobe.xmp", "ns.adobe.com Essai-Camera")
    return written(drawing(), "PNG", pnginfo=words, exif=exif(), dpi=(300, 300))


def moving_gif() -> bytes:
    """Return a picture that moves: first red, then blue."""
    frames = [Image.new("P", (60, 40), number) for number in (0, 1)]
    for frame in frames:
        frame.putpalette([200, 0, 0, 0, 0, 200] + [0] * 762)
    return written(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100, loop=0)


def profile_with_red_and_green_exchanged() -> bytes:
    """Return a colour profile in which the numbers for red mean green."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"xXYZ").replace(b"gXYZ", b"rXYZ").replace(b"xXYZ", b"gXYZ")


def too_many_pixels() -> bytes:
    """Return a file of some kilobytes that says it has 400 million pixels."""
    content = bytearray(written(Image.new("1", (8, 8)), "PNG"))
    content[16:24] = struct.pack(">II", 20_000, 20_000)
    content[29:33] = struct.pack(">I", zlib.crc32(bytes(content[12:29])))
    return bytes(content)


SVG = (
    b"""<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><rect width="9" height="9"/></svg>"""
)
HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def archive(**members: bytes) -> bytes:
    """Return a ZIP file with these members."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name, inside in members.items():
            made.writestr(name, inside)
    return content.getvalue()


def docx(**more: bytes) -> bytes:
    """Return the least that Word takes for a document."""
    return archive(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>", **more})


def odt(kind: bytes = b"application/vnd.oasis.opendocument.text") -> bytes:
    """Return the least that LibreOffice takes for a text."""
    return archive(mimetype=kind, **{"content.xml": b"<document/>"})


def sent(content: bytes, name: str, kind: str = "") -> SimpleUploadedFile:
    """Return a file as a form gets it."""
    return SimpleUploadedFile(name, content, kind or "application/octet-stream")

"""Logos: drawn anew as PNG, whatever came; what is no picture is refused in words."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, PngImagePlugin

from petition.enums import EndorsementState
from petition.logos import MOST_BYTES, drawn_anew
from petition.models import Endorsement
from tests.petition.endorsements.conftest import picture, sent_file


def opened(logo) -> Image.Image:
    return Image.open(BytesIO(logo.content))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "RGB"), ("JPEG", "CMYK"), ("WEBP", "RGBA"), ("GIF", "P")],
)
def test_every_kind_becomes_a_png_of_at_most_480_pixels(kind, mode):
    content = BytesIO()
    Image.new("RGBA", (1200, 400), (71, 39, 165, 255)).convert(mode).save(content, kind)
    logo = drawn_anew(sent_file(content.getvalue(), "x.gif"))
    image = opened(logo)
    assert (image.format, image.size) == ("PNG", (480, 160))
    assert (logo.width, logo.height) == image.size


def test_a_small_one_is_not_made_larger_and_what_is_see_through_stays():
    image = opened(drawn_anew(sent_file(picture(size=(40, 20)))))
    assert image.size == (40, 20)
    assert image.getpixel((5, 5))[3] == 128


def test_nothing_but_the_pixels_is_kept():
    exif = Image.Exif()
    exif[0x010E] = "un secret"
    exif[0x0112] = 6
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", "un secret")
    photo = drawn_anew(sent_file(picture("JPEG", mode="RGB", exif=exif)))
    drawing = drawn_anew(sent_file(picture(pnginfo=note) + b"<script>un secret</script>"))
    for logo in (photo, drawing):
        assert b"un secret" not in logo.content
        assert not opened(logo).getexif()
    assert opened(photo).size == (240, 480)  # turned as the camera was held


def bomb() -> bytes:
    """Return some bytes that say of themselves to be a picture of 400 million pixels."""
    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1_000_000)
    chunks = b""
    for name, data in ((b"IHDR", head), (b"IDAT", body), (b"IEND", b"")):
        chunks += struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "SVG"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><svg/>", "SVG"),
        (b"<html><script>alert(1)</script></html>", "pas une image"),
        (b"", "pas une image"),
        (b"GIF89a", "pas une image|endommagée"),
        (b"%PDF-1.4", "pas une image"),
        (picture()[:-200], "endommagée"),
        (picture("JPEG", mode="RGB")[:400], "pas une image|endommagée"),
        (bomb(), "trop de pixels"),
        (picture(size=(4001, 4000), mode="L"), "trop de pixels"),
        (b"\0" * (MOST_BYTES + 1), "2,0 Mio"),
    ],
    ids=lambda value: value[:12] if isinstance(value, bytes) else value,
)
def test_what_the_site_cannot_draw_is_refused_in_words(content, word):
    with pytest.raises(ValidationError) as refused:
        drawn_anew(sent_file(content))
    told = " ".join(refused.value.messages).replace("\u00a0", " ").replace("\u202f", " ")
    assert any(each in told for each in word.split("|")), told


@pytest.mark.django_db
def test_the_refusal_stands_beside_the_field(endorse):
    html = endorse(logo=sent_file(b"<html></html>", "logo.png")).content.decode()
    assert "pas une image" in html.split('id="id_logo_error"')[1].split("</p>")[0]
    assert not Endorsement.objects.exists()


@pytest.mark.django_db
def test_an_empty_file_is_told_as_well(endorse):
    assert endorse(logo=sent_file(b"")).status_code == 422


@pytest.mark.django_db
def test_only_published_logos_have_an_address_which_serves_a_picture_for_ever(endorsed, visitor):
    row, _, _ = endorsed(logo=sent_file(picture()))
    address = f"/organisations/logos/{row.logo_digest}.png"
    assert visitor.read(address).status_code == 404
    from django.utils import timezone

    now = timezone.now()
    Endorsement.objects.update(state=EndorsementState.PUBLISHED, confirmed_at=now, published_at=now)
    answer = visitor.read(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer["Cache-Control"]
    assert "Set-Cookie" not in answer
    assert Image.open(BytesIO(answer.content)).format == "PNG"
    assert visitor.read("/organisations/logos/%00.png").status_code == 404

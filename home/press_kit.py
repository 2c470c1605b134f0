"""The press kit as one ZIP: pictures, their credits and licences, figures with their dates and sources."""

import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import slugify
from wagtail.images.models import Picture
from wagtail.images.shortcuts import get_renditions_or_not_found

from campaign.typography import typeset_text
from home.links import absolute
from home.models.organisation import Organisation

README_NAMES = {"fr": "LISEZMOI.txt", "en": "README.txt"}
SIZES = "(min-width: 48em) 20rem, 100vw"  # two or three in a row where there is room
SAME_DATE = (2020, 1, 1, 0, 0, 0)  # of all files in it: the same content gives the same bytes


@dataclass(frozen=True)
class KitPicture:
    """One picture of a kit: what it shows, and its name in the ZIP."""

    image: Any
    description: str
    name: str

    @property
    def shown(self) -> Picture:
        """The picture in the sizes and formats of which a browser takes one."""
        from home.models.image import SHOWN

        return Picture(
            get_renditions_or_not_found(self.image, SHOWN),
            {"alt": self.description, "loading": "lazy", "sizes": SIZES},
        )


def pictures(page) -> list[KitPicture]:
    """Return the pictures of a kit, with all their sizes in one statement."""
    found = [block.value for block in page.kit if block.block_type == "picture" and block.value["image"]]
    prefetch_related_objects([value["image"] for value in found], "renditions")
    return [
        KitPicture(value["image"], value["description"], _name(number, value))
        for number, value in enumerate(found, start=1)
    ]


def _name(number: int, value) -> str:
    extension = PurePath(value["image"].file.name).suffix.lower()
    return f"{number:02}-{slugify(value['description'])[:60] or 'image'}{extension}"


def figures(page) -> list:
    """Return the figures of a kit."""
    return [block.value for block in page.kit if block.block_type == "figure"]


def pack(page) -> bytes:
    """Return the ZIP of one list of press releases, in its language; the same bytes for the same content.

    A picture whose file is lost is left out: what is there still serves a newsroom.
    """
    shown = [one for one in pictures(page) if one.image.file.storage.exists(one.image.file.name)]
    with translation.override(page.language):
        around = {
            "organiser": Organisation.current().name,
            "pictures": shown,
            "figures": figures(page),
            "address": absolute(page.url),
        }
        readme = render_to_string("home/press/kit_readme.txt", around)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as kit:
        _add(
            kit,
            README_NAMES[page.language],
            typeset_text(readme, page.language).encode(),
            zipfile.ZIP_DEFLATED,
        )
        for picture in shown:
            with picture.image.file.open("rb") as file:
                _add(kit, picture.name, file.read(), zipfile.ZIP_STORED)
    return out.getvalue()


def _add(kit: zipfile.ZipFile, name: str, content: bytes, compression: int) -> None:
    entry = zipfile.ZipInfo(name, SAME_DATE)
    entry.compress_type = compression
    entry.external_attr = 0o644 << 16
    kit.writestr(entry, content)

"""The documents that staff may offer: their names and what is in them both say that they are of a kind we take."""

import os
import zipfile
import zlib
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from home.uploads.limits import DOCUMENT_BYTES, ZIP_MEMBERS

NAMES = "PDF, DOCX, ODT, CSV, ZIP"
ODT = b"application/vnd.oasis.opendocument.text"
PROGRAMS = ("vbaproject.bin", "vbadata.xml")  # macros of Word, whatever the file's extension
# What reading an archive raises that is damaged, locked by a password (RuntimeError) or packed in an unknown way.
UNREADABLE = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError, OSError)
SOURCE_OF_PAGES = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml")


def check(sent: File) -> None:
    """Raise ValidationError, in words, unless a document is one that the site offers."""
    extension = os.path.splitext(sent.name or "")[1].lower().lstrip(".")
    look = KINDS.get(extension)
    if look is None:
        words = _("This kind of file isn't taken. Documents may be: %(formats)s.") % {"formats": NAMES}
        raise ValidationError(words, code="extension")
    if sent.size > DOCUMENT_BYTES:
        raise ValidationError(
            _("This file has %(size)s. Documents of at most %(most)s are taken.")
            % {"size": filesizeformat(sent.size), "most": filesizeformat(DOCUMENT_BYTES)},
            code="too_large",
        )
    try:
        right = look(sent)
    finally:
        sent.seek(0)
    if not right:
        words = _(
            "The name of this file says .%(extension)s, but what is in it is something else, or damaged."
        )
        raise ValidationError(words % {"extension": extension}, code="content")


def check_before_storing(instance, **_kwargs) -> None:
    """Stand at the model's door: look at a document that comes by a way which has no form, and name its folder.

    The file keeps its name, which readers see; the folder's name nobody can guess, and two files never meet in it.
    """
    file = instance.file
    if not file or file._committed:
        return
    check(file)
    file.name = f"{uuid4().hex}/{os.path.basename(file.name)}"


def _is_pdf(sent: File) -> bool:
    sent.seek(0)
    return sent.read(5) == b"%PDF-"


def _is_docx(sent: File) -> bool:
    names = _members(sent)
    _refuse_programs(names)
    return "[content_types].xml" in names and "word/document.xml" in names


def _is_odt(sent: File) -> bool:
    if "mimetype" not in _members(sent):
        return False
    try:
        with zipfile.ZipFile(sent) as archive, archive.open("mimetype") as member:
            return member.read(len(ODT) + 1).strip() == ODT
    except UNREADABLE:
        return False


def _is_zip(sent: File) -> bool:
    names = _members(sent)
    _refuse_programs(names)
    return bool(names)


def _is_csv(sent: File) -> bool:
    """Whether a file is plain text, and not the source of a page."""
    sent.seek(0)
    content = sent.read()
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not content.strip() or b"\0" in content or head.startswith(SOURCE_OF_PAGES):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return not any(byte < 9 or 13 < byte < 32 for byte in content)  # an older code, in which Excel writes
    return True


def _members(sent: File) -> set[str]:
    """Return the names in an archive, in small letters; none where it is no archive, or one made to keep us busy."""
    sent.seek(0)
    try:
        with zipfile.ZipFile(sent) as archive:
            names = archive.namelist()
            return set() if len(names) > ZIP_MEMBERS else {name.lower() for name in names}
    except UNREADABLE:
        return set()


def _refuse_programs(names: set[str]) -> None:
    if any(name.endswith(PROGRAMS) for name in names):
        words = _("This document holds programs (macros). Save it without them and send it again.")
        raise ValidationError(words, code="programs")


KINDS = {"pdf": _is_pdf, "docx": _is_docx, "odt": _is_odt, "csv": _is_csv, "zip": _is_zip}

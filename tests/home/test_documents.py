"""Documents: which are taken, what is said of the others, and how they are given out."""

import html

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from wagtail.documents import get_document_model

from home.blocks import AttachmentsBlock
from home.uploads import documents, limits
from tests.home import files

CSV = "Département;Signatures\nEssai;12\n".encode("cp1252")
TAKEN = {
    "dossier.pdf": files.PDF,
    "Note.DOCX": files.docx(),
    "note.odt": files.odt(),
    "chiffres.csv": CSV,
    "chiffres-utf8.csv": "Département;Signatures\n".encode("utf-8-sig"),
    "images.zip": files.archive(**{"logo.png": b"x"}),
}
SOMETHING_ELSE = "mais son contenu est autre, ou abîmé."


def locked(archive: bytes) -> bytes:
    """Return an archive whose members all say that they want a password."""
    content = bytearray(archive)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(signature, at + 4)
    return bytes(content)


REFUSED = [
    (
        "programme.exe",
        b"MZ",
        "Ce type de fichier n’est pas accepté. Formats de document possibles : PDF, DOCX",
    ),
    ("page.html", files.HTML, "Ce type de fichier n’est pas accepté."),
    ("dessin.svg", files.SVG, "Ce type de fichier n’est pas accepté."),
    ("sans-nom", files.PDF, "Ce type de fichier n’est pas accepté."),
    ("dossier.pdf.exe", files.PDF, "Ce type de fichier n’est pas accepté."),
    ("dossier.pdf", files.HTML, f"Le nom de ce fichier se termine par .pdf, {SOMETHING_ELSE}"),
    ("dossier.pdf", b"   " + files.PDF, SOMETHING_ELSE),
    ("note.docx", files.PDF, SOMETHING_ELSE),
    ("note.docx", files.archive(**{"logo.png": b"x"}), SOMETHING_ELSE),
    ("note.docx", files.docx()[:60], SOMETHING_ELSE),
    (
        "note.docx",
        files.docx(**{"word/vbaProject.bin": b"x"}),
        "Ce document contient des programmes (macros).",
    ),
    ("note.odt", files.odt(b"application/vnd.oasis.opendocument.spreadsheet"), SOMETHING_ELSE),
    ("note.odt", files.odt().replace(b"PK\x03\x04", b"XX\x03\x04"), SOMETHING_ELSE),
    ("note.odt", locked(files.odt()), SOMETHING_ELSE),
    ("images.zip", b"PK\x03\x04", SOMETHING_ELSE),
    ("chiffres.csv", files.HTML, SOMETHING_ELSE),
    ("chiffres.csv", b"\x00\x01\x02", SOMETHING_ELSE),
    ("chiffres.csv", files.jpeg(), SOMETHING_ELSE),
    ("dossier.pdf", b"", "Le fichier soumis est vide."),
]
CASES = pytest.mark.parametrize(("name", "content", "words"), REFUSED)
Document = get_document_model()


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def plain(text: str) -> str:
    return html.unescape(text).replace("\xa0", " ").replace("\u202f", " ")


def nothing_is_stored() -> bool:
    return not Document.objects.exists() and not any(default_storage.listdir(""))


@pytest.mark.parametrize("name", TAKEN)
def test_each_kind_is_taken_and_given_out_to_be_saved(staff_client, client, page, name):
    answer = staff_client.post(
        reverse("wagtaildocs:add"), {"title": "Essai", "tags": "", "file": files.sent(TAKEN[name], name)}
    )
    assert answer.status_code == 302
    client.logout()
    document = Document.objects.get()
    assert client.get(document.url).status_code == 404, "no page offers it yet"
    release = page("PRESS_RELEASE")
    release.attachments = AttachmentsBlock().to_python(
        [{"type": "file", "value": {"document": document.pk, "title": "Essai"}}]
    )
    release.save_revision().publish()
    given = client.get(document.url)
    assert given.status_code == 200
    assert b"".join(given) == TAKEN[name]
    assert given["Content-Disposition"].startswith("attachment")
    assert name in given["Content-Disposition"]
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Security-Policy"] == "default-src 'none'"
    assert not given.cookies


@CASES
def test_the_form_says_why_beside_the_field(staff_client, name, content, words):
    answer = staff_client.post(
        reverse("wagtaildocs:add"), {"title": "Essai", "tags": "", "file": files.sent(content, name)}
    )
    assert answer.status_code == 200
    assert words in plain(" ".join(answer.context["form"].errors["file"]))
    assert words in plain(answer.content.decode())
    assert nothing_is_stored()


@CASES
def test_so_do_the_tab_of_the_page_editor_and_the_screen_for_many(staff_client, name, content, words):
    prefix = "document-chooser-upload"
    answer = staff_client.post(
        reverse("wagtaildocs_chooser:create"),
        {f"{prefix}-title": "Essai", f"{prefix}-tags": "", f"{prefix}-file": files.sent(content, name)},
    )
    assert words in plain(answer.json()["htmlFragment"])
    many = staff_client.post(
        reverse("wagtaildocs:add_multiple"), {"title": "Essai", "files[]": files.sent(content, name)}
    )
    assert words in plain(many.json()["error_message"])
    assert nothing_is_stored()


@CASES
def test_and_the_model_lets_none_in_by_another_way(db, name, content, words):
    with pytest.raises(ValidationError):
        Document.objects.create(title="Essai", file=ContentFile(content or b" ", name=name))
    assert nothing_is_stored()


def test_a_file_that_is_too_large(staff_client, monkeypatch):
    monkeypatch.setattr(documents, "DOCUMENT_BYTES", 10)
    answer = staff_client.post(
        reverse("wagtaildocs:add"), {"title": "Essai", "tags": "", "file": files.sent(files.PDF, "a.pdf")}
    )
    assert "Les documents ne doivent pas dépasser 10" in plain(
        " ".join(answer.context["form"].errors["file"])
    )


def test_an_archive_of_more_files_than_anybody_reads_is_refused(monkeypatch):
    monkeypatch.setattr(documents, "ZIP_MEMBERS", 2)
    several = files.archive(a=b"", b=b"", c=b"")
    with pytest.raises(ValidationError):
        documents.check(files.sent(several, "images.zip"))


def test_two_documents_of_one_name_keep_it_in_folders_that_nobody_guesses(db):
    made = [
        Document.objects.create(title="Essai", file=ContentFile(files.PDF, name="dossier.pdf"))
        for _ in range(2)
    ]
    assert [document.filename for document in made] == ["dossier.pdf", "dossier.pdf"]
    folders = {document.file.name.split("/")[-2] for document in made}
    assert len(folders) == 2
    assert all(len(folder) == 32 for folder in folders)


def test_a_name_that_would_leave_the_folder_stays_in_it(db):
    document = Document.objects.create(
        title="Essai", file=ContentFile(files.PDF, name="../../etc/dossier.pdf")
    )
    assert document.file.name.startswith("documents/")
    assert document.filename == "dossier.pdf"


def test_the_field_says_what_is_taken(staff_client):
    shown = plain(staff_client.get(reverse("wagtaildocs:add")).content.decode())
    assert "PDF, DOCX, ODT, CSV, ZIP, jusqu’à 25,0 Mio." in shown


def test_the_numbers_of_the_settings_are_ours():
    assert settings.WAGTAILDOCS_MAX_UPLOAD_SIZE == limits.DOCUMENT_BYTES
    assert set(settings.WAGTAILDOCS_EXTENSIONS) == set(documents.KINDS)

"""Pages as PDF: tagged, whole in its letters, fetching nothing, never older than the page."""

import logging
import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from campaign.outbox.models import OutboxTask
from campaign.outbox.worker import Worker
from campaign.typography import plain_spaces
from home import checks, handlers, pango, pdf
from home.embargo import hidden_until
from home.files import name_to_save
from home.models import MadeFile, MadeKind, Organisation, PressReleasePage
from tests.home.pdf_text import text_of

LETTERS = "Élève, cœur, Ça, « prix », 10 €, l’État, fin\u202f! Ελληνικά, Żółć i źdźbło"


@pytest.fixture
def release(page):
    found = page("PRESS_RELEASE")
    found.contact = "Essai, presse@example.org"
    found.body = [("paragraph", f"<p>{LETTERS}</p>"), *[(b.block_type, b.value) for b in found.body]]
    found.save_revision().publish()
    return page("PRESS_RELEASE")


@pytest.fixture
def warnings(caplog):
    """What WeasyPrint complains of: a missing alternative text, an unknown language, a rule it doesn't know."""
    caplog.set_level(logging.WARNING, "weasyprint")
    yield caplog
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []


def made(page) -> bytes:
    Worker().drain()
    return bytes(MadeFile.objects.get(page=page, kind=MadeKind.PDF).content)


def structure(element, found: list[str]) -> list[str]:
    """Return the names of all elements of the structure, depth first."""
    if isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            found.append(str(element["/S"]))
        for child in _children(element):
            structure(child, found)
    return found


def _children(element) -> list:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def test_a_published_release_is_offered_as_tagged_pdf(client, release, warnings):
    with pikepdf.open(BytesIO(made(release))) as document:
        root = document.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "fr"
        assert root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert plain_spaces(about["dc:title"]) == release.title
        names = structure(root.StructTreeRoot, [])
        assert names.count("/H1") == 1
        assert {"/Document", "/H2", "/P", "/L", "/LI", "/Link"} <= set(names)
        assert all(page.get("/Tabs") == "/S" or "/Annots" not in page for page in document.pages)


def test_every_letter_is_there_and_can_be_read_back(release, warnings):
    content = made(release)
    text = re.sub(r"\s+", " ", plain_spaces(text_of(content)))
    assert plain_spaces(LETTERS) in text
    assert "À propos de" in text
    assert "presse@example.org" in text
    assert re.search(r"1 / \d", text), "page numbers"


def test_its_fonts_are_in_it_and_none_lacks_a_letter(release):
    with pikepdf.open(BytesIO(made(release))) as document:
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        assert fonts
        for font in fonts:
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())
            assert "/ToUnicode" in font
    assert "\ufffd" not in text_of(made(release))


def test_the_english_version_is_english(page, warnings):
    english = page("PRESS_RELEASE", "en")
    english.contact = ""
    with pikepdf.open(BytesIO(pdf.make_pdf(pdf.print_html(english)))) as document:
        assert str(document.Root.Lang) == "en"
    assert "Paris, 20 November 2020" in text_of(pdf.make_pdf(pdf.print_html(english)))


def test_a_position_paper_is_offered_as_pdf_too(page, warnings):
    paper = page("POSITION_PAPER")
    text = text_of(pdf.make_pdf(pdf.print_html(paper)))
    assert "Version 1.0" in plain_spaces(text)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/x.png",
        "https://testserver/static/css/pdf.css",
        "http://testserver:81/static/css/pdf.css",
        "http://testserver@example.org/static/css/pdf.css",
        "file:///etc/passwd",
        "ftp://testserver/static/css/pdf.css",
        "http://testserver/media/../../../etc/passwd",
        "http://testserver/media/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "http://testserver/static/../settings.py",
        "http://testserver/admin/",
        "data:text/html,x",
    ],
)
def test_nothing_is_fetched_but_our_own_files(address):
    with pytest.raises(Exception, match="not fetched|no such|outside|SuspiciousFile|located"):
        pdf.file_of(address)


def test_what_an_editor_writes_makes_us_call_nobody(caplog, monkeypatch):
    from urllib.request import OpenerDirector

    monkeypatch.setattr(OpenerDirector, "open", lambda *words, **more: pytest.fail("a call"))
    html = (
        '<html lang="fr"><title>Essai</title><style>@import url("http://example.org/a.css");'
        'p{background:url("http://169.254.169.254/")}</style>'
        '<p><img src="http://example.org/x.png" alt="Essai"></p></html>'
    )
    assert pdf.make_pdf(html).startswith(b"%PDF")


def test_our_own_style_sheet_is_read():
    assert pdf.file_of("http://testserver/static/css/pdf.css").read_text() == (
        Path(finders.find("css/pdf.css")).read_text()
    )


def test_the_page_links_its_pdf_with_what_it_is_once_it_is_made(client, release):
    address = f'href="{release.url}{release.slug}.pdf"'
    assert address not in client.get(release.url).content.decode(), "nothing is said while it is being made"
    content = made(release)
    html = plain_spaces(client.get(release.url).content.decode())
    assert address in html
    assert f"PDF, {round(len(content) / 1000)} Ko, français" in html


def test_its_file_is_saved_under_the_title_with_its_accents(client, release):
    made(release)
    answer = client.get(f"{release.url}{release.slug}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    disposition = answer["Content-Disposition"]
    assert disposition.startswith("inline; filename*=utf-8''Donn%C3%A9es%20de%20sant%C3%A9")
    assert "\n" not in disposition
    again = client.get(f"{release.url}{release.slug}.pdf", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("L’État : « oui » / non ?", "L’État « oui » non"),
        ('../..\\a"b\r\nX-Evil: 1', "a b X-Evil 1"),
        ("é" * 300, "é" * 90),
        ("…/", "…"),
        ("***", "document"),
    ],
)
def test_a_title_becomes_a_name_that_every_system_bears(title, name):
    assert name_to_save(title) == name


def test_a_new_version_takes_the_old_file_away_at_once(client, release):
    made(release)
    release = PressReleasePage.objects.get(pk=release.pk)
    release.title = "Un autre titre"
    release.save_revision().publish()
    assert client.get(f"{release.url}{release.slug}.pdf").status_code == 404
    assert "Un autre titre" in plain_spaces(text_of(made(release)))


def test_an_unpublished_release_has_no_file(client, release):
    made(release)
    release.unpublish()
    assert not MadeFile.objects.filter(page=release).exists()
    Worker().drain()
    assert not MadeFile.objects.filter(page=release).exists()


def test_the_file_of_a_page_that_has_moved_says_its_new_address(
    release, page, django_capture_on_commit_callbacks
):
    made(release)
    index = page("PRESS_INDEX")
    index.slug = "salle-de-presse"
    with django_capture_on_commit_callbacks(execute=True):
        index.save_revision().publish()
    text = text_of(made(PressReleasePage.objects.get(pk=release.pk)))
    assert "salle-de-presse" in re.sub(r"\s", "", text)


def test_what_the_organisation_says_of_itself_is_in_it_and_follows(release):
    organisation = Organisation.current()
    organisation.about_fr = "Une association d’essai."
    organisation.save()
    text = plain_spaces(text_of(made(release)))
    assert "À propos de" in text
    assert "Une association d’essai." in text


def test_the_file_of_a_release_under_embargo_is_marked(release, warnings):
    from tests.home.test_embargo import MINUTE

    release.embargo_until = MINUTE
    assert hidden_until(release)
    html = pdf.print_html(release)
    assert "Sous embargo jusqu’au 3 mars 2099, 6 h (heure de Paris)" in plain_spaces(html)
    assert "Sous embargo jusqu’au" in plain_spaces(text_of(pdf.make_pdf(html)))


def test_a_correction_is_in_it_dated(release, warnings):
    release.corrections = PressReleasePage.corrections.field.stream_block.to_python(
        [{"type": "correction", "value": {"date": "2020-11-25", "text": "<p>Lire « deux ».</p>"}}]
    )
    text = plain_spaces(text_of(pdf.make_pdf(pdf.print_html(release))))
    assert "Rectificatif du 25 novembre 2020" in text


def test_where_pango_is_missing_all_else_works_and_staff_are_told_what_to_install(
    client, release, monkeypatch
):
    monkeypatch.setattr(pango, "is_there", lambda: False)
    Worker().drain()
    assert not MadeFile.objects.filter(page=release, kind=MadeKind.PDF).exists()
    assert ".pdf" not in client.get(release.url).content.decode()
    assert "libpango-1.0-0" in handlers.make_missing_files()
    [warning] = checks.pango_is_there(None)
    assert (warning.id, "libpango-1.0-0" in warning.hint) == ("home.W001", True)


def test_once_pango_is_there_what_is_missing_is_made(release):
    MadeFile.objects.all().delete()
    made(release)
    MadeFile.objects.all().delete()
    handlers.make_missing_files()
    assert made(release).startswith(b"%PDF")


def test_a_file_that_was_given_up_is_not_owed_again_by_the_clock(release):
    MadeFile.objects.all().delete()
    OutboxTask.objects.all().delete()
    handlers.make_missing_files()
    OutboxTask.objects.filter(kind="make_pdf").update(failed_at=timezone.now())
    given_up = OutboxTask.objects.filter(kind="make_pdf", subject=str(release.pk))
    handlers.make_missing_files()
    assert given_up.count() == 1

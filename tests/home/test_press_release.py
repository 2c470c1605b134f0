"""A press release as its readers find it: place and date, quotations, files, contact, corrections; and in a mail."""

import re
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.utils import translation
from wagtail.documents.models import Document

from campaign.typography import plain_spaces
from home.file_facts import facts, size_in_words
from home.mail_copy import as_html, as_text
from home.models import Organisation, PressReleasePage


@pytest.fixture
def release(page) -> PressReleasePage:
    found = page("PRESS_RELEASE")
    found.contact = ""
    return found


def stored(release, **values) -> PressReleasePage:
    for name, value in values.items():
        is_body = isinstance(value, list)
        setattr(release, name, PressReleasePage._meta.get_field(name).to_python(value) if is_body else value)
    release.save_revision().publish()
    return PressReleasePage.objects.get(pk=release.pk)


def read(client, page) -> str:
    answer = client.get(page.url)
    assert answer.status_code == 200
    return plain_spaces(answer.content.decode())


def organisation(**values) -> None:
    found = Organisation.current()
    for name, value in values.items():
        setattr(found, name, value)
    found.save()


def test_it_says_where_and_when_it_was_given_out_in_each_language(client, page):
    assert '<time datetime="2020-11-20">Paris, le 20 novembre 2020</time>' in read(
        client, page("PRESS_RELEASE")
    )
    english = read(client, page("PRESS_RELEASE", "en"))
    assert '<time datetime="2020-11-20">Paris, 20 November 2020</time>' in english


@pytest.mark.parametrize(
    ("value", "caption"),
    [
        (
            {"attribution": "Camille Essai", "office": "présidence d’essai"},
            "Camille Essai, présidence d’essai",
        ),
        ({"attribution": "Camille Essai, à Essai-sur-Mer"}, "Camille Essai, à Essai-sur-Mer"),
        ({"office": "Le bureau"}, "Le bureau"),
    ],
)
def test_a_quotation_names_its_speaker_and_the_office(client, release, value, caption):
    """Of those written before there was a field for the office, too."""
    html = read(client, stored(release, body=[{"type": "quote", "value": {"text": "Des mots.", **value}}]))
    assert f"<figcaption>{caption}</figcaption>" in html
    assert "<blockquote><p>Des mots.</p></blockquote>" in html


def test_the_press_asks_whom_the_release_names_and_else_the_organisation(client, release):
    organisation(press_phone="01 99 00 00 00", press_email="presse@example.org")
    html = read(client, stored(release))
    assert "01 99 00 00 00" in html
    assert "presse@example.org" in html
    html = read(client, stored(release, contact="Camille Essai\n01 99 00 00 01"))
    assert "01 99 00 00 01" in html
    assert "presse@example.org" not in re.sub(r"<footer.*", "", html, flags=re.DOTALL)


def test_it_says_who_the_organisation_is_in_the_page_s_language(client, page):
    organisation(about_fr="Une association d’essai.", about_en="An association for tests.")
    french, english = read(client, page("PRESS_RELEASE")), read(client, page("PRESS_RELEASE", "en"))
    assert "Une association d’essai." in french
    assert "An association for tests." in english
    assert "An association for tests." not in french


def test_a_link_to_a_file_says_format_size_and_language(client, release):
    document = Document.objects.create(
        title="Essai", file=ContentFile(b"a;b\n1;2\n" * 300, name="tableau.csv")
    )
    value = {"document": document.pk, "title": "Le tableau", "language": "en"}
    html = read(client, stored(release, attachments=[{"type": "file", "value": value}]))
    assert f'<a href="{document.url}">Le tableau</a>' in html
    assert "(CSV, 2 Ko, anglais)" in html


def test_a_file_that_was_deleted_leaves_no_dead_link(client, release):
    document = Document.objects.create(title="Essai", file=ContentFile(b"a;b\n", name="tableau.csv"))
    value = {"document": document.pk, "title": "Le tableau", "language": "fr"}
    release = stored(release, attachments=[{"type": "file", "value": value}])
    document.delete()
    assert "Le tableau" not in read(client, release)


@pytest.mark.parametrize(
    ("size", "french", "english"),
    [
        (1, "1 Ko", "1 KB"),
        (38_400, "38 Ko", "38 KB"),
        (999_600, "1,0 Mo", "1.0 MB"),
        (2_460_000, "2,5 Mo", "2.5 MB"),
    ],
)
def test_sizes_are_told_in_each_language(size, french, english):
    with translation.override("fr"):
        assert plain_spaces(size_in_words(size)) == french
    with translation.override("en"):
        assert size_in_words(size) == english
        assert facts("pdf", size, "fr") == f"PDF, {english}, French"


CORRECTIONS = [
    {"type": "correction", "value": {"date": "2020-11-25", "text": "<p>Lire « deux ».</p>"}},
    {"type": "correction", "value": {"date": "2020-12-02", "text": "<p>Lire « trois ».</p>"}},
]


def test_corrections_are_dated_and_stand_above_the_text_the_newest_first(client, release):
    html = read(client, stored(release, corrections=CORRECTIONS))
    places = [
        html.index(words) for words in ("Rectificatif du 2 décembre 2020", "Rectificatif du 25 novembre 2020")
    ]
    assert places == sorted(places)
    assert places[1] < html.index("Stocker en Europe ne suffit pas")


def test_no_correction_is_shown_where_there_is_none(client, release):
    assert "Rectificatif" not in read(client, stored(release))


# --- In a mail ---------------------------------------------------------------------------------------------

BODY = [
    {"type": "heading", "value": {"text": "Un titre", "level": "h2"}},
    {
        "type": "paragraph",
        "value": '<p>Voir <a href="https://example.org/a">la loi</a>.</p><ol><li>Un</li><li>Deux</li></ol>',
    },
    {"type": "plain", "value": "Une ligne\nune autre\n\nUn autre paragraphe"},
    {"type": "quote", "value": {"text": "Des mots.", "attribution": "Camille Essai", "office": "présidence"}},
    {"type": "outside_services", "value": None},
]


@pytest.fixture
def mailed(release):
    organisation(about_fr="Une association d’essai.", press_email="presse@example.org")
    return stored(release, body=BODY, corrections=CORRECTIONS[:1])


def test_as_text_it_says_all_in_the_order_of_a_mail(mailed):
    text = plain_spaces(as_text(mailed, mailed.around()))
    wanted = [
        mailed.title,
        "Paris, le 20 novembre 2020",
        "Rectificatif du 25 novembre 2020",
        "Lire « deux ».",
        mailed.summary,
        "Un titre",
        "Voir la loi (https://example.org/a).",
        "1. Un\n2. Deux",
        "Une ligne\nune autre",
        "Un autre paragraphe",
        "« Des mots. »",
        "– Camille Essai, présidence",
        mailed.signed_by,
        "À propos de DIGITAL SME France",
        "Une association d’essai.",
        "presse@example.org",
        f"http://testserver{mailed.url}",
    ]
    places = [text.find(words) for words in wanted]
    assert -1 not in places, wanted[places.index(-1)]
    assert places == sorted(places)
    assert "<" not in text
    assert "&" not in text
    assert "\n\n\n" not in text
    assert "Aucun" not in text, "what only the site can show is left out"


def test_with_layout_its_links_lead_to_full_addresses_and_nothing_is_loaded(mailed, page):
    link = f'<p><a linktype="page" id="{page("PETITION_PAGE").pk}">la pétition</a></p>'
    mailed.body = [("paragraph", link)]
    html = as_html(mailed, mailed.around())
    assert '<a href="http://testserver/petition/">la pétition</a>' in html
    assert "<h1>" in html
    for element in ("<img", "<script", "<style", "class=", "<link"):
        assert element not in html


def test_what_editors_write_stays_words_in_both_forms(mailed):
    mailed.title = "<script>alert(1)</script> & « non »"
    assert "<script>alert(1)</script> & « non »" in plain_spaces(as_text(mailed, mailed.around()))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; « non »" in plain_spaces(
        as_html(mailed, mailed.around())
    )


def test_the_page_offers_the_text_without_scripts_and_hides_the_button_that_needs_them(client, mailed):
    html = read(client, mailed)
    assert '<textarea class="mail-copy__text" id="mail-text" rows="12" readonly>' in html
    assert re.search(r'<p id="mail-act" hidden>\s*<button[^>]*id="mail-copy"', html)
    assert "Voir la loi (https://example.org/a)." in html


def test_the_date_of_today_is_proposed_for_a_new_release(settings):
    assert isinstance(PressReleasePage().date, date)

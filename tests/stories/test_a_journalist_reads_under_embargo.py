"""The press officer gives a journalist a link under embargo; the minute comes, and a colleague copies the release."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.real_site.releases import let_its_minute_come, run
from tests.real_site.visitor import letters
from tests.stories.desk import close_calendar, log_in

DRAFT = """
from home.models import PressIndexPage, PressReleasePage
index = PressIndexPage.objects.get(locale__language_code="fr")
release = PressReleasePage(title="Essai {word}", slug="essai-{word}", place="Essai", summary="Dit {word}.", live=False)
release.body = [("paragraph", "<p>Un <strong>paragraphe</strong> d’essai.</p>")]
index.add_child(instance=release)
release.save_revision()
print(release.pk)
"""


@pytest.fixture
def word() -> str:
    return letters()


@pytest.fixture
def officer(site, browse) -> Page:
    return log_in(site, browse, "redaction")


def test_a_journalist_reads_by_a_link_until_everybody_may(site, browse, officer, someone, word):
    key = run(site, DRAFT.format(word=word))

    # The press officer sets the embargo, publishes, and finds the links beside it.
    officer.goto(f"/admin/pages/{key}/edit/")
    expect(officer.locator(".xdsoft_datetimepicker")).not_to_have_count(0)  # the editor's scripts are there
    officer.fill("[name=embargo_until]", "2099-03-03 06:00")
    close_calendar(officer)
    officer.get_by_role("button", name="Plus d'actions").click()
    officer.get_by_role("button", name=re.compile("^(Publier|Programmer)")).first.click()
    expect(officer.locator(".messages")).to_contain_text(f"Essai {word}")
    assert someone.read(f"/communiques/essai-{word}/").status_code == 404
    officer.goto(f"/admin/pages/{key}/edit/")
    officer.locator(".messages").get_by_role("link", name="Liens sous embargo").click()
    officer.fill("[name=reader]", "Camille Essai, Journal d’essai")
    officer.get_by_role("button", name="Créer le lien").click()
    address = officer.get_by_label("Adresse").input_value()

    # The journalist reads, and is told until when to keep quiet.
    journalist = browse(locale="fr-FR").page
    journalist.goto(address)
    expect(journalist.get_by_role("heading", name=f"Essai {word}")).to_be_visible()
    expect(journalist.get_by_role("complementary", name="Embargo")).to_contain_text("3 mars 2099")
    journalist.goto("/communiques/")
    expect(journalist.get_by_text(f"Essai {word}")).to_have_count(0)

    # The minute comes: the same link leads to the public page.
    let_its_minute_come(site, f"essai-{word}")
    journalist.goto(address)
    journalist.wait_for_url(f"**/communiques/essai-{word}/")
    expect(journalist.get_by_role("complementary", name="Embargo")).to_have_count(0)


def test_a_release_is_copied_for_a_mail_as_text_and_with_its_layout(site, browse):
    window = browse(locale="fr-FR", permissions=["clipboard-read", "clipboard-write"])
    page = window.page
    page.goto("/communiques/donnees-de-sante-microsoft-souverainete/")
    page.get_by_text("Copier pour un e-mail").click()
    page.get_by_role("button", name="Copier le texte et la mise en forme").click()
    expect(page.get_by_role("status").filter(has_text="Copié")).to_be_visible()
    copied = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          const read = async (kind) => (await item.getType(kind)).text();
          return [await read("text/plain"), await read("text/html")];
        }"""
    )
    text, html = (words.replace("\u00a0", " ").replace("\u202f", " ") for words in copied)
    assert text.startswith("Données de santé des Français : l’hébergement chez Microsoft")
    assert "Paris, le 20 novembre 2020" in text
    assert f"{site.url}/communiques/donnees-de-sante-microsoft-souverainete/" in text
    assert "<h1" in html
    assert "Amandine Laveau-Zimmerlé" in html


def test_without_scripts_the_text_is_there_to_be_selected(browse):
    page = browse(locale="fr-FR", java_script_enabled=False).page
    page.goto("/communiques/donnees-de-sante-microsoft-souverainete/")
    page.get_by_text("Copier pour un e-mail").click()
    assert "Paris, le" in page.get_by_label("Le communiqué en texte").input_value()
    expect(page.get_by_role("button", name="Copier le texte et la mise en forme")).to_have_count(0)

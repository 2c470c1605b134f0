"""Staff make a second petition by clicks alone: organiser, sender, texts, consent words, page, supporters."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.people import confirm_path
from tests.real_site.site import SLUG
from tests.real_site.visitor import Person, letters
from tests.stories.desk import add_petition, list_petitions, log_in, publish_page, save, write_text
from tests.stories.pages import fill_in

ORGANISER = "Collectif des essais"
SENDER = "Essais, pour l’air"
SENDER_ADDRESS = "air@essais.example.org"
REPLY_TO = "reponses@essais.example.org"
ADDRESSEE = "le conseil des essais"
LABEL = "Recevoir la lettre des essais"
SENTENCE = "J’accepte que {organisation} m’écrive au sujet de {destinataire}, et de rien d’autre."
AS_READ = f"J’accepte que {ORGANISER} m’écrive au sujet de {ADDRESSEE}, et de rien d’autre."
OF_THE_FIRST = """
    SELECT t.sha256, t.version FROM petition_petitiontext t JOIN petition_petition p ON p.id = t.petition_id
    WHERE p.slug = %s UNION SELECT c.sha256, c.version FROM petition_consenttext c
    JOIN petition_petition p ON p.id = c.petition_id WHERE p.slug = %s ORDER BY 1
"""


@pytest.fixture
def page(site, browse) -> Page:
    """An administrator's browser, logged in."""
    return log_in(site, browse, "administration")


def word_the_boxes(page: Page) -> None:
    page.get_by_role("link", name="Modifier les mots des cases").click()
    page.fill("[name=fr-newsletter_label]", LABEL)
    page.fill("[name=fr-newsletter_sentence]", SENTENCE)
    page.get_by_role("button", name="Aperçu").click()
    expect(page.get_by_text(AS_READ)).to_be_visible()
    save(page, "Enregistrer les mots")
    expect(page.get_by_text(AS_READ)).to_be_visible()


def where_people_find_it(page: Page, title: str) -> str:
    """Return the address that the petition's own screen gives."""
    list_petitions(page)
    page.get_by_role("link", name=title).click()
    found = page.get_by_role("region", name="Où on la trouve")
    return found.get_by_role("link", name=re.compile("^http")).get_attribute("href") or ""


def open_petition(page: Page) -> None:
    """Open the petition whose screen is shown, whatever the checklist finds undone."""
    page.get_by_role("link", name=re.compile("^Ouvrir")).first.click()
    page.get_by_label("J’ouvre quand même").check()
    page.get_by_role("button", name="Ouvrir la pétition").click()
    expect(page.locator(".messages li.success")).to_contain_text("La pétition est ouverte.")


def test_a_second_petition_is_made_signed_and_followed_by_clicks_alone(site, page, browse):
    slug, title = f"essai-{letters()}", f"Un air sain {letters()}"
    before = (site.count(), site.database.rows(OF_THE_FIRST, SLUG, SLUG))

    add_petition(
        page,
        slug,
        organiser=ORGANISER,
        sender_name=SENDER,
        sender_address=SENDER_ADDRESS,
        reply_to=REPLY_TO,
    )
    write_text(page, "Français", title, "Première demande.\nSeconde demande.", ADDRESSEE)
    write_text(
        page, "Anglais", f"Clean air {letters()}", "First demand.\nSecond demand.", "the council of tests"
    )
    word_the_boxes(page)
    expect(page.get_by_text("Aucune page n’y mène encore.")).to_be_visible()
    publish_page(page, f"Pour l’air {letters()}", title)
    address = where_people_find_it(page, title)
    open_petition(page)

    person = Person.somebody()
    visitor = browse(locale="fr-FR").page
    visitor.goto(address)
    expect(visitor.get_by_role("heading", level=1)).to_have_text(title)
    expect(visitor.locator(".demands li")).to_have_text(["Première demande.", "Seconde demande."])
    expect(visitor.locator("#sign-form")).to_contain_text(AS_READ)
    fill_in(visitor, person)
    visitor.check("[name=agree_sign]")
    visitor.get_by_label(LABEL).check()
    visitor.get_by_role("button", name="Je signe").click()
    expect(visitor.locator("main")).to_contain_text(SENDER_ADDRESS)

    mail = site.post.newest_to(person.email)
    assert mail["From"].addresses[0].display_name == SENDER
    assert (mail["From"].addresses[0].addr_spec, mail["Reply-To"]) == (SENDER_ADDRESS, REPLY_TO)
    words = mail.get_body(("plain",)).get_content()
    assert ORGANISER in words and title in words
    visitor.goto(confirm_path(mail))
    expect(visitor.locator("main")).to_contain_text(AS_READ)
    visitor.get_by_role("button", name="Je confirme ma signature").click()
    expect(visitor.get_by_role("heading", name="Votre signature est comptée")).to_be_visible()
    thanks = site.post.newest_to(person.email, beyond=1)
    assert thanks["From"].addresses[0].addr_spec == SENDER_ADDRESS

    site.wait_for_quiet()
    of_petition = """
        SELECT t.sentence, p.slug, c.provider_state FROM petition_contact c
        JOIN petition_consenttext t ON t.id = c.consent_text_id JOIN petition_petition p ON p.id = t.petition_id
        WHERE c.first_name = %s
    """
    assert site.database.rows(of_petition, person.first_name) == [(AS_READ, slug, "on_list")]
    assert (site.count(), site.database.rows(OF_THE_FIRST, SLUG, SLUG)) == before
    page.goto("/admin/petition/petitions/")
    expect(page.get_by_role("link", name=title)).to_be_visible()

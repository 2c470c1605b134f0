"""Staff prepare a petition, try it as a visitor would, open it; a visitor signs for real; staff close it."""

import re

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.people import confirm_path
from tests.real_site.site import RealSite
from tests.real_site.visitor import Person, letters
from tests.stories.desk import add_petition, go_to, list_petitions, log_in, publish_page, write_text
from tests.stories.pages import fill_in

ADDRESSEE = "le conseil des essais"
BANNER = "Essai : cette signature ne comptera pas"
OF_PETITION = """
    SELECT s.trial FROM petition_{table} s JOIN petition_petition p ON p.id = s.petition_id WHERE p.slug = %s
"""


@pytest.fixture
def desk(site, browse) -> Page:
    """The browser of somebody who looks after petitions, logged in."""
    return log_in(site, browse, "petition")


def count(site: RealSite, slug: str) -> int:
    return requests.get(f"{site.url}/api/petitions/{slug}/count.json", timeout=30).json()["count"]


def trials(site: RealSite, slug: str, table: str = "signature") -> list[bool]:
    return [trial for (trial,) in site.database.rows(OF_PETITION.format(table=table), slug)]


def find_petition(desk: Page, title: str) -> None:
    list_petitions(desk)
    desk.get_by_role("link", name=title).click()


def line_of(desk: Page, screen: str, person: Person):
    """The person's line in a list of the menu."""
    go_to(desk, screen)
    return desk.get_by_role("row", name=re.compile(person.last_name))


def point(desk: Page, words: str):
    """One line of the list of points before opening."""
    return desk.get_by_role("listitem").filter(has_text=words)


def sign(site: RealSite, page: Page, person: Person):
    """Fill in the form that the page shows, send it, and return the mail."""
    fill_in(page, person)
    page.check("[name=agree_sign]")
    page.check("[name=agree_newsletter]")
    page.get_by_role("button", name="Je signe", exact=True).click()
    page.wait_for_url("**/signature/message/")
    return site.post.newest_to(person.email)


def confirm(page: Page, mail) -> None:
    page.goto(confirm_path(mail))
    page.get_by_role("button", name="Je confirme ma signature").click()


def test_staff_try_a_petition_open_it_and_close_it(site, desk, browse):
    slug, title = f"essai-{letters()}", f"Un parc pour les essais {letters()}"
    address = f"{slug}@example.org"
    add_petition(
        desk,
        slug,
        organiser="Collectif des essais",
        sender_name="Essais",
        sender_address=address,
        reply_to=address,
    )
    write_text(desk, "Français", title, "Première demande.\nSeconde demande.", ADDRESSEE)

    # Tried in a browser that knows nothing of staff.
    link = desk.get_by_label("Lien d’essai (Français)").input_value()
    tester, trial = browse(locale="fr-FR").page, Person.somebody()
    tester.goto(link)
    expect(tester.get_by_text(BANNER)).to_be_visible()
    expect(tester.get_by_role("heading", level=1)).to_have_text(title)
    mail = sign(site, tester, trial)
    expect(tester.get_by_text(BANNER)).to_be_visible()
    expect(line_of(desk, "En attente de confirmation", trial)).to_contain_text("Essai")
    confirm(tester, mail)
    expect(tester.get_by_role("heading", name="L’essai est terminé")).to_be_visible()
    expect(tester.get_by_text(BANNER)).to_be_visible()
    site.post.newest_to(trial.email, beyond=1)
    expect(line_of(desk, "Signatures", trial)).to_contain_text("Essai")
    assert (count(site, slug), trials(site, slug)) == (0, [True])
    contact = "SELECT count(*) FROM petition_contact WHERE first_name = %s"
    assert site.database.rows(contact, trial.first_name) == [(0,)]

    # Read before pressing: what is done, what isn't, and what opening does.
    find_petition(desk, title)
    desk.get_by_role("link", name="Ouvrir…").click()
    expect(point(desk, "Son texte est écrit (Français).")).to_contain_text("Fait")
    expect(point(desk, "Quelqu’un l’a essayée")).to_contain_text("Fait")
    expect(point(desk, "Son texte manque (Anglais)")).to_contain_text("À faire")
    expect(point(desk, f"{address} est une adresse réservée aux exemples")).to_contain_text("À faire")
    expect(point(desk, "Aucune page qui en parle n’est publiée")).to_contain_text("À faire")
    expect(point(desk, "1 signature d’essai est effacée")).to_be_visible()

    publish_page(log_in(site, browse, "redaction"), f"Pour le parc {letters()}", title)
    desk.reload()
    expect(point(desk, "Une page qui en parle est publiée.")).to_contain_text("Fait")

    visitor = browse(locale="fr-FR").page
    visitor.goto(f"/petitions/{slug}/signature/")  # leads to the page
    expect(visitor.get_by_role("heading", name="Pas encore ouverte")).to_be_visible()
    expect(visitor.locator("#sign-form")).to_have_count(0)

    desk.get_by_role("button", name="Ouvrir la pétition").click()
    expect(desk.get_by_text(re.compile("Cochez cette case pour l’ouvrir"))).to_be_visible()
    desk.get_by_label("J’ouvre quand même").check()
    desk.get_by_role("button", name="Ouvrir la pétition").click()
    expect(desk.locator(".messages li.success")).to_contain_text("La pétition est ouverte.")
    assert trials(site, slug) == trials(site, slug, "pendingsignature") == []
    expect(line_of(desk, "Signatures", trial)).to_have_count(0)
    tester.goto(link)
    expect(tester.get_by_text(BANNER)).to_have_count(0)
    expect(tester.get_by_role("button", name="Je signe", exact=True)).to_be_visible()

    # For real.
    signatory = Person.somebody()
    visitor.goto(f"/petitions/{slug}/signature/")
    mail = sign(site, visitor, signatory)
    confirm(visitor, mail)
    expect(visitor.get_by_role("heading", name="Votre signature est comptée")).to_be_visible()
    assert (count(site, slug), trials(site, slug)) == (1, [False])
    expect(line_of(desk, "Signatures", signatory)).not_to_contain_text("Essai")

    find_petition(desk, title)
    desk.get_by_role("link", name="Clôturer…").click()
    expect(desk.get_by_text("Aucune signature n’attend sa confirmation")).to_be_visible()
    desk.get_by_role("button", name="Clôturer la pétition").click()
    expect(desk.locator(".messages li.success")).to_contain_text("La pétition est clôturée.")
    visitor.goto(f"/petitions/{slug}/signature/")
    expect(visitor.get_by_role("heading", name="Cette pétition est clôturée")).to_be_visible()
    expect(visitor.locator("#sign-form")).to_have_count(0)
    expect(visitor.get_by_role("link", name="Ce qu’elle devient : les actualités")).to_be_visible()

"""A robot's field was filled in: staff look at the signature, count it, set it aside, and take that back."""

import re

from playwright.sync_api import Page, expect

from tests.people import personal_path
from tests.real_site.visitor import Person
from tests.stories.desk import log_in


def say_why(desk: Page, reason: str, button: str) -> None:
    """Read what follows, say why, press, and see that it is done."""
    desk.get_by_label("Pourquoi").fill(reason)
    desk.get_by_role("button", name=re.compile(f"^{button}")).click()
    expect(desk.locator(".messages li.success")).to_be_visible()


def judge(desk: Page, button: str, reason: str) -> None:
    """Do one act from the signature's own page."""
    desk.get_by_role("link", name=button, exact=True).click()
    say_why(desk, reason, button)


def test_staff_count_a_held_signature_set_it_aside_and_restore_it(site, someone, browse):
    before, somebody = site.count(), Person.somebody()
    held = someone.confirm(someone.sign_and_read_mail(somebody, remark="x"))
    assert held["Subject"] == "Votre signature est en cours de vérification"
    assert "en cours de vérification" in someone.read(personal_path(held)).text
    assert site.count() == before

    desk = log_in(site, browse, "petition")
    desk.get_by_role("button", name="Pétition", exact=True).click()
    desk.get_by_role("list", name="Pétition").get_by_role(
        "link", name=re.compile(r"^À vérifier \(\d+\)$")
    ).click()
    row = desk.get_by_role("row", name=re.compile(somebody.last_name))
    expect(row).to_contain_text("Le champ que personne ne voit a été rempli")
    row.get_by_role("checkbox").check()
    desk.get_by_role("button", name="Compter celles qui sont cochées…").click()
    expect(desk.get_by_text(re.compile(rf"passe de {before} à {before + 1}"))).to_be_visible()
    say_why(desk, "Rien de suspect.", "Compter ces signatures")
    assert site.count() == before + 1
    assert site.post.newest_to(somebody.email, beyond=2)["Subject"] == "Votre signature est comptée"
    assert "Votre signature est comptée" in someone.read(personal_path(held)).text
    expect(desk.get_by_role("row", name=re.compile(somebody.last_name))).to_have_count(0)

    number = site.database.one("SELECT id FROM petition_signature WHERE email = %s", somebody.email)
    desk.goto(f"/admin/petition/signatures/inspect/{number}/")
    judge(desk, "Écarter la signature", "Série d’adresses semblables.")
    assert site.count() == before
    assert "écartée" in someone.read(personal_path(held)).text
    judge(desk, "Rétablir la signature", "Vérifiée à la main.")
    assert site.count() == before + 1
    history = desk.get_by_role("table")
    for told in ("Série d’adresses semblables.", "Vérifiée à la main.", "petition"):
        expect(history).to_contain_text(told)
    site.wait_for_quiet()
    assert len(site.post.to(somebody.email)) == 3, "nobody is thanked twice"

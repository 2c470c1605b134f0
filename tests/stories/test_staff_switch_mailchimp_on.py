"""An administrator switches Mailchimp on: who reads it on the form is passed on, who had an older form open is not."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from tests.people import confirm_path
from tests.real_site.visitor import Person
from tests.real_site.waiting import eventually
from tests.stories.pages import fill_in

WHY = "Nos bénévoles y préparent déjà les nouvelles."
NAMED = "The Rocket Science Group"
ON, OFF = "#service-mailchimp.service--on", "#service-local.service--on"


@pytest.fixture
def desk(site, browse) -> Iterator[Page]:
    """The administrator's browser, logged in; the site's own list is on again afterwards, whatever happened."""
    page = browse(locale="fr-FR", viewport={"width": 1280, "height": 1000}).page
    page.goto("/admin/")
    page.fill("[name=username]", "administration")
    page.fill("[name=password]", site.logins()["administration"])
    page.click("form button[type=submit]")
    page.wait_for_url("**/admin/")
    try:
        yield page
    finally:
        page.goto("/admin/petition/services/")
        if page.locator(OFF).count() == 0:
            switch_back(page)


def switch_back(page: Page) -> None:
    """Have news sent from the site's own list again."""
    page.goto("/admin/petition/services/mailing/local/")
    page.get_by_label("Pourquoi").fill("Fin de l’essai.")
    page.get_by_role("button", name="Activer").click()
    page.wait_for_url("**/admin/petition/services/")
    expect(page.locator(OFF)).to_be_visible()


def box_of_the_news(page: Page):
    """The words at the box of the news, read before it is ticked."""
    box = page.locator("[name=agree_newsletter]")
    expect(box).not_to_be_checked()
    return page.locator(".choice", has=box)


def send(page: Page) -> None:
    """Tick both boxes and press « Je signe »."""
    page.check("[name=agree_newsletter]")
    page.check("[name=agree_sign]")
    page.get_by_role("button", name="Je signe", exact=True).click()
    page.wait_for_url("**/signature/message/")


def confirm(page: Page, mail: EmailMessage) -> None:
    page.goto(confirm_path(mail))
    page.locator("#confirm-form").get_by_role("button").click()
    expect(page.get_by_role("heading", name="Votre signature est comptée")).to_be_visible()


def test_an_administrator_switches_mailchimp_on_and_only_who_read_it_is_passed_on(site, desk, browse):
    early, late = Person.somebody(), Person.somebody()
    before = browse(locale="fr-FR").page
    before.goto("/petition/")
    expect(box_of_the_news(before)).not_to_contain_text("Mailchimp")
    fill_in(before, early)  # and leaves it open

    # The administrator reads what it is, is told what is missing, and switches it on.
    desk.get_by_role("button", name="Pétition").click()
    desk.get_by_role("link", name="Services", exact=True).click()
    expect(desk.locator(OFF)).to_be_visible()
    card = desk.locator("#service-mailchimp")
    for words in (NAMED, "États-Unis", "hors de l’Union européenne", "Désactivé"):
        expect(card).to_contain_text(words)
    card.get_by_role("link", name="Activer").click()
    expect(desk.locator("blockquote[lang=fr]")).to_contain_text(NAMED)
    expect(desk.locator("blockquote[lang=en]")).to_contain_text("in the United States")
    desk.get_by_label("Le nom du service, pour confirmer").fill("oui")
    desk.get_by_label("Pourquoi").fill(WHY)
    with desk.expect_response("**/services/mailing/mailchimp/") as refused:
        desk.get_by_role("button", name="Activer").click()
    assert refused.value.status == 422
    expect(desk.get_by_label("Pourquoi")).to_have_value(WHY)
    expect(desk.locator(".error-message")).to_contain_text("Mailchimp")
    desk.get_by_label("Le nom du service, pour confirmer").fill("mailchimp ")
    desk.get_by_role("button", name="Activer").click()
    desk.wait_for_url("**/admin/petition/services/")
    expect(desk.locator(ON)).to_contain_text(WHY)
    desk.goto("/admin/reports/site-history/")
    expect(desk.get_by_text(WHY)).to_be_visible()

    # A visitor reads who receives what and in which country before ticking anything; also in the privacy page.
    after = browse(locale="fr-FR").page
    after.goto("/confidentialite/")
    expect(after.locator(".outside-service")).to_contain_text(NAMED)
    eventually(
        lambda: after.goto("/petition/") and box_of_the_news(after).get_by_text(NAMED).count(),
        "the form shows the words of the switch: a page may be kept for some seconds",
    )
    for words in ("Mailchimp", "aux États-Unis, hors de l’Union européenne", "mon adresse e-mail"):
        expect(box_of_the_news(after)).to_contain_text(words)
    fill_in(after, late)
    send(after)
    send(before)  # the form that was open during the switch

    # Each is kept with the words that their own form showed.
    sentence = (
        "SELECT t.sentence FROM petition_pendingsignature p "
        "JOIN petition_consenttext t ON t.id = p.newsletter_text_id WHERE p.email = %s"
    )
    mails = {person: site.post.newest_to(person.email) for person in (early, late)}
    assert "Mailchimp" not in site.database.one(sentence, early.email)
    assert "Mailchimp" in site.database.one(sentence, late.email)
    assert not site.mailchimp.requests_about(late.email), "nothing before the confirmation"

    confirm(before, mails[early])
    confirm(after, mails[late])
    member = eventually(lambda: site.mailchimp.member(late.email), "the newer supporter is on the list")
    assert member.status == "subscribed"
    site.wait_for_quiet()
    assert not site.mailchimp.requests_about(early.email), "their words named nobody"
    where = "SELECT provider, provider_state FROM petition_contact WHERE email = %s"
    assert site.database.rows(where, early.email) == [("local", "on_list")]
    assert site.database.rows(where, late.email) == [("mailchimp", "on_list")]

    switch_back(desk)
    expect(desk.locator("#service-mailchimp")).to_contain_text("Désactivé")

"""An organisation endorses without JavaScript, staff read and publish it, and everybody finds it on its page."""

from playwright.sync_api import expect

from tests.people import links_in, path_of
from tests.petition.endorsements.conftest import picture
from tests.stories.desk import log_in

MAILBOX = "essai-organisation@asso.example.org"


def test_an_organisation_endorses_and_is_shown_once_staff_have_read_it(site, browse):
    page = browse(java_script_enabled=False, locale="fr-FR", viewport={"width": 320, "height": 700}).page
    page.goto("/petition/")
    page.get_by_role("link", name="Apporter le soutien de votre organisation").click()
    page.get_by_label("Nom de l’organisation").fill("Association d’essai de l’histoire")
    page.get_by_label("Numéro SIREN").fill("356 000 001")
    page.get_by_label("Site web").fill("asso.example.org")
    page.get_by_label("Logo").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": picture(size=(600, 200))}
    )
    page.get_by_label("Votre prénom").fill("Camille")
    page.get_by_label("Votre nom").fill("Essai")
    page.get_by_label("Votre fonction").fill("Présidente")
    page.get_by_label("Votre adresse e-mail professionnelle").fill(MAILBOX)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Soutenir la pétition").click()
    expect(page.get_by_role("alert")).to_contain_text("SIREN")
    expect(page.get_by_text("Choisissez de nouveau le logo")).to_be_visible()
    page.get_by_label("Numéro SIREN").fill("356 000 000")
    page.get_by_label("Logo").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": picture(size=(600, 200))}
    )
    page.get_by_role("button", name="Soutenir la pétition").click()
    page.wait_for_url("**/soutenir/message/")

    page.goto(path_of(links_in(site.post.newest_to(MAILBOX))[0]))
    page.get_by_role("button", name="Je confirme ce soutien").click()
    expect(page.get_by_role("heading", name="notre équipe relit votre envoi")).to_be_visible()

    desk = log_in(site, browse, "petition")
    desk.get_by_role("link", name="attend d’être relue").click()
    desk.get_by_role("link", name="Association d’essai de l’histoire").click()
    desk.get_by_role("button", name="Publier", exact=True).click()
    expect(desk.locator(".messages li.success")).to_contain_text("publiée")

    page.goto("/petition/")
    page.get_by_role("link", name="1 organisation soutient cette pétition").click()
    expect(page.get_by_role("link", name="Association d’essai de l’histoire")).to_have_attribute(
        "rel", "nofollow noopener ugc"
    )
    assert (
        page.locator("img.wall__logo").evaluate("image => image.decode().then(() => image.naturalWidth)")
        == 480
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

"""On a phone, without JavaScript: somebody who has signed corrects the name, takes their data along, and withdraws."""

import json

from playwright.sync_api import expect

from tests.people import links_in, path_of
from tests.real_site.browser import PHONE
from tests.real_site.visitor import Person
from tests.stories.pages import wait_for_count


def test_somebody_corrects_their_name_takes_their_data_along_and_withdraws(site, someone, browse):
    before, somebody = site.count(), Person.somebody()
    someone.sign_whole(somebody, agree_newsletter="on")
    page = browse(**PHONE, java_script_enabled=False).page

    page.goto("/signature/message/")
    page.fill("[name=email]", somebody.email)
    page.get_by_role("button", name="M’envoyer l’e-mail").tap()
    page.wait_for_url("**/signature/message/transmission/")
    mail = site.post.newest_to(somebody.email, beyond=2)
    path = next(path_of(link) for link in links_in(mail) if "/signature/rectification/" in link)

    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
    expect(page.get_by_text(somebody.email)).to_be_visible()
    page.fill("[name=last_name]", "d’Essai-Corrigé")
    page.get_by_role("button", name="Enregistrer mon nom").tap()
    expect(page.get_by_role("status")).to_contain_text("Votre nom est corrigé")
    expect(page.get_by_text("d’Essai-Corrigé").first).to_be_visible()
    assert site.count() == before + 1

    with page.expect_download() as download:
        page.get_by_role("link", name="fichier JSON").tap()
    assert download.value.suggested_filename == "signature.json"
    told = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert told["signature"]["last_name"] == "d’Essai-Corrigé"
    assert {consent["purpose"] for consent in told["consents"]} == {"sign", "newsletter"}

    page.locator("#withdraw-form").get_by_role("button").tap()
    expect(page.get_by_role("heading", name="Votre signature est retirée")).to_be_visible()
    wait_for_count(site, page, "/petition/", before)

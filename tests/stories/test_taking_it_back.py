"""Somebody takes the signature back by the personal link of a mail."""

from playwright.sync_api import expect

from tests.people import confirm_path, personal_path
from tests.real_site.browser import PHONE
from tests.real_site.visitor import Person
from tests.stories.pages import wait_for_count


def test_somebody_takes_the_signature_back_and_is_counted_no_more(site, someone, browse):
    before, somebody = site.count(), Person.somebody()
    mail = someone.sign_and_read_mail(somebody, agree_newsletter="on")
    thanks = someone.confirm(mail)
    assert site.count() == before + 1

    page = browse(**PHONE).page
    page.goto(personal_path(thanks))
    for word in (somebody.first_name, somebody.last_name, somebody.email):
        expect(page.get_by_text(word)).to_have_count(0)  # the link may have been forwarded
    assert site.count() == before + 1, "opening the page takes nothing back"
    page.locator("#withdraw-form").get_by_role("button").tap()

    expect(page.get_by_role("heading", name="Votre signature est retirée")).to_be_visible()
    wait_for_count(site, page, "/petition/", before)
    for path in (personal_path(thanks), confirm_path(mail)):
        page.goto(path)
        expect(page.locator("form[method=post]")).to_have_count(0)
    held = "SELECT count(*) FROM petition_{} WHERE email = %s"
    for table in ("signature", "pendingsignature", "contact"):
        assert site.database.one(held.format(table), somebody.email) == 0
    site.wait_for_quiet()
    assert len(site.post.to(somebody.email)) == 2, "no further mail"

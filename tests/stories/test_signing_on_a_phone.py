"""Somebody signs in French, on a phone, with the mail read on the same phone."""

import re

from playwright.sync_api import Page, expect

from tests.people import confirm_path, text_of
from tests.real_site.browser import PHONE, PHONE_SCREEN
from tests.real_site.visitor import Person
from tests.stories.pages import fill_in, shown_count, wait_for_count

WIDTH, HEIGHT = PHONE_SCREEN


def assert_fits(page: Page) -> None:
    """Nothing is wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH, page.url


def test_somebody_signs_in_french_on_a_phone_and_is_counted(site, browse):
    window = browse(**PHONE)
    page, somebody = window.page, Person.somebody()

    page.goto("/petition/")
    before = shown_count(page)
    assert before == site.count()
    assert_fits(page)
    expect(page.locator("#sign-form legend")).to_have_text("Facultatif : votre signature compte sans cela")
    boxes = page.locator("#sign-form fieldset [type=checkbox]")
    expect(boxes).to_have_count(3)
    for number in range(3):
        expect(boxes.nth(number)).not_to_be_checked()
    fill_in(page, somebody)
    page.locator("label[for=id_agree_sign]").tap()
    expect(page.locator("[name=agree_sign]")).to_be_checked()
    page.get_by_role("button", name="Je signe", exact=True).tap()

    page.wait_for_url("**/signature/message/")
    assert_fits(page)
    mail = site.post.newest_to(somebody.email)
    assert mail["Subject"] == "Confirmez votre signature"
    assert site.count() == before

    page.goto(confirm_path(mail))
    assert_fits(page)
    main = page.locator("main")
    expect(main.get_by_text(somebody.last_name)).to_be_visible()
    button = main.get_by_role("button")
    expect(button).to_have_count(1)
    box = button.bounding_box()
    assert box
    assert box["y"] + box["height"] <= HEIGHT, "the button is seen without scrolling"
    assert box["height"] >= 44, "a thumb hits it"
    button.tap()

    expect(page.get_by_role("heading", name="Votre signature est comptée")).to_be_visible()
    expect(page).to_have_title(re.compile("Votre signature est comptée"))
    assert_fits(page)
    assert shown_count(page) == before + 1
    wait_for_count(site, page, "/petition/", before + 1)

    page.goto(confirm_path(mail))
    expect(page.get_by_role("heading", name="Votre signature est comptée")).to_be_visible()
    assert site.count() == before + 1
    thanks = site.post.newest_to(somebody.email, beyond=1)
    assert somebody.first_name in text_of(thanks)
    assert window.context.cookies() == []
    assert window.complaints == []

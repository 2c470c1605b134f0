"""Somebody without a mouse signs: Tab, Enter and Space alone, and always sees where they are. On the real site."""

import re

import pytest
from playwright.sync_api import expect

from tests.access.choice import is_page_type
from tests.access.keyboard import Keyboard
from tests.access.stage import ADD_RULE, NARROW, WIDE, Look
from tests.people import confirm_path
from tests.real_site.visitor import Person

pytestmark = pytest.mark.django_db

WAYS = {
    "wide, light, French": ("/", "/petition/", {"width": 1280, "height": 800}, "light"),
    "narrow, dark, English": ("/en/", "/en/petition/", {"width": 360, "height": 740}, "dark"),
}
# Each with the page's own address: both menus of a page lead there, one for each width.
TO_PETITION = "nav a[href='{}']"


@pytest.mark.parametrize("way", WAYS)
def test_somebody_signs_with_the_keyboard_alone(site, browse, way):
    home, petition, size, scheme = WAYS[way]
    page = browse(viewport=size, color_scheme=scheme, reduced_motion="reduce").page
    keyboard, somebody = Keyboard(page, []), Person.somebody()

    page.goto(home)
    keyboard.tab()
    expect(page.locator(":focus")).to_have_attribute("href", "#main")
    keyboard.page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    keyboard.tab()
    assert page.evaluate("document.activeElement.closest('main') !== null"), (
        "the skip link leads into the content"
    )

    page.goto(home)
    if page.locator("nav summary").is_visible():
        keyboard.tab_to("nav summary")
        page.keyboard.press("Enter")
    keyboard.tab_to(TO_PETITION.format(petition))
    keyboard.press("Enter")

    assert page.url.endswith(petition)
    keyboard.tab_to("#sign-form [type=submit]")
    keyboard.press("Enter")
    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    keyboard.tab()
    expect(page.locator(":focus")).to_have_attribute("href", re.compile("^#id_"))
    page.keyboard.press("Enter")
    expect(page.locator("#id_first_name")).to_be_focused()

    keyboard.type(somebody.first_name)
    for name, value in (("last_name", somebody.last_name), ("email", somebody.email)):
        keyboard.tab_to(f"[name={name}]")
        keyboard.type(value)
    keyboard.tab_to("[name=agree_sign]")
    page.keyboard.press("Space")
    expect(page.locator("[name=agree_sign]")).to_be_checked()
    keyboard.tab_to("#sign-form [type=submit]")
    keyboard.press("Space")
    assert page.url.endswith("/signature/message/")

    mail = site.post.newest_to(somebody.email)
    page.goto(confirm_path(mail))
    keyboard.tab_to("#confirm-form [type=submit]")
    keyboard.press("Enter")
    expect(page.locator("main .counter")).to_be_visible()
    assert keyboard.lost == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tab_passes_every_stop_of_a_page_and_comes_to_its_end(answers, stage, scheme):
    """Of each page type, and of the states with a form of their own."""
    with_forms = {
        "form with mistakes",
        "confirm",
        "my signature",
        "news question",
        "mail again with a mistake",
    }
    language, width = ("fr", WIDE) if scheme == "light" else ("en", NARROW)
    chosen = [a for a in answers if a.language == language and (is_page_type(a) or a.name in with_forms)]
    lost: list[str] = []
    for answer in chosen:
        keyboard = Keyboard(stage.show(Look(answer, scheme, width)), lost)
        assert keyboard.through(), str(answer)
    assert lost == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("* { outline: none !important }", "the focus has a contrast of 0.00"),
        ("* { outline-color: #eee !important }", "the focus has a contrast of 1."),
        ("main::after { content: ''; position: fixed; inset: 0 }", "behind something"),
    ],
)
def test_a_focus_that_nobody_sees_is_noticed(answers, stage, rule, words):
    page = stage.show(Look(next(answer for answer in answers if answer.name == "PetitionPage")))
    page.evaluate(ADD_RULE, rule)
    keyboard = Keyboard(page, [])
    keyboard.through()
    assert any(words in said for said in keyboard.lost)

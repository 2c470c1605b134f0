"""Pages on a screen of 320 px, with text twice as large, with the reader's own spacing, colours and calm.

WCAG 1.4.4, 1.4.10, 1.4.12, 2.3.3, 2.5.8; RGAA 10.4, 10.11, 10.12, 13.8.
"""

import pytest
from playwright.sync_api import Page

from tests.access.choice import each_once, is_page_type
from tests.access.stage import ADD_RULE, NARROW, Look, probe, told

pytestmark = pytest.mark.django_db

TWICE = {"standard": 32, "fixed": 26}  # the browser's own setting; 16 and 13 until somebody changes it
# WCAG 1.4.12, word by word.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""
LOST = probe("lost")


def set_text_size(page: Page, sizes: dict[str, int]) -> None:
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": sizes})


def assert_nothing_is_lost(stage, answers, change) -> None:
    lost = {}
    for answer in answers:
        page = stage.show(Look(answer, "light", NARROW))
        change(page)
        if found := page.evaluate(LOST):
            lost[str(answer)] = found
    assert not lost, told(lost)


def test_nothing_is_lost_on_320_pixels(answers, stage):
    assert_nothing_is_lost(stage, each_once(answers), lambda page: None)


def test_nothing_is_lost_with_text_twice_as_large(answers, stage):
    page = stage.window("light", NARROW).page
    set_text_size(page, TWICE)
    try:
        assert_nothing_is_lost(stage, each_once(answers), lambda page: None)
        assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 2 * 15
    finally:
        set_text_size(page, {"standard": 16, "fixed": 13})


def test_nothing_is_lost_with_the_readers_own_spacing(answers, stage):
    assert_nothing_is_lost(stage, each_once(answers), lambda page: page.evaluate(ADD_RULE, SPACING))


def test_what_is_lost_would_be_noticed(answers, stage):
    standard = next(answer for answer in answers if answer.name == "StandardPage")
    page = stage.show(Look(standard, "light", NARROW))
    page.evaluate(ADD_RULE, "h1 { width: 400px } footer { height: 20px; overflow: hidden }")
    found = " ".join(page.evaluate(LOST))
    assert "the page scrolls sideways" in found
    assert "too wide: <h1" in found
    assert "text is cut: <footer" in found


def test_a_thumb_hits_what_signs_and_shares(answers, stage):
    small = {}
    for answer in each_once(answers):
        if found := stage.show(Look(answer, "light", NARROW)).evaluate(probe("small_targets")):
            small[str(answer)] = found
    assert not small, told(small)


def test_nothing_moves_for_who_asked_for_calm(answers, stage):
    for answer in answers:
        if is_page_type(answer) and answer.language == "fr":
            assert stage.show(Look(answer)).evaluate(probe("moves")) == [], str(answer)


def test_in_forced_colours_fields_and_buttons_have_edges_and_a_tick_is_seen(answers, stage):
    with_forms = {
        "PetitionPage",
        "form with mistakes",
        "confirm",
        "my signature",
        "news question",
        "HomePage",
    }
    for answer in answers:
        if answer.language == "en" and answer.name in with_forms:
            page = stage.show(Look(answer), forced_colors="active")
            assert page.evaluate(probe("without_edge")) == [], str(answer)
    page = stage.show(Look(next(a for a in answers if a.name == "PetitionPage")), forced_colors="active")
    box = page.locator("[name=agree_sign]")
    empty = box.screenshot()
    box.check()
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    assert box.screenshot() != empty

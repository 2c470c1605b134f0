"""How pages are built: what screen readers and search engines go by. Read from the text, in both languages."""

import re
from collections import Counter, defaultdict
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings

from tests.access.pages import page_types
from tests.access.states import STATES
from tests.access.world import LANGUAGES, Answer

pytestmark = pytest.mark.django_db

ERROR_WORDS = {"fr": "Erreur", "en": "Error"}
FORMS_WITH_ERRORS = {
    "form with mistakes",
    "trial with mistakes",
    "mail again with a mistake",
    "my data with a mistake",
}
# The frame of all pages, and what staff alone meet: a form that they send from a preview.
NOT_PAGES = {
    "base.html",
    "home/preview_takes_nothing.html",
    "petition/form_as_shown.html",
}  # the last is a record
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
TEMPLATES = Path(settings.BASE_DIR) / "templates"


class Structure(HTMLParser):
    """Reads a page's language, title, headings, landmarks, first link and identifiers."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.headings: list[int] = []
        self.title = ""
        self._in_title = False
        self.feed(re.sub(r"<template\b.*?</template>", "", html, flags=re.DOTALL))  # no part of the page

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._in_title = tag == "title" and not self.title
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag):
        self._in_title = False

    def handle_data(self, data):
        if self._in_title:
            self.title += data

    def all(self, *tags: str) -> list[dict[str, str]]:
        """Return the attributes of every element of these names."""
        return [attributes for tag, attributes in self.tags if tag in tags]

    def first_link(self) -> str:
        """Return where the first thing that takes the keyboard leads."""
        return next((attributes["href"] for attributes in self.all("a") if "href" in attributes), "")


def read(answers: list[Answer]) -> dict[str, Structure]:
    return {str(answer): Structure(answer.html) for answer in answers}


def test_every_page_type_is_looked_at_in_each_language(answers):
    seen = {(answer.name, answer.language) for answer in answers}
    missing = {(model.__name__, code) for model in page_types() for code in LANGUAGES} - seen
    assert not missing, (
        f"The demo's site has no page of these types: add one to its content: {sorted(missing)}"
    )


def test_every_public_template_is_looked_at():
    pages = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if re.search(r"{% extends \"(base|petition/_message)\.html\"|<!doctype", path.read_text()[:400])
        and path.relative_to(TEMPLATES).parts[0] in {"petition", "home", path.name}
        and not path.name.startswith("_")
    }
    known = {state.template for state in STATES} | {model.template for model in page_types()} | NOT_PAGES
    assert not pages - known, f"Say in tests/access/states.py how these come about: {sorted(pages - known)}"


def test_names_of_states_tell_them_apart():
    assert [name for name, times in Counter(state.name for state in STATES).items() if times > 1] == []


def test_a_page_says_its_language(answers):
    wrong = [
        str(answer)
        for answer, page in zip(answers, read(answers).values(), strict=True)
        # The page for errors of the server speaks both: it must come out even when nothing works.
        if page.all("html")[0].get("lang") != ("fr" if answer.status == 500 else answer.language)
    ]
    assert wrong == []


def test_a_page_has_one_main_heading_and_skips_no_level(answers):
    wrong = {}
    for name, page in read(answers).items():
        skipped = [
            (before, after)
            for before, after in zip(page.headings, page.headings[1:], strict=False)
            if after > before + 1
        ]
        if page.headings.count(1) != 1 or skipped or page.headings[0] != 1:
            wrong[name] = page.headings
    assert wrong == {}


def test_a_page_has_one_main_part_and_its_landmarks_are_told_apart(answers):
    wrong = {}
    for name, page in read(answers).items():
        mains = page.all("main")
        navigations = [nav.get("aria-label") or nav.get("aria-labelledby") for nav in page.all("nav")]
        if len(mains) != 1 or mains[0].get("id") != "main":
            wrong[name] = f"{len(mains)} main parts"
        elif len(navigations) > 1 and (None in navigations or len(set(navigations)) < len(navigations)):
            wrong[name] = f"navigations called {navigations}"
    assert wrong == {}


def test_the_first_link_skips_to_the_content(answers):
    # The page for errors of the server has nothing before its content.
    pages = read([answer for answer in answers if answer.status != 500])
    assert {name: page.first_link() for name, page in pages.items() if page.first_link() != "#main"} == {}


def test_no_identifier_is_given_twice_and_each_that_is_named_is_there(answers):
    wrong = {}
    for name, page in read(answers).items():
        ids = [attributes["id"] for _tag, attributes in page.tags if "id" in attributes]
        named = {
            one
            for _tag, attributes in page.tags
            for key in ("for", "aria-describedby", "aria-labelledby", "aria-controls")
            for one in attributes.get(key, "").split()
        }
        named |= {
            attributes["href"][1:]
            for attributes in page.all("a")
            if re.match(r"#.", attributes.get("href", ""))
        }
        twice = {one for one, times in Counter(ids).items() if times > 1}
        if twice or named - set(ids):
            wrong[name] = (twice, named - set(ids))
    assert wrong == {}


def test_pages_have_titles_of_their_own(answers):
    by_type = [answer for answer in answers if answer.status == 200]
    titles = defaultdict(set)
    for answer, page in zip(by_type, read(by_type).values(), strict=True):
        assert page.title.strip(), str(answer)
        # One template shows one page in several states.
        titles[" ".join(page.title.split())].add(f"{answer.template} {answer.language}")
    assert {title: found for title, found in titles.items() if len(found) > 1} == {}


def test_a_form_sent_back_says_error_in_its_title_and_takes_the_reader_to_its_list_of_errors(answers):
    found = [answer for answer in answers if answer.name in FORMS_WITH_ERRORS]
    assert len(found) == len(FORMS_WITH_ERRORS) * len(LANGUAGES)
    for answer in found:
        page = Structure(answer.html)
        assert page.title.strip().startswith(ERROR_WORDS[answer.language]), f"{answer}: {page.title}"
        summaries = [tag for _name, tag in page.tags if tag.get("role") == "alert"]
        assert [tag.get("tabindex") for tag in summaries] == ["-1"], str(answer)


def test_a_page_holds_no_style_or_script_of_its_own(answers):
    wrong = {}
    for name, page in read(answers).items():
        inline = [tag for tag, attributes in page.tags if tag == "style" or "style" in attributes]
        inline += [
            "script"
            for attributes in page.all("script")
            if "src" not in attributes and attributes.get("type") != "application/ld+json"
        ]
        inline += [
            f"{tag} {key}" for tag, attributes in page.tags for key in attributes if re.match(r"on[a-z]", key)
        ]
        if inline:
            wrong[name] = inline
    assert wrong == {}

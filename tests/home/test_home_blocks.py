"""The home page that staff compose: sections keep their look, their order of headings, and what is not yet public."""

import html
import re
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks import StreamBlockValidationError

from campaign.first_pages.standard import STANDARD
from home.blocks import BodyBlock
from home.blocks.home import MOST_ARGUMENTS, SECTION_BLOCKS, HomeBodyBlock
from home.blocks.standard import StandardBodyBlock
from home.models import NewsPage, PressReleasePage
from tests.home.edit_forms import edit_address

MOST_STATEMENTS = 24  # of the whole home page with every section, in a process that has remembered nothing
ARGUMENTS = {
    "heading": "Pourquoi",
    "arguments": [{"title": f"Raison {n}", "text": "<p>Parce que.</p>"} for n in "12"],
}


def stream(block, *children):
    return block.to_python([{"type": kind, "value": value} for kind, value in children])


def home_body(*children):
    return stream(HomeBodyBlock(), *children)


def show(client, page, *children) -> str:
    home = page("HOME")
    home.body = home_body(*children)
    home.save_revision().publish()
    return html.unescape(client.get("/").content.decode())


def test_the_demo_s_home_page_holds_every_section(client, page):
    for language in ("fr", "en"):
        kinds = {block.block_type for block in page("HOME", language).body}
        assert kinds == SECTION_BLOCKS
    shown = client.get("/").content.decode()
    for mark in ("hero", "arguments", "latest-release", "newest", "call-to-share"):
        assert re.search(rf'<section class="[^"]*\b{mark}\b', shown), mark


def test_each_section_s_heading_is_on_the_second_level_and_what_stands_in_it_on_the_third(client):
    shown = client.get("/").content.decode().split("<main")[1].split("</main>")[0]
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", shown)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert set(levels) == {1, 2, 3}
    assert all(below <= above + 1 for above, below in zip(levels, levels[1:], strict=False))


def test_what_is_asked_of_whom_how_many_and_where_to_sign_stand_at_the_top_whatever_staff_compose(
    client, page, petition
):
    for children in ([], [("demand", {"way": "line"})], [("paragraph", "<p>Essai</p>")]):
        shown = show(client, page, *children)
        top = shown.split('class="hero"')[1].split("</section>")[0]
        text = petition.texts.get(language="fr")
        for told in (page("HOME").title, text.addressee, *text.demand_list(), "counter", 'href="/petition/#'):
            assert told.replace(" ", "") in re.sub(r"[\s\u00a0\u202f]", "", top), told


def test_the_form_itself_stands_on_the_home_page_where_staff_choose_it(client, page):
    shown = show(client, page, ("demand", {"way": "form"}))
    assert shown.count('id="sign-form"') == 1
    assert 'href="/confidentialite/"' in shown.split('id="sign-form"')[1].split("</form>")[0]


def test_the_demand_comes_first_and_once():
    HomeBodyBlock().clean(home_body(("demand", {"way": "line"}), ("arguments", ARGUMENTS)))
    with pytest.raises(StreamBlockValidationError):
        HomeBodyBlock().clean(home_body(("arguments", ARGUMENTS), ("demand", {"way": "line"})))
    with pytest.raises(StreamBlockValidationError):
        HomeBodyBlock().clean(home_body(("demand", {"way": "line"}), ("demand", {"way": "form"})))


@pytest.mark.parametrize("number", [1, MOST_ARGUMENTS + 1])
def test_one_argument_or_too_many_are_refused(number):
    arguments = [{"title": f"Raison {n}", "text": "<p>Parce que.</p>"} for n in range(number)]
    with pytest.raises(StreamBlockValidationError):
        HomeBodyBlock().clean(home_body(("arguments", {"heading": "Pourquoi", "arguments": arguments})))


@pytest.mark.parametrize(
    ("block", "children"),
    [
        (BodyBlock(), [("heading", {"text": "A", "level": "h3"})]),
        (BodyBlock(), [("outside_services", None)]),
        (StandardBodyBlock(), [("site_tree", None), ("heading", {"text": "A", "level": "h3"})]),
        (
            HomeBodyBlock(),
            [
                ("heading", {"text": "A", "level": "h2"}),
                ("share", {"heading": "B", "text": ""}),
                ("heading", {"text": "C", "level": "h3"}),
            ],
        ),
    ],
)
def test_a_subsection_without_a_section_above_it_is_refused_where_it_stands(block, children):
    with pytest.raises(StreamBlockValidationError) as refused:
        block.clean(stream(block, *children))
    assert list(refused.value.block_errors) == [len(children) - 1]


def test_a_subsection_below_a_section_is_accepted():
    for block, first in (
        (BodyBlock(), ("heading", {"text": "A", "level": "h2"})),
        (StandardBodyBlock(), ("rules", None)),
    ):
        block.clean(
            stream(block, first, ("heading", {"text": "B", "level": "h3"}), ("outside_services", None))
        )


def test_the_editor_is_told_which_heading_is_wrong(staff_client, page):
    target = page("NEWS_ORDER")
    form = {
        "title": target.title,
        "slug": target.slug,
        "date": "2020-10-09",
        "summary": "Essai",
        "body-count": "1",
    }
    form |= {"body-0-type": "heading", "body-0-order": "0", "body-0-deleted": "", "body-0-id": ""}
    form |= {"body-0-value-text": "Titre", "body-0-value-level": "h3", "related-count": "0"}
    for formset in ("footnotes", "comments"):
        form |= {f"{formset}-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    answer = staff_client.post(edit_address(target), form)
    assert "sous-section doit se trouver sous une section" in html.unescape(answer.content.decode())


@pytest.mark.parametrize("name", ["HOME", *(entry.name for entry in STANDARD)])
def test_each_page_opens_in_the_editor_and_in_its_preview(staff_client, page, name):
    target = page(name)
    assert staff_client.get(edit_address(target)).status_code == 200
    shown = staff_client.get(reverse("wagtailadmin_pages:view_draft", args=[target.pk]))
    assert shown.status_code == 200
    assert target.title in html.unescape(shown.content.decode()).replace("\u00a0", " ")


def test_a_body_of_the_time_before_the_sections_is_still_shown(client, page):
    shown = show(
        client,
        page,
        ("heading", {"text": "Ancien titre", "level": "h2"}),
        ("paragraph", "<p>Ancien texte</p>"),
        ("quote", {"text": "Anciens mots", "attribution": ""}),
    )
    [prose] = re.findall(r'<div class="prose">(.*?)</section>', shown, re.DOTALL)
    for words in ("Ancien titre", "Ancien texte", "Anciens mots"):
        assert words in prose


def test_text_between_sections_stands_in_a_column_of_its_own(page):
    home = page("HOME")
    home.body = home_body(
        ("paragraph", "<p>A</p>"),
        ("plain", "B"),
        ("share", {"heading": "C", "text": ""}),
        ("paragraph", "<p>D</p>"),
    )
    assert [(part.is_text, len(part.blocks)) for part in home.sections()] == [
        (True, 2),
        (False, 1),
        (True, 1),
    ]


def test_the_latest_press_release_is_shown_in_the_reader_s_language(client, page):
    for language, address in (("fr", "/"), ("en", "/en/")):
        part = client.get(address).content.decode().split("latest-release__entry")[1].split("</article>")[0]
        assert page("PRESS_RELEASE", language).url in part


def test_a_release_under_embargo_is_not_the_latest(client, page):
    secret = PressReleasePage(
        title="Secret d’essai", slug="secret", place="Paris", summary="…", date="2026-11-20"
    )
    secret.embargo_until = timezone.now() + timedelta(days=1)
    page("PRESS_INDEX").add_child(instance=secret)
    PressReleasePage.objects.filter(pk=secret.pk).update(live=True)
    shown = html.unescape(client.get("/").content.decode())
    assert "Secret d’essai" not in shown
    assert page("PRESS_RELEASE").url in shown


def test_a_section_without_a_page_to_show_is_left_out(client, page):
    for name in ("NEWS_ORDER", "NEWS_RELEASE", "POSITION_PAPER", "PRESS_RELEASE"):
        page(name).unpublish()
    shown = client.get("/").content.decode()
    assert "newest" not in shown
    assert "latest-release" not in shown


def test_no_more_are_shown_than_staff_chose_and_the_newest_first(client, page):
    for number in range(3):
        page("NEWS_INDEX").add_child(
            instance=NewsPage(
                title=f"Nouvelle {number}", slug=f"n-{number}", summary="…", date=f"2021-01-0{number + 1}"
            )
        )
    shown = show(client, page, ("news", {"heading": "Du nouveau", "number": 2})).split("<main")[1]
    assert "Du nouveau" in shown
    assert shown.index("Nouvelle 2") < shown.index("Nouvelle 1")
    assert "Nouvelle 0" not in shown
    assert 'href="/actualites/"' in shown


def test_what_is_passed_on_is_the_petition_s_address_in_the_reader_s_language(client):
    for address, passed_on in (
        ("/", "http://testserver/petition/"),
        ("/en/", "http://testserver/en/petition/"),
    ):
        shown = client.get(address).content.decode().split("call-to-share", 1)[1]
        assert f'value="{passed_on}"' in shown


def test_no_section_can_load_anything_from_elsewhere():
    def fields(block):
        yield block
        for child in getattr(block, "child_blocks", {}).values():
            yield from fields(child)
        if hasattr(block, "child_block"):
            yield from fields(block.child_block)

    kinds = {type(block).__name__ for block in fields(HomeBodyBlock())}
    assert not kinds & {"URLBlock", "EmbedBlock", "RawHTMLBlock"}
    for block in fields(HomeBodyBlock()):
        assert not {"embed", "image", "document-link"} & set(getattr(block, "features", None) or [])


@pytest.mark.parametrize("address", ["/", "/en/"])
def test_the_home_page_with_every_section_is_cheap_in_a_cold_process(client, address):
    ContentType.objects.clear_cache()
    cache.clear()
    with CaptureQueriesContext(connection) as statements:
        assert client.get(address).status_code == 200
    assert len(statements) <= MOST_STATEMENTS, "\n".join(
        query["sql"] for query in statements.captured_queries
    )

"""News: who, when, on what, what to read next, and its place on the petition's page."""

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.blocks import RelatedPagesBlock
from home.models import NewsPage


def read(client, page) -> str:
    return html.unescape(client.get(page.url).content.decode()).replace("\xa0", " ").replace("\u202f", " ")


def main_of(shown: str) -> str:
    return shown[shown.index("<main") : shown.index("</main>")]


def dateline(shown: str) -> str:
    """Return the line below the title, without its marks."""
    line = shown[shown.index('<p class="meta">') :]
    return " ".join(re.sub(r"<[^>]+>", "", line[: line.index("</p>")]).split())


def relate(page, *others) -> None:
    page.related = RelatedPagesBlock().to_python([{"type": "page", "value": other.pk} for other in others])
    page.save_revision().publish()


def part(shown: str, name: str) -> str:
    """Return one section of a page, by the address of its heading; nothing where it isn't there."""
    found = re.search(rf'<section[^>]*aria-labelledby="{name}".*?</section>', shown, re.DOTALL)
    return found[0] if found else ""


def add(parent, title: str, **values) -> NewsPage:
    """Publish a piece of news."""
    news = NewsPage(title=title, summary=f"Résumé de « {title} ».", locale=parent.locale, **values)
    parent.add_child(instance=news)
    news.save_revision().publish()
    return news


def test_it_says_when_on_what_and_by_whom(client, page):
    news = page("NEWS_ORDER")
    news.author, news.topic = "Une autrice d’essai", "Justice"
    news.save_revision().publish()
    assert dateline(read(client, news)) == "9 octobre 2020 · Justice · Par Une autrice d’essai"


def test_without_author_and_topic_it_says_the_date_alone(client, page):
    assert dateline(read(client, page("NEWS_ORDER"))) == "9 octobre 2020"


class TestReadNext:
    def test_leads_on_in_the_reader_s_language_whichever_the_editor_chose(self, client, page):
        chosen = [page("POSITION_PAPER"), page("PRESS_RELEASE", "en")]
        for language in ("fr", "en"):
            news = page("NEWS_ORDER", language)
            relate(news, *chosen)
            expected = [page(name, language) for name in ("POSITION_PAPER", "PRESS_RELEASE")]
            links = re.findall(r'<a href="([^"]+)">', part(read(client, news), "related"))
            assert links == [other.url for other in expected]

    def test_leaves_out_what_nobody_can_open(self, client, page):
        news = page("NEWS_ORDER")
        relate(news, page("POSITION_PAPER"), page("PRESS_RELEASE"))
        page("POSITION_PAPER").unpublish()
        shown = read(client, news)
        assert page("POSITION_PAPER").title not in main_of(shown)
        assert page("PRESS_RELEASE").title in part(shown, "related")

    def test_never_leads_to_the_page_itself_nor_to_one_page_twice(self, client, page):
        news = page("NEWS_ORDER")
        relate(news, news, page("PRESS_RELEASE"), page("PRESS_RELEASE", "en"))
        links = re.findall(r'<a href="([^"]+)">', part(read(client, news), "related"))
        assert links == [page("PRESS_RELEASE").url]

    def test_says_nothing_where_there_is_nothing(self, client, page):
        assert part(read(client, page("NEWS_ORDER")), "related") == ""

    def test_costs_the_same_for_one_page_and_for_four(self, client, page):
        news = page("NEWS_ORDER")
        others = [page(name) for name in ("PRESS_RELEASE", "POSITION_PAPER", "NEWS_RELEASE", "PETITION_PAGE")]

        def statements(number: int) -> int:
            relate(news, *others[:number])
            with CaptureQueriesContext(connection) as captured:
                assert part(read(client, news), "related").count("<li>") == number
            return len(captured)

        assert statements(1) == statements(4)


class TestOnThePetitionsPage:
    @pytest.fixture
    def index(self, page):
        return page("NEWS_INDEX")

    def test_its_newest_three_stand_below_the_petition_with_a_way_to_all(self, client, page, index, petition):
        NewsPage.objects.update(petition=None)
        for day in range(1, 5):
            add(index, f"Étape {day}", date=date(2021, 1, day), petition=petition)
        add(index, "Sans rapport", date=date(2021, 2, 1))
        updates = part(read(client, page("PETITION_PAGE")), "updates")
        assert re.findall(r">(Étape \d|Sans rapport)</a>", updates) == ["Étape 4", "Étape 3", "Étape 2"]
        assert f'<a href="{index.url}">Toutes les actualités</a>' in updates
        assert '<time datetime="2021-01-04">4 janvier 2021</time>' in updates

    def test_drafts_and_other_languages_do_not(self, client, page, index, petition):
        NewsPage.objects.update(petition=None)
        add(index, "Un brouillon", petition=petition).unpublish()
        add(page("NEWS_INDEX", "en"), "In English", petition=petition)
        assert part(read(client, page("PETITION_PAGE")), "updates") == ""
        assert "In English" in part(read(client, page("PETITION_PAGE", "en")), "updates")

    def test_nor_does_what_lies_below_an_unpublished_list(self, client, page, index, petition):
        add(index, "Étape", petition=petition)
        index.unpublish()
        assert part(read(client, page("PETITION_PAGE")), "updates") == ""

    def test_a_closed_petition_keeps_its_news(self, client, page, index, petition):
        add(index, "La réponse", petition=petition)
        petition.state = "closed"
        petition.save(update_fields=["state"])
        assert "La réponse" in part(read(client, page("PETITION_PAGE")), "updates")

    def test_the_demo_s_own_news_stands_there(self, client, page):
        for language in ("fr", "en"):
            updates = part(read(client, page("PETITION_PAGE", language)), "updates")
            assert page("NEWS_ORDER", language).title in updates

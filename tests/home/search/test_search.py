"""Search: what readers can open is found by its words, however they are written, and nothing else is."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.models import NewsPage, PressReleasePage, SearchEntry
from home.search.look_up import DATE, full_text
from home.search.words import ask

MOST_STATEMENTS = (
    9  # names, menu, exists, count, entries, texts, marks; and the types of pages when first met
)

FULL_TEXT_ONLY = pytest.mark.postgresql_only
PAIRS = [
    ("numerique", "numérique"),
    ("souverainete", "souveraineté"),
    ("oeuvre", "œuvre"),
    ("L'État", "etat"),
    ("L’État", "ÉTAT"),
    ("1 234", "1\u202f234"),
    ("ex aequo", "EX ÆQUO"),
]
WORDS = "L’État met en œuvre la souveraineté numérique\u202f: 1\u202f234 hébergeurs, ex æquo."


@pytest.fixture
def write(page):
    """Publish a piece of news."""

    def publish(title: str, *paragraphs: str, language: str = "fr", **fields) -> NewsPage:
        index = page("NEWS_INDEX", language)
        fields.setdefault("summary", "Essai.")
        body = fields.pop("body", [("plain", paragraph) for paragraph in paragraphs])
        news = index.add_child(
            instance=NewsPage(title=title, locale=index.locale, body=body, live=False, **fields)
        )
        news.save_revision().publish()
        return NewsPage.objects.get(pk=news.pk)

    return publish


@pytest.fixture
def found(client):
    """Return the addresses that a search leads to, in order."""

    def search(words: str, language: str = "fr", **more) -> list[str]:
        address = "/recherche/" if language == "fr" else "/en/search/"
        answer = client.get(address, {"q": words, **more})
        assert answer.status_code == 200
        return [item.url for item in answer.context["found"].items]

    return search


@pytest.mark.parametrize("pair", PAIRS)
def test_both_writings_find_the_same(write, found, pair):
    news = write("Essai", WORDS)
    one, other = (found(words) for words in pair)
    assert one == other
    assert news.url in one


def test_words_of_title_summary_body_and_other_fields_are_found(write, found):
    news = write(
        "Zyzzyva", "Troisième xylophone.", summary="Deuxième wapiti.", topic="Okapi", author="Essai Quokka"
    )
    for word in ("zyzzyva", "wapiti", "xylophone", "okapi", "quokka"):
        assert found(word) == [news.url]


def test_every_word_is_needed(write, found):
    news = write("Essai", "Zyzzyva et wapiti.")
    assert found("zyzzyva wapiti") == [news.url]
    assert found("zyzzyva okapi") == []


def test_phrases_and_words_to_leave_out(write, found):
    one, other = write("Essai un", "zyzzyva bleu wapiti"), write("Essai deux", "zyzzyva wapiti bleu")
    assert found("« zyzzyva wapiti »") == [other.url]
    assert set(found("zyzzyva")) == {one.url, other.url}
    assert found("zyzzyva -deux") == [one.url]


def test_the_title_counts_most_and_then_the_newest(write, found):
    old = write("Essai un", "zyzzyva " * 30, date="2020-01-01")
    new = write("Essai deux", "zyzzyva " * 30, date="2021-01-01")
    title = write("Zyzzyva", "rien", date="2019-01-01")
    assert found("zyzzyva") == [title.url, new.url, old.url]


def test_beginnings_of_words_are_found_where_whole_words_are_not(write, found):
    news = write("Essai", "Zyzzyvarium")
    assert found("zyzzyv") == [news.url]
    assert found("yzzyvarium") == []


@FULL_TEXT_ONLY
@pytest.mark.parametrize(
    ("written", "asked", "language"),
    [
        ("des hébergements", "héberger", "fr"),
        ("les hôpitaux nationaux", "national", "fr"),
        ("we were hosting", "hosted", "en"),
    ],
)
def test_endings_make_no_difference(write, found, client, written, asked, language):
    news = write("Essai", f"zyzzyva {written}", language=language)
    assert found(f"zyzzyva {asked}", language) == [news.url]
    address = "/recherche/" if language == "fr" else "/en/search/"
    html = client.get(address, {"q": f"zyzzyva {asked}"}).text
    assert f"<mark>{written.rpartition(' ')[2] if language == 'en' else ''}" in html


@FULL_TEXT_ONLY
def test_the_index_answers_what_is_asked(db):
    entries = SearchEntry.objects.filter(language="fr").annotate(date=DATE)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    assert "home_search_vector" in full_text(entries, ask("zyzzyva"), "fr").explain()


def test_only_common_words_find_pages_too(write, found):
    news = write("Nous et vous", "rien")
    assert news.url in found("nous et vous")


def test_only_pages_of_the_language_are_found(write, found):
    french = write("Zyzzyva")
    english = write("Zyzzyva", language="en")
    assert found("zyzzyva") == [french.url]
    assert found("zyzzyva", "en") == [english.url]


def test_what_readers_cannot_open_is_never_found_nor_told(write, found, client, page):
    news = write("Secret zyzzyva", "Le wapiti dort.", summary="Okapi")

    def is_told() -> bool:
        answers = [client.get(f"/recherche/?q={word}") for word in ("zyzzyva", "wapiti", "okapi", "secret")]
        return any(
            part in answer.text for answer in answers for part in (news.url, "Le wapiti", "Secret zyzzyva")
        )

    assert is_told()
    index = page("NEWS_INDEX")
    index.unpublish()
    assert not is_told()
    index.save_revision().publish()
    assert is_told()
    news.unpublish()
    assert not is_told()
    assert not SearchEntry.objects.filter(page_id=news.pk).exists()


def test_what_is_under_embargo_is_found_from_its_minute_on(found, page):
    release = page("PRESS_RELEASE")
    word = f'"{release.title}"'
    assert release.url in found(word)
    rows = PressReleasePage.objects.filter(pk=release.pk)
    rows.update(embargo_until=timezone.now() + timedelta(minutes=1))
    assert release.url not in found(word)
    rows.update(embargo_until=timezone.now())
    assert release.url in found(word)


def test_a_draft_changes_nothing_until_it_is_published(write, found):
    news = write("Zyzzyva")
    news.title = "Wapiti"
    revision = news.save_revision()
    assert (found("wapiti"), found("zyzzyva")) == ([], [news.url])
    revision.publish()
    assert (found("wapiti"), found("zyzzyva")) == ([news.url], [])


def test_with_a_page_its_words_go(write):
    news = write("Zyzzyva")
    assert SearchEntry.objects.filter(page_id=news.pk).exists()
    NewsPage.objects.get(pk=news.pk).delete()
    assert not SearchEntry.objects.filter(folded_title__contains="zyzzyva").exists()


def test_what_is_signed_is_found_and_a_correction_of_it_too(found, petition):
    text = petition.texts.get(language="fr")
    assert "/petition/" in found(text.title)
    text.pk, text.version, text.title = None, text.version + 1, "Zyzzyva"
    text.save()
    assert found("zyzzyva") == ["/petition/"]


def test_all_words_are_read_anew_by_a_command(write, found):
    news = write("Zyzzyva")
    SearchEntry.objects.all().delete()
    assert found("zyzzyva") == []
    output = StringIO()
    call_command("reindex_pages", stdout=output)
    assert found("zyzzyva") == [news.url]
    assert re.match(r"\d+ pages were read", output.getvalue())


def test_after_its_list_is_back_a_page_is_found_again(write, found, page):
    news = write("Zyzzyva")
    index = page("NEWS_INDEX")
    index.unpublish()
    assert found("zyzzyva") == []
    call_command("reindex_pages", stdout=StringIO())
    index.save_revision().publish()
    assert found("zyzzyva") == [news.url]


def test_what_the_site_says_by_itself_is_found_and_names_of_choices_are_not(write, found, page):
    legal = page("LEGAL")
    assert "legal_notice" in [block.block_type for block in legal.body]
    assert legal.url in found("directeur publication")
    news = write("Essai", body=[("heading", {"text": "Zyzzyva", "level": "h2"})])
    assert "Section" not in news.search_entry.text
    assert "Zyzzyva" in news.search_entry.text


def test_a_page_that_lists_others_holds_none_of_their_words(found, page):
    title = page("NEWS_ORDER").title
    assert found(f'"{title}"') == [page("NEWS_ORDER").url]


def test_results_are_paged_and_the_question_is_kept(write, client):
    for number in range(12):
        write(f"Zyzzyva {number}")
    first = client.get("/recherche/?q=« zyzzyva »")
    assert len(first.context["found"].items) == 10
    link = re.search(r'href="(\?q=[^"]*)"', first.text)[1].replace("&amp;", "&")
    second = client.get(f"/recherche/{link}")
    assert len(second.context["found"].items) == 2
    assert 'value="« zyzzyva »"' in second.text
    assert 'start="11"' in second.text


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999", "1e3", ""])
def test_a_page_of_results_that_does_not_exist_is_the_nearest(client, number):
    assert client.get("/recherche/", {"q": "pétition", "page": number}).status_code == 200


@pytest.mark.parametrize(
    "words",
    [
        *(
            "",
            " ",
            "a",
            "é",
            "l'",
            "-",
            '"',
            "«",
            "le la les",
            "%",
            "_",
            "\\",
            "' OR 1=1 --",
            "a & b | !c <-> :*",
        ),
        *(
            "a\x00b",
            "\x00",
            "<script>alert(1)</script>",
            "🙂",
            "x" * 10_000,
            "mot " * 5_000,
            "(((",
            "\u202f",
            "or",
        ),
    ],
)
def test_nothing_that_somebody_types_is_an_error(client, words):
    for address in ("/recherche/", "/en/search/"):
        answer = client.get(address, {"q": words})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


@pytest.mark.parametrize("raw", ["%ED%A0%80", "%FF%FE", "%00", "%C3", "a=1&q", "q%5B%5D=1"])
def test_no_address_is_an_error(client, raw):
    assert client.get(f"/recherche/?q={raw}").status_code == 200
    assert client.get(f"/recherche/?q={raw}&page={raw}").status_code == 200


def test_without_a_question_and_without_a_result_there_are_ways_on(client):
    for address in ("/recherche/", "/recherche/?q=zyzzyva"):
        main = client.get(address).text.split("<main")[1]
        assert 'href="/petition/"' in main
        assert 'name="q"' in main
    assert "zyzzyva" in client.get("/recherche/?q=zyzzyva").text


def test_results_are_for_the_reader_alone(client):
    answer = client.get("/recherche/?q=numérique")
    assert '<meta name="robots" content="noindex">' in answer.text
    assert answer["Cache-Control"] == "private, max-age=30"
    assert not answer.cookies
    assert "Vary" not in answer or "Cookie" not in answer["Vary"]
    assert re.search(r"<title>numérique\s–\sRecherche\s–", answer.text)
    assert re.search(r"<title>digital\s–\sSearch\s–", client.get("/en/search/?q=digital").text)


def test_what_somebody_looks_for_is_written_down_nowhere(client, caplog):
    with caplog.at_level("DEBUG"), CaptureQueriesContext(connection) as statements:
        client.get("/recherche/?q=zyzzyva")
        client.post("/recherche/?q=zyzzyva")
    logged = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not [line for line in logged if "zyzzyva" in line]
    assert not [query["sql"] for query in statements if re.match("INSERT|UPDATE", query["sql"])]


def test_a_search_is_cheap(client, write):
    write("Zyzzyva", "zyzzyva " * 50)
    client.get("/recherche/?q=zyzzyva")
    with CaptureQueriesContext(connection) as statements:
        assert client.get("/recherche/?q=zyzzyva").status_code == 200
    assert len(statements) <= MOST_STATEMENTS, [query["sql"] for query in statements]


def test_the_language_switch_keeps_the_question(client):
    switch = client.get("/recherche/?q=num%C3%A9rique&page=2").context["switch"]()
    assert switch.url == "/en/search/?q=num%C3%A9rique"
    assert client.get("/en/search/").context["switch"]().url == "/recherche/"


def test_every_page_leads_to_the_search(client):
    assert 'href="/recherche/"' in client.get("/").text
    assert 'href="/en/search/"' in client.get("/en/news/").text

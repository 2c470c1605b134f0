"""After confirming: which one it is, and ways to pass the petition on that carry nobody's name."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.utils import timezone, translation

from campaign.templatetags.ordinals import ordinal_of_signature
from campaign.typography import plain_spaces
from petition.models import Signature
from petition.sharing import InstanceForm, message, ways
from petition.sql import add_to_total
from tests.factories import PreparedPetitionFactory
from tests.people import words_of

pytestmark = pytest.mark.django_db
RANK = re.compile(r"vous êtes la (\S+)")
OUTSIDE = re.compile(r'<a [^>]*href="(https?://[^"]+)"([^>]*)>([^<]+)</a>')


def path(petition, prefix: str = "") -> str:
    return f"{prefix}/petitions/{petition.slug}/partager/"


def outside_links(page: str) -> dict[str, tuple[str, str]]:
    """Return every link in the page's own part that leads elsewhere: words -> address, rest of the tag."""
    main = page.split("<main")[1].split("</main>")[0]
    found = [(unescape(url), rest, words) for url, rest, words in OUTSIDE.findall(main)]
    return {words: (url, rest) for url, rest, words in found if not url.startswith("http://testserver")}


class TestWhichOne:
    @pytest.mark.parametrize(
        ("number", "french", "english"),
        [
            (1, "1re", "1st"),
            (2, "2e", "2nd"),
            (3, "3e", "3rd"),
            (11, "11e", "11th"),
            (21, "21e", "21st"),
            (112, "112e", "112th"),
            (12_346, "12 346e", "12,346th"),
        ],
    )
    def test_it_is_told_as_people_say_it(self, number, french, english):
        with translation.override("fr"):
            assert plain_spaces(ordinal_of_signature(number)) == french
        with translation.override("en"):
            assert ordinal_of_signature(number) == english

    def test_whoever_presses_the_button_reads_which_one_they_are(self, visitor, petition, confirm_link):
        add_to_total(petition.pk, 3, 12_345)
        answer = visitor.send(confirm_link)
        page = words_of(visitor.read(answer["Location"]))
        assert "Votre signature est comptée : vous êtes la 12 346e" in page
        assert '<strong class="counter__number">12 346</strong>' in page

    def test_the_number_is_the_same_after_a_reload(self, visitor, petition, confirm_link):
        visitor.send(confirm_link)
        for _ in range(2):
            page = words_of(visitor.read(confirm_link))
            assert "vous êtes la 1re" in page
            assert '<strong class="counter__number">1</strong>' in page

    def test_a_later_visit_says_that_it_counts_and_claims_no_number(self, visitor, petition, confirm_link):
        visitor.send(confirm_link)
        with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
            page = words_of(visitor.read(confirm_link))
        assert "Votre signature est comptée" in page
        assert "vous êtes la" not in page

    def test_it_is_stored_nowhere(self):
        assert not {"rank", "number", "position"} & {field.name for field in Signature._meta.concrete_fields}


class TestWays:
    @pytest.fixture
    def page(self, visitor, petition):
        return words_of(visitor.read(path(petition)))

    def test_each_network_is_named_with_its_country(self, page):
        assert set(outside_links(page)) == {
            "Bluesky (États-Unis)",
            "LinkedIn (États-Unis)",
            "WhatsApp (États-Unis)",
            "Telegram (Émirats arabes unis)",
        }

    def test_links_carry_the_address_of_the_petition_and_nothing_of_the_reader(self, page, petition):
        url = petition.get_absolute_url()
        for address, rest in outside_links(page).values():
            parts = urlsplit(address)
            values = parse_qs(parts.query)
            assert set(values) <= {"text", "url"}
            assert url in " ".join(value for found in values.values() for value in found)
            assert 'rel="noreferrer noopener"' in rest

    def test_mail_text_message_and_copying_need_no_network(self, page, petition):
        assert 'href="mailto:?subject=' in page
        assert 'href="sms:?&amp;body=' in page
        assert f'value="{petition.get_absolute_url()}" readonly' in page

    def test_the_words_are_those_of_the_pages_language(self, visitor, petition):
        english = words_of(visitor.read(path(petition, "/en")))
        address, _rest = outside_links(english)["Bluesky (United States)"]
        assert parse_qs(urlsplit(address).query)["text"][0].startswith("A demand http")

    def test_what_is_only_for_scripts_is_hidden_without(self, page):
        assert '<li hidden><button class="button button--quiet" type="button" data-share=' in page
        assert '<p class="copyable__act" hidden>' in page

    def test_a_petition_that_has_not_opened_is_not_passed_on(self, visitor):
        assert visitor.read(path(PreparedPetitionFactory())).status_code == 404


def test_a_post_has_three_hundred_characters_and_the_whole_address():
    url = "https://example.org/" + "a" * 60
    for title in ("Court", "É" * 200, "👩🏽‍🚀" * 100):
        posted = message(title, url)
        assert len(posted) <= 300
        assert posted.endswith(f" {url}")
    assert len({way.name for way in ways("Essai", url)}) == 4


def test_the_page_whose_address_holds_a_token_leads_nowhere_outside(visitor, petition, confirm_link):
    visitor.send(confirm_link)
    answer = visitor.read(confirm_link)
    assert answer["Referrer-Policy"] == "strict-origin"
    page = words_of(answer)
    own = petition.get_absolute_url().split("/petition")[0]
    assert all(url.startswith(own) for url, _rest in outside_links(page).values())
    assert f'href="{path(petition)}"' in page


class TestMastodon:
    @pytest.mark.parametrize(
        ("typed", "host"),
        [
            ("mastodon.example", "mastodon.example"),
            (" https://Mastodon.Example/ ", "mastodon.example"),
            ("@essai@mastodon.example", "mastodon.example"),
            ("instance-é.example", "xn--instance--j4a.example"),
        ],
    )
    def test_one_types_ones_own_instance_and_gets_a_link_there(self, visitor, petition, typed, host):
        page = words_of(visitor.send(path(petition), {"instance": typed}))
        address, rest = outside_links(page)[f"Continuer vers {host}"]
        assert address.startswith(f"https://{host}/share?text=")
        assert petition.get_absolute_url() in parse_qs(urlsplit(address).query)["text"][0]
        assert "noreferrer" in rest

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "localhost",
            "127.0.0.1",
            "[::1]",
            "mastodon.example:8080",
            "mastodon.example/autre/chemin",
            "mastodon.example?x=1",
            "mastodon.example#x",
            "javascript:alert(1)",
            "mastodon.example\\@ailleurs.example/x",
            "a b.example",
            "-.example",
            "é" * 250 + ".example",
        ],
    )
    def test_anything_else_than_a_name_is_refused_in_words(self, visitor, petition, typed):
        answer = visitor.send(path(petition), {"instance": typed})
        assert answer.status_code == 422
        assert "error-summary" in words_of(answer)
        assert "/share?text=" not in words_of(answer)

    def test_it_is_kept_nowhere(self, visitor, petition):
        answer = visitor.send(path(petition), {"instance": "mastodon.example"})
        assert not answer.cookies
        assert "mastodon.example" not in words_of(visitor.read(path(petition)))

    def test_another_site_cannot_send_somebody_through_it(self, visitor, petition):
        elsewhere = {"Origin": "https://elsewhere.example.org", "Sec-Fetch-Site": "cross-site"}
        assert visitor.send(path(petition), {"instance": "mastodon.example"}, elsewhere).status_code == 403

    def test_its_form_shows_what_was_typed(self):
        form = InstanceForm({"instance": "a b"})
        assert not form.is_valid()
        assert form["instance"].value() == "a b"

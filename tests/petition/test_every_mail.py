"""Every mail that people may get: whole as text, light as a page, ours alone, and nobody's words in its head."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import translation

from campaign.typography import plain_spaces
from petition import limits
from petition.services import examples
from tests.factories import OpenPetitionFactory, PetitionTextFactory
from tests.people import html_of, text_of

FOLDER = Path(settings.BASE_DIR) / "templates" / "emails"
LANGUAGES = ("fr", "en")
TO_STAFF = ("review_", "names_end")  # about pages and about the end of names: plain text, written elsewhere
MADE_UP = "prenom.exemple@example.org"

pytestmark = pytest.mark.django_db


class Reader(HTMLParser):
    """What a mail program would load or follow, and the words of each link."""

    def __init__(self, html: str):
        super().__init__()
        self.loads: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.tags: set[str] = set()
        self._words: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        named = dict(attrs)
        self.loads += [
            value for name, value in attrs if name in {"src", "srcset", "background", "poster", "data"}
        ]
        self.loads += re.findall(r"url\([^)]*\)|@import", named.get("style") or "")
        if tag == "a":
            self.links.append((named["href"], ""))
            self._words = []

    def handle_data(self, data):
        if self._words is not None:
            self._words.append(data)

    def handle_endtag(self, tag):
        if tag == "a" and self._words is not None:
            self.links[-1] = (self.links[-1][0], "".join(self._words).strip())
            self._words = None


SENDER = ("R&D d'ici, Essai", "petition@asso.example.org")
REPLIES = "reponses@asso.example.org"


def leave(petition, kind: str, language: str) -> EmailMessage:
    """Return a mail as it leaves, whoever's language is at work in this process."""
    with translation.override("en" if language == "fr" else "fr"):
        example = examples.example_of(petition, language)
        assert example is not None
        mail = examples.KINDS[kind].make(example)
        return message_from_bytes(mail.message().as_bytes(), policy=policy.default)


@pytest.fixture(scope="module")
def letters(django_db_setup, django_db_blocker):
    """Every mail in every language, made twice, of a petition whose words hold what goes wrong first."""
    with django_db_blocker.unblock(), transaction.atomic():
        petition = OpenPetitionFactory(
            organiser="R&D d'ici <b>", sender_name=SENDER[0], sender_address=SENDER[1], reply_to=REPLIES
        )
        for code in LANGUAGES:
            title = "Pour l'égalité d'accès & l'emploi <i>"
            PetitionTextFactory(petition=petition, language=code, version=2, title=title)
        made = {
            (kind, code): [leave(petition, kind, code) for _ in range(2)]
            for kind in examples.KINDS
            for code in LANGUAGES
        }
        transaction.set_rollback(True)
    limits.forget_keys()
    return made


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(params=sorted(examples.KINDS))
def kind(request):
    return request.param


@pytest.fixture
def message(letters, kind, language):
    return letters[kind, language][0]


def links_of(message) -> list[str]:
    return re.findall(r"https?://\S+", text_of(message))


def test_every_mail_has_its_example():
    written = {path.name.removesuffix(".subject.txt") for path in FOLDER.glob("*.subject.txt")}
    ours = {name for name in written if not name.startswith(TO_STAFF)}
    assert ours == set(examples.KINDS), (
        "A mail without an example is seen by no test and by nobody of the staff"
    )


def test_each_has_both_parts_and_its_head_is_whole(message):
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert parseaddr(message["From"]) == SENDER
    assert message["Reply-To"] == REPLIES
    assert message["To"] == MADE_UP
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"]
    assert message["Message-ID"].endswith(f"@{urlsplit(settings.SITE_URL).hostname}>")
    assert set(message.keys()) <= {
        *("From", "Reply-To", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
        *("MIME-Version", "Content-Type"),
    }


def test_tried_again_it_is_the_same_message(letters, kind, language):
    assert len({str(message["Message-ID"]) for message in letters[kind, language]}) == 1


def test_no_two_mails_share_a_message_id(letters):
    ids = [str(letters[kind, "fr"][0]["Message-ID"]) for kind in examples.KINDS]
    assert len(set(ids)) == len(ids)


def test_its_subject_has_no_number_no_picture_and_nobodys_words(message):
    subject = str(message["Subject"])
    assert subject
    assert not re.search(r"\d", subject)
    assert all(ord(sign) < 0x2190 for sign in subject), "no emoji, no arrow"
    for typed in ("égalité", "R&D", "Prénom", "First name", "Exemple", "Example", "@"):
        assert typed not in subject
    assert "\u202f" not in subject, "the narrow space breaks in old mail programs"


def test_it_is_wholly_in_its_language(message, language):
    assert f'<html lang="{language}">' in html_of(message)
    greeting = {"fr": "Bonjour Prénom,", "en": "Hello First name,"}[language]
    assert greeting in re.sub("[\u2066-\u2069]", "", text_of(message))
    for link in links_of(message):
        path = urlsplit(link).path
        assert path.startswith("/en/") == (language == "en") or path == "/", link
    of_french = {"\u00a0", "\u202f"} & set(message.get_body(("plain",)).get_content())
    assert bool(of_french) == (language == "fr")


def test_its_links_are_ours_short_and_alone_on_their_lines(message):
    lines = text_of(message).splitlines()
    assert links_of(message)
    for link in links_of(message):
        assert link.startswith(f"{settings.SITE_URL}/")
        assert len(link) < 200
        assert link in lines, "alone on its line, with nothing glued to it"


def test_both_parts_lead_to_the_same_places_and_no_link_pretends_to_be_another(message):
    page = Reader(html_of(message))
    assert {href for href, _words in page.links} == set(links_of(message))
    for href, words in page.links:
        assert words
        if "://" in words or "www." in words:
            assert words == href


def test_it_loads_nothing_and_holds_nothing_that_could(message):
    page = Reader(html_of(message))
    assert page.loads == []
    assert not page.tags & {
        "img",
        "script",
        "link",
        "iframe",
        "form",
        "input",
        "object",
        "video",
        "svg",
        "style",
    }
    assert len(html_of(message).encode()) < 20_000


def test_the_text_shows_real_signs_and_the_page_escapes_them(message):
    text, html = text_of(message), html_of(message)
    assert not re.search(r"&(amp|lt|gt|quot|#\d+|#x[0-9a-f]+);", text)
    assert "<b>" not in html
    assert "<i>" not in html
    assert "R&D d" in text
    assert "R&amp;D d" in html


def test_the_text_says_all_that_the_page_says(message):
    """Each sentence of the page stands in the text too; the words of its links alone may differ."""
    html = re.sub(r"<head>.*?</head>|<a .*?</a>", " ", html_of(message), flags=re.DOTALL)
    plain = unescape(re.sub(r"<[^>]+>", "\n", html))
    text = " ".join(text_of(message).split())
    for line in filter(None, (" ".join(line.split()).strip(" .:") for line in plain.splitlines())):
        assert line in text, line


def test_it_asks_for_no_money_and_no_sharing_but_the_thanks_may(message, kind):
    words = text_of(message).lower()
    assert not re.search(r"\bdons?\b|donat|cotis", words)
    if kind != "thank_you":
        assert "partag" not in words
        assert "pass the petition on" not in words


def test_of_what_somebody_typed_the_first_name_alone_is_repeated(message, language):
    read = "\n".join([*map(str, message.values()), text_of(message), html_of(message)])
    last_name = {"fr": "Exemple", "en": "Example"}[language]
    assert last_name not in read.replace(MADE_UP, "")
    assert MADE_UP not in text_of(message) + html_of(message)


def test_the_mail_to_confirm_says_all_that_it_must(letters, language):
    message = letters["confirm", language][0]
    expected = {"fr": "Confirmez votre signature", "en": "Confirm your signature"}
    assert plain_spaces(str(message["Subject"])) == expected[language]
    words = {
        "fr": ["Pour l", "R&D d", "valable jusqu’au", "pas vous", "effacé"],
        "en": ["Pour l", "R&D d", "good until", "wasn’t you", "erased"],
    }[language]
    for told in words:
        assert told.lower().replace("’", "'") in text_of(message).lower().replace("’", "'"), told
    assert len([link for link in links_of(message) if "/confirmation/" in link]) == 1


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*")), ids=lambda path: path.name)
def test_no_template_of_a_mail_names_another_host_or_loads_anything(path):
    words = path.read_text(encoding="utf-8")
    assert not re.search(r"https?://|<img|<script|<link|url\(|@import|src=", words)

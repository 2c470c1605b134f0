"""The promise: under embargo nobody reads a word but the readers of a link; from its minute on everybody does."""

from dataclasses import dataclass

import pytest

from tests.promises.addresses import crawl
from tests.real_site.releases import let_its_minute_come, run
from tests.real_site.site import RealSite
from tests.real_site.visitor import Visitor, letters

MAKE = """
from datetime import timedelta
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents.models import Document
from home.embargo_links import link_url
from home.models import EmbargoLink, PressIndexPage, PressReleasePage

minute = timezone.now() + timedelta(days=1)
index = PressIndexPage.objects.get(locale__language_code="{language}")
file = Document.objects.create(title="{word}", file=ContentFile(b"{word};1\\n", name="{word}.csv"))
release = PressReleasePage(
    title="Essai {word}", slug="essai-{word}", place="Essai", summary="Dit {word}.", locale=index.locale, live=False,
    attachments=[("file", {{"document": file, "title": "{word}", "language": "fr"}})], embargo_until=minute,
)
index.add_child(instance=release)
release.save_revision().publish()
link = EmbargoLink.objects.create(page=release, reader="Camille Essai", expires_at=minute)
print(release.pk, release.url, file.url, link_url(link))
"""


@dataclass(frozen=True)
class Hidden:
    """A release under embargo, each word of which holds one that stands nowhere else."""

    word: str
    pk: str
    url: str
    file: str
    link: str
    language: str

    @property
    def below(self) -> list[str]:
        """What nobody may open before the minute: the page, its PDF, its picture for sharing, its file."""
        picture = {"fr": "partage.png", "en": "share.png"}[self.language]
        return [self.url, f"{self.url}essai-{self.word}.pdf", f"{self.url}{picture}", self.file]

    @property
    def searches(self) -> list[str]:
        """Searches for it, in both languages."""
        return [f"/recherche/?q={self.word}", f"/en/search/?q={self.word}"]


@pytest.fixture
def hidden(site, request) -> Hidden:
    word, language = letters(), request.param
    pk, url, file, link = run(site, MAKE.format(word=word, language=language)).split()
    site.wait_for_quiet()
    return Hidden(word, pk, url, file, link, language)


@pytest.mark.parametrize("hidden", ["fr", "en"], indirect=True)
def test_nobody_reads_a_word_before_the_minute_and_everybody_from_it_on(
    site: RealSite, someone: Visitor, hidden
):
    # Before: no address that can be reached, and none that can be guessed.
    for path in hidden.below:
        assert someone.read(path).status_code == 404, path
    for path, answer in crawl(site).items():
        assert hidden.word.encode() not in answer.content, path
    for path in hidden.searches:
        assert f"essai-{hidden.word}" not in someone.read(path).text, path

    # By the link alone, which is kept nowhere.
    answer = someone.read(hidden.link)
    assert answer.status_code == 200
    assert hidden.word in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Set-Cookie" not in answer.headers
    assert someone.read(f"{hidden.link}essai-{hidden.word}.pdf").content.startswith(b"%PDF")
    token = hidden.link.rstrip("/").rpartition("/")[2]
    assert token not in site.written()
    assert token not in site.database.dump()

    # From its minute on.
    let_its_minute_come(site, f"essai-{hidden.word}", hidden.language)
    site.wait_for_quiet()
    for path in hidden.below:
        assert someone.read(path).status_code == 200, path
    found = [path for path, answer in crawl(site).items() if hidden.word.encode() in answer.content]
    lists = {hidden.url.rsplit("/", 2)[0] + "/", "/sitemap.xml"}
    assert lists <= set(found)
    assert f"essai-{hidden.word}" in someone.read(hidden.searches[hidden.language == "en"]).text
    answer = someone.read(hidden.link)
    assert (answer.status_code, answer.headers["Location"]) == (302, hidden.url)


@pytest.mark.parametrize("hidden", ["fr"], indirect=True)
def test_reading_by_a_link_changes_no_row(site: RealSite, someone: Visitor, hidden):
    before = site.database.fingerprints()
    for path in (hidden.link, f"{hidden.link}essai-{hidden.word}.pdf", hidden.link.rstrip("/") + "x/"):
        for method in ("GET", "HEAD"):
            assert someone.ask(method, path).status_code < 500
    assert site.database.fingerprints() == before

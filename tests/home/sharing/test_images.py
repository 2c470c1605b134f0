"""Pictures for sharing: drawn by the worker after publishing, given out below their page, gone with it."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from campaign.outbox.models import OutboxTask
from home.models import MadeFile, MadeKind, Organisation, PressReleasePage
from home.sharing.facts import IMAGE_SIZE
from home.sharing.images import TASK, fingerprint, make_missing_share_images, owe, words_of
from home.sharing.view import GENERAL
from tests.people import drain_outbox

RELEASES = {"fr": "/communiques/", "en": "/en/press-releases/"}


@pytest.fixture
def drawn():
    """Let the worker draw one page's picture."""

    def draw(page):
        OutboxTask.objects.filter(kind=TASK).delete()
        owe([page])
        drain_outbox()
        return MadeFile.objects.get(page=page.pk, kind=MadeKind.SHARE_IMAGE)

    return draw


@pytest.fixture
def undrawn(db):
    """As right after publishing, before the worker has come to it."""
    MadeFile.objects.filter(kind=MadeKind.SHARE_IMAGE).delete()


def address(page, name: str = "partage.png") -> str:
    return f"{page.url}{name}"


def test_publishing_owes_the_picture_and_the_worker_draws_it(client, page, drawn):
    release = page("PRESS_RELEASE")
    assert OutboxTask.objects.filter(kind=TASK, subject=str(release.pk)).exists()
    made = drawn(release)
    answer = client.get(address(release))
    assert answer.content == bytes(made.content)
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=300"
    assert Image.open(io.BytesIO(answer.content)).size == IMAGE_SIZE
    assert not answer.cookies


def test_until_then_a_general_picture_is_given_and_not_kept_long(client, page, undrawn):
    answer = client.get(address(page("PRESS_RELEASE", "en"), "share.png"))
    assert answer.content == GENERAL.read_bytes()
    assert answer["Cache-Control"] == "public, max-age=30"


def test_who_asks_again_is_told_that_nothing_has_changed(client, page, undrawn, drawn):
    release = page("PRESS_RELEASE")
    before = client.get(address(release))["ETag"]
    drawn(release)
    after = client.get(address(release), headers={"if-none-match": before})
    assert after.status_code == 200
    assert client.get(address(release), headers={"if-none-match": after["ETag"]}).status_code == 304


def test_it_is_drawn_anew_only_when_its_words_change(page, drawn):
    release = page("PRESS_RELEASE")
    first = drawn(release)
    assert drawn(release).made_at == first.made_at
    release.title = "Essai"
    release.save_revision().publish()
    assert drawn(release).fingerprint != first.fingerprint


def test_the_petitions_picture_says_what_is_asked_and_of_whom(page, petition):
    for language in ("fr", "en"):
        text = petition.texts.get(language=language)
        words = words_of(page("PETITION_PAGE", language))
        assert words["title"] == text.title
        assert text.addressee in words["kicker"]
        assert words["language"] == language


def test_the_name_of_the_site_is_in_it(page):
    before = fingerprint(words_of(page("LEGAL")))
    OutboxTask.objects.filter(kind=TASK).delete()
    organisation = Organisation.current()
    organisation.site_name_fr = "Essai"
    organisation.save()
    assert OutboxTask.objects.filter(kind=TASK, subject=str(page("LEGAL").pk)).exists()
    assert fingerprint(words_of(page("LEGAL"))) != before


def test_what_hides_the_page_hides_its_picture(client, page, drawn):
    release = page("PRESS_RELEASE")
    drawn(release)
    rows = PressReleasePage.objects.filter(pk=release.pk)
    rows.update(embargo_until=timezone.now() + timedelta(minutes=1))
    assert client.get(address(release)).status_code == 404
    rows.update(embargo_until=None)
    assert client.get(address(release)).status_code == 200
    page("PRESS_RELEASE").unpublish()
    assert client.get(address(release)).status_code == 404
    assert not MadeFile.objects.filter(page=release.pk, kind=MadeKind.SHARE_IMAGE).exists()


def test_nothing_is_drawn_of_what_was_taken_down_meanwhile(page):
    release = page("PRESS_RELEASE")
    owe([release])
    release.unpublish()
    drain_outbox()
    assert not MadeFile.objects.filter(page=release.pk, kind=MadeKind.SHARE_IMAGE).exists()


@pytest.mark.parametrize(
    "path", ["/share.png", "/en/partage.png", "/rien/partage.png", "/en/communiques/share.png"]
)
def test_there_is_no_other_picture(client, path):
    assert client.get(path).status_code == 404


def test_missing_pictures_are_owed_by_the_clock(page, drawn):
    release = page("PRESS_RELEASE")
    drawn(release)
    MadeFile.objects.filter(page=page("HOME").pk).delete()
    OutboxTask.objects.filter(kind=TASK).delete()
    make_missing_share_images()
    owed = set(OutboxTask.objects.filter(kind=TASK).values_list("subject", flat=True))
    assert str(page("HOME").pk) in owed
    assert str(release.pk) not in owed


def test_what_is_owed_already_is_not_owed_again_by_the_clock(page, drawn):
    drawn(page("HOME"))
    MadeFile.objects.all().delete()
    OutboxTask.objects.filter(kind=TASK).delete()
    make_missing_share_images()
    owed = OutboxTask.objects.filter(kind=TASK).count()
    make_missing_share_images()
    assert OutboxTask.objects.filter(kind=TASK).count() == owed > 0

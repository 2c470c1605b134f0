"""Links for journalists: they open the scheduled version of one release, to one reader, until it is public."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from campaign.logs import scrub
from campaign.outbox.worker import Worker
from campaign.typography import plain_spaces
from home.embargo_links import KEEP_AFTER_END, forget_old, link_url
from home.models import EmbargoLink, PressReleasePage
from tests.home.test_embargo import (  # noqa: F401  fixtures
    MINUTE,
    NOW,
    SECOND,
    clock,
    desk,
    document,
    embargoed,
    publish_scheduled,
    release,
    translate,
    with_document,
)

READER = "Camille Essai, Journal d’essai"


@pytest.fixture
def hidden(release, document):  # noqa: F811
    """A release that waits for its minute, with a file."""
    return embargoed(release, **with_document(document))


def link_to(page, **values) -> EmbargoLink:
    return EmbargoLink.objects.create(
        page=page, reader=READER, **{"expires_at": MINUTE + timedelta(days=1), **values}
    )


def path_of(link) -> str:
    return link_url(link).removeprefix("http://testserver")


def test_a_link_opens_the_scheduled_version_marked_as_under_embargo(client, hidden):
    answer = client.get(path_of(link_to(hidden)))
    html = plain_spaces(answer.content.decode())
    assert answer.status_code == 200
    assert hidden.title in html
    assert "Sous embargo jusqu’au 3 mars 2099, 6 h (heure de Paris)" in html
    assert not answer.cookies


def test_what_it_opens_is_kept_nowhere_and_spreads_its_address_nowhere(client, hidden):
    answer = client.get(path_of(link_to(hidden)))
    html = answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in html
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "strict-origin"
    for word in ('rel="canonical"', 'rel="alternate"', "og:image", "ld+json", 'class="share', "mail-html"):
        assert word not in html, word


def test_a_newer_draft_is_shown_only_once_it_is_approved(client, hidden):
    link = link_to(hidden)
    draft = PressReleasePage.objects.get(pk=hidden.pk)
    draft.title = "Une phrase en travail"
    draft.save_revision()
    assert hidden.title in plain_spaces(client.get(path_of(link)).content.decode())
    PressReleasePage.objects.get(pk=hidden.pk).get_latest_revision().publish()
    assert "Une phrase en travail" in client.get(path_of(link)).content.decode()


def test_its_files_are_reachable_by_the_same_link_alone(client, hidden, document):  # noqa: F811
    Worker().drain()
    path = path_of(link_to(hidden))
    html = client.get(path).content.decode()
    for address in (f"{path}{hidden.slug}.pdf", f"{path}{document.pk}/{document.filename}"):
        assert f'href="{address}"' in html
        answer = client.get(address)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get(document.url).status_code == 404
    assert client.get(f"{hidden.url}{hidden.slug}.pdf").status_code == 404
    assert client.get(f"{path}{document.pk + 1}/{document.filename}").status_code == 404


def test_from_its_minute_on_a_link_leads_to_the_public_page(client, hidden, clock):  # noqa: F811
    link = link_to(hidden)
    clock.move_to(MINUTE + SECOND)
    assert client.get(path_of(link)).status_code == 200, "the worker is late: still under embargo"
    publish_scheduled()
    answer = client.get(path_of(link))
    assert (answer.status_code, answer["Location"]) == (302, hidden.url)


@pytest.mark.parametrize(
    ("values", "status", "words"),
    [
        ({"expires_at": NOW - SECOND}, 410, "c’est passé"),
        ({"revoked_at": NOW}, 410, "retiré"),
    ],
)
def test_an_expired_or_revoked_link_says_so_and_nothing_else(client, hidden, values, status, words):
    path = path_of(link_to(hidden, **values))
    for address in (path, f"{path}{hidden.slug}.pdf"):
        answer = client.get(address)
        assert answer.status_code == status
        assert words in answer.content.decode()
        assert hidden.title not in plain_spaces(answer.content.decode())


def test_an_altered_link_says_so_and_nothing_else(client, hidden):
    path = path_of(link_to(hidden))
    altered = path[:-2] + ("A" if path[-2] != "A" else "B") + "/"
    answer = client.get(altered)
    assert answer.status_code == 404
    assert "coupé ou modifié" in answer.content.decode()
    assert client.get("/embargo/essai/").status_code == 404


def test_a_link_opens_nothing_under_the_address_of_the_other_language(client, hidden):
    assert client.get(f"/en{path_of(link_to(hidden))}").status_code == 404


def test_the_english_version_has_links_of_its_own(client, hidden, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        translate(hidden)
    english = PressReleasePage.objects.get(translation_key=hidden.translation_key, locale__language_code="en")
    path = path_of(link_to(english))
    assert path.startswith("/en/embargo/")
    with translation.override("en"):
        html = plain_spaces(client.get(path).content.decode())
    assert "Under embargo until 3 March 2099, 6 a.m. (Paris time)" in html


def test_a_link_to_a_release_that_nobody_approved_says_that_it_is_not_ready(client, release):  # noqa: F811
    answer = client.get(path_of(link_to(release)))
    assert answer.status_code == 404
    assert "pas encore prêt" in answer.content.decode()


def test_a_link_is_short_enough_for_any_mail_and_stands_in_no_row(hidden):
    link = link_to(hidden)
    assert len(link_url(link)) < 200
    token = path_of(link).strip("/").rpartition("/")[2]
    assert token not in str(EmbargoLink.objects.filter(pk=link.pk).values())


def test_a_link_is_masked_in_the_log(hidden):
    path = path_of(link_to(hidden))
    assert path.strip("/").rpartition("/")[2][:20] not in scrub(f"Not Found: {path}")


def test_a_link_s_row_goes_a_month_after_its_end(hidden):
    link_to(hidden)
    old = link_to(hidden, expires_at=NOW - KEEP_AFTER_END - SECOND)
    assert forget_old(NOW) == 1
    assert not EmbargoLink.objects.filter(pk=old.pk).exists()


# --- Staff ------------------------------------------------------------------------------------------------


def test_staff_find_the_links_beside_the_embargo(desk, hidden):  # noqa: F811
    link_to(hidden)
    html = desk.get(reverse("wagtailadmin_pages:edit", args=[hidden.pk])).content.decode()
    assert reverse("embargo_links", args=[hidden.pk]) in html
    assert "1 journaliste" in html
    assert "Sous embargo jusqu’au 3 mars 2099, 6 h (heure de Paris)" in plain_spaces(html)


def test_a_public_release_says_nothing_of_links(desk, release):  # noqa: F811
    public = embargoed(release, None)
    html = desk.get(reverse("wagtailadmin_pages:edit", args=[public.pk])).content.decode()
    assert reverse("embargo_links", args=[public.pk]) not in html


def test_staff_make_a_link_copy_it_and_revoke_it(desk, client, hidden):  # noqa: F811
    address = reverse("embargo_links", args=[hidden.pk])
    html = desk.get(address).content.decode()
    assert "2099-03-04 06:00" in html, "a day after the embargo, unless staff say otherwise"
    answer = desk.post(address, {"reader": READER, "expires_at": "2099-03-04 06:00"}, follow=True)
    link = hidden.embargo_links.get()
    assert (link.reader, link.expires_at) == (READER, MINUTE + timedelta(days=1))
    assert link_url(link) in answer.content.decode()
    assert client.get(path_of(link)).status_code == 200
    answer = desk.post(reverse("embargo_link_revoke", args=[hidden.pk, link.pk]), follow=True)
    assert link_url(link) not in answer.content.decode()
    assert client.get(path_of(link)).status_code == 410


def test_a_link_that_would_be_useless_at_once_is_refused_beside_the_field(desk, hidden):  # noqa: F811
    answer = desk.post(
        reverse("embargo_links", args=[hidden.pk]), {"reader": READER, "expires_at": "2098-01-01 00:00"}
    )
    assert answer.status_code == 422
    assert "Ce moment est passé" in answer.content.decode()


def test_only_those_who_may_publish_the_release_make_or_revoke_links(
    client, hidden, built_site, django_user_model
):
    from campaign.roles import Role

    other = django_user_model.objects.create_user("autre", "autre@example.org", "a-long-password-1")
    other.groups.add(built_site[0][Role.PETITION_MANAGER])
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    link = link_to(hidden)
    address = reverse("embargo_links", args=[hidden.pk])
    for answer in (
        client.get(address),
        client.post(address, {"reader": READER, "expires_at": "2099-03-04 06:00"}),
        client.post(reverse("embargo_link_revoke", args=[hidden.pk, link.pk])),
    ):
        assert answer.status_code in (302, 403)
    link.refresh_from_db()
    assert (link.revoked_at, hidden.embargo_links.count()) == (None, 1)

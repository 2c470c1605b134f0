"""Two languages, side by side: each case of what broke elsewhere, on this site's own pages."""

import html
import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile

from campaign.demo.build import TREE
from campaign.outbox.models import OutboxTask
from campaign.roles import Role
from home.models import NewsPage, PressReleasePage
from petition.links import confirm_url, personal_url
from petition.models import PendingSignature, Signature
from tests.factories import PendingSignatureFactory, SignatureFactory
from tests.people import Visitor, confirm_path, drain_outbox, html_of, links_in, text_of

NAMES = [entry.name for entry in TREE]
LANGUAGES = {"fr": "en", "en": "fr"}
HEAD_LINK = re.compile(r'<link rel="(canonical|alternate)"(?: hreflang="([^"]+)")? href="([^"]+)">')


def head_links(response) -> tuple[str, dict[str, str]]:
    """Return the canonical address of a page, and its language versions by hreflang."""
    found = HEAD_LINK.findall(response.content.decode())
    canonical = [href for rel, _language, href in found if rel == "canonical"]
    assert len(canonical) <= 1
    return "".join(canonical), {
        language: href for rel, language, href in found if rel == "alternate" and language
    }


def language_of(response) -> str:
    [language] = re.findall(r'<html lang="(\w\w)"', response.content.decode())
    return language


def switch_of(response):
    """Return the language switch as the page shows it: its link is there, with `lang` and `hreflang`."""
    switch = response.context["switch"]()
    link = re.search(
        rf'<a [^>]*href="{re.escape(html.escape(switch.url))}" lang="{switch.language}" '
        rf'hreflang="{switch.language}"[^>]*>',
        response.content.decode().split("<main")[0],
    )
    assert link, "the page shows no such link above its content"
    return switch


def path_of(address: str) -> str:
    assert address.startswith("http://testserver/")
    return address.removeprefix("http://testserver")


@pytest.fixture
def in_french_only(page):
    """A press release that is live in French and has no English version."""
    release = PressReleasePage(
        title="Un seul essai", slug="un-seul-essai", place="Paris", summary="Résumé d’essai"
    )
    page("PRESS_INDEX").add_child(instance=release)
    release.save_revision().publish()
    return release


def everything_english(client) -> str:
    """Return all that a visitor can find in English without knowing an address."""
    addresses = ["/en/", "/en/press-releases/", "/sitemap.xml"]
    home = client.get("/en/").content.decode() + client.get("/en/press-releases/").content.decode()
    addresses += re.findall(r'type="application/(?:atom|rss)\+xml"[^>]* href="([^"]+)"', home)
    addresses += re.findall(r'href="([^"]+)"[^>]* type="application/(?:atom|rss)\+xml"', home)
    return html.unescape(
        "".join(client.get(path.removeprefix("http://testserver")).content.decode() for path in addresses)
    )


# --- O-LANG-03: the switch leads to the same page, or says that it isn't translated ---------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_o_lang_03_the_switch_leads_to_the_same_page_under_its_own_name(client, page, name, language):
    shown = client.get(f"{page(name, language).url}?utm_source=x")
    switch = switch_of(shown)
    there = page(name, LANGUAGES[language])
    assert switch.url == f"{there.url}?utm_source=x"
    answer = client.get(switch.url)
    assert (answer.status_code, language_of(answer)) == (200, LANGUAGES[language])
    assert switch_of(answer).url == f"{page(name, language).url}?utm_source=x"


@pytest.mark.parametrize(
    ("language", "words", "home"),
    [
        ("fr", "Pas encore en anglais", "English home page"),
        ("en", "Not in French yet", "Accueil en français"),
    ],
)
def test_o_lang_03_where_there_is_no_other_version_the_page_says_so_and_names_the_way_home(
    client, page, language, words, home
):
    page("NEWS_ORDER", LANGUAGES[language]).unpublish()
    shown = client.get(page("NEWS_ORDER", language).url)
    switch = switch_of(shown)
    assert (switch.missing, switch.label) == (words, home)
    above = html.unescape(shown.content.decode().split("<main")[0])
    assert words in above
    assert home in above
    assert client.get(switch.url).status_code == 200


def test_a_part_of_a_list_is_kept_as_far_as_the_other_list_has_it(client, page):
    for number in range(12):
        child = NewsPage(
            title=f"Nouvelle {number}", slug=f"nouvelle-{number}", summary="…", date="2020-12-01"
        )
        page("NEWS_INDEX").add_child(instance=child)
    switch = switch_of(client.get("/actualites/?page=2&utm_source=x"))
    assert switch.url == "/en/news/?utm_source=x"
    assert client.get(switch.url).status_code == 200
    for number in range(12):
        child = NewsPage(title=f"News {number}", slug=f"news-{number}", summary="…", date="2020-12-01")
        page("NEWS_INDEX", "en").add_child(instance=child)
    assert switch_of(client.get("/actualites/?page=2")).url == "/en/news/?page=2"


# --- O-LANG-04: and on what isn't made in the CMS --------------------------------------------------------------


def same_in_the_other_language(client, response):
    """Follow the switch of an answer; return what is there and where it led."""
    language = language_of(response)
    switch = switch_of(response)
    assert not switch.missing
    there = client.get(switch.url)
    assert (
        language_of(client.get(there["Location"]) if there.status_code in (301, 302, 303) else there)
        != language
    )
    return there, switch.url


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_o_lang_04_a_form_with_mistakes(client, petition, prefix):
    other = "/en" if not prefix else ""
    for address in (f"{prefix}/petition/", f"{prefix}/petitions/{petition.slug}/signature/"):
        answer = client.post(f"{address}?utm_source=x", {"first_name": "Camille"})
        assert answer.status_code == 422
        there, url = same_in_the_other_language(client, answer)
        assert url.startswith(f"{other}/petition")
        assert url.endswith("?utm_source=x")
        final = client.get(url, follow=True)
        assert final.status_code == 200
        assert 'id="sign-form"' in final.content.decode()
    assert not PendingSignature.objects.exists()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_o_lang_04_the_pages_after_signing(client, petition, prefix):
    for address in (
        f"/petitions/{petition.slug}/signature/message/",
        "/signature/message/",
        "/signature/message/transmission/",
    ):
        there, url = same_in_the_other_language(client, client.get(f"{prefix}{address}?a=b"))
        assert there.status_code == 200
        assert url == ("/en" if not prefix else "") + f"{address}?a=b"


@pytest.mark.parametrize("language", LANGUAGES)
def test_o_lang_04_the_page_behind_the_link_to_confirm_is_spent_by_no_switch(client, petition, language):
    pending = PendingSignatureFactory(petition=petition, language=language)
    address = path_of(confirm_url(pending.uuid, pending.nonce, language))
    there, url = same_in_the_other_language(client, client.get(address))
    assert there.status_code == 200
    assert 'id="confirm-form"' in there.content.decode()
    assert url.removeprefix("/en") == address.removeprefix("/en")
    assert PendingSignature.objects.filter(pk=pending.pk).exists()
    assert not Signature.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_o_lang_04_my_signature_before_and_after_it_is_withdrawn(client, petition, language):
    signature = SignatureFactory(petition=petition, language=language)
    address = path_of(personal_url(signature.uuid, language))
    there, url = same_in_the_other_language(client, client.get(address))
    assert there.status_code == 200
    assert url.removeprefix("/en") == address.removeprefix("/en")
    assert Signature.objects.filter(pk=signature.pk).exists()
    assert Visitor().send(address, {"act": "withdraw"}).status_code == 303
    there, _url = same_in_the_other_language(client, client.get(address))
    assert there.status_code == 410


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_o_lang_04_a_page_that_does_not_exist(client, prefix):
    there, url = same_in_the_other_language(client, client.get(f"{prefix}/nulle-part/?q=%C3%A9"))
    assert there.status_code == 404
    assert url == ("/en" if not prefix else "") + "/nulle-part/?q=%C3%A9"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_o_lang_04_what_was_refused_as_sent_from_another_site(client, petition, prefix):
    pending = PendingSignatureFactory(petition=petition)
    confirm = path_of(confirm_url(pending.uuid, pending.nonce, "fr"))
    sent = [f"/petitions/{petition.slug}/signature/", "/petition/", confirm, "/signature/message/"]
    for address in sent:
        refused = client.post(f"{prefix}{address}", {}, headers={"origin": "https://example.org"})
        assert refused.status_code == 403
        there, url = same_in_the_other_language(client, refused)
        assert client.get(url, follow=True).status_code == 200
        if address != "/petition/":
            assert url == ("/en" if not prefix else "") + address
    assert PendingSignature.objects.filter(pk=pending.pk).exists()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_o_lang_04_what_an_address_does_not_take(client, page, prefix):
    language = "en" if prefix else "fr"
    refused = client.post(page("NEWS_ORDER", language).url)
    assert refused.status_code == 405
    assert switch_of(refused).url == page("NEWS_ORDER", LANGUAGES[language]).url


@pytest.mark.parametrize("language", LANGUAGES)
def test_o_lang_04_search_results(client, language):
    with translation.override(language):
        address = reverse("search")
    there, url = same_in_the_other_language(client, client.get(f"{address}?q=donn%C3%A9es&page=1"))
    assert there.status_code == 200
    assert url.endswith("?q=donn%C3%A9es")


def test_a_query_that_cannot_be_read_is_passed_on_as_it_came(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    there = client.get("/nulle-part/?" + "&".join("abcd"))
    assert there.status_code == 404
    assert switch_of(there).url == "/en/nulle-part/?a&b&c&d"


# --- O-LANG-09: mail is in its reader's language ----------------------------------------------------------------


@pytest.fixture
def manager(client, built_site):
    """Somebody who looks after the petition, in the admin's French."""
    user = get_user_model().objects.create_user("gestion", "gestion@example.org", "a-long-password-3")
    user.groups.add(built_site[0][Role.PETITION_MANAGER])
    UserProfile.objects.create(user=user, preferred_language="fr")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def french_in(mail) -> list[str]:
    """Return what of a mail is not English: French words of subject and parts, links that lead to French."""
    parts = (text_of(mail), html_of(mail))
    french = re.compile(r"\b(?:Bonjour|pétition|votre|confirmer|lien|pour|vous)\b")
    found = [word for words in (str(mail["Subject"]), *parts) for word in french.findall(words)]
    found += [link for link in links_in(mail) if not link.startswith("http://testserver/en/")]
    return found + ([] if '<html lang="en"' in parts[1] else ["lang"])


def test_o_lang_09_a_mail_that_staff_send_again_in_french_is_english_for_its_reader(
    client, manager, petition, mailbox
):
    visitor = Visitor()
    mailbox.answer_to_rcpt = "451 later"
    assert visitor.sign(petition, "en").status_code == 303
    drain_outbox()
    mailbox.answer_to_rcpt = None
    task = OutboxTask.objects.get(kind="signature_mail")
    assert "Réessayer" in html.unescape(manager.get(reverse("deliveries:index")).content.decode())
    with translation.override("fr"):
        assert manager.post(reverse("deliveries:try_again", args=[task.pk])).status_code == 302
        drain_outbox()
    [asked] = mailbox.messages
    assert french_in(asked) == []
    assert asked["From"].addresses[0].display_name == petition.sender_name
    assert PendingSignature.objects.get().language == "en"

    path = confirm_path(asked)
    assert visitor.send(path, {"shown": ""}).status_code in (303, 409)
    if not Signature.objects.exists():
        shown = PendingSignature.objects.get().nonce
        assert visitor.send(path, {"shown": shown}).status_code == 303
    assert Signature.objects.get().language == "en"
    with translation.override("fr"):
        drain_outbox()
    assert (
        visitor.sign(petition, "fr").status_code == 303
    )  # in French this time: the signature stays an English one
    drain_outbox()
    thanks, already = mailbox.messages[1:]
    assert french_in(thanks) == french_in(already) == []


# --- O-LANG-06, 07, 10, 11: no French under /en/ ---------------------------------------------------------------


def test_o_lang_06_with_the_english_home_page_as_a_draft_nothing_french_is_under_en(client, page):
    page("HOME", "en").unpublish()
    for address in ("/en/", "/en", "/en/petition/"):
        answer = client.get(address, follow=True)
        assert answer.status_code == 404
        assert language_of(answer) == "en"
        assert "This page does not exist" in answer.content.decode()


def test_o_lang_07_a_page_in_french_only_is_offered_in_french_only(client, in_french_only):
    shown = client.get(in_french_only.url)
    canonical, alternates = head_links(shown)
    assert canonical == f"http://testserver{in_french_only.url}"
    assert alternates == {}
    assert switch_of(shown).missing
    assert client.get(f"/en{in_french_only.url}").status_code == 404
    assert client.get("/en/press-releases/un-seul-essai/").status_code == 404
    sitemap = client.get("/sitemap.xml").content.decode()
    assert sitemap.count("un-seul-essai") == 1
    assert in_french_only.title not in everything_english(client)


def test_o_lang_10_an_english_version_stays_a_draft_until_it_is_published(
    client, staff_client, in_french_only, django_capture_on_commit_callbacks
):
    english = Locale.objects.get(language_code="en")
    address = reverse("wagtail_localize:submit_page_translation", args=[in_french_only.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert staff_client.post(address, {"locales": english.pk}).status_code == 302
    made = Page.objects.get(translation_key=in_french_only.translation_key, locale=english)
    assert not made.live
    assert client.get(made.url).status_code == 404
    found = everything_english(client)
    assert in_french_only.title not in found
    assert made.url not in found
    assert in_french_only.title not in client.get("/en/search/?q=essai").content.decode()
    assert switch_of(client.get(in_french_only.url)).missing


def test_o_lang_11_the_root_stays_french_for_an_english_browser(client, page):
    page("HOME", "en").unpublish()
    answer = client.get("/", headers={"accept-language": "en"})
    assert (answer.status_code, language_of(answer)) == (200, "fr")
    assert answer.context["switch"]() is None


@pytest.mark.parametrize(("address", "home"), [("/nulle-part/", "/en/"), ("/en/nowhere/", "/")])
def test_o_lang_11_a_page_that_does_not_exist_names_a_way_to_the_other_language_that_works(
    client, address, home
):
    shown = client.get(address)
    body = shown.content.decode().split("<main")[1]
    [(found, label)] = re.findall(rf'<a href="({home})" lang="\w\w" hreflang="\w\w">([^<]+)</a>', body)
    assert html.unescape(label) in ("English home page", "Accueil en français")
    assert client.get(found).status_code == 200


def test_o_lang_11_without_an_english_home_page_no_page_leads_there(client, page):
    page("HOME", "en").unpublish()
    for address in ("/", "/nulle-part/", "/petition/"):
        assert 'hreflang="en"' not in client.get(address).content.decode()
    missing = client.get("/en/petition/")
    assert switch_of(missing).url == "/petition/"
    assert client.get("/petition/").status_code == 200


# --- O-LANG-08 and A-11: what a page says of its languages -------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_o_lang_08_both_versions_name_each_other_and_themselves(client, page, name):
    wanted = {language: f"http://testserver{page(name, language).url}" for language in LANGUAGES}
    wanted["x-default"] = wanted["fr"]
    for language in LANGUAGES:
        shown = client.get(f"{page(name, language).url}?utm_source=x", headers={"host": "localhost"})
        assert head_links(shown) == (wanted[language], wanted)
        assert language_of(shown) == language


@pytest.mark.parametrize("act", ["unpublish", "delete", "move"])
def test_o_lang_08_what_happens_to_one_version_is_told_by_the_other(client, page, act):
    left, gone = page("NEWS_ORDER"), page("NEWS_ORDER", "en")
    if act == "unpublish":
        gone.unpublish()
    elif act == "delete":
        gone.delete()
    else:
        gone.move(page("PRESS_INDEX", "en"), pos="last-child")
    canonical, alternates = head_links(client.get(left.url))
    assert canonical == f"http://testserver{left.url}"
    if act == "move":
        address = f"http://testserver/en/press-releases/{gone.slug}/"
        assert alternates["en"] == address
        assert head_links(client.get(path_of(address)))[1] == alternates
    else:
        assert alternates == {}
    for alternate in alternates.values():
        assert client.get(path_of(alternate)).status_code == 200


def test_error_pages_name_themselves_in_both_languages_and_have_no_other_address(client, petition):
    titles = {}
    for prefix in ("", "/en"):
        missing = client.get(f"{prefix}/nulle-part/")
        refused = client.post(
            f"{prefix}/petitions/{petition.slug}/signature/", headers={"origin": "https://example.org"}
        )
        for answer in (missing, refused):
            assert head_links(answer) == ("", {})
            [title] = re.findall(r"<title>(.*?) – ", answer.content.decode(), re.DOTALL)
            titles[prefix, answer.status_code] = html.unescape(title)
    assert titles == {
        ("", 404): "Page introuvable",
        ("/en", 404): "Page not found",
        ("", 403): "Demande refusée",
        ("/en", 403): "Request refused",
    }


def test_the_page_of_last_resort_speaks_both_languages(settings):
    shown = (settings.BASE_DIR / "templates" / "500.html").read_text(encoding="utf-8")
    assert "<title>Une erreur est survenue · Something went wrong</title>" in shown
    assert '<html lang="fr">' in shown
    assert 'lang="en"' in shown
    for address in ("/petition/", "/", "/en/petition/", "/en/"):
        assert f'href="{address}"' in shown


def test_no_cookie_and_no_header_decides_the_language(client):
    client.cookies["django_language"] = "en"
    answer = client.get("/", headers={"accept-language": "en"})
    assert language_of(answer) == "fr"
    assert not answer.cookies
    assert "Vary" not in answer or "cookie" not in answer["Vary"].lower()

"""What can't be read is answered in words, in the language of the address, and stores nothing."""

import pytest

from petition.models import PendingSignature

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
IN_WORDS = {
    "/": ('<html lang="fr">', "Cette demande n’a pas pu être comprise"),
    "/en/": ('<html lang="en">', "This request could not be understood"),
}
UNREADABLE = {
    "longer than 2.6 MB": (b"first_name=" + b"x" * 2_700_000, FORM),
    "multipart without a boundary": (b"first_name", "multipart/form-data"),
    "too many fields": (b"&".join([b"first_name=x"] * 10_001), FORM),
}


def says_in_words(answer, language: str) -> bool:
    page = answer.content.decode()
    assert 'href="http://testserver/"' in page
    assert "default-src" in answer["Content-Security-Policy"]
    return answer.status_code == 400 and all(words in page for words in IN_WORDS[language])


@pytest.mark.parametrize("language", list(IN_WORDS))
@pytest.mark.parametrize("cause", list(UNREADABLE))
def test_a_form_that_cannot_be_read_is_answered_in_words(client, petition, cause, language):
    body, content_type = UNREADABLE[cause]
    for path in (f"{language}signature/message/", f"{language}petitions/{petition.slug}/signature/"):
        answer = client.generic("POST", path, body, content_type=content_type)
        assert says_in_words(answer, language)
    assert not PendingSignature.objects.exists()


def test_a_charset_that_is_not_read_is_answered_in_words(client):
    """Public forms are read as UTF-8 whatever they say; staff's are read by Django, which refuses others."""
    answer = client.generic("POST", "/admin/login/", b"username=%E9", f"{FORM}; charset=iso-8859-1")
    assert says_in_words(answer, "/")


@pytest.mark.parametrize("language", list(IN_WORDS))
def test_a_host_that_is_not_ours_is_answered_in_words_and_not_repeated(client, language):
    answer = client.get(language, headers={"Host": "elsewhere.example.net"})
    assert says_in_words(answer, language)
    assert b"elsewhere.example.net" not in answer.content


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/sitemap.xml", "Cette adresse n’accepte pas ce qui lui a été envoyé"),
        ("/en/signature/message/transmission/", "This address does not take what was sent to it"),
    ],
)
def test_a_method_that_an_address_does_not_take_is_answered_in_words(client, path, words):
    answer = client.post(path)
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert words in answer.content.decode()
    assert int(answer["Content-Length"]) == len(answer.content)

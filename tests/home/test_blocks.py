"""What editors can put into a page, and what becomes of it."""

import pytest

from home.blocks import TEXT_FEATURES, BodyBlock
from petition.enums import ContactState, ListState
from petition.models import ServiceSettings
from tests.factories import ContactFactory, OpenPetitionFactory


def body(*blocks):
    return BodyBlock().to_python([{"type": kind, "value": value} for kind, value in blocks])


def show(client, page, *blocks) -> str:
    target = page("VERIFY")
    target.body = body(*blocks)
    target.save_revision().publish()
    return client.get(target.url).content.decode()


def test_nothing_that_loads_from_outside_can_be_put_in():
    assert not {"embed", "image"} & set(TEXT_FEATURES)
    assert set(BodyBlock().child_blocks) == {
        *("heading", "paragraph", "plain", "quote", "picture", "sign_link", "outside_services"),
    }


def test_words_are_shown_as_words(client, page):
    html = show(
        client,
        page,
        ("heading", {"text": "<b>Titre</b>", "level": "h3"}),
        ("quote", {"text": "<i>Mots</i>", "attribution": "<u>Qui</u>"}),
    )
    assert "<h3>&lt;b&gt;Titre&lt;/b&gt;</h3>" in html
    assert "&lt;i&gt;Mots&lt;/i&gt;" in html
    assert "&lt;u&gt;Qui&lt;/u&gt;" in html


def test_the_link_to_the_petition_leads_to_the_reader_s_language(client, page):
    assert (
        'href="/en/petition/">Read the petition' in client.get(page("NEWS_ORDER", "en").url).content.decode()
    )
    assert 'href="/petition/">Lire la pétition' in client.get(page("NEWS_ORDER").url).content.decode()


def test_the_link_to_a_petition_page_that_is_unpublished_is_not_shown(client, page):
    page("PETITION_PAGE", "en").unpublish()
    assert "Read the petition and sign it" not in client.get(page("NEWS_ORDER", "en").url).content.decode()


def test_a_link_in_the_text_leads_to_the_page_by_its_path(client, page):
    html = show(
        client, page, ("paragraph", f'<p><a linktype="page" id="{page("NEWS_ORDER").pk}">Suite</a></p>')
    )
    assert f'<a href="{page("NEWS_ORDER").url}">Suite</a>' in html


@pytest.fixture
def privacy(client, page):
    """Read the privacy page in one language."""
    return lambda language="fr": client.get(page("PRIVACY", language).url).content.decode()


def test_the_privacy_page_says_in_both_languages_that_no_outside_service_receives_anything(privacy):
    assert "ne transmet les données de personne" in privacy("fr")
    assert "passes nobody's data on" in privacy("en")
    assert "Mailchimp" not in privacy("fr") + privacy("en")


def test_the_privacy_page_says_who_receives_what_as_soon_as_a_service_is_on(privacy):
    before = privacy()
    ServiceSettings.objects.create(pk=1, mailing="mailchimp")
    for language, words in (("fr", "États-Unis"), ("en", "the United States")):
        html = privacy(language)
        for told in ("The Rocket Science Group", words, "https://mailchimp.com/legal/"):
            assert told in html
    assert "Mailchimp" not in before


def test_a_service_that_was_switched_off_is_named_while_it_holds_somebody(privacy):
    contact = ContactFactory(
        petition=OpenPetitionFactory(),
        provider="mailchimp",
        provider_state=ListState.LEFT,
        state=ContactState.UNSUBSCRIBED,
    )
    assert "The Rocket Science Group" in privacy()
    contact.delete()
    assert "The Rocket Science Group" not in privacy()

"""Two pages that would have one address: said in words that an editor understands, on each way there."""

import html

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from home.models import StandardPage
from tests.home.edit_forms import edit_address, edit_form


def plain(text: str) -> str:
    return html.unescape(text).replace("\xa0", " ").replace("\u202f", " ")


def told(answer) -> str:
    """Return what the admin says at the top of the page."""
    return plain(" ".join(str(message) for message in answer.context["messages"]))


@pytest.fixture
def child(page):
    """A page one level below another that has the address of its parent's neighbour."""
    legal = page("LEGAL")
    made = StandardPage(title="Ailleurs", slug=page("NEWS_INDEX").slug, locale=legal.locale)
    legal.add_child(instance=made)
    made.save_revision().publish()
    return made


def test_the_editor_reads_it_beside_the_field_and_nothing_is_lost(staff_client, page):
    news, other = page("NEWS_ORDER"), page("NEWS_RELEASE")
    form = edit_form(staff_client, news)
    form["slug"], form["summary"] = other.slug, "Un résumé tout neuf."
    answer = staff_client.post(edit_address(news), form)
    assert answer.status_code == 200
    (said,) = answer.context["form"].errors["slug"]
    assert plain(said) == (
        f"Une autre page de cette rubrique a déjà l’adresse « {other.slug} ». "
        f"Choisissez-en une autre, par exemple « {other.slug}-2 »."
    )
    shown = plain(answer.content.decode())
    assert plain(said) in shown
    assert "Un résumé tout neuf." in shown


def test_a_new_page_whose_title_is_another_s_gets_a_free_address(page):
    index = page("NEWS_INDEX")
    first, second = (StandardPage(title="Même titre", locale=index.locale) for _ in range(2))
    for one in (first, second):
        page("LEGAL").add_child(instance=one)
    assert (first.slug, second.slug) == ("meme-titre", "meme-titre-2")


def test_moving_says_why_and_moves_nothing(staff_client, page, child):
    answer = staff_client.post(
        reverse("wagtailadmin_pages:move_confirm", args=[child.pk, page("HOME").pk]), follow=True
    )
    assert (
        f"La page n’a pas été déplacée : dans cette rubrique, une autre a déjà l’adresse « {child.slug} »."
    ) in told(answer)
    child.refresh_from_db()
    assert child.get_parent().pk == page("LEGAL").pk


def test_copying_says_why_beside_the_field(staff_client, page, child):
    answer = staff_client.post(
        reverse("wagtailadmin_pages:copy", args=[child.pk]),
        {"new_title": "Copie", "new_slug": child.slug, "new_parent_page": page("LEGAL").pk},
    )
    (said,) = answer.context["form"].errors["new_slug"]
    assert "une autre page a déjà cette adresse. Choisissez-en une autre." in plain(said)


def test_a_program_is_told_too(page):
    news = page("NEWS_ORDER")
    news.slug = page("NEWS_RELEASE").slug
    with pytest.raises(ValidationError) as refused:
        news.save()
    assert "a déjà l’adresse" in plain(refused.value.message_dict["slug"][0])


def test_a_translation_with_another_s_address_gets_a_free_one(client, page):
    news, taken = page("NEWS_ORDER"), page("NEWS_RELEASE", "en").slug
    source, _made = TranslationSource.update_or_create_from_instance(news)
    translation = Translation.objects.get(source=source)
    segment = source.stringsegment_set.get(context__path="slug")
    StringTranslation.objects.filter(translation_of=segment.string, context=segment.context).update(
        data=taken
    )
    translation.save_target(publish=False)
    page("NEWS_ORDER", "en").get_latest_revision().publish()
    moved = page("NEWS_ORDER", "en")
    assert moved.slug == f"{taken}-1"
    assert client.get(moved.url).status_code == 200
    assert client.get(page("NEWS_RELEASE", "en").url).status_code == 200

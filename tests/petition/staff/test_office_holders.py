"""Staff say who holds the addressed office, and since when; readers see it beside the addressee."""

import pytest
from django.urls import reverse

from petition.models import OfficeHolder
from tests.people import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(campaign_petition) -> dict:
    return {
        "petition": campaign_petition.pk,
        "name": "Dominique Essai, au ministère des essais",
        "as_of": "2026-11-20",
        "note": "Après un remaniement d’essai.",
    }


def test_a_holder_is_added_from_the_petitions_page_and_stands_beside_the_addressee(
    manager, visitor, campaign_petition, filled
):
    desk = reverse("petitions:edit", args=[campaign_petition.pk])
    add = f"{reverse('office_holders:add')}?petition={campaign_petition.pk}"
    assert add in words_of(manager.get(desk))
    assert f'<option value="{campaign_petition.pk}" selected' in words_of(manager.get(add))
    assert manager.post(reverse("office_holders:add"), filled)["Location"] == desk
    head = words_of(visitor.read("/petition/")).split("page-head__kicker")[1].split("</header>")[0]
    assert "Fonction occupée par Dominique Essai, au ministère des essais, au 20 novembre 2026." in head
    assert "Après un remaniement d’essai." in head


def test_a_later_holder_takes_the_place_and_both_are_told(manager, visitor, campaign_petition, filled):
    manager.post(reverse("office_holders:add"), filled)
    manager.post(
        reverse("office_holders:add"), {**filled, "name": "Camille Essai", "as_of": "2026-11-24", "note": ""}
    )
    page = words_of(visitor.read("/petition/"))
    assert "Camille Essai" in page
    assert "Dominique Essai" not in page
    told = words_of(visitor.read(f"/petitions/{campaign_petition.slug}/comment-nous-comptons/"))
    assert told.index("Camille Essai") < told.index("Dominique Essai")


def test_a_slip_is_mended_and_a_mistake_taken_away(manager, campaign_petition, filled):
    holder = OfficeHolder.objects.create(petition=campaign_petition, name="Esai", as_of="2026-11-20")
    manager.post(reverse("office_holders:edit", args=[holder.pk]), filled)
    holder.refresh_from_db()
    assert holder.name == filled["name"]
    manager.post(reverse("office_holders:delete", args=[holder.pk]))
    assert not OfficeHolder.objects.exists()


def test_nobody_else_may(editor, campaign_petition, filled):
    editor.post(reverse("office_holders:add"), filled)
    assert not OfficeHolder.objects.exists()

"""Private pages and collections are off, since their prompts would set cookies on public pages."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction


def test_no_restriction_can_be_stored(page):
    with pytest.raises(PermissionDenied):
        PageViewRestriction.objects.create(page=page("HOME"), restriction_type="login")
    with pytest.raises(PermissionDenied):
        CollectionViewRestriction.objects.create(
            collection=Collection.get_first_root_node(), restriction_type="login"
        )


def test_the_admin_offers_no_privacy_of_pages(staff_client, page):
    answer = staff_client.get(reverse("wagtailadmin_pages:set_privacy", args=[page("HOME").pk]))
    assert "restriction_type" not in answer.content.decode()


def test_the_admin_offers_no_privacy_of_collections(admin_client):
    collection = Collection.get_first_root_node().add_child(name="Photos")
    edit = admin_client.get(reverse("wagtailadmin_collections:edit", args=[collection.pk]))
    assert edit.status_code == 200
    privacy = reverse("wagtailadmin_collections:set_privacy", args=[collection.pk])
    assert privacy not in edit.content.decode()
    admin_client.post(privacy, {"restriction_type": "login"})
    assert not CollectionViewRestriction.objects.exists()

"""Three groups, and what each may not do."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import get_resolver, reverse
from wagtail.log_actions import log
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, Site

from campaign.roles import RIGHTS, Role, ensure_roles
from petition.models import Petition
from petition.staff.viewsets import PetitionScreens

pytestmark = pytest.mark.django_db


def member(role: Role):
    user = get_user_model().objects.create_user(
        role.name.lower(), f"{role.name.lower()}@example.org", "long-enough-1"
    )
    user.groups.add(Group.objects.get(name=role.value))
    return user


def permissions() -> dict[str, list]:
    return {
        group.name: [
            *sorted(group.permissions.values_list("codename", flat=True)),
            *(
                codename
                for model in (GroupPagePermission, GroupCollectionPermission)
                for codename in sorted(
                    model.objects.filter(group=group).values_list("permission__codename", flat=True)
                )
            ),
        ]
        for group in Group.objects.all()
    }


def test_there_are_three_groups_and_making_them_again_changes_nothing():
    ensure_roles()
    before = permissions()
    assert set(before) == {role.value for role in Role}
    ensure_roles()
    assert permissions() == before


def test_rights_that_staff_added_are_kept():
    group = ensure_roles()[Role.EDITOR]
    extra = Permission.objects.get(codename="delete_image")
    group.permissions.add(extra)
    ensure_roles()
    assert extra in group.permissions.all()


def test_a_group_of_wagtail_s_own_stays_while_somebody_is_in_it():
    user = get_user_model().objects.create_user("somebody", "somebody@example.org", "long-enough-1")
    user.groups.add(Group.objects.get_or_create(name="Editors")[0])
    ensure_roles()
    assert Group.objects.filter(name="Editors").exists()
    assert not Group.objects.filter(name="Moderators").exists()


def test_every_named_right_exists():
    stored = {
        f"{app}.{name}" for app, name in Permission.objects.values_list("content_type__app_label", "codename")
    }
    missing = {name for rights in RIGHTS.values() for name in rights.named} - stored
    assert not missing


def test_an_editor_writes_pages_and_has_no_right_over_signatures():
    ensure_roles()
    editor = member(Role.EDITOR)
    assert Page.get_first_root_node().permissions_for_user(editor).can_add_subpage()
    assert {name.split(".")[0] for name in editor.get_all_permissions()} & {
        "petition",
        "outbox",
        "auth",
        "home",
    } == set()


def test_a_petition_manager_sees_signatures_and_changes_none():
    ensure_roles()
    manager = member(Role.PETITION_MANAGER)
    assert manager.has_perm("petition.view_signature")
    assert manager.has_perm("petition.change_petition")
    assert manager.has_perm("outbox.change_outboxtask")
    for act in ("add", "change", "delete"):
        assert not manager.has_perm(f"petition.{act}_signature")
        assert not manager.has_perm(f"petition.{act}_pendingsignature")


def test_only_an_administrator_may_switch_on_a_service_outside_the_union():
    ensure_roles()
    manager, administrator = member(Role.PETITION_MANAGER), member(Role.ADMINISTRATOR)
    for somebody in (manager, administrator):
        assert somebody.has_perm("petition.change_servicesettings")
    assert not manager.has_perm("petition.switch_outside_service")
    assert administrator.has_perm("petition.switch_outside_service")


def test_an_administrator_has_all_of_it_and_is_no_superuser():
    ensure_roles()
    administrator = member(Role.ADMINISTRATOR)
    for right in (
        "auth.add_user",
        "home.change_organisation",
        "petition.view_signature",
        "wagtailadmin.access_admin",
    ):
        assert administrator.has_perm(right)
    assert not administrator.is_superuser
    editor_s_pages = set(RIGHTS[Role.EDITOR].pages)
    stored = GroupPagePermission.objects.filter(group__name=Role.ADMINISTRATOR.value)
    assert editor_s_pages <= set(stored.values_list("permission__codename", flat=True))


def addresses_of_the_petition() -> list[str]:
    """Every address of the staff screens about the petition, from the resolver, with a key where one is needed."""
    found = []

    def walk(patterns, prefix: str) -> None:
        for pattern in patterns:
            address = prefix + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, address)
            elif address.startswith("admin/petition/"):
                found.append("/" + re.sub(r"<[^>]+>", "1", address))

    walk(get_resolver().url_patterns, "")
    return found


def test_an_editor_finds_nothing_of_the_petition_at_any_address(client):
    ensure_roles()
    client.force_login(member(Role.EDITOR), backend="django.contrib.auth.backends.ModelBackend")
    addresses = addresses_of_the_petition()
    assert "/admin/petition/signatures/" in addresses
    for address in addresses:
        assert client.get(address).status_code in (302, 403, 404), address
        assert client.post(address).status_code in (302, 403, 404, 405), address
    assert "/admin/petition/" not in client.get("/admin/").content.decode()


def test_a_petition_manager_opens_the_screens_of_the_petition(client):
    ensure_roles()
    client.force_login(member(Role.PETITION_MANAGER), backend="django.contrib.auth.backends.ModelBackend")
    for name in (
        "signatures",
        "pending_signatures",
        "deliveries",
        "petitions",
        "petition_texts",
        "consent_texts",
        "contacts",
        "services",
        "outgoing",
    ):
        assert client.get(reverse(f"{name}:index")).status_code == 200, name


def test_the_record_of_what_staff_did_shows_an_editor_nothing_of_the_petition(client):
    ensure_roles()
    petition = Petition.objects.create(
        slug="nuage-de-test",
        organiser="Nous",
        sender_name="Nous",
        sender_address="a@example.org",
        reply_to="a@example.org",
    )
    log(instance=petition, action="wagtail.edit")
    for role, seen in ((Role.EDITOR, False), (Role.ADMINISTRATOR, True)):
        client.force_login(member(role), backend="django.contrib.auth.backends.ModelBackend")
        history = client.get(reverse("wagtailadmin_reports:site_history")).content.decode()
        assert ("nuage-de-test" in history) is seen


def test_an_administrator_opens_the_settings_of_the_site(client):
    ensure_roles()
    client.force_login(member(Role.ADMINISTRATOR), backend="django.contrib.auth.backends.ModelBackend")
    site = Site.objects.get(is_default_site=True)
    for address in (
        reverse("wagtailsettings:edit", args=["home", "organisation", site.pk]),
        reverse("wagtailusers_users:index"),
        reverse("clockwork:index"),
    ):
        assert client.get(address).status_code == 200, address


def test_every_right_over_the_petition_has_a_screen(client):
    """A right that no screen asks for says that somebody may do what nobody can."""
    ensure_roles()
    asked = {
        f"{screen.model._meta.app_label}.{act}_{screen.model._meta.model_name}"
        for screen in PetitionScreens.items
        for act in screen.allowed
    }
    asked.add("petition.switch_outside_service")  # asked for by the page on which a service is switched on
    granted = {name for rights in RIGHTS.values() for name in rights.named}
    assert {name for name in granted if name.split(".")[0] in ("petition", "outbox")} == asked


def test_nobody_but_a_superuser_is_led_to_the_languages(client):
    ensure_roles()
    client.force_login(member(Role.ADMINISTRATOR), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("wagtaillocales:index")).status_code == 302
    assert reverse("wagtaillocales:index") not in client.get("/admin/").content.decode()

"""Who reaches which address of the petition's screens; asked of every address that the resolver knows."""

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.urls import reverse

from petition.models import PendingSignature, Petition, Signature
from petition.staff.viewsets import PetitionScreens
from tests.petition.staff.addresses import admin_addresses, our_addresses

METHODS = ("get", "head", "post", "put", "patch", "delete")
PEOPLE = (Signature, PendingSignature)
REFUSED = {302, 403}


def everything_stored() -> str:
    """All rows of the petition and of the letter-box, as text."""
    models = [model for label in ("petition", "outbox") for model in apps.get_app_config(label).get_models()]
    return "".join(serializers.serialize("json", model._default_manager.order_by("pk")) for model in models)


def ask(client: Client, method: str, path: str):
    return getattr(client, method)(path, {"slug": "autre"} if method == "post" else None)


def test_the_resolver_finds_every_screen():
    found = {address.screen for address in our_addresses()}
    assert found == {screen.name for screen in PetitionScreens().registerables}


@pytest.mark.parametrize("address", our_addresses(), ids=lambda address: address.route)
def test_an_editor_reaches_none_of_them_by_any_method(editor, something_of_everything, address):
    model = address.model or type(something_of_everything[2])
    before = everything_stored()
    for method in METHODS:
        for pk in (model._default_manager.order_by("pk").values_list("pk", flat=True)[0], 999_999):
            response = ask(editor, method, address.path(pk))
            assert response.status_code in REFUSED, f"{method} {address.path(pk)}: {response.status_code}"
            if response.status_code == 302:
                assert response["Location"] == reverse("wagtailadmin_home")
    assert everything_stored() == before


@pytest.mark.parametrize("address", our_addresses(), ids=lambda address: address.route)
def test_a_stranger_is_led_to_the_login(something_of_everything, address):
    for method in METHODS:
        response = ask(Client(), method, address.path())
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("wagtailadmin_login"))


def test_no_address_under_admin_changes_a_signature_not_even_for_a_superuser(
    superuser, something_of_everything
):
    def people() -> str:
        return "".join(serializers.serialize("json", model.objects.order_by("pk")) for model in PEOPLE)

    before = people()
    tried = 0
    for address in our_addresses():
        for row in something_of_everything[:2]:
            for method in METHODS:
                ask(superuser, method, address.path(row.pk))
                tried += 1
    assert tried > 100
    assert people() == before


def test_signatures_have_no_address_to_add_edit_delete_copy_or_follow_their_use():
    names = {address.route.rsplit("/", 2)[-2] for address in our_addresses() if address.model in PEOPLE}
    assert names == {"signatures", "to-look-at", "pending", "results", "<int:pk>"}
    middles = {address.route.split("/")[3] for address in our_addresses() if address.model in PEOPLE}
    assert middles == {"", "results", "inspect"}


@pytest.mark.parametrize("address", our_addresses(), ids=lambda address: address.route)
def test_reading_changes_nothing(superuser, something_of_everything, address):
    model = address.model or type(something_of_everything[2])
    before = everything_stored()
    for method in ("get", "head"):
        ask(superuser, method, address.path(model._default_manager.order_by("pk")[0].pk))
    assert everything_stored() == before


def test_an_editor_finds_no_signature_on_any_page_of_the_admin(editor, manager, something_of_everything):
    """Menu, dashboard, searches, reports and the site's history included, after a manager has acted."""
    signature, pending, task = something_of_everything
    petition = Petition.objects.get()
    manager.post(reverse("deliveries:try_again", args=[task.pk]))
    edit = reverse("petitions:edit", args=[petition.pk])
    manager.post(edit, form_of(petition, organiser="Association rebaptisée"))
    secrets = ["Célestine", "Barnabé", "celestine@", "barnabe@", str(signature.uuid), str(pending.uuid)]
    secrets += ["Aristide", "aristide@"]
    secrets += ["/admin/petition/", "signature_mail", "rebaptisée", "outbox"]
    read = 0
    for address in admin_addresses():
        if address.arguments or "^" in address.route or address.route.endswith(("logout/", "failwhale/")):
            continue
        for query in ("", "?q=Introuvable", "?export=csv"):
            response = editor.get(address.path() + query)
            body = response.getvalue().decode(errors="replace")
            found = [secret for secret in secrets if secret in body]
            assert not found, f"{found} at {address.path()}{query}"
            read += response.status_code == 200
    assert read > 20


def form_of(petition: Petition, **values) -> dict:
    """What the form of a petition sends."""
    names = ("slug", "organiser", "sender_name", "sender_address", "reply_to")
    data = {name: getattr(petition, name) for name in names}
    data |= {"goal_steps": "10, 100, 1 000", "opens_at": "", "closes_at": ""}
    return data | values

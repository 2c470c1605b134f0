"""Editors edit and preview each page type, in both languages, before anything is published."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Revision
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_localize.models import Translation

from campaign.demo.build import TREE
from campaign.outbox.models import OutboxTask
from home.blocks import TEXT_FEATURES
from petition.models import PendingSignature, SignatureEvent, Total
from tests.home.edit_forms import edit_address, edit_form
from tests.people import Form

NAMES = [entry.name for entry in TREE]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_edited_previewed_and_published(staff_client, page, name):
    source = page(name)
    form = edit_form(staff_client, source)
    form["title"] = "Un titre tout neuf"

    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[source.pk])
    assert staff_client.post(preview, form).json() == {"is_valid": True, "is_available": True}
    shown = staff_client.get(preview)
    assert shown.status_code == 200
    assert '<html lang="fr"' in shown.content.decode()
    assert "Un titre tout neuf" in shown.content.decode()
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    assert shown["X-Frame-Options"] == "SAMEORIGIN"

    form["action-publish"] = "action-publish"
    assert staff_client.post(edit_address(source), form).status_code == 302
    assert page(name).title == "Un titre tout neuf"


@pytest.mark.parametrize("name", NAMES)
def test_a_translation_is_previewed_in_its_own_language(staff_client, page, name):
    translated = page(name, "en")
    assert staff_client.get(edit_address(translated)).status_code == 200
    translation = Translation.objects.get(source__object_id=translated.translation_key)
    shown = staff_client.get(reverse("wagtail_localize:preview_translation", args=[translation.pk]))
    assert shown.status_code == 200
    assert '<html lang="en"' in shown.content.decode()
    assert translated.title in shown.content.decode()


def test_a_translation_is_published_from_the_side_by_side_editor(
    staff_client, page, django_capture_on_commit_callbacks
):
    translated = page("NEWS_ORDER", "en")
    translated.unpublish()
    address = edit_address(translated)
    with django_capture_on_commit_callbacks(execute=True):
        assert staff_client.post(address, {"action": "publish"}).status_code == 302
    assert page("NEWS_ORDER", "en").live


def test_a_petition_page_is_previewed_before_a_petition_is_chosen(staff_client, page):
    home = page("HOME", "en")
    address = reverse("wagtailadmin_pages:preview_on_add", args=["home", "petitionpage", home.pk])
    form = nested_form_data(
        {"title": "Draft", "slug": "draft", "intro": "Words", "petition": "", "body": streamfield([])}
    )
    assert staff_client.post(address, form).json() == {"is_valid": False, "is_available": False}
    assert staff_client.get(address).status_code == 200


def test_a_petition_page_is_previewed_where_the_petition_has_no_text(staff_client, page, petition):
    petition.texts.model.objects.filter(petition=petition, language="en")._raw_delete("default")
    translated = page("PETITION_PAGE", "en")
    translation = Translation.objects.get(source__object_id=translated.translation_key)
    shown = staff_client.get(reverse("wagtail_localize:preview_translation", args=[translation.pk]))
    assert shown.status_code == 200


def test_what_stands_there_after_the_closing_is_previewed_before(staff_client, page, petition):
    source = page("PETITION_PAGE")
    form = edit_form(staff_client, source)
    form["after_closing"] = rich_text("<p>La suite : une réunion d’essai.</p>", features=TEXT_FEATURES)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[source.pk])
    assert staff_client.post(preview, form).json()["is_valid"]
    now, once_closed = (
        html.unescape(staff_client.get(f"{preview}?mode={mode}").content.decode()) for mode in ("", "closed")
    )
    assert 'id="sign-form"' in now
    assert "une réunion d’essai" not in now
    assert 'id="sign-form"' not in once_closed
    assert "une réunion d’essai" in once_closed
    assert "Elle a été clôturée le" in once_closed
    petition.refresh_from_db()
    assert (petition.state, petition.closes_at) == ("open", None)


def preview_of(staff_client, source) -> object:
    """Return what the editor's frame shows of a page."""
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[source.pk])
    assert staff_client.post(address, edit_form(staff_client, source)).json()["is_valid"]
    return staff_client.get(f"{address}?in_preview_panel=true")


@pytest.mark.parametrize("name", NAMES)
def test_a_preview_is_kept_by_nobody_and_framed_by_the_editor_alone(staff_client, page, name):
    shown = preview_of(staff_client, page(name))
    assert {"no-store", "private"} <= set(re.split(r",\s*", shown["Cache-Control"]))
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    public = staff_client.get(page(name).url)
    assert "frame-ancestors 'none'" in public["Content-Security-Policy"]
    assert public["X-Frame-Options"] == "DENY"


def test_a_preview_changes_no_row_but_what_wagtail_keeps_of_the_draft(staff_client, page, petition):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page("PETITION_PAGE").pk])
    preview_of(staff_client, page("PETITION_PAGE"))
    before = {model: model.objects.count() for model in (SignatureEvent, Total, OutboxTask, Revision)}
    with CaptureQueriesContext(connection) as captured:
        assert staff_client.get(address).status_code == 200
    writes = [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not [sql for sql in writes if "session" not in sql]
    assert before == {model: model.objects.count() for model in before}


@pytest.mark.parametrize("name", ["PETITION_PAGE", "HOME"])
def test_links_of_a_preview_open_beside_the_editor(staff_client, client, page, name):
    assert '<base target="_blank">' in preview_of(staff_client, page(name)).content.decode()
    assert "<base" not in client.get(page(name).url).content.decode()


def test_pressing_sign_in_a_preview_signs_nothing_and_says_so(staff_client, page, petition, visitor):
    shown = preview_of(staff_client, page("PETITION_PAGE")).content.decode()
    form = Form(shown, "sign-form")
    assert form.found
    assert form.action.startswith("/admin/")
    filled = {"first_name": "Essai", "last_name": "Essai", "email": "essai@example.org", "country": "FR"}
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = staff_client.cookies
    answer = strict.post(form.action, {**form.values, **filled, "agree_sign": "on"})
    assert answer.status_code == 200
    said = html.unescape(answer.content.decode())
    assert "Aucune signature n’a été prise" in said
    assert "no-store" in answer["Cache-Control"]
    assert not PendingSignature.objects.exists()
    assert not OutboxTask.objects.filter(kind__contains="confirm").exists()


def test_a_previewed_translation_signs_nothing_either(staff_client, page, petition):
    translation = Translation.objects.get(source__object_id=page("PETITION_PAGE").translation_key)
    shown = staff_client.get(reverse("wagtail_localize:preview_translation", args=[translation.pk]))
    assert Form(shown.content.decode(), "sign-form").action.startswith("/admin/")
    assert "no-store" in shown["Cache-Control"]


def test_the_published_page_s_form_goes_where_people_sign(client, page, petition):
    form = Form(client.get(page("PETITION_PAGE").url).content.decode(), "sign-form")
    assert form.action == reverse("sign", args=[petition.slug])


def test_nobody_else_gets_the_answer_of_a_preview(client):
    assert client.post("/admin/preview/signature/", {"email": "essai@example.org"}).status_code == 302

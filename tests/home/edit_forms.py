"""The form of Wagtail's page editor, filled in as a browser would fill it."""

from django.http import QueryDict
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from home.blocks import TEXT_FEATURES
from home.fields import BodyField


def edit_address(page) -> str:
    """Return the address of a page's editor."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def edit_form(client, page) -> QueryDict:
    """Return what the editor of a page would send if nothing was changed; a script builds the body there."""
    form = querydict_from_html(client.get(edit_address(page)).content.decode(), form_id="page-edit-form")
    for field in page._meta.concrete_fields:
        if isinstance(field, BodyField):
            blocks = [_block(block) for block in getattr(page, field.name)]
            form.update(nested_form_data({field.name: streamfield(blocks)}))
    return form


def _block(block) -> tuple:
    kind, value = block.block_type, block.value
    if kind == "paragraph":
        return kind, rich_text(value.source, features=TEXT_FEATURES)
    if kind == "sign_link":
        return kind, {"page": value["page"].pk, "label": value["label"]}
    return kind, dict(value) if value else ""  # some blocks have no field: they tell what is

"""The form of Wagtail's page editor, filled in as a browser would fill it."""

from django.http import QueryDict
from django.urls import reverse
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from home.fields import BodyField


def edit_address(page) -> str:
    """Return the address of a page's editor."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def edit_form(client, page) -> QueryDict:
    """Return what the editor of a page would send if nothing was changed; a script builds the body there."""
    form = querydict_from_html(client.get(edit_address(page)).content.decode(), form_id="page-edit-form")
    for field in page._meta.concrete_fields:
        if isinstance(field, BodyField):
            form.update(
                nested_form_data({field.name: _filled(field.stream_block, getattr(page, field.name))})
            )
    return form


def _filled(block, value):
    """Return what the fields of a block send, as `nested_form_data` wants it."""
    match block:
        case blocks.StreamBlock():
            return streamfield([(child.block_type, _filled(child.block, child.value)) for child in value])
        case ImageBlock():
            return {"image": value.pk, "alt_text": value.contextual_alt_text, **_ticked("decorative", value)}
        case blocks.StructBlock():
            return {name: _filled(child, value[name]) for name, child in block.child_blocks.items()}
        case blocks.ListBlock():
            items = {
                str(number): {"value": _filled(block.child_block, item), "deleted": "", "order": str(number)}
                for number, item in enumerate(value)
            }
            return {"count": str(len(items)), **items}
        case blocks.RichTextBlock():
            return rich_text(value.source, features=block.features)
        case blocks.ChooserBlock():
            return value.pk if value else ""
        case blocks.DateBlock():
            return value.isoformat() if value else ""
    return "" if value is None else value  # some blocks have no field: they tell what is


def _ticked(name: str, value) -> dict[str, str]:
    return {name: "on"} if getattr(value, name) else {}

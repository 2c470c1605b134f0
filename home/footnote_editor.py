"""Footnotes in the page editor: what wagtail-footnotes offers there, stored as a kind of link, listed below /admin/."""

from django.templatetags.static import static
from django.urls import path
from django.utils.html import escape, format_html
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from draftjs_exporter.dom import DOM
from wagtail import hooks
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import LinkHandler
from wagtail_footnotes.wagtail_hooks import FootnotesEntityElementHandler

FEATURE = "notes"  # of rich text; the package's own is "footnotes", which stores an element of its own
KIND = "FOOTNOTES"  # the name that the package's script gives to a reference


class NoteLink(LinkHandler):
    """A reference, rendered for home.footnotes, which numbers it."""

    identifier = "note"

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        return [f'<a data-note="{escape(attrs.get("id", ""))}">' for attrs in attrs_list]


def _stored(props):
    return DOM.create_element("a", {"linktype": "note", "id": props["footnote"]}, props["children"])


@hooks.register("register_rich_text_features")
def footnotes_as_links(features) -> None:
    """Offer the package's button and list, and store what they make as a link."""
    control = {"type": KIND, "label": "Note", "description": _("Footnote")}
    scripts = ["wagtailadmin/js/draftail.js", "footnotes/js/footnotes.js"]
    styles = {"all": ["footnotes/css/footnotes-admin.css"]}
    features.register_editor_plugin("draftail", FEATURE, EntityFeature(control, js=scripts, css=styles))
    rules = {
        "from_database_format": {'a[linktype="note"]': FootnotesEntityElementHandler(KIND)},
        "to_database_format": {"entity_decorators": {KIND: _stored}},
    }
    features.register_converter_rule("contentstate", FEATURE, rules)
    features.register_link_type(NoteLink)


@hooks.register("register_admin_urls")
def address_of_the_list():
    """Offer the list to whoever may use the admin; the package asks for it at /footnotes/, without a login."""
    view = TemplateView.as_view(template_name="wagtail_footnotes/admin/footnotes_modal.html")
    return [path("footnotes/", view, name="footnotes_modal")]


@hooks.register("insert_editor_js")
def lead_the_request_there() -> str:
    return format_html('<script src="{}"></script>', static("js/footnote-chooser.js"))

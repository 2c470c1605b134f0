"""The list of footnotes that the page editor offers, at an address of staff's side.

wagtail-footnotes asks for it at /footnotes/, outside /admin/, where nobody's language or login is known. A script
leads its request here.
"""

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from django.views.generic import TemplateView
from wagtail import hooks


@hooks.register("register_admin_urls")
def address_of_the_list():
    """Offer the list to whoever may use the admin."""
    view = TemplateView.as_view(template_name="wagtail_footnotes/admin/footnotes_modal.html")
    return [path("footnotes/", view, name="footnotes_modal")]


@hooks.register("insert_editor_js")
def lead_the_request_there() -> str:
    return format_html('<script src="{}"></script>', static("js/footnote-chooser.js"))

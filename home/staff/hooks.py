"""What this room adds to the admin for press releases; `home.wagtail_hooks` loads it."""

from django.urls import include, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import Button

from home import attachments  # noqa: F401  registers who may have a document
from home.embargo import hidden_until
from home.models import PressReleasePage
from home.moments import in_words
from home.staff import embargo_links, files


@hooks.register("register_admin_urls")
def embargo_addresses() -> list:
    return [path("", include([*embargo_links.urlpatterns, *files.urlpatterns]))]


@hooks.register("register_page_header_buttons")
def way_to_links(page, user, view_name, next_url=None):
    """Lead from a release that isn't public to its links, whoever may publish it."""
    if isinstance(page, PressReleasePage) and _has_links(page, user):
        yield Button(_("Links under embargo"), _links_url(page), icon_name="key", priority=15)


@hooks.register("before_edit_page")
def say_that_it_waits(request, page) -> None:
    """Say above a release that waits for its minute until when, and where its links are: its form is locked by then."""
    if (
        request.method != "GET"
        or not isinstance(page, PressReleasePage)
        or not _has_links(page, request.user)
    ):
        return
    approved = page.get_scheduled_revision_as_object()
    moment = approved and hidden_until(approved)
    if moment:
        words = gettext(
            "Under embargo until %(moment)s (Paris time): nobody reads it but by a link that you give."
        )
        links = messages.button(_links_url(page), gettext("Links under embargo"))
        messages.info(request, words % {"moment": in_words(moment)}, buttons=[links])


def _has_links(page: PressReleasePage, user) -> bool:
    return not page.live and page.permissions_for_user(user).can_publish()


def _links_url(page: PressReleasePage) -> str:
    return reverse("embargo_links", args=[page.pk])


@hooks.register("register_log_actions")
def acts_on_links(actions) -> None:
    """Name what staff do with links for the history of the release."""
    actions.register_action(
        embargo_links.MAKE,
        _("Make a link under embargo"),
        _("Made a link that opens the release under embargo"),
    )
    actions.register_action(
        embargo_links.REVOKE, _("Revoke a link under embargo"), _("Revoked a link under embargo")
    )

"""What this room adds to the admin for press releases; `home.wagtail_hooks` loads it."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from home import attachments  # noqa: F401  registers who may have a document
from home.staff import embargo_links


@hooks.register("register_admin_urls")
def embargo_addresses() -> list:
    return [path("", include(embargo_links.urlpatterns))]


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

"""The way from a press release to its links for journalists, beside the embargo."""

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.panels import HelpPanel


class EmbargoLinksPanel(HelpPanel):
    """A panel without fields: how many links are good, and where they are made; nothing once the release is public."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self):
            page = self.instance
            return bool(
                page.pk and not page.live and page.permissions_for_user(self.request.user).can_publish()
            )

        def get_context_data(self, parent_context=None):
            now = timezone.now()
            links = self.instance.embargo_links.filter(revoked_at=None, expires_at__gt=now)
            return super().get_context_data(parent_context) | {
                "good": links.count(),
                "address": reverse("embargo_links", args=[self.instance.pk]),
            }

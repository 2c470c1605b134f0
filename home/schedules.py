"""What this room does by the clock."""

from datetime import timedelta

from django.utils.translation import gettext as _

from campaign.outbox import registry
from home.search.index import remember_all


@registry.schedule("reindex_pages", every=timedelta(days=1))
def reindex_pages() -> str:
    """Reads every page anew for the search: a site that was brought up to date, a petition that has closed."""
    return _("Pages read for the search: %(number)s") % {"number": remember_all()}

"""Private pages and private collections are off: their prompts set cookies on public pages.

"Private" means draft or unpublished here. The doors in the admin are closed where Wagtail lets us close them
(`private_page_options`, a template); this receiver closes those that remain.
"""

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.models import CollectionViewRestriction, PageViewRestriction


@receiver(pre_save, sender=PageViewRestriction)
@receiver(pre_save, sender=CollectionViewRestriction)
def refuse_view_restriction(sender, **kwargs) -> None:
    """Refuse to store any restriction on who may view a page or a collection."""
    raise PermissionDenied(
        _("Private pages and collections are switched off: leave a page unpublished instead.")
    )

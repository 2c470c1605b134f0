"""A page that is renamed or moved keeps its old address, and so do the pages below it.

Wagtail's own receivers do this by way of the Site row, which decides no address here, and for drafts too. A redirect
points at the page and not at an address: after two renamings the first address leads straight to the last.
"""

from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import page_slug_changed, post_page_move

from home.links import page_path

# A longer address was never given out by anybody.
LONGEST = Redirect._meta.get_field("old_path").max_length or 0


@receiver(page_slug_changed)
def keep_addresses_of_renamed(sender, instance: Page, instance_before: Page, **kwargs) -> None:
    """Let the old address of a renamed page, and of all below it, lead to the new one."""
    keep_addresses(instance, instance_before.url_path, instance.url_path)


@receiver(post_page_move)
def keep_addresses_of_moved(
    sender, instance: Page, url_path_before: str, url_path_after: str, **kwargs
) -> None:
    """Let the old address of a moved page, and of all below it, lead to the new one."""
    keep_addresses(instance, url_path_before, url_path_after)


def keep_addresses(page: Page, before: str, after: str) -> None:
    """Store a redirect for each address that changed, of pages that readers have ever known."""
    if before == after:
        return  # put in another order, no more
    known = Page.objects.descendant_of(page, inclusive=True).exclude(first_published_at=None)
    pages = known.select_related("locale").only("path", "url_path", "locale__language_code")
    old, new = {}, set()
    for changed in pages:
        language = changed.locale.language_code
        was = page_path(before + changed.url_path.removeprefix(after), language)
        now = page_path(changed.url_path, language)
        if was != now:  # the name of a home page is in no address
            old[Redirect.normalise_path(was)] = changed.pk
            new.add(Redirect.normalise_path(now))
    ours = Redirect.objects.filter(automatically_created=True)
    ours.filter(old_path__in=[*old, *new]).delete()
    by_staff = set(Redirect.objects.filter(old_path__in=old).values_list("old_path", flat=True))
    Redirect.objects.bulk_create(
        Redirect(old_path=path, redirect_page_id=key, automatically_created=True)
        for path, key in old.items()
        if path not in by_staff and len(path) <= LONGEST
    )

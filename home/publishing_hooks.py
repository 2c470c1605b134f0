"""What editors read where a page with places left open can't be published; nothing that they wrote is lost."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from home.publishing import places_that_forbid, words_about


@hooks.register("before_publish_page")
def keep_as_a_draft(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep what was written as a draft, and say which places are still to be filled in, and where."""
    places = places_that_forbid(page)
    if not places:
        return None
    if page.live and page.first_published_at is None:  # Wagtail stores a new page as live before it asks here
        Page.objects.filter(pk=page.pk).update(live=False, has_unpublished_changes=True)
    kept = _("Kept as a draft; nothing was published.")
    words = f"{kept} {words_about(page, places)}"
    messages.error(request, words, buttons=way_to_facts(request, places))
    return redirect("wagtailadmin_pages:edit", page.pk)


def way_to_facts(request: HttpRequest, places) -> list:
    """Return the button that leads to the organisation's facts, for whoever may change them."""
    url = next((place.url for place in places if place.url), "")
    if not url or not request.user.has_perm("home.change_organisation"):
        return []
    return [messages.button(url, _("To the organisation's facts"))]

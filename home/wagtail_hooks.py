"""What the admin says where publishing a petition page is refused by a way that has no form of ours."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from home.models import PetitionPage
from home.models.petition_page import NO_TEXT
from petition import public


def can_be_published(page) -> bool:
    """Whether a page is no petition page, or one whose petition has a text in the page's language."""
    specific = page.specific
    return not isinstance(specific, PetitionPage) or public.has_text(specific.petition, specific.language)


@hooks.register("before_edit_page", order=-10)
def explain_refused_translation(request, page):
    """Say why a translation can't be published: the side-by-side editor would only speak of "errors"."""
    if request.method == "POST" and request.POST.get("action") == "publish" and not can_be_published(page):
        messages.error(request, NO_TEXT)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("before_bulk_action")
def explain_refused_bulk_publishing(request, action_type, pages, action):
    """Publish none of the chosen pages when one of them can't be, and say which."""
    if action_type != "publish":
        return None
    refused = [page for page in pages if not can_be_published(page)]
    if not refused:
        return None
    titles = ", ".join(page.get_admin_display_title() for page in refused)
    messages.error(
        request, _("Nothing was published. %(titles)s: %(reason)s") % {"titles": titles, "reason": NO_TEXT}
    )
    return redirect("wagtailadmin_explore", refused[0].get_parent().pk)

"""What the admin says where publishing a petition page is refused by a way that has no form of ours."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail_localize.models import Translation

from home.models import PetitionPage
from home.models.petition_page import NO_TEXT
from petition import public


def can_be_published(page) -> bool:
    """Whether a page's newest revision is no petition page's, or has a petition with a text in its language."""
    newest = page.get_latest_revision_as_object()
    return not isinstance(newest, PetitionPage) or public.has_text(newest.petition, newest.language)


def can_be_published_as_translation(page) -> bool:
    """Whether the translation kept for `page` may go live: its petition is that of the source, frozen with it."""
    if not issubclass(page.specific_class, PetitionPage):
        return True
    kept = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale, enabled=True
    )
    translation = kept.select_related("source").first()
    if translation is None:
        return True
    return public.has_text(translation.source.as_instance().petition, page.locale.language_code)


@hooks.register("before_edit_page", order=-10)
def explain_refused_translation(request, page):
    """Say why a translation can't be published: the side-by-side editor would only speak of "errors"."""
    publishing = request.method == "POST" and request.POST.get("action") == "publish"
    if publishing and not can_be_published_as_translation(page):
        messages.error(request, NO_TEXT)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("before_bulk_action")
def explain_refused_bulk_publishing(request, action_type, pages, action):
    """Publish none of the chosen pages when one of them can't be, and say which."""
    if action_type != "publish":
        return None
    chosen = list(pages)
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        for page in pages:
            chosen += PetitionPage.objects.descendant_of(page).not_live()
    refused = [page for page in chosen if not can_be_published(page)]
    if not refused:
        return None
    titles = ", ".join(page.get_admin_display_title() for page in refused)
    words = _("Nothing was published. %(titles)s: %(reason)s") % {"titles": titles, "reason": NO_TEXT}
    messages.error(request, words)
    return redirect("wagtailadmin_explore", refused[0].get_parent().pk)

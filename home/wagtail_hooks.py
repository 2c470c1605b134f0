"""What the admin says where publishing is refused by a way that has no form of ours, and what it doesn't offer."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize import models as localize_models
from wagtail_localize.models import Translation
from wagtail_localize.views import edit_translation
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView

from home import late_panel, publishing_hooks, text_links  # noqa: F401
from home.models import PetitionPage
from home.models.petition_page import NO_TEXT
from home.publishing import why_places_forbid, why_translated_places_forbid
from home.redirect_screen import ask_in_our_words
from home.scheduled import moment_of_source
from home.staff import hooks as staff_hooks  # noqa: F401
from home.translation_changes import changes_since
from home.translations import state_of, translation_of, untranslated, why_not_published
from petition import public

# The side-by-side editor writes its dates with the names of months in English, whatever the reader's language.
localize_models.DATE_FORMAT = edit_translation.DATE_FORMAT = "%d/%m/%Y"
ask_in_our_words()

LEAD_OUT = (
    "whats-new-in-wagtail",
    "editor-guide",
)  # names of help entries that open Wagtail's site, in English


def why_newest_stays_back(page: Page) -> str:
    """Say in words why a page's newest revision can't be published; nothing where it can."""
    revision = page.get_latest_revision()
    newest = revision.as_object() if revision else page.specific
    if isinstance(newest, PetitionPage) and not public.has_text(newest.petition, newest.language):
        return str(NO_TEXT)
    return why_not_published(newest, revision) or why_places_forbid(newest)


def why_translation_stays_back(page: Page) -> str:
    """Say in words why the translation kept for `page` can't go live; nothing where it can, or where none is kept."""
    translation = translation_of(page)
    if translation is None:
        return ""
    if issubclass(page.specific_class, PetitionPage):
        petition = translation.source.as_instance().petition
        if not public.has_text(petition, page.locale.language_code):
            return str(NO_TEXT)
    missing = untranslated(translation)
    return state_of(page, missing) if missing else why_translated_places_forbid(translation, page)


@hooks.register("before_edit_page", order=-10)
def explain_refused_translation(request, page):
    """Say why a translation can't be published: the side-by-side editor would speak of "errors", or publish it."""
    if request.method == "POST" and request.POST.get("action") != "publish":
        return None
    reason = why_translation_stays_back(page)
    if not reason:
        if request.method == "POST" and (moment := moment_of_source(page)):
            words = _(
                "It goes live together with the page that it is a translation of, on %(moment)s (time of Paris)."
            )
            messages.info(
                request, words % {"moment": date_format(localtime(moment), "SHORT_DATETIME_FORMAT")}
            )
        return None
    if request.method == "GET":
        messages.warning(request, reason)
        return None
    if reason == NO_TEXT:
        messages.error(request, reason)
    else:
        messages.error(request, _("Nothing was published."))  # the editor that opens again says why
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def explain_refused_bulk_publishing(request, action_type, pages, action):
    """Publish none of the chosen pages when one of them can't be, and say which."""
    if action_type != "publish":
        return None
    chosen = list(pages)
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        for page in pages:
            chosen += Page.objects.descendant_of(page).not_live()
    refused = [(page, reason) for page in chosen if (reason := why_newest_stays_back(page))]
    if not refused:
        return None
    for page, reason in refused:
        words = _("Nothing was published. %(titles)s: %(reason)s")
        messages.error(request, words % {"titles": page.get_admin_display_title(), "reason": reason})
    return redirect("wagtailadmin_explore", refused[0][0].get_parent().pk)


class UpdateForm(UpdateTranslationsForm):
    """The form that passes on the changes of a source, with what its box really does."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["publish_translations"].help_text = gettext_lazy(
            "Only where everything is translated. Where a passage is missing, readers keep the last version "
            "that was published."
        )


class UpdateTranslations(UpdateTranslationsView):
    """Passes on the changes of a source: says before which they are, and after which translations wait for words."""

    template_name = "wagtailadmin/home/update_translations.html"

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "changes": changes_since(self.object)}

    def get_form(self):
        return UpdateForm(self.request.POST if self.request.method == "POST" else None)

    def form_valid(self, form):
        answer = super().form_valid(form)
        publishes = form.cleaned_data["publish_translations"]
        for translation in self.object.translations.filter(enabled=True):
            page = self.object.object.get_instance_or_none(translation.target_locale)
            missing = untranslated(translation)
            if publishes and not missing and isinstance(page, Page):
                missing = why_translated_places_forbid(translation, page)
            if missing and isinstance(page, Page):
                title = page.get_admin_display_title()
                words = {
                    "title": title,
                    "language": translation.target_locale,
                    "why": state_of(page, missing),
                }
                messages.warning(self.request, _("%(title)s (%(language)s): %(why)s") % words)
        return answer


@hooks.register("register_admin_urls", order=-10)
def update_translations_address():
    """Stand before wagtail-localize's own view of the same address."""
    return [path("localize/update/<int:translation_source_id>/", UpdateTranslations.as_view())]


def take_po_file(request, translation_id: int):
    """Take a file of translations; one that belongs to no page of this site, or none at all, is told in words."""
    try:
        return edit_translation.upload_pofile(request, translation_id)
    except KeyError:
        messages.error(request, _("This is no file of translations that was downloaded from this screen."))
        translation = get_object_or_404(Translation, pk=translation_id)
        return redirect("wagtailadmin_pages:edit", translation.get_target_instance().pk)


@hooks.register("register_admin_urls", order=-10)
def po_file_address():
    """Stand before wagtail-localize's own view, which breaks on a file that isn't one of its own."""
    return [path("localize/translate/<int:translation_id>/pofile/upload/", take_po_file)]


@hooks.register("construct_help_menu")
def leave_out_wagtail_s_site(request, items) -> None:
    """Offer staff no entry that leads to another site."""
    items[:] = [item for item in items if not item.name.startswith(LEAD_OUT)]


@hooks.register("construct_settings_menu")
def leave_out_languages(request, items) -> None:
    """Lead nobody to the list of languages who may do nothing there; wagtail-localize asks for rights over sites."""
    if not request.user.has_perm("wagtailcore.change_locale"):
        languages = reverse("wagtaillocales:index")
        items[:] = [item for item in items if getattr(item, "url", None) != languages]

"""The screen of redirects: what an address may be and where it may lead, said in words beside the field."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect

from home.redirects import OUTSIDE, STAFF, is_taken


class OwnRedirectForm(RedirectForm):
    """Wagtail's form without its question about sites, of which there is one."""

    site = None
    redirect_link = forms.CharField(
        label=gettext_lazy("Address on another site"),
        max_length=255,
        required=False,
        help_text=gettext_lazy("Begins with https:// – for a page of this site, choose the page instead."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_path"].label = _("Address that leads on")
        self.fields["old_path"].help_text = _(
            "Begins with /, for example /short. With /en before it, it leads to the English version of the page."
        )
        self.fields["redirect_page"].label = _("Page")

    def clean_old_path(self) -> str:
        """Take a path of this site that is nothing else yet."""
        path = Redirect.normalise_path(self.cleaned_data["old_path"])
        bare = path.partition("?")[0]
        if bare == "/" or f"{bare}/".startswith(STAFF):
            raise forms.ValidationError(_("This address belongs to the site itself."))
        language = _language_of(bare)
        with translation.override(language):
            taken = is_taken(bare, language)
        if taken:
            raise forms.ValidationError(_("There is a page at this address: rename or unpublish it first."))
        return path

    def clean_redirect_link(self) -> str:
        """Take an address that a browser opens as a page, and none that runs something or asks for a program."""
        link = self.cleaned_data["redirect_link"].strip()
        if not link:
            return ""
        try:
            parts = urlsplit(link)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in OUTSIDE or not parts.netloc:
            raise forms.ValidationError(
                _(
                    "An address on another site begins with https:// or http://; anything else, such as javascript: "
                    "or the path of a page, leads nowhere from here."
                )
            )
        forms.URLField(assume_scheme="https").clean(link)
        return link

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        page, link = cleaned.get("redirect_page"), cleaned.get("redirect_link")
        if "redirect_link" in cleaned and bool(page) == bool(link):
            self.add_error(
                "redirect_page", _("Choose a page, or give an address on another site: one of the two.")
            )
        if link and link.startswith(f"{settings.SITE_URL}/"):
            path = Redirect.normalise_path(link.removeprefix(settings.SITE_URL))
            if path == cleaned.get("old_path") or Redirect.objects.filter(old_path=path).exists():
                self.add_error("redirect_link", _("This address leads on itself: choose where it ends."))
        return cleaned

    class Meta(RedirectForm.Meta):
        fields = ("old_path", "is_permanent", "redirect_page", "redirect_link")


def _language_of(path: str) -> str:
    first = path.lstrip("/").partition("/")[0]
    return first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def ask_in_our_words() -> None:
    """Put our form in the place of Wagtail's, whose views offer no other way; a file of redirects is read by it too."""
    views.CreateView.form_class = views.EditView.form_class = views.RedirectForm = OwnRedirectForm

"""What all page types share: served in their language only, addresses from SITE_URL, never private."""

from typing import Any

from csp.constants import SELF
from django.conf import settings
from django.http import Http404
from django.utils import translation
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

from home.links import page_path
from home.models.made_file import MadeFile, MadeKind
from home.models.organisation import Organisation
from home.previews import form_address, is_preview
from home.schedule_panel import schedule_panel


class CampaignPageQuerySet(PageQuerySet):
    """Pages that come with a related row in the same statement, unless only some fields are wanted."""

    def only(self, *fields):
        """Wagtail's reference index asks for single fields, which can't be had together with related rows."""
        pages = super().only(*fields)
        pages.query.select_related = False
        return pages


class CampaignPageManager(PageManager):
    """Pages with their locale in the same statement: every address needs it."""

    def get_queryset(self):
        return CampaignPageQuerySet(self.model, using=self._db).order_by("path").select_related("locale")


class CampaignPage(Page):
    """Base of every page type."""

    private_page_options: list[str] = []
    allowed_http_methods = ["GET", "HEAD", "OPTIONS"]
    show_in_menus_default = False
    pdf_template = ""  # of what is printed, for page types that are offered as PDF
    settings_panels = [schedule_panel(), *Page.settings_panels[1:]]

    objects = CampaignPageManager()

    class Meta:
        abstract = True

    @property
    def language(self) -> str:
        """The page's language code."""
        return self.locale.language_code

    def route(self, request, path_components):
        """Refuse to serve, or to lead to, a page in another language than the address says.

        Without this an unpublished English home page would show French text under /en/, and so would a copy that
        follows a French page until somebody translates it.
        """
        foreign_words = self.alias_of_id and self.alias_of.locale_id != self.locale_id
        if self.language != translation.get_language() or (foreign_words and not path_components):
            raise Http404
        if not path_components:
            # What refuses the request may be a page, too: its language switch leads on from here.
            request.campaign_page = self
        return super().route(request, path_components)

    def refuse_hidden(self) -> None:
        """Raise Http404 where a live page must not be read yet; most page types know no such thing."""

    def serve(self, request, *args, **kwargs):
        """Answer the page, unless it is hidden."""
        self.refuse_hidden()
        return super().serve(request, *args, **kwargs)

    def file_names(self) -> dict[str, MadeKind]:
        """Return what is made from this page and offered below its address, by the file's name there."""
        return {f"{self.slug}.pdf": MadeKind.PDF} if self.pdf_template else {}

    def print_context(self) -> dict[str, Any]:
        """Return what its PDF shows besides the page itself."""
        return {"organiser": Organisation.current().name}

    def files(self) -> dict[str, MadeFile]:
        """Return what has been made of these by now, by kind: with `url` and `size` (bytes), without content."""
        names = {kind: name for name, kind in self.file_names().items()}
        if not names:
            return {}
        made = MadeFile.objects.of(self).filter(kind__in=names)
        for file in made:
            file.url = self.url + names[MadeKind(file.kind)]
        return {file.kind: file for file in made}

    def publish(self, revision, *args, **kwargs):
        """Publish, by whichever way, only what is whole in the page's own language and leaves no place open."""
        from home.publishing import check_places
        from home.scheduled import go_with_source
        from home.translations import check_publishing

        go_with_source(self, revision)
        check_places(self, revision)
        check_publishing(self, revision)
        return super().publish(revision, *args, **kwargs)

    def get_view_restrictions(self):
        """None, without asking the database twice per request: home.privacy refuses to store any."""
        return PageViewRestriction.objects.none()

    def get_url_parts(self, request=None):
        """Return (None, SITE_URL, path): neither the Host header nor the Site row changes an address."""
        return None, settings.SITE_URL, page_path(self.url_path, self.language)

    def get_url(self, request=None, current_site=None) -> str:
        """Return the path: there is one site."""
        return page_path(self.url_path, self.language)

    url = property(get_url)

    def get_site(self):
        """There is one site, and its row says nothing that SITE_URL doesn't."""

    def get_context(self, request, *args, **kwargs):
        """Tell the context processor which page is being shown, in previews too, whose forms take nothing."""
        request.campaign_page = self
        context = super().get_context(request, *args, **kwargs)
        if is_preview(request):
            context["form_action"] = form_address()
        return context

    def serve_preview(self, request, mode_name):
        """Preview in the page's own language, whatever the admin's, and let the editor frame it."""
        with translation.override(self.language):
            response = super().serve_preview(request, mode_name)
            if hasattr(response, "render"):
                response = response.render()
        # Wagtail runs previews through the middleware of visitors, whose policy forbids all framing.
        response._csp_replace = {"frame-ancestors": [SELF]}
        response["Cache-Control"] = "no-store, private"
        return response

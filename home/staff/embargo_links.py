"""« Liens sous embargo »: the links of one release, for those who may publish it: made, copied, revoked."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.log_actions import log

from home.embargo_links import LinkState, end_for, link_url, revoke, state_of
from home.models import EmbargoLink, PressReleasePage

MAKE = "home.embargo_link.make"
REVOKE = "home.embargo_link.revoke"


@dataclass(frozen=True)
class LinkShown:
    """One link as staff see it."""

    link: EmbargoLink
    state: LinkState
    url: str

    @property
    def is_good(self) -> bool:
        return self.state is LinkState.GOOD

    @property
    def is_revoked(self) -> bool:
        return self.state is LinkState.REVOKED


class LinkForm(forms.ModelForm):
    """For whom a link is, and until when."""

    class Meta:
        model = EmbargoLink
        fields = ("reader", "expires_at")
        widgets = {"expires_at": AdminDateTimeInput}
        help_texts = {"expires_at": gettext_lazy("Time of Paris.")}

    def clean_expires_at(self):
        """Refuse a link that would be useless at once."""
        moment = self.cleaned_data["expires_at"]
        if moment <= timezone.now():
            raise forms.ValidationError(gettext_lazy("This moment is over: give one to come."))
        return moment


class EmbargoLinksPage(WagtailAdminTemplateMixin, View):
    """The links of one release and the form for another."""

    http_method_names = ["get", "head", "post"]
    header_icon = "key"
    page_title = gettext_lazy("Links under embargo")
    template_name = "home/staff/embargo_links.html"

    def dispatch(self, request: HttpRequest, *args, pk: int, **kwargs) -> HttpResponseBase:
        self.release = release_called(request, pk)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        form = LinkForm(initial={"expires_at": end_for(self.release)})
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LinkForm(request.POST)
        form.instance.page, form.instance.created_by = self.release, request.user
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        with transaction.atomic():
            form.save()
            log(self.release, MAKE, user=request.user)
        messages.success(request, _("The link is made: copy it below."))
        return redirect("embargo_links", self.release.pk)

    def get_page_subtitle(self) -> str:
        return self.release.get_admin_display_title()

    def get_breadcrumbs_items(self):
        edit = reverse("wagtailadmin_pages:edit", args=[self.release.pk])
        above = {"url": edit, "label": self.release.get_admin_display_title()}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        links = self.release.embargo_links.select_related("page__locale").order_by("-pk")
        return super().get_context_data(
            release=self.release,
            approved=self.release.get_scheduled_revision_as_object(),
            links=[LinkShown(link, state_of(link), link_url(link)) for link in links],
            **kwargs,
        )


def release_called(request: HttpRequest, pk: int) -> PressReleasePage:
    """Return a release that the user may publish; else 404 or 403."""
    release = get_object_or_404(PressReleasePage.objects.select_related("locale"), pk=pk)
    if not release.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return release


class RevokePage(View):
    """The button that makes one link useless."""

    http_method_names = ["post"]

    @transaction.atomic
    def post(self, request: HttpRequest, pk: int, link: int) -> HttpResponse:
        release = release_called(request, pk)
        found = get_object_or_404(release.embargo_links, pk=link)
        if not found.revoked_at:
            revoke(found)
            log(release, REVOKE, user=request.user)
        messages.success(request, _("The link of %(reader)s is revoked.") % {"reader": found.reader})
        return redirect("embargo_links", release.pk)


urlpatterns = [
    path("embargo/<int:pk>/", EmbargoLinksPage.as_view(), name="embargo_links"),
    path("embargo/<int:pk>/<int:link>/", RevokePage.as_view(), name="embargo_link_revoke"),
]

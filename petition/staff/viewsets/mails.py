"""« Messages envoyés aux signataires »: every mail, when it leaves, how it reads, and an example for oneself."""

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from petition.models import Petition
from petition.services import examples, reminding
from petition.staff.viewsets.base import Screen

SEND_EXAMPLE = "petition.send_example"
# The mail is rendered as its reader's program would at best: its own styles, and not one request, script or form.
FRAME_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


class MailsPage(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page about the mails of a petition, for those who may see petitions."""

    any_permission_required = ["view"]
    model = Petition
    permission_policy = None
    index_url_name = ""
    header_icon = "mail"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class MailsView(MailsPage):
    """All mails in the order in which somebody meets them, by petition and language."""

    page_title = _("Messages sent to signatories")
    template_name = "petition/staff/mails.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            kinds=examples.KINDS,
            petitions=Petition.objects.titled().order_by("-pk"),
            languages=settings.LANGUAGES,
            to_be_reminded=reminding.due(timezone.now()).count(),
            **kwargs,
        )


class OneMail(MailsPage):
    """What all pages about one mail know: which, of which petition, in which language."""

    def setup(self, request, *args, pk: int, name: str, language: str, **kwargs):
        super().setup(request, *args, **kwargs)
        self.name, self.language, self.pk = name, language, pk

    def found(self) -> examples.Example:
        """Return the example. Raises Http404 where there is no such mail, petition or text."""
        if self.name not in examples.KINDS:
            raise Http404
        example = examples.example_of(get_object_or_404(Petition.objects.titled(), pk=self.pk), self.language)
        if example is None:
            raise Http404
        return example

    def address(self, view: str) -> str:
        """Return the address of another page about the same mail."""
        return reverse(f"mails:{view}", args=[self.pk, self.name, self.language])


class MailView(OneMail):
    """One mail: what is written above it, its text, and its HTML in a frame that can do nothing."""

    template_name = "petition/staff/mail.html"

    def get_page_title(self):
        return str(examples.KINDS[self.name].title) if self.name in examples.KINDS else ""

    def get_breadcrumbs_items(self):
        above = {"url": reverse(self.index_url_name), "label": MailsView.page_title}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        example = self.found()
        return super().get_context_data(
            kind=examples.KINDS[self.name],
            example=example,
            mail=examples.KINDS[self.name].make(example),
            language_name=dict(settings.LANGUAGES)[self.language],
            frame_url=self.address("frame"),
            send_url=self.address("send"),
            own_address=self.request.user.email,
            **kwargs,
        )


@method_decorator(xframe_options_sameorigin, name="dispatch")
class FrameView(OneMail):
    """The HTML of a mail alone, for the frame."""

    def get(self, request, *args, **kwargs):
        example = self.found()
        mail = examples.KINDS[self.name].make(example)
        return HttpResponse(mail.alternatives[0][0], headers={"Content-Security-Policy": FRAME_POLICY})


class SendView(OneMail):
    """Send the example to whoever asks for it, at the address of their own account and nowhere else."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        example = self.found()
        assert request.user.is_authenticated  # the admin lets nobody else in
        if not request.user.email:
            messages.error(request, gettext("Your account has no e-mail address: add one in your profile."))
            return redirect(self.address("mail"))
        with transaction.atomic():
            examples.ask_for_example(self.name, example, request.user)
            title = str(examples.KINDS[self.name].title)
            log(example.petition, SEND_EXAMPLE, user=request.user, data={"mail": title})
        messages.success(request, gettext("The example leaves now for the address of your account."))
        return redirect(self.address("mail"))


class MailScreen(Screen):
    model = Petition
    name = "mails"
    url_prefix = "petition/mails"
    icon = "mail"
    menu_label = _("Messages sent to signatories")
    allowed = ("view",)
    views = ("index",)
    index_view_class = MailsView

    def get_permissions_to_register(self):
        """Offer none: the petitions' own screen offers the right to see them."""
        return Permission.objects.none()

    def get_urlpatterns(self):
        one = "<int:pk>/<slug:name>/<slug:language>/"
        return [
            path("", self.construct_view(MailsView), name="index"),
            path(one, self.construct_view(MailView), name="mail"),
            path(f"{one}frame/", self.construct_view(FrameView), name="frame"),
            path(f"{one}send/", self.construct_view(SendView), name="send"),
        ]

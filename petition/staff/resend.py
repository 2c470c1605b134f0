"""« Renvoyer l'e-mail »: how many would get the mail to confirm again, who is left out and why, and the button."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from petition.enums import NotResent
from petition.models import PendingSignature, Petition
from petition.services.resending import AT_ONCE, DUE, resend, told_apart
from petition.staff import words
from petition.staff.judging import MAY_JUDGE

RESEND = "petition.resend_confirmations"
MAY_RESEND = (MAY_JUDGE, "petition.view_pendingsignature")


def buttons_of_list(request: HttpRequest) -> list[HeaderButton]:
    """Return the button above the list, with the number of those who would get a mail; one statement."""
    if not request.user.has_perms(MAY_RESEND):
        return []
    number = told_apart(rows_of(request), timezone.now())[DUE]
    label = _("Send the mail again to those who wait (%(number)s)…") % {"number": number_format(number)}
    query = _query(request)
    return [HeaderButton(label, url=reverse("pending_signatures:resend") + query, icon_name="mail")]


def buttons_of_row(request: HttpRequest, pk: int) -> list[HeaderButton]:
    """Return the button on the page of one who waits."""
    if not request.user.has_perms(MAY_RESEND):
        return []
    url = reverse("pending_signatures:resend_one", args=[pk])
    return [HeaderButton(_("Send the mail again…"), url=url, icon_name="mail")]


def rows_of(request: HttpRequest) -> QuerySet[PendingSignature]:
    """Return all who wait, or those of the petition that the list was narrowed to."""
    petition = _petition(request)
    rows = PendingSignature.objects.all()
    return rows.filter(petition=petition) if petition else rows


class ResendPage(WagtailAdminTemplateMixin, View):
    """All who wait, those of one petition, or one of them: first who gets a mail, then the button, which sends it."""

    http_method_names = ["get", "head", "post"]
    header_icon = "mail"
    page_title = gettext_lazy("Send the mail to confirm again")
    template_name = "petition/staff/resend.html"
    pending: PendingSignature | None = None

    def dispatch(self, request: HttpRequest, *args, pk: int | None = None, **kwargs) -> HttpResponseBase:
        if not request.user.has_perms(MAY_RESEND):
            raise PermissionDenied
        self.pending = get_object_or_404(PendingSignature, pk=pk) if pk is not None else None
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        if "send" not in request.POST:  # only the button of the page that told the number sends
            return self.get(request)
        number = self.send()
        remain = told_apart(self.rows, timezone.now())[DUE]
        if not number:
            messages.info(request, _("Nobody is due a mail now: see who is left out, and why."))
            return redirect(request.get_full_path())
        messages.success(request, _sentence(number, remain))
        return redirect(request.get_full_path() if remain else self.way_back)

    @transaction.atomic
    def send(self) -> int:
        """Owe the mails, and write in each petition's history who asked for how many."""
        sent = resend(self.rows, timezone.now())
        for petition in Petition.objects.titled().filter(pk__in=sent):
            data = {"number": sent[petition.pk]}
            log(petition, RESEND, user=self.request.user, title=str(petition), data=data)
        return sent.total()

    @property
    def rows(self) -> QuerySet[PendingSignature]:
        if self.pending is not None:
            return PendingSignature.objects.filter(pk=self.pending.pk)
        return rows_of(self.request)

    @property
    def way_back(self) -> str:
        if self.pending is not None:
            return reverse("pending_signatures:inspect", args=[self.pending.pk])
        return reverse("pending_signatures:index") + _query(self.request)

    def get_page_subtitle(self) -> str:
        if self.pending is not None:
            return words.full_name(self.pending)
        petition = _petition(self.request)
        return str(get_object_or_404(Petition.objects.titled(), pk=petition)) if petition else ""

    def get_breadcrumbs_items(self):
        waiting = {"url": reverse("pending_signatures:index"), "label": _("Waiting for confirmation")}
        one = []
        if self.pending is not None:
            one = [{"url": self.way_back, "label": self.get_page_subtitle()}]
        return [*self.breadcrumbs_items, waiting, *one, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        counted = told_apart(self.rows, timezone.now())
        return super().get_context_data(
            which=self.get_page_subtitle(),
            number=counted[DUE],
            left_out=[(why.label, counted[why.value]) for why in NotResent if counted[why.value]],
            at_once=AT_ONCE,
            way_back=self.way_back,
            **kwargs,
        )


def _petition(request: HttpRequest) -> int | None:
    """Return the key of the petition that the address names; nothing where it is none."""
    named = request.GET.get("petition", "")
    return int(named) if named.isdecimal() and named.isascii() and len(named) < 10 else None


def _query(request: HttpRequest) -> str:
    petition = _petition(request)
    return f"?petition={petition}" if petition else ""


def _sentence(number: int, remain: int) -> str:
    told = ngettext(
        "%(number)s mail will leave now.",
        "%(number)s mails will leave now.",
        number,
    ) % {"number": number_format(number)}
    if not remain:
        return told
    more = ngettext(
        "%(number)s more person waits: press again for them.",
        "%(number)s more people wait: press again for them.",
        remain,
    ) % {"number": number_format(remain)}
    return f"{told} {more}"
